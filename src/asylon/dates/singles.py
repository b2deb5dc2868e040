"""One date in words, by the solar calendar, as EDTF."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator

from asylon.dates.edtf import Part, parse
from asylon.dates.errors import TellError
from asylon.dates.wording import taken

Found = tuple[str, str]
"""EDTF and a note."""

_SEPARATOR = r"\s*(?:년도|년|年|[.\-/ ])\s*"
_YEAR_FIRST = re.compile(
    rf"(\d{{4}})(?:{_SEPARATOR}(\d{{1,2}})(?:\s*(?:월|月|[.\-/ ])\s*"
    r"(\d{1,2})\s*(?:일|日|号|號)?)?)?\s*(?:년도|년|年|월|月|[.\-/])?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH_LAST = re.compile(r"(?:(\d{1,2}) )?(\d{1,2})/ ?(\d{4})")
_MONTH_FIRST = re.compile(r"(\d{1,2})/ (\d{1,2}) (\d{4})")
_YEAR_LAST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_DECADE = re.compile(r"(\d{3})0(?:'?s|년대|年代)")
_SHORT = re.compile(
    r"'?\d{2}(?:\s*(?:년|年)(?:대|代)?.*|'?s|)|\d{1,2}[./-]\d+[./-]\d{2}"
)
_MONTHS = 12
_STEM = re.compile(
    r"(?P<year>\d{4}\s*[년年.\-/ ])\s*(?P<month>\d{1,2}\s*(?:[월月]|[.\-/ ](?=\d)))?"
)

_SEASONS = {
    "spring": (2, 6),
    "summer": (5, 9),
    "autumn": (8, 12),
}
"""The months that a season can mean: by the month, the sun or the old calendar."""
_WINTER = (11, 3)

_OF_DECADE = {"early": (0, 5), "mid": (2, 8), "late": (5, 9)}
_OF_YEAR = {"early": (1, 6), "mid": (4, 9), "late": (7, 12)}
_OF_MONTH = {"early": (1, 15), "mid": (8, 23), "late": (15, 31)}
"""Parts, widely: they overlap, because nobody tells them apart by the day."""


def single(text: str) -> Found:
    """Read one date in folded words.

    Raises:
        TellError: it is none, or one that no calendar has.
    """
    if season := season_of(text):
        return _season(*season)
    plain = re.sub(r"\s+(?=[년年월月일日])", "", text)
    for kind in ("early", "mid", "late"):
        is_part, rest = taken(kind, plain)
        if is_part:
            return _part_of(kind, numeric(_bare(rest))[0]), "part-of-time"
    return numeric(_bare(plain))


def season_of(text: str) -> tuple[str, int] | None:
    """Give the season and the year that folded words tell."""
    for kind in (*_SEASONS, "winter"):
        is_season, rest = taken(kind, text)
        if is_season:
            for part in ("early", "mid", "late"):
                _, rest = taken(part, rest)
            year = parse(numeric(_bare(rest))[0])
            if not isinstance(year, Part) or year.years > 1 or year.month:
                raise TellError("dates.not-read")
            return kind, year.year
    return None


def _season(kind: str, year: int) -> Found:
    if kind == "winter":
        first, last = _WINTER
        return f"{year - 1:04}-{first:02}/{year + 1:04}-{last:02}", "two-winters"
    first, last = _SEASONS[kind]
    return f"{year:04}-{first:02}/{year:04}-{last:02}", "season"


def numeric(text: str) -> Found:
    """Read one date in figures."""
    for pattern, make in _FORMS:
        if found := pattern.fullmatch(text):
            edtf, note = make(found)
            parse(edtf)
            return edtf, note
    if _SHORT.fullmatch(text):
        raise TellError("dates.short-year")
    parse(text.upper())
    return text.upper(), ""


def _bare(text: str) -> str:
    """Take away what says nothing of the day."""
    _, text = taken("solar", text)
    return taken("filler", text)[1].strip(" .").removeprefix("年").strip()


def _dashed(found: re.Match[str]) -> Found:
    year, *rest = found.groups()
    return "-".join([year, *(f"{int(each):02}" for each in rest if each)]), ""


def _month_last(found: re.Match[str]) -> Found:
    day, month, year = found.groups()
    told = f"{year}-{int(month):02}"
    return (f"{told}-{int(day):02}" if day else told), ""


def _month_first(found: re.Match[str]) -> Found:
    month, day, year = found.groups()
    return f"{year}-{int(month):02}-{int(day):02}", ""


def _year_last(found: re.Match[str]) -> Found:
    """Read a day whose month may stand before or after it."""
    first, second, year = int(found[1]), int(found[2]), found[3]
    ways = {
        f"{year}-{month:02}-{day:02}"
        for month, day in ((first, second), (second, first))
        if month <= _MONTHS
    }
    if not ways:
        raise TellError("dates.no-month", month=max(first, second))
    if len(ways) == 1:
        return ways.pop(), ""
    return "/".join(sorted(ways)), "day-or-month"


def _decade(found: re.Match[str]) -> Found:
    return f"{found[1]}X", ""


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Found]], ...] = (
    (_YEAR_FIRST, _dashed),
    (_COMPACT, _dashed),
    (_MONTH_LAST, _month_last),
    (_MONTH_FIRST, _month_first),
    (_YEAR_LAST, _year_last),
    (_DECADE, _decade),
)


def _part_of(kind: str, edtf: str) -> str:
    """Give the early, middle or late part of a year, a decade or a month."""
    match edtf.split("-"):
        case [decade] if decade.endswith("X") and not decade.endswith("XX"):
            first, last = _OF_DECADE[kind]
            return f"{decade[:3]}{first}/{decade[:3]}{last}"
        case [year] if year.isdigit():
            first, last = _OF_YEAR[kind]
            if kind == "late":  # the lunar year ends a month or two later
                return f"{year}-{first:02}/{int(year) + 1:04}-02"
            return f"{year}-{first:02}/{year}-{last:02}"
        case [year, month] if int(month) <= _MONTHS:
            first, last = _OF_MONTH[kind]
            end = min(last, monthrange(int(year), int(month))[1])
            return f"{edtf}-{first:02}/{edtf}-{end:02}"
    raise TellError("dates.not-read")


def completed(first: str, last: str) -> Iterator[tuple[str, str]]:
    """Go through two dates, the year or month that one leaves out taken from the other.

    >>> list(completed("1997년 3월", "5월"))[-1]
    ('1997년 3월', '1997년 5월')
    """
    yield first, last
    if found := _STEM.match(first):
        year, month = found["year"], found["month"] or ""
        has_day = first[found.end() :].strip() and not re.search("[월月]", last)
        yield first, f"{year} {month if has_day else ''}{last}"
    if found := re.search(r"\d{4}\D?$", last):
        yield f"{first} {found[0]}", last
