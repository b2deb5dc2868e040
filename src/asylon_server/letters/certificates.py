"""The certificate of somebody whose claim is being examined.

Whoever finds it on a person learns that an office examines something, that nobody may
send the person away meanwhile, and whom to call. It says neither what the person told,
nor where the person is from, nor the reference of the case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from asylon_server.letters.inking import beside, head, inked, named, texts
from asylon_server.letters.printing import printed

NAMES = 2
"""So many names there is room for."""

_TEMPLATE = "certificate"
_LONG = 40


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says.

    Attributes:
        number: Drawn by chance; it leads to no case.
        check: The code with which an office asks at its own desk whether it stands.
        names: Names as the person wants them shown, with their scripts; or none.
        issued: The first day.
        expires: The last day.
        office: Who issues it.
        telephone: Whom to call.
        size: How many entries the log had.
        root: The root over them.
        invented: Whether nobody real is meant.
    """

    number: str
    check: str
    names: tuple[tuple[str, str], ...]
    issued: date
    expires: date
    office: str
    telephone: str
    size: int
    root: bytes
    invented: bool = False


def certificate(said: Certificate, *, at: datetime) -> bytes:
    """Print a certificate as a PDF.

    Raises:
        FacesError: no face is installed for one of its languages.
        GlyphError: a character of it is in none of the faces.
    """
    told = texts(_TEMPLATE)
    data = {
        "title": told["title"]["en"],
        "titles": beside(told["title"])[1:],
        "office": said.office,
        "banner": beside(told["invented"]) if said.invented else [],
        "rows": [_row(key, words, told) for key, words in _rows(said) if words],
        "says": [beside(each) for each in told["says"]],
        "head": head(said.size, said.root, beside(told["head"]), told["head"]["en"]),
    }
    return printed(_TEMPLATE, data, at=at)


def _row(
    key: str, words: list[dict[str, str]], told: Mapping[str, Any]
) -> dict[str, object]:
    return {
        "label": beside(told[f"label-{key}"]),
        "said": words,
        "wide": key == "name",
        "long": sum(len(each["words"]) for each in words) > _LONG,
    }


def _rows(said: Certificate) -> list[tuple[str, list[dict[str, str]]]]:
    names = [named(words, script) for words, script in said.names]
    days = f"{said.issued.isoformat()} \N{EN DASH} {said.expires.isoformat()}"
    return [
        ("name", names[:NAMES]),
        ("number", [inked(said.number, "en")]),
        ("days", [inked(days, "en")]),
        ("telephone", [inked(said.telephone, "en")]),
        ("check", [inked(said.check, "en")]),
    ]
