"""Where a law book departs from the one that ships, one line a text or part of it.

A change of words cannot be judged by a machine, so each is named: the text, the element,
the binding or the country finding, and the keys under which it says something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from asylon.law.book import LawBook
from asylon.law.differences import Difference, Kind, differences
from asylon.law.unaltered import altered

_WITH_NAMES = ("elements", "parts", "values", "settings", "bindings", "findings")
"""The keys under which a document keeps things that have names of their own."""

_DAYS = ("in_force", "days")
_AS_WRITTEN = {"first": "from", "last": "to"}


@dataclass(frozen=True, slots=True)
class Departure:
    """A text, or a named part of one, that is not as in the law that ships.

    Attributes:
        where: the text and the part of it.
        keys: what it says otherwise, by the keys of its document, if it is changed.
        is_refused: whether no signatures put this in force, whatever else is changed.
    """

    where: str
    change: Kind
    keys: tuple[str, ...] = ()
    is_refused: bool = False


def is_edition(shipped: LawBook, book: LawBook) -> bool:
    """Whether a law book is the one that ships, changed, and not law of its own."""
    return not shipped.provisions.keys().isdisjoint(book.provisions)


def departures(shipped: LawBook, book: LawBook, on: date) -> Iterator[Departure]:
    """Go through what departs from the law that ships.

    Args:
        shipped: the law that ships.
        book: another edition of it.
        on: the day on which what protects has to be in force.
    """
    below = set(_below_the_floor(shipped, book, on))
    found: dict[tuple[str, ...], list[Difference]] = {}
    for each in differences(shipped, book):
        found.setdefault(_subject(each.path), []).append(each)
    for subject, points in found.items():
        first, whole = points[0], points[0].path == subject
        yield Departure(
            where=", ".join(subject),
            change=first.kind if whole else "changed",
            keys=() if whole else tuple(dict.fromkeys(map(_key, points))),
            is_refused=_name(subject) in below,
        )
    yield from _lost_with_their_document(shipped, book, found)


def _subject(path: tuple[str, ...]) -> tuple[str, ...]:
    """Name what a difference is about: a text, or a named part of it."""
    return path[:3] if path[1:2] and path[1] in _WITH_NAMES else path[:1]


def _key(point: Difference) -> str:
    """Name the key under which a difference stands, as the document writes it."""
    rest = point.path[len(_subject(point.path)) :]
    name = rest[1] if rest[0] in _DAYS and len(rest) > 1 else rest[0]
    return _AS_WRITTEN.get(name, name)


def _name(subject: tuple[str, ...]) -> str:
    """Give the bare name of a text or of an element."""
    if len(subject) > 1:
        return subject[2] if subject[1] == "elements" else ""
    return subject[0].partition(" from ")[0].rpartition(" ")[2]


def _below_the_floor(shipped: LawBook, book: LawBook, on: date) -> Iterator[str]:
    """Name the elements and texts that may not be so under any set."""
    for each in book.sets.values():
        for breach in altered(shipped, book, each, on):
            yield breach.what if breach.how == "reworded" else breach.where


def _lost_with_their_document(
    shipped: LawBook, book: LawBook, found: dict[tuple[str, ...], list[Difference]]
) -> Iterator[Departure]:
    """Name the country findings of documents that are gone as a whole."""
    for text in shipped.country_texts:
        whole = f"country {text.id}, {text.document.name}"
        for finding in text.findings if (whole,) in found else ():
            if finding.id not in book.country_findings:
                yield Departure(f"{whole}, findings, finding {finding.id}", "removed")
