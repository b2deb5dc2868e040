"""Every question to the table of rights, and what acts.toml says to it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any
from uuid import UUID

from asylon_server.store.rights import Actor, Table, Thing, can, shipped_table
from tests.asylon_server.rights import table as matrix_table
from tests.asylon_server.rights.table import EVERYBODY

FILE = Path(__file__).with_name("acts.toml")
STATE = "CHN"
ME, OFFICE, ELSEWHERE = (UUID(int=number) for number in (1, 2, 3))
MINE = frozenset({ME})
SHIPPED = shipped_table()
ALL = frozenset((ME, each) for each in SHIPPED.classes)
GUARDED = frozenset((ME, each) for each in SHIPPED.guarded)
OPENED = frozenset(
    (ME, each) for each in ("identity", "contact", "whereabouts", "needs", "hold")
)
RELATIONS = {
    "elsewhere": Thing("", ELSEWHERE),
    "office": Thing("", OFFICE),
    "assigned": Thing("", OFFICE, MINE),
    "lent": Thing("", ELSEWHERE, MINE),
    "granted": Thing("", ELSEWHERE, MINE, released=GUARDED),
    "released": Thing("", ELSEWHERE, released=ALL),
    "emergency": Thing("", ELSEWHERE, broken_open=OPENED),
    "own": Thing("", ELSEWHERE, own=ME),
    "conflict": Thing("", OFFICE, MINE, conflicted=MINE),
    "fearing": Thing("", ELSEWHERE, MINE, feared=frozenset({STATE})),
}
WORDS = sorted({(verb, each.thing) for each in SHIPPED.rights for verb in each.verbs})
Cells = dict["Cell", frozenset[str]]


@dataclass(frozen=True, order=True)
class Cell:
    """Who would do what to which thing, in which relation to it."""

    thing: str
    verb: str
    who: str
    relation: str

    def answer(self, table: Table) -> frozenset[str] | None:
        """Ask the table."""
        kind, role = self.who.split()
        actor = Actor(ME, OFFICE, kind, role, state=STATE)
        near = RELATIONS[self.relation]
        thing = Thing(
            self.thing,
            near.organisation,
            near.assigned,
            near.own,
            near.conflicted,
            near.released,
            near.broken_open,
            near.feared,
        )
        return can(actor, self.verb, thing, table=table)


@cache
def cells() -> tuple[Cell, ...]:
    """Give every question, on verbs and things that nobody does to one another, too."""
    verbs = sorted({verb for verb, _thing in WORDS})
    things = sorted({thing for _verb, thing in WORDS})
    asked = product(things, verbs, sorted(EVERYBODY), RELATIONS)
    return tuple(Cell(*each) for each in asked)


@cache
def written() -> dict[str, Any]:
    """Read the page."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def told() -> Cells:
    """Say what the page says of each cell; what is in no line is refused."""
    page = written()
    matrix = tomllib.loads(matrix_table.FILE.read_text(encoding="utf-8"))
    near = matrix["near"] | page["near"]
    groups = matrix_table.Groups(matrix["who"], near, frozenset(RELATIONS))
    found: Cells = {}
    for line in (each for lines in page["lines"].values() for each in lines):
        for cell, classes in _line(line, groups):
            found[cell] = found.get(cell, frozenset()) | classes
    return found


def disagreements(table: Table, asked: Iterable[Cell]) -> list[str]:
    """Say where the table answers otherwise than the page."""
    page = told()
    return [
        f"{each.verb} {each.thing} by {each.who}, {each.relation}: "
        f"{_said(answer)}, and the page says {_said(page.get(each))}"
        for each in asked
        if (answer := each.answer(table)) != page.get(each)
    ]


def differences(table: Table) -> list[str]:
    """Say where the words of the table are others than those of the page."""
    page = written()
    seats = {
        kind: frozenset(roles.split())
        for kind, roles in matrix_table.ROLES.items()
        if kind != "police"
    }
    expected = {
        "guarded": frozenset(page["guarded"]),
        "withheld": frozenset(page["withheld"]),
        "state_bodies": frozenset(page["state_bodies"]),
        "organisations": seats,
    }
    return [name for name, said in expected.items() if getattr(table, name) != said]


def _line(
    line: str, groups: matrix_table.Groups
) -> Iterator[tuple[Cell, frozenset[str]]]:
    verbs, thing, who, near, classes = (each.strip() for each in line.split("|"))
    reached = frozenset(each.strip() for each in classes.split(",") if each.strip())
    people, relations = groups.people(who), groups.relations(near)
    for verb, one, relation in product(verbs.split(","), people, relations):
        yield Cell(thing, verb.strip(), one, relation), reached


def _said(reached: frozenset[str] | None) -> str:
    return "refused" if reached is None else f"may, {sorted(reached)}"
