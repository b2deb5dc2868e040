"""The certificate of somebody whose claim is being examined.

Whoever finds it on a person learns that an office examines something, that nobody may
send the person away meanwhile, and whom to call. It says neither what the person told,
nor where the person is from, nor the reference of the case.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from io import BytesIO
from types import MappingProxyType
from typing import Any, cast

import segno

from asylon_server.letters.printing import printed

NAMES = 2
"""So many names there is room for."""

_TEMPLATE = "certificate"
_REGIONS: Mapping[str, str] = MappingProxyType({"en": "GB", "ko": "KR", "zh": "CN"})
_SCRIPTS: Mapping[str, str] = MappingProxyType({"Hang": "ko", "Hani": "zh"})
_DIGITS_A_LINE = 32
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
    texts = _texts()
    data = {
        "title": texts["title"]["en"],
        "titles": _beside(texts["title"])[1:],
        "office": said.office,
        "banner": _beside(texts["invented"]) if said.invented else [],
        "rows": [_row(key, words, texts) for key, words in _rows(said) if words],
        "says": [_beside(each) for each in texts["says"]],
        "head": _head(said, texts),
    }
    return printed(_TEMPLATE, data, at=at)


def _row(
    key: str, words: list[dict[str, str]], texts: Mapping[str, Any]
) -> dict[str, object]:
    return {
        "label": _beside(texts[f"label-{key}"]),
        "said": words,
        "wide": key == "name",
        "long": sum(len(each["words"]) for each in words) > _LONG,
    }


def _rows(said: Certificate) -> list[tuple[str, list[dict[str, str]]]]:
    names = [_inked(words, _SCRIPTS.get(script, "en")) for words, script in said.names]
    days = f"{said.issued.isoformat()} \N{EN DASH} {said.expires.isoformat()}"
    return [
        ("name", names[:NAMES]),
        ("number", [_inked(said.number, "en")]),
        ("days", [_inked(days, "en")]),
        ("telephone", [_inked(said.telephone, "en")]),
        ("check", [_inked(said.check, "en")]),
    ]


def _head(said: Certificate, texts: Mapping[str, Any]) -> dict[str, object]:
    """Give the head of the log: it names nobody, and shows that the past still stands."""
    root = said.root.hex()
    lines = [
        root[at : at + _DIGITS_A_LINE] for at in range(0, len(root), _DIGITS_A_LINE)
    ]
    made = BytesIO()
    segno.make(f"{said.size}\n{root}", error="m").save(
        made, kind="svg", border=2, xmldecl=False
    )
    return {
        "qr": made.getvalue().decode(),
        "alt": texts["head"]["en"],
        "label": _beside(texts["head"]),
        "lines": [str(said.size), *lines],
    }


def _beside(said: Mapping[str, str]) -> list[dict[str, str]]:
    return [_inked(said[language], language) for language in _REGIONS]


def _inked(words: str, language: str) -> dict[str, str]:
    return {"words": words, "lang": language, "region": _REGIONS[language]}


@cache
def _texts() -> Mapping[str, Any]:
    text = files(__package__).joinpath("certificate.toml").read_text(encoding="utf-8")
    return cast("Mapping[str, Any]", tomllib.loads(text))
