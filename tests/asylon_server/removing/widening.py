"""The table of rights made wider or narrower by one word, each row and word in turn."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from asylon_server.store.rights import Table
from asylon_server.store.rights.errors import TableError
from asylon_server.store.rights.table import NEAR, shipped_table, table
from tests.asylon_server.rights.acting import Cell, cells, differences, disagreements

REFUSED, NOTICED, THE_SAME, UNNOTICED = "refused", "noticed", "the same", "unnoticed"
_LISTS = ("guarded", "withheld", "state_bodies")


@dataclass(frozen=True)
class Widened:
    """The table with one word more or less.

    Attributes:
        name: Which word, and where.
        told: What its file would say.
        thing: What the row is about; empty where it is no row.
        verbs: The verbs of the row, with the new one.
    """

    name: str
    told: dict[str, Any]
    thing: str = ""
    verbs: frozenset[str] = frozenset()

    def outcome(self) -> str:
        """Say whether it is refused, noticed, no other table at all, or unnoticed."""
        try:
            made = table(self.told)
        except TableError:
            return REFUSED
        asked = [e for e in cells() if self._is_touched(e)]
        if disagreements(made, asked) or differences(made):
            return NOTICED
        return THE_SAME if _alike(made, asked) else UNNOTICED

    def _is_touched(self, cell: Cell) -> bool:
        return not self.thing or (cell.thing == self.thing and cell.verb in self.verbs)


def _alike(made: Table, asked: list[Cell]) -> bool:
    """Whether it is another table by its words alone: a role that no office there has."""
    shipped = shipped_table()
    return all(each.answer(made) == each.answer(shipped) for each in asked)


def widened() -> Iterator[Widened]:
    """Make each row wider by each word, take each word out, and each row."""
    text = files("asylon_server.store.rights").joinpath("rights.toml")
    told = tomllib.loads(text.read_text(encoding="utf-8"))
    for number, row in enumerate(told["right"]):
        yield from _of_row(told, number, row)
    for name in _LISTS:
        for word in told[name]:
            yield _without(told, name, word)
    for kind, roles in told["organisations"].items():
        known = {each for those in told["organisations"].values() for each in those}
        for role in sorted(known):
            less = [each for each in roles if each != role]
            changed = [*roles, role] if less == roles else less
            yield _seated(told, kind, role, changed)


def _of_row(
    told: dict[str, Any], number: int, row: dict[str, Any]
) -> Iterator[Widened]:
    words = {
        "organisation": list(told["organisations"]),
        "role": sorted({e for each in told["organisations"].values() for e in each}),
        "verb": sorted({e for each in told["right"] for e in each["verb"]}),
        "near": list(NEAR),
        "class": list(told["classes"]) if "class" in row else [],
    }
    where = f"row {number + 1}, {row['thing']}"
    for key, known in words.items():
        for word in known:
            there = row[key]
            less = [each for each in there if each != word]
            how = "more" if less == there else "less"
            changed = copy.deepcopy(told)
            changed["right"][number][key] = [*there, word] if how == "more" else less
            verbs = frozenset({*row["verb"], *([word] if key == "verb" else [])})
            name = f"{where}: {key} {word}, {how}"
            yield Widened(name, changed, row["thing"], verbs)
    changed = copy.deepcopy(told)
    del changed["right"][number]
    yield Widened(f"{where}: none", changed, row["thing"], frozenset(row["verb"]))


def _without(told: dict[str, Any], name: str, word: str) -> Widened:
    changed = copy.deepcopy(told)
    changed[name].remove(word)
    return Widened(f"{name}: {word}, less", changed)


def _seated(told: dict[str, Any], kind: str, role: str, roles: list[str]) -> Widened:
    changed = copy.deepcopy(told)
    changed["organisations"][kind] = roles
    return Widened(f"{kind}: the role {role}", changed)
