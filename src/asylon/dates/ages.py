"""What an age says of a birth.

By Korean reckoning a child is one year old at birth and a year older at each new year.
Which new year, that of the sun or that of the moon, nobody says; both are covered.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from asylon.dates.edtf import span
from asylon.dates.errors import TellError
from asylon.dates.lunar import new_year
from asylon.dates.told import KOREAN_AGE, Told
from asylon.dates.wording import folded, taken

_AGE = re.compile(
    r"(?:age|aged)?\s*(?P<age>\d{1,3})\s*(?:세|살|岁|歲|years old|years)?(?:였다|이다)?"
)
_SIGN = re.compile(r"\d\s*(?:세(?!기)|살|岁|歲|years old)|\baged?\b")
OLDEST = 130
_DAY = timedelta(days=1)


def is_age(text: str) -> bool:
    """Whether folded words look like an age."""
    return bool(_SIGN.search(text))


def number_of(text: str) -> int:
    """Give the age in folded words.

    Raises:
        TellError: there is none, or nobody is so old.
    """
    for kind in ("about", "perhaps", "in_full_years", "by_calendar_years"):
        _, text = taken(kind, text)
    found = _AGE.fullmatch(text.strip())
    if not found or int(found["age"]) > OLDEST:
        raise TellError("dates.no-age", most=OLDEST)
    return int(found["age"])


def read_age(words: str, on: date | None, *, is_korean: bool) -> Told:
    """Give the birth of someone who is so old on a day.

    Args:
        words: the age, as told.
        on: the day on which it was told.
        is_korean: whether it is known to go by Korean reckoning; if not, and the words
            do not say, it may also be the age in full years.
    """
    text = folded(words)
    age = number_of(text)
    if on is None:
        raise TellError("dates.age-needs-day")
    is_full, _ = taken("in_full_years", text)
    is_by_year, _ = taken("by_calendar_years", text)
    is_doubted = taken("about", text)[0] or taken("perhaps", text)[0]
    spans = []
    for each in (age - 1, age, age + 1) if is_doubted else (age,):
        if is_full or not (is_korean or is_by_year):
            spans.append(_in_full_years(each, on))
        if not is_full:
            spans.append(_by_calendar_years(each, on))
    note = "age-either-way" if not (is_full or is_korean or is_by_year) else ""
    if is_korean and not is_full:
        note = "age-by-year"
    first, last = min(each for each, _ in spans), max(each for _, each in spans)
    return Told(words, KOREAN_AGE, span(first, min(last, on)), note)


def _in_full_years(age: int, on: date) -> tuple[date, date]:
    return _years_before(on, age + 1) + _DAY, _years_before(on, age)


def _by_calendar_years(age: int, on: date) -> tuple[date, date]:
    """Count by the new year of the sun, and by that of the moon."""
    year = on.year - max(age, 1) + 1
    first, last = on.replace(year=year, month=1, day=1), _end_of(year)
    begins, ends = new_year(on.year)
    for is_begun in {on >= begins, on >= ends}:
        lunar = year if is_begun else year - 1
        first = min(first, new_year(lunar)[0])
        last = max(last, new_year(lunar + 1)[1] - _DAY)
    return first, last


def _end_of(year: int) -> date:
    return date(year + 1, 1, 1) - _DAY


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February, in a year that has none
        return (day - _DAY).replace(year=day.year - years)
