"""How invented people tell when they were born."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from asylon.dates import TellError, Told, read
from asylon.invented.draws import Draws

FULL = (
    "{year}년 {month}월 {day}일",
    "{year}.{month}.{day}",
    "{year}年{month}月{day}日",
    "{year}-{month:02}-{day:02}",
)
_SEASONS = {"봄": (3, 4, 5), "여름": (6, 7, 8), "가을": (9, 10, 11)}
_MONTHS = 12
_BACK = 3
"""A lunar month begins at most so many months after the solar one of its number."""


def in_full(born: date, draws: Draws) -> Told:
    """Tell the whole day, by the solar calendar."""
    form = draws.one(FULL)
    return read(form.format(year=born.year, month=born.month, day=born.day))


def year_slip(born: date, draws: Draws) -> Told:
    """Tell the day with a year that is one too many or one too few."""
    return in_full(born.replace(year=born.year + draws.one((-1, 1))), draws)


def year_only(born: date, draws: Draws) -> Told:
    """Tell the year and no more."""
    return read(draws.one(("{year}년", "{year}", "{year}年")).format(year=born.year))


def lunar(born: date, draws: Draws, *, is_said: bool = True) -> Told:
    """Tell the day by the lunar calendar, and say so, or tell its numbers alone."""
    year, month, day = lunar_day(born)
    if not is_said:
        try:
            return read(f"{year}.{month}.{day}")
        except TellError:  # the solar month has no such day
            return read(f"{year}년 {month}월")
    form = draws.one(("음력 {y}년 {m}월 {d}일", "农历{y}年{m}月{d}日"))
    return read(form.format(y=year, m=month, d=day), reckoning="lunar")


def lunar_day(born: date) -> tuple[int, int, int]:
    """Find the lunar day of a solar one, by asking what lunar days can mean."""
    for back in range(_BACK):
        months = born.year * _MONTHS + born.month - 1 - back
        year, month = divmod(months, _MONTHS)
        of_month = read(f"음력 {year}년 {month + 1}월", reckoning="lunar")
        first = of_month.earliest
        if not first or not _covers(of_month, born):
            continue
        near = (born - first).days % 30 + 1
        for day in (near, near - 1, near + 1, *range(1, 31)):
            if day > 0 and _is_lunar(year, month + 1, day, born):
                return year, month + 1, day
    raise LookupError(born)


def told_first(born: date, on: date, draws: Draws, data: Mapping[str, Any]) -> Told:
    """Tell a birth as people do when they are first asked; weights say how often how."""
    ways = data["first_told"]
    way = draws.weighted(list(ways), list(ways.values()))
    if way == "event":
        return _event(born, draws, data["told"]["events"])
    return _told(way, born, on, draws)


def _told(way: str, born: date, on: date, draws: Draws) -> Told:
    match way:
        case "month":
            return read(f"{born.year}년 {born.month}월")
        case "year":
            return year_only(born, draws)
        case "lunar":
            return lunar(born, draws)
        case "korean_age":
            age = on.year - born.year + 1
            return read(f"{age}세", reckoning="korean_age", on=on)
        case "season":
            return _season(born, draws)
        case "about":
            return read(f"{born.year}~")
    return in_full(born, draws)


def _season(born: date, draws: Draws) -> Told:
    for season, months in _SEASONS.items():
        if born.month in months:
            return read(f"{born.year}년 {season}")
    return year_only(born, draws)


def _event(born: date, draws: Draws, events: list[str]) -> Told:
    """Tell a birth by an event that was then; where there is none, by its year."""
    for words in events:
        told = _event_told(words)
        if _covers(told, born):
            return told
    return year_only(born, draws)


@cache
def _event_told(words: str) -> Told:
    return read(words, reckoning="event")


def _is_lunar(year: int, month: int, day: int, born: date) -> bool:
    try:
        told = read(f"음력 {year}년 {month}월 {day}일", reckoning="lunar")
    except TellError:
        return False
    return _covers(told, born)


def _covers(told: Told, day: date) -> bool:
    return (told.earliest or day) <= day <= (told.latest or day)
