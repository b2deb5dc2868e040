"""Reading a date as told.

Whatever can be meant is covered: where words can mean two things, the days of both lie
within what is read, and a note says why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, timedelta
from functools import partial

from asylon.dates import eras, lunardays
from asylon.dates.ages import is_age, read_age
from asylon.dates.edtf import UNKNOWN, Interval, parse, span
from asylon.dates.errors import TellError
from asylon.dates.events import Event, read_event
from asylon.dates.singles import Found, completed, single
from asylon.dates.told import EVENT, KOREAN_AGE, LUNAR, RECKONINGS, SOLAR, Told
from asylon.dates.wording import folded, is_only, taken

_RANGES = tuple(
    map(
        re.compile,
        (
            r"(?:between|from) (?P<first>.+?) (?:and|to|until) (?P<last>.+)",
            r"(?P<first>\D*\d.*?)\s*(?:부터|에서)\s*(?P<last>.*\d.*?)\s*(?:사이|까지)?",
            r"(?P<first>\D*\d.*?)\s*(?:과|와|和|与)\s*(?P<last>.*\d.*?)\s*(?:사이|之间|间)",
            r"从?(?P<first>\D*\d.*?)\s*(?:至|到)\s*(?P<last>.*\d.*?)\s*(?:之间|间)?",
            r"(?P<first>.*\d.*?)\s*~\s*(?P<last>.*\d.*?)\s*(?:사이|之间|间)?",
            r"(?P<first>\d{4}\D?)\s*-\s*(?P<last>\d{4}\D?)",
            r"(?P<first>.*\d.*?)\s(?:-|to|until|or|또는|혹은)\s(?P<last>.*\d.*)",
            r"(?P<first>.*\d.*?)\s*(?:이나|或者|或)\s*(?P<last>.*\d.*)",
        ),
    )
)
_WINTER_CODE = re.compile(r"\d{4}-24[?~%]?")
_DAYS = re.compile(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d")


def read(
    words: str,
    *,
    reckoning: str = SOLAR,
    on: date | None = None,
    events: Iterable[Event] | None = None,
) -> Told:
    """Read a date as told.

    Words that say themselves that they count by the lunar calendar or as an age are
    read so, whatever the reckoning.

    Args:
        words: as said or typed, in English, Korean or Chinese, or as EDTF.
        reckoning: how they count.
        on: the day on which an age was told.
        events: what an event can be; those that ship, unless given.

    >>> read("1998년 3월").edtf, read("약 1998년").edtf, read("1997~1999").edtf
    ('1998-03', '1998~', '1997/1999')

    Raises:
        TellError: they cannot be read; `kept` keeps them all the same.
    """
    if reckoning not in RECKONINGS:
        raise TellError("dates.no-reckoning", known=", ".join(RECKONINGS))
    text = folded(words)
    if is_only("unknown", text):
        return Told(words, reckoning, UNKNOWN)
    if reckoning == EVENT:
        return read_event(words, events)
    if reckoning == KOREAN_AGE or is_age(text):
        return read_age(words, on, is_korean=reckoning == KOREAN_AGE)
    text, other_year = eras.in_solar_years(text)
    is_lunar = reckoning == LUNAR or lunardays.is_lunar(text)
    way = _lunar if is_lunar else partial(_solar, words)
    edtf, note = _of_both(text, other_year, way) if other_year else way(text)
    return Told(words, LUNAR if is_lunar else SOLAR, edtf, note)


def kept(words: str, reckoning: str = SOLAR) -> Told:
    """Keep words that cannot be read: they may mean any day.

    >>> kept("when the river froze").covers(date.max)
    True
    """
    return Told(words, reckoning, UNKNOWN, "not-read")


def taken_down(
    words: str,
    *,
    reckoning: str = SOLAR,
    on: date | None = None,
    before: Told | None = None,
) -> Told:
    """Read a date as told, or keep its words where they cannot be read.

    Words that are no date by the sun are tried as an event as well. What was taken down
    before of the same words stands: an age means other days when it is read later.

    >>> taken_down("고난의 행군").reckoning
    'event'
    >>> taken_down("when the river froze").is_read
    False
    """
    if before and (before.words, before.reckoning) == (words, reckoning):
        return before
    for way in dict.fromkeys((reckoning, EVENT if reckoning == SOLAR else reckoning)):
        with suppress(TellError):
            return read(words, reckoning=way, on=on)
    return kept(words, reckoning)


def _solar(words: str, text: str) -> Found:
    edtf = words.strip().upper()
    try:
        parse(edtf)
    except TellError as error:
        if error.code == "dates.backwards":
            raise
        return _composed(text, single)
    return edtf, "two-winters" if _WINTER_CODE.fullmatch(edtf) else ""


def _lunar(text: str) -> Found:
    return _composed(lunardays.without_marks(text), lunardays.reader(text))


def _of_both(text: str, year: int, way: Callable[[str], Found]) -> Found:
    """Read words that name two years which differ."""
    found = []
    for each in (text, re.sub(r"\d{4}", f"{year:04}", text, count=1)):
        with suppress(TellError):  # the day may exist in one of them only
            found.append(way(each)[0])
    if not found:
        return way(text)
    first, last = min(found, key=_begins), max(found, key=_begins)
    if first == last:
        return first, ""
    return f"{first.partition('/')[0]}/{last.rpartition('/')[2]}", "two-years"


def _begins(edtf: str) -> date:
    return parse(edtf).earliest or date.min


def _composed(text: str, reader: Callable[[str], Found]) -> Found:
    """Read a range, a doubt, a before or after, or one date."""
    if found := _range(text, reader):
        return found
    is_about, text = taken("about", re.sub(r"(?<=\d)~$", " about", text))
    is_perhaps, text = taken("perhaps", text)
    is_before, text = taken("before", text)
    is_after, text = (False, text) if is_before else taken("after", text)
    edtf, note = reader(text)
    edtf = _doubted(edtf, is_about=is_about, is_perhaps=is_perhaps)
    if is_before:
        edtf = f"../{edtf.rpartition('/')[2]}"
    if is_after:
        edtf = f"{edtf.partition('/')[0]}/.."
    return edtf, note


def _range(text: str, reader: Callable[[str], Found]) -> Found | None:
    """Read one day within a first and a last date, or one of two."""
    for pattern in _RANGES:
        match = pattern.fullmatch(text)
        if not match:
            continue
        for first, last in completed(match["first"], match["last"]):
            try:
                begins, note = _composed(first, reader)
                ends, other = _composed(last, reader)
            except TellError:
                continue
            edtf = f"{begins.partition('/')[0]}/{ends.rpartition('/')[2]}"
            parse(edtf)
            notes = dict.fromkeys(f"{note} {other}".split())
            return edtf, " ".join(notes)
    return None


def _doubted(edtf: str, *, is_about: bool, is_perhaps: bool) -> str:
    """Mark a date as uncertain: it widens by as much as it is long."""
    steps = is_about + is_perhaps
    mark = {0: "", 1: "~" if is_about else "?", 2: "%"}[steps]
    when = parse(edtf)
    if not isinstance(when, Interval):
        return _marked(edtf, mark)
    begins, ends = when.earliest, when.latest
    if steps and begins and ends and _DAYS.fullmatch(edtf):
        wider = (ends - begins + timedelta(days=1)) * steps
        return span(begins - wider, ends + wider)
    first, _, last = edtf.partition("/")
    return f"{_marked(first, mark)}/{_marked(last, mark)}"


def _marked(edtf: str, mark: str) -> str:
    is_done = not edtf or edtf.endswith(("..", "?", "~", "%"))
    return edtf if is_done else f"{edtf}{mark}"
