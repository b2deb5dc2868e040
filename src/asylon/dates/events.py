"""Events by which people tell dates: dated, sourced data that others can extend."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

from asylon.dates.edtf import parse
from asylon.dates.errors import TellError
from asylon.dates.told import EVENT, Told
from asylon.dates.wording import taken

_FRAME = re.compile(
    r"^(?:in|during|the|year|of|when|at|time|that)\s+|\s*(?:그?해(?:에|에는)?|때|시기|년도)$"
    r"|(?:的)?(?:那年|那一年|那时候|那时|的时候|时候)$"
)
_YEAR = re.compile(r"\byear\b|해(?:에|에는)?\s*$|년도|那年|那一年", re.IGNORECASE)
_KEYS = {"id", "edtf", "name", "words", "source", "read"}


@dataclass(frozen=True)
class Event:
    """Something by which people tell dates.

    Attributes:
        edtf: the days it took, or on one of which it happened.
        name: what it is called, by language.
        words: what people say for it.
        is_read: whether the source was read, or the days are from memory.
    """

    id: str
    edtf: str
    name: Mapping[str, str]
    words: tuple[str, ...]
    source: str
    is_read: bool


@cache
def shipped() -> tuple[Event, ...]:
    """Give the events that ship."""
    return read_events((files(__package__) / "events.toml").read_text(encoding="utf-8"))


def read_events(text: str) -> tuple[Event, ...]:
    """Read events from TOML.

    Raises:
        TellError: an entry lacks a key or has one that means nothing.
    """
    return tuple(_event(row) for row in tomllib.loads(text).get("event", ()))


def _event(row: Mapping[str, Any]) -> Event:
    if wrong := sorted(row.keys() ^ _KEYS):
        raise TellError("dates.no-file", key=wrong[0])
    parse(row["edtf"])
    return Event(
        id=row["id"],
        edtf=row["edtf"],
        name=row["name"],
        words=(*row["words"], *row["name"].values()),
        source=row["source"],
        is_read=row["read"],
    )


def named(text: str, events: Iterable[Event] | None = None) -> Event:
    """Find the event that words name.

    Raises:
        TellError: no event is known by them; the nearest name is given.
    """
    known = {
        _folded(word): (event, word)
        for event in (shipped() if events is None else events)
        for word in event.words
    }
    name = _folded(text)
    if name in known:
        return known[name][0]
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    raise TellError("dates.no-event", near=known[near[0]][1] if near else "")


def read_event(words: str, events: Iterable[Event] | None = None) -> Told:
    """Read a date told by an event, or as before or after one."""
    every = shipped() if events is None else tuple(events)
    try:
        edtf = named(words, every).edtf
        return Told(words, EVENT, _years(edtf) if _YEAR.search(words) else edtf)
    except TellError as error:
        text, unknown = unicodedata.normalize("NFKC", words).casefold(), error
    is_before, rest = taken("before", text)
    if is_before:
        return Told(words, EVENT, f"../{named(rest, every).edtf.rpartition('/')[2]}")
    is_after, rest = taken("after", text)
    if is_after:
        return Told(words, EVENT, f"{named(rest, every).edtf.partition('/')[0]}/..")
    raise unknown


def _years(edtf: str) -> str:
    """Give the whole years in which an event lies: "the year of" names no less."""
    when = parse(edtf)
    first, last = when.earliest, when.latest
    if not (first and last):
        return edtf
    years = f"{first.year:04}", f"{last.year:04}"
    return "/".join(dict.fromkeys(years))


def _folded(text: str) -> str:
    """Fold words, and set aside what only frames an event."""
    left, text = "", unicodedata.normalize("NFKC", text).casefold().strip(" .,!?\"'")
    while left != text:
        left, text = text, _FRAME.sub("", text).strip()
    return re.sub(r"\W", "", text)
