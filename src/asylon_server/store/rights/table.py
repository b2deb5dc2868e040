"""The table of rights, read from its file and refused where it contradicts itself."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from asylon_server.store.rights.errors import TableError

EMERGENCY = "emergency"
NEAR = ("anyone", "office", "assigned", "self", EMERGENCY)


@dataclass(frozen=True, slots=True)
class Right:
    """One row: whom it is for, what may be done to what, and how far.

    Attributes:
        organisations: Kinds of organisation.
        roles: Roles in them.
        thing: What it is about.
        verbs: What may be done.
        near: Ties to the thing of which one is enough.
        classes: Field classes that are reached; none where the thing has no fields.
    """

    organisations: frozenset[str]
    roles: frozenset[str]
    thing: str
    verbs: frozenset[str]
    near: frozenset[str]
    classes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """All rows, with the words they use.

    Attributes:
        rights: The rows, in their order.
        classes: What each field class holds, in English.
        guarded: Field classes that a body of the state sees only where they were
            released.
        organisations: The roles that each kind of organisation may give.
        state_bodies: The kinds that are bodies of a state: what decides may also send
            back.
        withheld: Guarded classes that no release opens for a body of a state.
    """

    rights: tuple[Right, ...]
    classes: Mapping[str, str]
    guarded: frozenset[str]
    organisations: Mapping[str, frozenset[str]]
    state_bodies: frozenset[str]
    withheld: frozenset[str] = frozenset()

    @property
    def emergency(self) -> frozenset[str]:
        """The classes that an emergency may open."""
        rows = (e.classes for e in self.rights if EMERGENCY in e.near)
        return frozenset().union(*rows)


@cache
def shipped_table() -> Table:
    """Read the table that ships."""
    text = files(__package__).joinpath("rights.toml").read_text(encoding="utf-8")
    return table(tomllib.loads(text))


def table(told: Mapping[str, Any]) -> Table:
    """Make a table of rights from what its file says.

    Raises:
        TableError: a row uses a word that the table does not have, or gives a
            body of the state a guarded field.
    """
    organisations = {
        kind: frozenset(roles) for kind, roles in told["organisations"].items()
    }
    made = Table(
        rights=tuple(_right(each) for each in told["right"]),
        classes=MappingProxyType(dict(told["classes"])),
        guarded=frozenset(told["guarded"]),
        organisations=MappingProxyType(organisations),
        state_bodies=frozenset(told["state_bodies"]),
        withheld=frozenset(told.get("withheld", ())),
    )
    _known(0, made.state_bodies, made.organisations, "body of the state")
    _known(0, made.withheld, made.guarded, "guarded class")
    for number, right in enumerate(made.rights, 1):
        _check(number, right, made)
    return made


def _right(row: Mapping[str, Any]) -> Right:
    return Right(
        organisations=frozenset(row["organisation"]),
        roles=frozenset(row["role"]),
        thing=row["thing"],
        verbs=frozenset(row["verb"]),
        near=frozenset(row["near"]),
        classes=frozenset(row.get("class", ())),
    )


def _check(number: int, right: Right, made: Table) -> None:
    _known(number, right.near, NEAR, "tie")
    _known(number, right.classes, made.classes, "field class")
    _known(number, right.organisations, made.organisations, "kind of organisation")
    roles = frozenset().union(*(made.organisations[k] for k in right.organisations))
    _known(number, right.roles, roles, "role")
    of_the_state = sorted(right.organisations & made.state_bodies)
    if EMERGENCY in right.near:
        _check_emergency(number, right, of_the_state)
    if of_the_state and right.classes & made.guarded:
        seen = ", ".join(sorted(right.classes & made.guarded))
        message = (
            f"row {number} lets a body of the state, {of_the_state[0]}, see {seen}; such "
            "a field is released to it by the person and UNHCR, never by a row. Take it "
            "out of the row."
        )
        raise TableError(message)


def _check_emergency(number: int, right: Right, of_the_state: list[str]) -> None:
    if of_the_state or right.near != {EMERGENCY} or right.verbs != {"read"}:
        message = (
            f"row {number} opens more in an emergency than it may: it only reads, has no "
            "other tie, and is for no body of a state. Take the tie `emergency` out, or "
            "make a row of its own."
        )
        raise TableError(message)


def _known(number: int, words: Iterable[str], there: Iterable[str], what: str) -> None:
    unknown = sorted(set(words) - set(there))
    if unknown:
        message = (
            f"row {number} names the {what} `{unknown[0]}`, which the table does not "
            f"have; it has {', '.join(sorted(there))}."
        )
        raise TableError(message)
