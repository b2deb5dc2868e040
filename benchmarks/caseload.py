"""The definition and the claims that everybody is measured on.

The definition is the whole of Article 1 as the mandate applies it, for claims of one
shape: two nationalities, the first with one place to relocate to, no former residence,
every list complete. The claims are drawn at random from a fixed seed. Each claim leans
one way, so that definite answers of both kinds and open ones all occur often.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from random import Random

from asylon import instruments
from asylon.determination import Claim, Determiner, Finding
from asylon.law import LawBook, choose
from asylon.logic.evaluation import Plan
from asylon.logic.formulas import Fact, Formula, Not, children
from asylon.logic.grounding import MISSING, Entries, Shape
from asylon.logic.questions import Inquiry
from asylon.logic.truth import BY_RANK, FALSE, UNKNOWN, Truth

ON = date(2026, 6, 30)
SET = "unhcr"
JURISDICTION = "UNHCR"
OPEN_SHARE = 0.06
SEED = 1951

_LEANINGS = (0.6, 0.8, 0.9, 0.96, 0.99)
"""How often the facts of a claim speak for it."""

Row = bytes
"""One claim: the rank of each fact, 0 not established, 1 open, 2 established."""


def country(*places: str) -> Shape:
    """Give the lists of a country: its places to relocate to, all of them known."""
    entries = Entries(tuple((name, Shape()) for name in places), may_grow=False)
    return Shape((("relocation_places", entries),))


SHAPE = Shape(
    (
        (
            "nationalities",
            Entries((("A", country("P")), ("B", country())), may_grow=False),
        ),
        ("former_residences", Entries(may_grow=False)),
    )
)


def _complete(shape: Shape, path: str = "") -> Iterator[str]:
    """Name what says that a list is complete, for every list of a shape."""
    for name, entries in shape.lists:
        yield f"{path}{name}.{MISSING}"
        for member, inner in entries.members:
            yield from _complete(inner, f"{path}{name}.{member}.")


@dataclass(frozen=True)
class Definition:
    """The definition spelled out for claims of the measured shape."""

    book: LawBook
    determiner: Determiner
    inquiry: Inquiry
    shape: Shape

    @property
    def formula(self) -> Formula:
        """The ground formula, as the law has it."""
        return self.inquiry.formula

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """Every fact the definition asks, in the order in which it names them."""
        return tuple(dict.fromkeys(name for name, _ in _signed_facts(self.formula)))

    @cached_property
    def _plan(self) -> Plan:
        return Plan(self.formula)

    @cached_property
    def favourable(self) -> tuple[int | None, ...]:
        """The rank in which each fact speaks for the claim; none if it may do both."""
        signs: dict[str, set[bool]] = {}
        for name, helps in _signed_facts(self.formula):
            signs.setdefault(name, set()).add(helps)
        ranks = {frozenset({True}): 2, frozenset({False}): 0}
        return tuple(ranks.get(frozenset(signs[name])) for name in self.facts)

    def known(self, row: Row) -> dict[str, Truth]:
        """Give the findings of a claim that are definite."""
        pairs = zip(self.facts, row, strict=True)
        return {name: BY_RANK[rank] for name, rank in pairs if rank != UNKNOWN.rank}

    def kleene(self, row: Row) -> int:
        """Give the rank that Kleene's tables find for a claim."""
        return self._plan.value(self.known(row)).rank

    def exact(self, row: Row) -> int:
        """Give the rank on which every completion of a claim agrees."""
        return self.inquiry.value(self.known(row)).rank

    def claim(self, number: int, row: Row) -> Claim:
        """Make the claim that the library is asked about."""
        known = {**self.known(row), **dict.fromkeys(_complete(self.shape), FALSE)}
        return Claim(
            id=str(number),
            findings={name: Finding(value) for name, value in known.items()},
            shape=self.shape,
            on=ON,
            jurisdiction=JURISDICTION,
        )


def definition(shape: Shape = SHAPE) -> Definition:
    """Spell the definition out for claims of one shape."""
    book = instruments.book()
    determiner = Determiner(book)
    law = determiner.law(choose(book, book.sets[SET], ON))
    return Definition(book, determiner, law.inquiry(shape), shape)


def _signed_facts(
    formula: Formula, *, helps: bool = True
) -> Iterator[tuple[str, bool]]:
    """Go through the facts, with whether finding them helps the formula to hold."""
    if isinstance(formula, Fact):
        yield formula.name, helps
    if isinstance(formula, Not):
        helps = not helps
    for part in children(formula):
        yield from _signed_facts(part, helps=helps)


def rows(
    favourable: Sequence[int | None],
    count: int,
    *,
    seed: int = SEED,
    open_share: float = OPEN_SHARE,
) -> list[Row]:
    """Draw claims.

    Args:
        favourable: the rank in which each fact speaks for the claim.
        count: how many claims.
        seed: the same seed draws the same claims.
        open_share: how many of the facts are open, on average.
    """
    random = Random(seed)
    return [_row(favourable, random, open_share) for _ in range(count)]


def _row(favourable: Sequence[int | None], random: Random, open_share: float) -> Row:
    chance, leaning = random.random, random.choice(_LEANINGS)
    ranks = bytearray()
    for rank in favourable:
        if chance() < open_share:
            ranks.append(UNKNOWN.rank)
        elif rank is None:
            ranks.append(2 * (chance() < 0.5))
        else:
            ranks.append(rank if chance() < leaning else 2 - rank)
    return bytes(ranks)


def counts(answers: bytes) -> Mapping[str, int]:
    """Count the answers by kind."""
    kinds = ("not met", "open", "met")
    return {kind: answers.count(rank) for rank, kind in enumerate(kinds)}


def without(row: Row, place: int) -> Row:
    """Drop one fact from a claim: it is open then."""
    return row[:place] + bytes([UNKNOWN.rank]) + row[place + 1 :]
