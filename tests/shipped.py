"""The definitions that ship, spelled out for claims with lists of many shapes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from itertools import product
from random import Random

from asylon import instruments
from asylon.law import choose
from asylon.logic.exactness import gap
from asylon.logic.formulas import Formula, Quantified
from asylon.logic.grounding import Entries, Shape, ground
from asylon.logic.modules import facts, signs
from asylon.logic.truth import FALSE, TRUE, UNKNOWN, Truth

ON = date(2026, 6, 30)
BOOK = instruments.book()
PROVISIONS = tuple(sorted(BOOK.provisions))
SETS = tuple(sorted(BOOK.sets))

_STATES = [(members, grows) for grows in (False, True) for members in range(4)]
"""A list has up to three members, and is complete or not."""


def shape(
    nationalities: tuple[int, bool],
    residences: tuple[int, bool],
    places: tuple[int, bool],
) -> Shape:
    """Make the lists of a claim: how many are on each, and whether it may grow.

    There are as many destinations as nationalities, and states linked as residences.
    """
    country = Shape((("relocation_places", _entries("P", places, Shape())),))
    return Shape(
        (
            ("nationalities", _entries("N", nationalities, country)),
            ("former_residences", _entries("R", residences, country)),
            ("destinations", _entries("D", nationalities, Shape())),
            ("linked_states", _entries("L", residences, country)),
        )
    )


def _entries(letter: str, state: tuple[int, bool], inner: Shape) -> Entries:
    members, grows = state
    names = (f"{letter}{number}" for number in range(1, members + 1))
    return Entries(tuple((name, inner) for name in names), may_grow=grows)


SHAPES = tuple(
    shape(_STATES[each], _STATES[(3 * each + 1) % 8], _STATES[(5 * each + 2) % 8])
    for each in range(8)
)
"""Few shapes, in which each list takes every state."""

EVERY_SHAPE = tuple(shape(*states) for states in product(_STATES, repeat=3))


@cache
def _law(provision: str, on: date) -> Formula:
    """Spell a provision out; one about a country is asked of each nationality."""
    formula = BOOK.formula(provision, on)
    if BOOK.provision(provision, on).per is None:
        return formula
    return Quantified("some", "nationalities", formula, "country")


@cache
def _settings(set_id: str, on: date) -> Mapping[str, str]:
    return choose(BOOK, BOOK.sets[set_id], on).values


@cache
def spelled_out(
    provision: str, set_id: str, lists: Shape, on: date | None = None
) -> Formula:
    """Give a provision as a set has it, for claims with such lists."""
    day = on or days(provision)[-1]
    return ground(_law(provision, day), _settings(set_id, day), lists)


def days(provision: str) -> list[date]:
    """List a day for each version of a provision."""
    forces = [version.in_force for version in BOOK.versions(provision)]
    return [force.last or max(ON, force.first) for force in forces]


def definitions(provision: str, lists: tuple[Shape, ...] = SHAPES) -> Iterator[Formula]:
    """Go through a provision as every set has it, each different formula once."""
    seen: set[Formula] = set()
    for on, set_id, each in product(days(provision), SETS, lists):
        formula = spelled_out(provision, set_id, each, on)
        if formula not in seen:
            seen.add(formula)
            yield formula


def random_findings(
    formula: Formula, chance: Random, count: int
) -> Iterator[dict[str, Truth]]:
    """Draw claims: find most facts so that they lean one way, leave the others open.

    What helps in one place and harms in another is often open: that is where
    Kleene's tables and all completions can differ.
    """
    helping, harming = signs(formula)
    mixed = helping & harming
    names = facts(formula)
    for _ in range(count):
        lean = chance.choice((0, 0.5, 0.7, 0.9, 0.97, 1))
        share = chance.choice((0, 0.03, 0.1, 0.3))
        known: dict[str, Truth] = {}
        for name in names:
            if chance.random() >= (0.4 if name in mixed else share):
                favourable = chance.random() < (0.5 if name in mixed else lean)
                known[name] = TRUE if favourable == (name in helping) else FALSE
        yield known


def findings_near_the_gap(
    formula: Formula, chance: Random, count: int
) -> Iterator[dict[str, Truth]]:
    """Draw claims of which one in four is close to where the tables fail."""
    missed = gap(formula) or {}
    for number, known in enumerate(random_findings(formula, chance, count)):
        if missed and number % 4 == 0:
            yield _with_less({**known, **missed}, chance)
        else:
            yield known


def _with_less(known: Mapping[str, Truth], chance: Random) -> dict[str, Truth]:
    """Leave a few of the findings open."""
    dropped = chance.sample(sorted(known), min(len(known), chance.randint(0, 3)))
    return {**known, **dict.fromkeys(dropped, UNKNOWN)}
