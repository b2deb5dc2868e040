"""Dates as told, in sentences of the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from asylon.dates import eras, lunardays
from asylon.dates.ages import number_of
from asylon.dates.edtf import AUTUMN, SEASONS, SPRING, SUMMER, UNKNOWN, Interval, Part
from asylon.dates.errors import TellError
from asylon.dates.events import Event, named, shipped
from asylon.dates.lunar import LunarDay
from asylon.dates.singles import season_of
from asylon.dates.told import EVENT, KOREAN_AGE, LUNAR, SOLAR, Told
from asylon.dates.wording import folded
from asylon.languages import Catalogue

_DECADE = 10


def said(told: Told, catalogue: Catalogue, events: Iterable[Event] = ()) -> str:
    """Tell a date in words of a language.

    Args:
        told: the date.
        catalogue: the language.
        events: events beyond those that ship.
    """
    return _Speaker(catalogue, (*events, *shipped())).said(told)


def noted(told: Told, catalogue: Catalogue) -> list[str]:
    """Say why words can mean more than one thing, a sentence for each reason."""
    return [_note(name, catalogue) for name in told.notes]


class _Speaker:
    """Puts dates into words of one language."""

    def __init__(self, language: Catalogue, events: tuple[Event, ...]) -> None:
        self.language, self.say, self.events = language, language.say, events

    def said(self, told: Told) -> str:
        if not told.is_read:
            return self.say("a date", "“{words}”, which is not read", words=told.words)
        days = self.days(told.when)
        if told.edtf == UNKNOWN:
            return days
        if told.reckoning == LUNAR:
            return self.say(
                "a date",
                "{told} (in the solar calendar: {days})",
                told=self._lunar(told),
                days=self.days(told.when, is_run=True),
            )
        own = {SOLAR: self._season_told, KOREAN_AGE: self._age, EVENT: self._event}
        name = own[told.reckoning](told)
        if not name:
            return days
        return self.say("a date", "{told} ({days})", told=name, days=days)

    def _event(self, told: Told) -> str:
        try:
            event = named(told.words, self.events)
        except TellError:
            return self._quoted(told)
        return event.name.get(self.language.language, event.name["en"])

    def _quoted(self, told: Told) -> str:
        return self.say("a date", "“{words}”", words=told.words)

    def _season_told(self, told: Told) -> str:
        """Tell a season of a year; its days follow, because it has no sharp edges."""
        is_season = {"season", "two-winters"} & set(told.notes)
        if not is_season or isinstance(told.when, Part):
            return ""
        try:
            found = season_of(eras.in_solar_years(folded(told.words))[0])
        except TellError:
            found = None
        return self._season(*found) if found else self._quoted(told)

    def _age(self, told: Told) -> str:
        try:
            age = number_of(folded(told.words))
        except TellError:
            return self._quoted(told)
        if "age-by-year" in told.notes:
            return self.say(
                "a birth", "the birth of someone aged {age} by Korean age", age=age
            )
        return self.say("a birth", "the birth of someone aged {age}", age=age)

    def _lunar(self, told: Told) -> str:
        text = lunardays.without_marks(eras.in_solar_years(folded(told.words))[0])
        try:
            return self.lunar(lunardays.lunar_day(text))
        except TellError:
            return self._quoted(told)

    def lunar(self, day: LunarDay) -> str:
        """Tell a day, month or year of the lunar calendar."""
        if day.month is None:
            return self.say("lunar date", "lunar year {year}", year=day.year)
        month = self._lunar_months()[day.month - 1]
        if day.is_leap:
            month = self.say("lunar date", "leap {month}", month=month)
        if day.day is None:
            return self.say(
                "lunar date", "lunar {month} {year}", month=month, year=day.year
            )
        return self.say(
            "lunar date",
            "day {day} of the lunar {month} {year}",
            day=day.day,
            month=month,
            year=day.year,
        )

    def days(self, when: Part | Interval, *, is_run: bool = False) -> str:
        """Tell days: one date, or one day within a first and a last date."""
        if isinstance(when, Part):
            return self.part(when)
        first = self.part(when.first) if when.first else ""
        last = self.part(when.last) if when.last else ""
        if first and last:
            return self._between(first, last, is_run=is_run)
        if last:
            return self.say("a date", "not later than {last}", last=last)
        if first:
            return self.say("a date", "not earlier than {first}", first=first)
        return self.say("a date", "on a day that is not known")

    def _between(self, first: str, last: str, *, is_run: bool) -> str:
        if is_run:
            return self.say("a date", "{first} to {last}", first=first, last=last)
        return self.say("a date", "between {first} and {last}", first=first, last=last)

    def part(self, part: Part) -> str:
        """Tell one date."""
        plain = self._plain(part)
        match part.doubt:
            case "~":
                return self.say("a date", "about {when}", when=plain)
            case "?":
                return self.say("a date", "perhaps {when}", when=plain)
            case "%":
                return self.say("a date", "perhaps about {when}", when=plain)
        return plain

    def _plain(self, part: Part) -> str:
        year = part.year
        if part.years == _DECADE:
            return self.say("a date", "the {year}s", year=year)
        if part.years > 1:
            last = year + part.years - 1
            return self._between(str(year), str(last), is_run=False)
        if part.month in SEASONS:
            names = {SPRING: "spring", SUMMER: "summer", AUTUMN: "autumn"}
            return self._season(names.get(part.month, "winter"), year)
        if part.month is None:
            return self.say("a date", "{year}", year=year)
        if part.day is None:
            month = self.language.month(part.month)
            return self.say("a date", "{month} {year}", month=month, year=year)
        return self.language.day(date(year, part.month, part.day))

    def _season(self, kind: str, year: int) -> str:
        return {
            "spring": self.say("a date", "spring {year}", year=year),
            "summer": self.say("a date", "summer {year}", year=year),
            "autumn": self.say("a date", "autumn {year}", year=year),
            "winter": self.say("a date", "winter {year}", year=year),
        }[kind]

    def _lunar_months(self) -> tuple[str, ...]:
        say = self.say
        return (
            say("lunar month", "1st month"),
            say("lunar month", "2nd month"),
            say("lunar month", "3rd month"),
            say("lunar month", "4th month"),
            say("lunar month", "5th month"),
            say("lunar month", "6th month"),
            say("lunar month", "7th month"),
            say("lunar month", "8th month"),
            say("lunar month", "9th month"),
            say("lunar month", "10th month"),
            say("lunar month", "11th month"),
            say("lunar month", "12th month"),
        )


def _note(name: str, catalogue: Catalogue) -> str:
    say = catalogue.say
    return {
        "not-read": say(
            "why a date is wide",
            "The words were not read as a date; ask what day they mean.",
        ),
        "day-or-month": say(
            "why a date is wide",
            "Which number is the day and which the month is not sure; both ways are "
            "covered.",
        ),
        "two-winters": say(
            "why a date is wide",
            "A year has a winter at its beginning and one at its end; both are "
            "covered.",
        ),
        "season": say(
            "why a date is wide",
            "A season has no first or last day; its widest sense is covered.",
        ),
        "part-of-time": say(
            "why a date is wide",
            "Nobody says where the early, middle and late part of a time end; the "
            "widest sense is covered.",
        ),
        "two-years": say(
            "why a date is wide",
            "The words name two different years; both are covered.",
        ),
        "leap-month": say(
            "why a date is wide",
            "The lunar year has this month twice, and the leap month may be meant; "
            "both are covered.",
        ),
        "two-calendars": say(
            "why a date is wide",
            "The Chinese and the Korean calendar differ here; both are covered.",
        ),
        "lunar-year": say(
            "why a date is wide",
            "The year may be the solar or the lunar one; both are covered.",
        ),
        "age-by-year": say(
            "why a date is wide",
            "By Korean age one grows older at the new year, of the sun or of the "
            "moon; both are covered.",
        ),
        "age-either-way": say(
            "why a date is wide",
            "The age may be counted in full years or by Korean age; both are covered.",
        ),
    }[name]
