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
"""The kind of organisation that the rows are about."""


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
    if kind != AUTHORITY:
        return True
    dated = [each for each in _holdings().get(state, ()) if each.first <= on]
    return dated[-1].may_hold if dated else True


@cache
def _holdings() -> Mapping[str, tuple[Holding, ...]]:
    return read_holdings(tables_of(__package__, "identities.toml"))


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
