"""What is wrong with a date as told, in the reader's language."""

from __future__ import annotations

from asylon.dates.errors import TellError
from asylon.languages import Catalogue


def problem(error: TellError, catalogue: Catalogue) -> str:
    """Say what is wrong, why, and what to do."""
    told = _of_words(error, catalogue) or _of_reckoning(error, catalogue)
    if not told:
        raise LookupError(error.code)
    return told


def _of_words(error: TellError, catalogue: Catalogue) -> str:
    """Say what is wrong with the words."""
    say, values = catalogue.say, error.values
    match error.code:
        case "dates.not-read":
            return say(
                "problem",
                "These words are not read as a date. Write it as 1998, 1998-03, "
                "1998-03-14, “about 1998” or “spring 1998”, or keep the words as "
                "they are.",
            )
        case "dates.short-year":
            return say(
                "problem",
                "The year has only two figures and can be of any century. Write all "
                "four, as in 1998.",
            )
        case "dates.no-month":
            return say(
                "problem",
                "There is no month {month}. Write one from 1 to 12, or only the year.",
                **values,
            )
        case "dates.no-day":
            return say(
                "problem",
                "The month {month} of that year has no day {day}. Write another day,"
                " or only the month.",
                **values,
            )
        case "dates.backwards":
            return say(
                "problem",
                "The second date lies before the first. Write the earlier one first.",
            )
        case "dates.no-event":
            return _no_event(error, catalogue)
    return ""


def _no_event(error: TellError, catalogue: Catalogue) -> str:
    if error.values["near"]:
        return catalogue.say(
            "problem",
            "No event is known by these words. Is “{near}” meant? If not, write the "
            "years that it can have been.",
            **error.values,
        )
    return catalogue.say(
        "problem",
        "No event is known by these words. Write the years that it can have been, or"
        " keep the words as they are.",
    )


def _of_reckoning(error: TellError, catalogue: Catalogue) -> str:
    """Say what is wrong with how the date is reckoned."""
    say, values = catalogue.say, error.values
    match error.code:
        case "dates.no-lunar-year":
            return say(
                "problem",
                "The table of lunar years goes from {first} to {last} only. Write "
                "the date by the solar calendar.",
                **values,
            )
        case "dates.no-lunar-day":
            return say(
                "problem",
                "That lunar month has no day {day}. Write another day, or only the "
                "month.",
                **values,
            )
        case "dates.no-leap-month":
            return _no_leap_month(error, catalogue)
        case "dates.age-needs-day":
            return say(
                "problem",
                "An age says nothing without the day on which it was told. Add that "
                "day.",
            )
        case "dates.no-age":
            return say(
                "problem",
                "This is not read as an age. Write a number of years up to {most}.",
                **values,
            )
        case "dates.no-reckoning":
            return say(
                "problem",
                "The way of reckoning is unknown. There is {known}.",
                **values,
            )
        case "dates.no-file":
            return say(
                "problem",
                "The entry of a date has no `{key}` that can be read. Correct it or "
                "leave it out.",
                **values,
            )
    return ""


def _no_leap_month(error: TellError, catalogue: Catalogue) -> str:
    if error.values["leap"]:
        return catalogue.say(
            "problem",
            "The lunar year {year} has no leap month {month}; its leap month is "
            "{leap}. Write that one, or leave out that it is a leap month.",
            **error.values,
        )
    return catalogue.say(
        "problem",
        "The lunar year {year} has no leap month. Leave out that it is one.",
        **error.values,
    )
