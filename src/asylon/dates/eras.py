"""Years counted from the first of an era: juche, dangi and others, as data."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_FIRST_YEAR = re.compile(r"元(?=年)|원(?=년)")


def in_solar_years(text: str) -> tuple[str, int | None]:
    """Put the solar year in the place of one of an era.

    Where a text gives both and they differ, the other year is given, too.

    >>> in_solar_years("주체 87(1998)년 3월"), in_solar_years("juche 87 (1997)")
    (('1998년 3월', None), ('1998', 1997))
    """
    text = _FIRST_YEAR.sub("1", text)
    for first, pattern in _eras():
        if found := pattern.search(text):
            year = first - 1 + int(found["number"])
            other = int(found["solar"] or year)
            told = f"{year:04}{found['unit'] or found['late'] or ''}"
            text = f"{text[: found.start()]}{told}{text[found.end() :]}"
            return text, None if other == year else other
    return text, None


@cache
def _eras() -> tuple[tuple[int, re.Pattern[str]], ...]:
    text = (files(__package__) / "eras.toml").read_text(encoding="utf-8")
    return tuple(
        (era["first"], _pattern(era["words"])) for era in tomllib.loads(text).values()
    )


def _pattern(words: list[str]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, words))
    return re.compile(
        rf"(?:{names})\s*(?P<number>\d{{1,4}})\s*(?P<unit>[년年](?!대|代))?\s*"
        rf"(?:\((?P<solar>\d{{4}})\s*[년年]?\))?\s*(?P<late>[년年])?"
    )
