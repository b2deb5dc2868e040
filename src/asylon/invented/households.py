"""Invented households: who lives together, what they are called, when they were born."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from asylon.invented import naming
from asylon.invented.draws import Draws
from asylon.invented.naming import MAN, WOMAN, Parts

_MONTHS, _LAST_DAY = 12, 28
"""No one is born on a day that another year lacks, so that a slip is still a day."""


_LISTS = ("adults", "children", "speaks", "children_speak")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of household, as the data have it."""

    kind: str
    share: float
    adults: tuple[str, ...]
    children: tuple[int, int]
    origin: str
    names: str
    speaks: tuple[str, ...]
    children_speak: tuple[str, ...]
    nationality: str = ""
    children_of: str = ""
    traits: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """A household before anybody in it has a name: its kind, and how many they are."""

    kind: Kind
    size: int
    first: int
    """The number of its first person; the others follow."""


@dataclass(frozen=True, slots=True)
class Being:
    """An invented person as only the maker of the caseload knows them."""

    number: int
    sex: str
    born: date
    name: Parts
    mother: Parts
    father: Parts
    hiding: Parts | None
    is_child: bool


@dataclass(frozen=True, slots=True)
class Household:
    """An invented household: its people, and the man a sold woman was sold to."""

    plan: Plan
    registered: date
    beings: tuple[Being, ...]
    buyer: Parts


def kinds(rows: Sequence[Mapping[str, Any]]) -> tuple[Kind, ...]:
    """Read the kinds of households."""
    return tuple(
        Kind(
            **{
                **row,
                **{key: tuple(row[key]) for key in _LISTS},
                "traits": frozenset(row.get("traits", ())),
            }
        )
        for row in rows
    )


def planned(kinds: Sequence[Kind], people: int, seed: int) -> Iterator[Plan]:
    """Plan households until there are so many people.

    Each household is of the kind that lags behind its share the most, so that at any
    point each kind is within one household of its share. The last household has as many
    people as are still wanted.
    """
    draws = Draws(seed, 0)
    made = [0] * len(kinds)
    first = 0
    while first < people:
        total = sum(made) + 1
        lag = [
            each.share * total - count for each, count in zip(kinds, made, strict=True)
        ]
        place = lag.index(max(lag))
        made[place] += 1
        kind = kinds[place]
        size = len(kind.adults) + draws.whole(*kind.children)
        yield Plan(kind, min(size, people - first), first)
        first += size


def household(plan: Plan, seed: int, data: Mapping[str, Any]) -> Household:
    """Give the people of a planned household their names and days of birth."""
    draws = Draws(seed, 1, plan.first)
    registered = draws.day(*_days(data["days"]["registered"]))
    kind, beings = plan.kind, []
    buyer = naming.drawn("chinese", MAN, draws)
    for place in range(plan.size):
        number = plan.first + place
        if place < len(kind.adults):
            beings.append(_adult(number, place, plan, registered, draws, data))
        else:
            beings.append(_child(number, beings, plan, registered, draws, data, buyer))
    return Household(plan, registered, tuple(beings), buyer)


def _adult(  # noqa: PLR0913, PLR0917  what an adult follows from
    number: int,
    place: int,
    plan: Plan,
    registered: date,
    draws: Draws,
    data: Mapping[str, Any],
) -> Being:
    kind = plan.kind
    anyone = data["entries"]["women_to_men"]
    weights = {"woman": (1, 0), "man": (0, 1), "anyone": anyone}[kind.adults[place]]
    sex = draws.weighted((WOMAN, MAN), weights)
    age = draws.whole(*data["days"]["adults"])
    name = naming.drawn(kind.names, sex, draws)
    hides = "in_hiding" in kind.traits and place == 0
    return Being(
        number,
        sex,
        _birthday(registered.year - age, draws),
        name,
        naming.drawn(kind.names, WOMAN, draws),
        naming.drawn(kind.names, MAN, draws, name.surname),
        naming.drawn("chinese", sex, draws) if hides else None,
        is_child=False,
    )


def _child(  # noqa: PLR0913, PLR0917  what a child follows from
    number: int,
    beings: Sequence[Being],
    plan: Plan,
    registered: date,
    draws: Draws,
    data: Mapping[str, Any],
    buyer: Parts,
) -> Being:
    kind, parent = plan.kind, beings[0]
    father = next((each.name for each in beings[1:] if not each.is_child), None)
    if kind.children_of:
        father = buyer
    if father is None:
        father = naming.drawn(kind.names, MAN, draws)
    mother = parent.name
    if parent.sex == MAN:
        father, mother = parent.name, naming.drawn(kind.names, WOMAN, draws)
    sex = draws.one((WOMAN, MAN))
    age = draws.whole(*data["days"]["children"])
    latest = registered.year - 1
    born = min(
        max(registered.year - age, parent.born.year + data["days"]["parent"]), latest
    )
    return Being(
        number,
        sex,
        _birthday(born, draws),
        naming.drawn(father.tradition, sex, draws, father.surname),
        mother,
        father,
        None,
        is_child=True,
    )


def _birthday(year: int, draws: Draws) -> date:
    return date(year, draws.whole(1, _MONTHS), draws.whole(1, _LAST_DAY))


def _days(days: Sequence[date]) -> tuple[date, date]:
    first, last = days
    return first, last
