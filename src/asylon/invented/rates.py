"""How often the points of an invented caseload come out which way."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any, TypeAlias

from asylon.determination.claims import COMPLETE
from asylon.law import LawBook
from asylon.logic.grounding import MISSING, Entries, Shape

Lists: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Rate:
    """How often a point is established, and how often it is left open."""

    true: float
    open: float


class Rates:
    """How often the points of a caseload come out which way."""

    def __init__(self, text: str) -> None:
        """Read the rates of a document (TOML)."""
        self.data: Mapping[str, Any] = tomllib.loads(text)
        self.lists: Lists = self.data["lists"]
        self.leanings: list[dict[str, float]] = self.data["leaning"]
        self.beside: float = self.data["recorded_beside"]

    @cached_property
    def shape(self) -> Shape:
        """The lists that each claim keeps, all of which may grow."""
        return _shape(self.lists)

    def of(self, name: str, effect: str, book: LawBook) -> Rate:
        """Say how often a fact comes out which way.

        Args:
            name: the fact.
            effect: whether it helps the person, harms, or may do both.
            book: the law book that asks it.
        """
        owner, _, last = name.rpartition(".")
        if last == MISSING:
            kept = self._list_at(owner)
            return Rate(0.0, 1 - float(kept.get(COMPLETE, 0.0)))
        if owner.endswith(f".{MISSING}"):
            return Rate(0.0, 1.0)
        exceptions = self.data["facts"].get(name) or self.data["elements"].get(last)
        if exceptions:
            return Rate(*exceptions)
        element = book.elements[last]
        if element.closes in self.data["closings"]:
            return Rate(*self.data["closings"][element.closes])
        kind = self.data["kinds"][element.asks]
        return Rate(*kind[effect])

    def _list_at(self, path: str) -> Lists:
        found = self.lists
        for step in path.split("."):
            found = found.get(step, {})
        return found


def shipped_rates() -> Rates:
    """Read the rates that ship."""
    return Rates((files(__package__) / "caseload.toml").read_text(encoding="utf-8"))


def _shape(lists: Lists) -> Shape:
    return Shape(
        tuple(
            (
                name,
                Entries(
                    tuple(
                        (entry, _shape(inner))
                        for entry, inner in kept.items()
                        if entry != COMPLETE
                    )
                ),
            )
            for name, kept in lists.items()
        )
    )
