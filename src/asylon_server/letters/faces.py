"""The faces that a letter is set in, and which of them are on this machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import typst

from asylon_server.letters.errors import FacesError

WANTED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "en": ("Libertinus Serif", "Noto Sans", "DejaVu Sans"),
        "ko": ("Noto Sans CJK KR", "Noto Sans KR", "Source Han Sans K"),
        "zh": ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC"),
    }
)
"""For each language the faces that have its shapes, the best first."""

_ALONGSIDE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"en": ("ko", "zh"), "ko": ("zh", "en"), "zh": ("ko", "en")}
)
"""A name may be in letters of another language than the words around it."""


FETCHED = Path(__file__).parent / "fetched" / "faces"
"""Where faces lie that were fetched because the machine has none."""


@cache
def installed() -> typst.Fonts:
    """Look for the faces of this machine, and those that were fetched, once."""
    return found(FETCHED)


def found(folder: Path) -> typst.Fonts:
    """Look for the faces of this machine, and those in a folder."""
    return typst.Fonts(font_paths=[folder] if folder.is_dir() else [])


def chosen(families: Iterable[str]) -> dict[str, list[str]]:
    """Choose the faces for each language out of those that are there.

    Raises:
        FacesError: a language has none.
    """
    there = set(families)
    own = {
        language: [each for each in wanted if each in there]
        for language, wanted in WANTED.items()
    }
    without = tuple(language for language, faces in own.items() if not faces)
    if without:
        raise FacesError(without)
    return {
        language: list(
            dict.fromkeys(
                [
                    *faces,
                    *(face for other in _ALONGSIDE[language] for face in own[other]),
                ]
            )
        )
        for language, faces in own.items()
    }
