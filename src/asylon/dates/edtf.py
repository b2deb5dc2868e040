"""Dates that are partial or uncertain, in the Extended Date/Time Format.

EDTF is part of ISO 8601-2; this is its level 1 for years of four digits:

`1998`, `1998-03`, `1998-03-14`   a year, a month, a day
`1998?`, `1998~`, `1998%`         perhaps, about, both: one unit more on each side, or two
`199X`, `19XX`, `1998-XX`         a decade, a century, a month that is not known
`1998-21` to `1998-24`            spring, summer, autumn, winter of the northern half
`1997/1999`                       one day from the first to the last
`../1999`, `1997/..`, `/`         open, or unknown, on a side

Spring is March to May here, and so on. Winter has two ends in one year, and stands for
both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from asylon.dates.errors import TellError

UNKNOWN = "../.."
"""What is written of a day of which nothing is known."""

SPRING, SUMMER, AUTUMN, WINTER = SEASONS = (21, 22, 23, 24)

_PART = re.compile(
    r"(?P<year>\d{2}XX|\d{3}X|\d{4})"
    r"(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?(?P<doubt>[?~%]?)",
    re.ASCII,
)
_WIDER = {"": 0, "?": 1, "~": 1, "%": 2}
_YEAR = 12
_SEASON = 3
_OPEN = ("", "..")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Part:
    """One date in EDTF: what stands in it.

    Attributes:
        year: its first year.
        years: how many years it names: one, a decade or a century.
        month: 1 to 12, a season of `SEASONS`, or None.
        doubt: `?`, `~`, `%` or nothing.
    """

    year: int
    years: int = 1
    month: int | None = None
    day: int | None = None
    doubt: str = ""

    @property
    def earliest(self) -> date | None:
        """The first day it can mean; None is before every day there is."""
        wider = _WIDER[self.doubt]
        if day := self._only_day():
            return _moved(day, -wider)
        first, _, unit = self._months()
        return _first_day(first - wider * unit)

    @property
    def latest(self) -> date | None:
        """The last day it can mean; None is after every day there is."""
        wider = _WIDER[self.doubt]
        if day := self._only_day():
            return _moved(day, wider)
        _, last, unit = self._months()
        after = _first_day(last + wider * unit + 1)
        return None if after is None else after - _DAY

    def _only_day(self) -> date | None:
        if self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    def _months(self) -> tuple[int, int, int]:
        """Give its first and last month, counted from the year 0, and its unit."""
        first = self.year * _YEAR
        if self.month is None:
            unit = self.years * _YEAR
            return first, first + unit - 1, unit
        if self.month not in SEASONS:
            return first + self.month - 1, first + self.month - 1, 1
        begins = first + (self.month - SPRING) * _SEASON + 2
        before = _YEAR if self.month == WINTER else 0
        return begins - before, begins + _SEASON - 1, _SEASON


@dataclass(frozen=True, slots=True)
class Interval:
    """One day from a first to a last date; None is open or unknown."""

    first: Part | None
    last: Part | None

    @property
    def earliest(self) -> date | None:
        """The first day it can mean; None is before every day there is."""
        return self.first.earliest if self.first else None

    @property
    def latest(self) -> date | None:
        """The last day it can mean; None is after every day there is."""
        return self.last.latest if self.last else None


def parse(text: str) -> Part | Interval:
    """Read EDTF.

    >>> parse("1998-21").earliest, parse("1997~/..").earliest
    (datetime.date(1998, 3, 1), datetime.date(1996, 1, 1))

    Raises:
        TellError: it is no EDTF of level 1, or names no day there is.
    """
    first, slash, last = text.partition("/")
    if not slash:
        return _part(text)
    read = Interval(
        None if first in _OPEN else _part(first), None if last in _OPEN else _part(last)
    )
    if read.earliest and read.latest and read.earliest > read.latest:
        raise TellError("dates.backwards")
    return read


def span(first: date, last: date) -> str:
    """Write one day from a first to a last one."""
    return f"{first}" if first == last else f"{first}/{last}"


def _part(text: str) -> Part:
    found = _PART.fullmatch(text)
    if not found:
        raise TellError("dates.not-read")
    year, doubt = found["year"], found["doubt"]
    years = 10 ** year.count("X")
    month, day = _number(found["month"]), _number(found["day"])
    begins = int(year.replace("X", "0"))
    if years > 1 and found["month"]:
        raise TellError("dates.not-read")
    _check(begins, years, month, day, found["month"])
    return Part(begins, years, month, day, doubt)


def _number(digits: str | None) -> int | None:
    return None if digits in (None, "XX") else int(digits or 0)


def _check(
    year: int, years: int, month: int | None, day: int | None, told: str | None
) -> None:
    """Refuse what is no month or day."""
    if year < MINYEAR or year + years - 1 > MAXYEAR:
        raise TellError("dates.not-read")
    if month is None:
        if told is None or day is None:
            return
        raise TellError("dates.not-read")
    is_month = 1 <= month <= _YEAR
    if not is_month and (month not in SEASONS or day is not None):
        raise TellError("dates.no-month", month=month)
    if day is not None and not _is_day(year, month, day):
        raise TellError("dates.no-day", day=day, month=month)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _first_day(month: int) -> date | None:
    """Give the first day of a month counted from the year 0, if there is one."""
    year, index = divmod(month, _YEAR)
    return date(year, index + 1, 1) if MINYEAR <= year <= MAXYEAR else None


def _moved(day: date, days: int) -> date | None:
    try:
        return day + days * _DAY
    except OverflowError:
        return None
