"""Words of a letter with the language that they are set in, and the head of the log."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO
from types import MappingProxyType
from typing import Any, cast

import segno

REGIONS: Mapping[str, str] = MappingProxyType({"en": "GB", "ko": "KR", "zh": "CN"})
SCRIPTS: Mapping[str, str] = MappingProxyType({"Hang": "ko", "Hani": "zh"})
_DIGITS_A_LINE = 32


def inked(words: str, language: str) -> dict[str, str]:
    """Give words and the language whose face they are set in."""
    return {"words": words, "lang": language, "region": REGIONS[language]}


def named(words: str, script: str) -> dict[str, str]:
    """Give a name, set in the face of its script."""
    return inked(words, SCRIPTS.get(script, "en"))


def beside(said: Mapping[str, str]) -> list[dict[str, str]]:
    """Give a text in every language, to be set one beside the other."""
    return [inked(said[language], language) for language in REGIONS]


def head(
    size: int, root: bytes, label: list[dict[str, str]], alt: str
) -> dict[str, object]:
    """Give the head of the log: it names nobody, and shows that the past still stands."""
    digits = root.hex()
    lines = [
        digits[at : at + _DIGITS_A_LINE] for at in range(0, len(digits), _DIGITS_A_LINE)
    ]
    return {
        "qr": picture(size, root),
        "alt": alt,
        "label": label,
        "lines": [str(size), *lines],
    }


def picture(size: int, root: bytes) -> str:
    """Draw the head of the log for a telephone, as large as its place is."""
    made = BytesIO()
    segno.make(f"{size}\n{root.hex()}", error="m").save(
        made, kind="svg", border=2, xmldecl=False, omitsize=True
    )
    return made.getvalue().decode()


@cache
def texts(template: str) -> Mapping[str, Any]:
    """Read the fixed texts of a letter, in every language."""
    text = files(__package__).joinpath(f"{template}.toml").read_text(encoding="utf-8")
    return cast("Mapping[str, Any]", tomllib.loads(text))
