"""What can be wrong with a date as told.

TellError    it cannot be read as a date; its words are kept by whoever was told them

An error keeps a code and values, so that it is told in the reader's language by
`sentences.problem`. It never repeats the whole words: a date of birth has no place in a
log.
"""

from __future__ import annotations

from collections.abc import Mapping

CODES = (
    "dates.not-read",
    "dates.short-year",
    "dates.no-month",
    "dates.no-day",
    "dates.backwards",
    "dates.no-lunar-year",
    "dates.no-lunar-day",
    "dates.no-leap-month",
    "dates.age-needs-day",
    "dates.no-age",
    "dates.no-event",
    "dates.no-reckoning",
    "dates.no-file",
)
"""Every code there is; codes are permanent."""


class TellError(ValueError):
    """Words that cannot be read as a date."""

    def __init__(self, code: str, **values: object) -> None:
        """Take a code of `CODES` and what it is about."""
        self.code = code
        self.values: Mapping[str, object] = values
        told = ", ".join(f"{name} {value}" for name, value in values.items())
        super().__init__(f"{code}: {told}" if told else code)
