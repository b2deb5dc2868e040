"""Writes the table of lunar years from two packages.

    python -m docs.lunar

It is run once, where `lunar_python` 1.4.8 and `korean_lunar_calendar` 0.4.0 are
installed (both under the MIT licence); neither is needed afterwards. Every day is asked
of each package, and a lunar year is told as its first day, its leap month and the
lengths of its months.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

PATH = Path(__file__).parents[1] / "src" / "asylon" / "dates" / "lunar.toml"
HEAD = """\
# The lunar years of the Chinese and the Korean calendar.
#
# Each year: its first day in the solar calendar, its leap month (0: none; the leap month
# follows the month of its number), and the lengths of its months, L for 30 days and
# S for 29. The two calendars differ on some days, because midnight comes an hour apart,
# and the Korean one has been kept by more than one meridian.
#
# Written by `python -m docs.lunar` from packages under the MIT licence:
# the Chinese years from lunar_python 1.4.8, the Korean ones from korean_lunar_calendar
# 0.4.0, which follows the tables of the Korea Astronomy and Space Science Institute and
# ends within 2050. Years after its last whole one stand in the Chinese calendar only.
"""
SPANS = {"chinese": (1900, 2100), "korean": (1900, 2049)}

Lunar = tuple[int, int, bool]


def chinese() -> Callable[[date], Lunar]:
    """Give a day's lunar year and month, and whether it is a leap month, in China."""
    from lunar_python import Solar  # noqa: PLC0415  only this script knows it

    def asked(day: date) -> Lunar:
        lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
        return lunar.getYear(), abs(lunar.getMonth()), lunar.getMonth() < 0

    return asked


def korean() -> Callable[[date], Lunar]:
    """Give the same in Korea."""
    from korean_lunar_calendar import (  # noqa: PLC0415  only this script knows it
        KoreanLunarCalendar,
    )

    calendar = KoreanLunarCalendar()

    def asked(day: date) -> Lunar:
        if not calendar.setSolarDate(day.year, day.month, day.day):
            raise LookupError(day)
        is_leap = bool(calendar.isIntercalation)
        return calendar.lunarYear, calendar.lunarMonth, is_leap

    return asked


def days(first: int, last: int) -> Iterator[date]:
    """Go through all days in which lunar years can lie."""
    day = date(first, 1, 1)
    while day < date(last + 1, 3, 1):
        yield day
        day += timedelta(days=1)


def years(asked: Callable[[date], Lunar], first: int, last: int) -> Iterator[str]:
    """Write each lunar year."""
    told = ((asked(day), day) for day in days(first, last))
    for year, of_year in groupby(told, key=lambda each: each[0][0]):
        if not first <= year <= last:
            continue
        months = [
            (lunar, [day for _, day in each])
            for lunar, each in groupby(of_year, key=lambda each: each[0])
        ]
        leap = next((month for (_, month, is_leap), _ in months if is_leap), 0)
        lengths = "".join({29: "S", 30: "L"}[len(each)] for _, each in months)
        yield f'{year} = "{months[0][1][0]:%m-%d} {leap} {lengths}"'


def table() -> str:
    """Give the file."""
    parts = [HEAD]
    for name, asked in {"chinese": chinese(), "korean": korean()}.items():
        parts += [f"[{name}]", *years(asked, *SPANS[name]), ""]
    return "\n".join(parts)


if __name__ == "__main__":
    PATH.write_text(table(), encoding="utf-8")
