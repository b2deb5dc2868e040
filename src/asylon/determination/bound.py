"""Whom scenarios expect to be bound, and by what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from asylon.determination.claims import read_truth
from asylon.law import LawBook, UnknownNameError, binding
from asylon.law.bindings import instrument_of
from asylon.law.tables import Table
from asylon.logic.truth import Truth


class Bound(NamedTuple):
    """Whether a provision, or a whole instrument, should bind a state."""

    state: str
    name: str
    expect: Truth


def read_bound(table: Table, book: LawBook) -> Iterator[Bound]:
    """Read who should be bound: `bound.CHN.csr51 = true`."""
    for state in table.data:
        if state not in book.bindings:
            raise UnknownNameError(table.where, "state", state, book.bindings)
        inner = table.table(state)
        for name, word in inner.data.items():
            if name not in book.provisions:
                instrument_of(book, name)
            yield Bound(state, name, read_truth(word, inner.where))


def misbound(book: LawBook, expected: Iterable[Bound], on: date) -> Iterator[str]:
    """Go through what binds a state on a day otherwise than expected."""
    for each in expected:
        found = binding(book, each.state, each.name, on).binds
        if found is not each.expect:
            yield (
                f"expected {each.expect.value} of whether {each.name} binds "
                f"{each.state}, found {found.value}"
            )
