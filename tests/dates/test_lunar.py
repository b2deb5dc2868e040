"""The table of lunar years, against known days and the new moons of astronomy."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from math import radians, sin

import pytest

from asylon.dates import TellError, read
from asylon.dates.lunar import CALENDARS, LunarDay, lunar_of, meanings, new_year, years

# New year's day of the Chinese calendar, year by year from 1950 to 2025.
NEW_YEARS = """
0217 0206 0127 0214 0203 0124 0212 0131 0218 0208
0128 0215 0205 0125 0213 0202 0121 0209 0130 0217
0206 0127 0215 0203 0123 0211 0131 0218 0207 0128
0216 0205 0125 0213 0202 0220 0209 0129 0217 0206
0127 0215 0204 0123 0210 0131 0219 0207 0128 0216
0205 0124 0212 0201 0122 0209 0129 0218 0207 0126
0214 0203 0123 0210 0131 0219 0208 0128 0216 0205
0125 0212 0201 0122 0210 0129
"""

# Years in which Seollal, the Korean new year, is the day after the Chinese one.
LATER_IN_KOREA = {1954, 1958, 1966, 1988, 1997}

CHUSEOK = {
    1984: "09-10",
    1988: "09-25",
    1995: "09-09",
    1998: "10-05",
    2000: "09-12",
    2004: "09-28",
    2008: "09-14",
    2010: "09-22",
    2014: "09-08",
    2017: "10-04",
    2020: "10-01",
    2023: "09-29",
    2024: "09-17",
    2025: "10-06",
}

MEAN_MONTH = 29.530588861
# The larger periodic terms of a new moon: its size in days, and how often the anomaly
# of the sun, that of the moon and the moon's argument of latitude stand in it (Meeus,
# Astronomical Algorithms, chapter 49). They leave some minutes of error.
TERMS = (
    (-0.40720, 0, 1, 0),
    (0.17241, 1, 0, 0),
    (0.01608, 0, 2, 0),
    (0.01039, 0, 0, 2),
    (0.00739, -1, 1, 0),
    (-0.00514, 1, 1, 0),
    (0.00208, 2, 0, 0),
    (-0.00111, 0, 1, -2),
    (-0.00057, 0, 1, 2),
    (0.00056, 1, 2, 0),
    (-0.00042, 0, 3, 0),
    (0.00042, 1, 0, 2),
    (0.00038, 1, 0, -2),
    (-0.00024, -1, 2, 0),
)
FIRST_MOON = datetime(2000, 1, 6, 12) - timedelta(seconds=64)  # noqa: DTZ001
DOUBT = timedelta(minutes=10)


def new_moon(number):
    """Give a new moon in universal time, counted from the first of the year 2000."""
    century = number / 1236.85
    sun = radians(2.5534 + 29.10535670 * number)
    moon = radians(201.5643 + 385.81693528 * number + 0.0107582 * century**2)
    latitude = radians(160.7108 + 390.67050284 * number - 0.0016118 * century**2)
    shift = sum(
        size * sin(of_sun * sun + of_moon * moon + of_latitude * latitude)
        for size, of_sun, of_moon, of_latitude in TERMS
    )
    days = 0.09766 + MEAN_MONTH * number + 0.00015437 * century**2 + shift
    return FIRST_MOON + timedelta(days=days)


def months(calendar):
    return [month for year in years(calendar).values() for month in year]


def test_new_year_is_on_the_days_that_are_known():
    for year, told in enumerate(NEW_YEARS.split(), start=1950):
        day = date.fromisoformat(f"{year}{told}")

        assert years("chinese")[year][0].first == day
        later = timedelta(days=year in LATER_IN_KOREA)
        assert years("korean")[year][0].first == day + later


@pytest.mark.parametrize("year", CHUSEOK)
def test_chuseok_is_on_the_days_that_are_known(year):
    day = date.fromisoformat(f"{year}-{CHUSEOK[year]}")

    lunar_year, month, number = lunar_of(day, "korean")

    assert (lunar_year, month.number, month.is_leap, number) == (year, 8, False, 15)


@pytest.mark.parametrize("calendar", CALENDARS)
def test_months_follow_one_another_without_a_gap(calendar):
    for one, next_one in pairwise(months(calendar)):
        assert next_one.first == one.last + timedelta(days=1)
        assert one.length in (29, 30)


@pytest.mark.parametrize(("calendar", "hours"), [("chinese", 8), ("korean", 9)])
def test_months_begin_with_the_new_moon(calendar, hours):
    """Since 1962, when both countries had the meridians that they have now."""
    checked = 0
    for month in months(calendar):
        if month.first.year < 1962:
            continue
        since = (month.first - FIRST_MOON.date()).days
        moon = new_moon(round(since / MEAN_MONTH)) + timedelta(hours=hours)
        assert month.first in {(moon - DOUBT).date(), (moon + DOUBT).date()}
        checked += 1

    assert checked > 1000


@pytest.mark.parametrize("calendar", CALENDARS)
def test_a_year_has_twelve_months_and_at_most_one_leap_month(calendar):
    for year in years(calendar).values():
        leaps = [month for month in year if month.is_leap]

        assert sorted({month.number for month in year}) == list(range(1, 13))
        assert len(year) == 12 + len(leaps) <= 13


def test_nineteen_years_have_about_seven_leap_months():
    leaps = [sum(month.is_leap for month in each) for each in years("chinese").values()]

    for start in range(len(leaps) - 19):
        assert sum(leaps[start : start + 19]) in (6, 7, 8)


@pytest.mark.parametrize("calendar", CALENDARS)
def test_every_day_of_every_month_is_among_its_meanings(calendar):
    for year, every in years(calendar).items():
        for month in every:
            for number in (1, 15, month.length):
                said = LunarDay(year, month.number, number, is_leap=month.is_leap)
                days = [each.first for each in meanings(said)]

                assert month.day(number) in days
                assert lunar_of(month.day(number), calendar) == (year, month, number)


def test_a_month_said_twice_a_year_means_both():
    both = read("음력 1998년 5월")
    leap = read("음력 1998년 윤5월")

    assert both.earliest < leap.earliest
    assert both.latest == leap.latest
    assert both.note == "leap-month"
    assert not leap.note


def test_where_the_calendars_differ_both_are_covered():
    told = read("음력 1997년 1월 1일")

    assert (str(told.earliest), str(told.latest)) == ("1997-02-07", "1997-02-08")
    assert told.note == "two-calendars"


def test_a_year_before_the_word_for_the_calendar_may_be_a_solar_one():
    told = read("1999년 음력 12월 5일")

    assert told.covers(date(1999, 1, 21))
    assert told.covers(date(2000, 1, 11))
    assert told.note == "lunar-year"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("음력 1890년 3월", "dates.no-lunar-year"),
        ("음력 1998년 13월", "dates.no-month"),
        ("음력 1998년 3월 31일", "dates.no-lunar-day"),
        ("음력 1998년 3월 0일", "dates.no-lunar-day"),
        ("음력 1998년 윤3월", "dates.no-leap-month"),
        ("음력 3월", "dates.not-read"),
    ],
)
def test_a_lunar_day_that_is_none_is_refused(words, code):
    with pytest.raises(TellError) as refused:
        read(words)

    assert refused.value.code == code


def test_outside_of_the_table_new_year_lies_early_in_the_year():
    first, last = new_year(1850)

    assert (first.month, last.month) == (1, 3)
