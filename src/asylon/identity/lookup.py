"""Simple matching: names compared exactly and folded, with the year of birth beside.

A term is a reading of a name and a year, so that what is kept of it, a keyed digest, has
more to guess than a name. Neighbouring years are probed, never stored: people count
ages in two ways, and a lunar year ends after the solar one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from asylon.dates import Told
from asylon.identity.told import Name

AROUND = 1
"""So many years before and after are probed."""

WIDEST = 40
"""A birth that may lie in more years than this is looked up as one without a year."""

_NO_YEAR = "?"


def folded(words: str) -> str:
    """Fold a name to what its spellings with other spaces, case or widths share.

    >>> folded("Ri  Yong-Hui"), folded("리 영희"), folded("R'i yong hui")
    ('riyonghui', '리영희', 'riyonghui')
    """
    plain = unicodedata.normalize("NFKC", words).casefold()
    kept = (each for each in plain if unicodedata.category(each)[0] in "LMN")
    return unicodedata.normalize("NFC", "".join(kept))


def readings(names: Iterable[Name]) -> frozenset[str]:
    """Give the readings under which names are found."""
    return frozenset(filter(None, (folded(each.words) for each in names)))


def years(born: Iterable[Told]) -> frozenset[int]:
    """Give the years in which a person may have been born, by all that was told."""
    return frozenset(year for each in born for year in _span(each))


def _span(told: Told) -> Iterator[int]:
    first, last = told.earliest, told.latest
    if first and last and last.year - first.year < WIDEST:
        yield from range(first.year, last.year + 1)


def terms(names: Iterable[Name], born: Iterable[Told]) -> frozenset[str]:
    """Give the terms that are kept, as keyed digests, for a person.

    >>> sorted(terms([Name("Ri Yong-hui", "Latn")], []))
    ['riyonghui|?']
    """
    known = sorted(map(str, years(born))) or [_NO_YEAR]
    return frozenset(f"{name}|{year}" for name in readings(names) for year in known)


def probes(
    names: Iterable[Name], born: Iterable[Told], *, around: int = AROUND
) -> frozenset[str]:
    """Give the terms to look up for a person: near years too, and those without one."""
    near = {year + step for year in years(born) for step in range(-around, around + 1)}
    asked = [*map(str, sorted(near)), _NO_YEAR]
    return frozenset(f"{name}|{year}" for name in readings(names) for year in asked)
