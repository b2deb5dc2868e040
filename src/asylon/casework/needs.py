"""The kinds of specific needs, as a dated table: codes change, files keep theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from asylon.identity import Vocabulary
from asylon.identity.vocabulary import tables_of
from asylon.law.tables import Table


@dataclass(frozen=True, slots=True)
class NeedKind:
    """A kind of need: its code, what it is called, and when the code is given out."""

    code: str
    name: str
    first: date | None = None
    last: date | None = None

    def is_given_out(self, on: date) -> bool:
        """Whether the code is given out on a day."""
        return (self.first or on) <= on <= (self.last or on)


@cache
def need_kinds() -> Mapping[str, NeedKind]:
    """Read the kinds of needs that ship."""
    document = tables_of(__package__, "needs.toml")
    document.text("source")
    document.get("read", bool)
    kinds = {code: _kind(code, table) for code, table in document.named_tables("need")}
    document.finish()
    return kinds


def _kind(code: str, table: Table) -> NeedKind:
    kind = NeedKind(
        code, table.text("name"), table.maybe_day("first"), table.maybe_day("last")
    )
    table.finish()
    return kind


def needs() -> Vocabulary:
    """Give the names of the needs; a code that is not listed stands for itself."""
    named = {code: kind.name for code, kind in need_kinds().items()}
    return Vocabulary("specific need", named)
