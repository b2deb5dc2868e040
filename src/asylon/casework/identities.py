"""Whether a state's authority may hold identities: dated data, state by state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from asylon.identity.vocabulary import tables_of
from asylon.law.errors import DocumentError
from asylon.law.jurisdictions import STATES
from asylon.law.tables import Table

AUTHORITY = "authority"
"""The kind of organisation that the rows are about, and with it all a state's bodies."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Whether an authority may hold identities from a day on, and where that is from."""

    state: str
    may_hold: bool
    first: date
    source: str
    read: bool = False
    note: str = ""


def may_hold_identities(kind: str, state: str, on: date) -> bool:
    """Say whether an organisation may keep who the people are that it works for.

    >>> may_hold_identities("authority", "CHN", date(2026, 11, 24))
    False
    >>> may_hold_identities("legal_aid", "CHN", date(2026, 11, 24))
    True
    """
    if kind not in state_bodies():
        return True
    dated = [each for each in _holdings().get(state, ()) if each.first <= on]
    return dated[-1].may_hold if dated else False


def has_seat(kind: str, state: str) -> bool:
    """Say whether an organisation may take part: no body of a state people flee from.

    >>> has_seat("authority", "PRK"), has_seat("legal_aid", "PRK")
    (False, True)
    """
    return kind not in state_bodies() or state not in _read()[2]


def state_bodies() -> frozenset[str]:
    """Name the kinds of organisation that are bodies of a state."""
    return _read()[0]


@cache
def _read() -> tuple[frozenset[str], Mapping[str, tuple[Holding, ...]], frozenset[str]]:
    document = tables_of(__package__, "identities.toml")
    bodies = frozenset(document.texts("state_bodies"))
    origins = frozenset(map(_origin, document.tables("origin")))
    return bodies, read_holdings(document), origins


def _origin(row: Table) -> str:
    state = row.text("state")
    for key in ("source", "note"):
        row.text(key)
    row.get("read", bool)
    row.finish()
    return state


def _holdings() -> Mapping[str, tuple[Holding, ...]]:
    return _read()[1]


def read_holdings(document: Table) -> Mapping[str, tuple[Holding, ...]]:
    """Read the rows of a document, by state and in order of their days.

    Raises:
        DocumentError: a row names no state.
    """
    by_state: dict[str, list[Holding]] = {}
    for row in document.tables(AUTHORITY):
        holding = Holding(
            state=row.text("state"),
            may_hold=row.get("may_hold", bool),
            first=row.day("from"),
            source=row.text("source"),
            read=row.get("read", bool),
            note=row.text("note", ""),
        )
        row.finish()
        if holding.state not in STATES:
            raise DocumentError(
                row.where, "`state` is no code of a state", "Correct it."
            )
        by_state.setdefault(holding.state, []).append(holding)
    document.finish()
    return {
        state: tuple(sorted(rows, key=lambda each: each.first))
        for state, rows in by_state.items()
    }
