"""Lunar days in words, and the solar days they can mean as EDTF."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from asylon.dates.edtf import span
from asylon.dates.errors import TellError
from asylon.dates.lunar import LunarDay, Meaning, meanings
from asylon.dates.singles import Found, numeric
from asylon.dates.wording import place_of, taken

_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})\s*(?:년|年|[.\-/])?(?:\s*(?P<month>\d{1,2})\s*(?:월|月|month|[.\-/])?"
    r"(?:\s*(?P<day>\d{1,2})\s*(?:일|日|号|號|day|\.)?)?)?"
)
_YEAR_LAST = re.compile(
    r"(?:(?P<day>\d{1,2}) day )?(?:(?P<month>\d{1,2}) month|month (?P<number>\d{1,2}))"
    r" (?P<year>\d{4})"
)
_YEAR_BEFORE = re.compile(r"\d{4}\s*(?:년|年|[.\-/])?\s*$")


def is_lunar(text: str) -> bool:
    """Whether folded words say that they count by the lunar calendar."""
    return place_of("lunar", text) >= 0


def without_marks(text: str) -> str:
    """Take away the words for the calendar, and leave those for a leap month."""
    return taken("lunar", text)[1]


def reader(text: str) -> Callable[[str], Found]:
    """Give what reads one lunar date out of these folded words.

    A year that stands before the word for the calendar may be a solar year.
    """
    place = place_of("lunar", text)
    is_loose = place > 0 and bool(_YEAR_BEFORE.search(text[:place]))

    def read(each: str) -> Found:
        said = lunar_day(each, is_loose=is_loose)
        return _solar(said)

    return read


def lunar_day(text: str, *, is_loose: bool = False) -> LunarDay:
    """Read one lunar day in folded words.

    >>> lunar_day("1998년 윤5월 3일")
    LunarDay(year=1998, month=5, day=3, is_leap=True, is_loose=False)

    Raises:
        TellError: it is none.
    """
    is_leap, plain = taken("leap", text)
    _, plain = taken("filler", plain)
    plain = re.sub(r"\s+(?=[년年월月일日])", "", plain).strip()
    found = _YEAR_FIRST.fullmatch(plain) or _YEAR_LAST.fullmatch(plain)
    if not found:
        edtf, _ = numeric(plain)
        found = _YEAR_FIRST.fullmatch(edtf)
    if not found:
        raise TellError("dates.not-read")
    parts = found.groupdict()
    month, day = parts["month"] or parts.get("number"), parts["day"]
    return LunarDay(
        int(parts["year"]),
        int(month) if month else None,
        int(day) if day else None,
        is_leap=is_leap and bool(month),
        is_loose=is_loose and bool(month),
    )


def _solar(said: LunarDay) -> Found:
    found = meanings(said)
    first = min(each.first for each in found)
    last = max(each.last for each in found)
    return span(first, last), " ".join(_notes(said, found))


def _notes(said: LunarDay, found: Sequence[Meaning]) -> Iterator[str]:
    """Say why a lunar day has more than one meaning."""
    meant = [each for each in found if each.year == said.year]
    if any(each.year != said.year for each in found):
        yield "lunar-year"
    if any(each.is_leap for each in meant) and not said.is_leap:
        yield "leap-month"
    ways = [
        {(each.first, each.last) for each in meant if each.calendar == name}
        for name in {each.calendar for each in meant}
    ]
    if any(way != ways[0] for way in ways):
        yield "two-calendars"
