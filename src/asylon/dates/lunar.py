"""Lunar days of the Chinese and the Korean calendar, by a table of their years.

The two calendars share their rules and part on some days, now and then by a whole leap
month. Nobody says which one is meant, and Koreans in China live with both, so a lunar
day is every day it can be in either.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from asylon.dates.errors import TellError

_LENGTHS = {"L": 30, "S": 29}
CALENDARS = ("chinese", "korean")

Days = tuple[date, date]
"""A first and a last day."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a lunar year: its number, whether it is the leap one, its days."""

    number: int
    is_leap: bool
    first: date
    length: int

    @property
    def last(self) -> date:
        """Its last day."""
        return self.first + timedelta(days=1) * (self.length - 1)

    def day(self, number: int) -> date:
        """Give the solar day of one of its days."""
        return self.first + timedelta(days=1) * (number - 1)


@dataclass(frozen=True, slots=True)
class LunarDay:
    """What was said of a lunar day.

    Attributes:
        is_leap: whether the month was called a leap month. Where it was not, and the
            year has two months of that number, both are meant.
        is_loose: whether the year may have been said by the solar calendar: in "1999,
            lunar month 12" the month can be the one that ended early in 1999.
    """

    year: int
    month: int | None = None
    day: int | None = None
    is_leap: bool = False
    is_loose: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """The days that a lunar day is in one calendar, by one of its months."""

    calendar: str
    year: int
    is_leap: bool
    first: date
    last: date


@cache
def years(calendar: str) -> Mapping[int, tuple[Month, ...]]:
    """Give the years of a calendar, month by month."""
    text = (files(__package__) / "lunar.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)[calendar]
    return {int(year): tuple(_months(year, row)) for year, row in rows.items()}


def _months(year: str, row: str) -> Iterator[Month]:
    start, told_leap, lengths = row.split()
    first, leap = date.fromisoformat(f"{year}-{start}"), int(told_leap)
    for place, mark in enumerate(lengths, start=1):
        is_after = leap > 0 and place > leap
        number = place - 1 if is_after else place
        yield Month(number, is_after and number == leap, first, _LENGTHS[mark])
        first += timedelta(days=1) * _LENGTHS[mark]


def new_year(year: int) -> Days:
    """Give the first and the last day on which a lunar year can begin.

    Outside of the table it begins between winter's middle and that of spring.
    """
    found = [each[year][0].first for each in map(years, CALENDARS) if year in each]
    if not found:
        return date(year, 1, 1), date(year, 3, 1)
    return min(found), max(found)


def lunar_of(day: date, calendar: str) -> tuple[int, Month, int]:
    """Give the lunar year, the month and the number of a solar day.

    >>> year, month, number = lunar_of(new_year(2000)[0], "korean")
    >>> year, month.number, number
    (2000, 1, 1)
    """
    for year in (day.year, day.year - 1):
        for month in years(calendar).get(year, ()):
            if month.first <= day <= month.last:
                return year, month, (day - month.first).days + 1
    raise _no_year()


def meanings(said: LunarDay) -> list[Meaning]:
    """Give every run of solar days that a lunar day can mean.

    Raises:
        TellError: the table has no such year, month or day.
    """
    found: list[Meaning] = []
    for calendar in CALENDARS:
        found += _in_year(said, calendar, said.year)
        if said.is_loose:
            before = _in_year(said, calendar, said.year - 1)
            found += [each for each in before if each.last.year == said.year]
    if not any(each.year == said.year for each in found):
        raise _refusal(said)
    return found


def _in_year(said: LunarDay, calendar: str, year: int) -> Iterator[Meaning]:
    """Go through what is meant in one year of one calendar."""
    months = years(calendar).get(year, ())
    if said.month is None and months:
        yield Meaning(calendar, year, False, months[0].first, months[-1].last)
    for month in months:
        if month.number != said.month or (said.is_leap and not month.is_leap):
            continue
        if said.day is None:
            yield Meaning(calendar, year, month.is_leap, month.first, month.last)
        elif 1 <= said.day <= month.length:
            only = month.day(said.day)
            yield Meaning(calendar, year, month.is_leap, only, only)


def _refusal(said: LunarDay) -> TellError:
    """Say why there is no such lunar day."""
    known = [each[said.year] for each in map(years, CALENDARS) if said.year in each]
    if not known:
        return _no_year()
    months = {month.number for each in known for month in each}
    if said.month not in months:
        return TellError("dates.no-month", month=said.month)
    leaps = {month.number for each in known for month in each if month.is_leap}
    if said.is_leap and said.month not in leaps:
        return TellError(
            "dates.no-leap-month",
            month=said.month,
            year=said.year,
            leap=", ".join(map(str, sorted(leaps))),
        )
    return TellError("dates.no-lunar-day", day=said.day)


def _no_year() -> TellError:
    known = years(CALENDARS[0])
    return TellError("dates.no-lunar-year", first=min(known), last=max(known))
