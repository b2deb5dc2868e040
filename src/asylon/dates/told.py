"""A date as told: the words, and the days they can mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from asylon.dates.edtf import UNKNOWN, Interval, Part, parse
from asylon.dates.errors import TellError

SOLAR, LUNAR, KOREAN_AGE, EVENT = RECKONINGS = (
    "solar",
    "lunar",
    "korean_age",
    "event",
)

NOTES = (
    "not-read",
    "day-or-month",
    "two-winters",
    "season",
    "part-of-time",
    "two-years",
    "leap-month",
    "two-calendars",
    "lunar-year",
    "age-by-year",
    "age-either-way",
)
"""What can be said of words that mean more than one thing; see `sentences.noted`."""

_KEYS = ("words", "reckoning", "edtf", "note")


@dataclass(frozen=True, slots=True)
class Told:
    """A date as told.

    Attributes:
        words: as they were said or typed, never changed.
        reckoning: how they count, one of `RECKONINGS`.
        edtf: the days they can mean, by the solar calendar.
        note: why they can mean more than one thing: names of `NOTES`, with spaces
            between them.

    >>> born = Told("spring of 1998", "solar", "1998-21")
    >>> born.earliest, born.latest
    (datetime.date(1998, 3, 1), datetime.date(1998, 5, 31))
    """

    words: str
    reckoning: str = SOLAR
    edtf: str = UNKNOWN
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse what names no days, no reckoning or no note."""
        if self.reckoning not in RECKONINGS:
            raise TellError("dates.no-reckoning", known=", ".join(RECKONINGS))
        if not set(self.notes) <= set(NOTES):
            raise TellError("dates.no-file", key="note")
        parse(self.edtf)

    @property
    def when(self) -> Part | Interval:
        """The days in parts."""
        return parse(self.edtf)

    @property
    def earliest(self) -> date | None:
        """The first day the words can mean; None where nothing says."""
        return self.when.earliest

    @property
    def latest(self) -> date | None:
        """The last day the words can mean; None where nothing says."""
        return self.when.latest

    @property
    def notes(self) -> tuple[str, ...]:
        """The names in the note."""
        return tuple(self.note.split())

    @property
    def is_read(self) -> bool:
        """Whether the words were read; if not, they are kept and any day is possible."""
        return "not-read" not in self.notes

    def covers(self, day: date) -> bool:
        """Whether the words can mean a day."""
        return (self.earliest or day) <= day <= (self.latest or day)

    def overlaps(self, other: Told) -> bool:
        """Whether both can mean one day."""
        return _begins_by(self, other.latest) and _begins_by(other, self.latest)


def _begins_by(told: Told, day: date | None) -> bool:
    return told.earliest is None or day is None or told.earliest <= day


def as_dict(told: Told) -> dict[str, str]:
    """Give a date as told as plain data."""
    return {key: getattr(told, key) for key in _KEYS}


def from_dict(data: Mapping[str, object]) -> Told:
    """Read a date as told from plain data.

    Raises:
        TellError: a key is unknown or no text, or the date names no days.
    """
    for key, value in data.items():
        if key not in _KEYS or not isinstance(value, str):
            raise TellError("dates.no-file", key=key)
    if "words" not in data:
        raise TellError("dates.no-file", key="words")
    return Told(**{key: str(value) for key, value in data.items()})
