"""The value of a ground formula, and the reasons for it.

A formula is laid out once as a plan: every distinct part in the order in which it can
be worked out. Reasons keep only what matters: of a conjunction that fails, the parts
that fail; of one that is open, the parts that are open.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from asylon.logic.formulas import (
    All,
    Any,
    AtLeast,
    Constant,
    Fact,
    Formula,
    Named,
    Not,
)
from asylon.logic.truth import BY_RANK, FALSE, TRUE, UNKNOWN, Truth, all_of, at_least

Known: TypeAlias = Mapping[str, Truth]
"""Findings by the name of the fact; a fact that is missing is unknown."""

How: TypeAlias = Literal[
    "fact", "constant", "named", "not", "all", "any", "at_least", "either_way"
]


class Reason(NamedTuple):
    """Why something has the value it has.

    `how` says how the value follows from the parts. `either_way` means: whether the
    fact `name` holds (first part) or not (second part), the outcome is the same.
    """

    value: Truth
    how: How
    name: str = ""
    parts: tuple[Reason, ...] = ()
    needed: int = 0


def evaluate(formula: Formula, known: Known) -> Truth:
    """Give the Kleene value of a ground formula.

    >>> evaluate(All((Fact("a"), Fact("b"))), {"a": FALSE})
    <Truth.FALSE: 'false'>
    """
    return Plan(formula).value(known)


def explain(formula: Formula, known: Known) -> Reason:
    """Give the Kleene value of a ground formula with the reasons that carry it."""
    return Plan(formula).explain(known)


def replay(reason: Reason) -> Truth:
    """Work a value out again from its reasons alone."""
    parts = [replay(part) for part in reason.parts]
    match reason.how:
        case "fact" | "constant":
            return reason.value
        case "not":
            return parts[0].opposite
        case "any":
            return at_least(1, parts)
        case "at_least":
            return at_least(reason.needed, parts)
        case "either_way":
            return parts[0] if parts[0] is parts[1] else UNKNOWN
        case _:
            return all_of(parts)


_THAT_MATTER = {TRUE: (2,), UNKNOWN: (1, 2), FALSE: (0,)}
"""Of counted parts: those that hold carry it, and while open, the open ones too."""

_How: TypeAlias = tuple[How, str, tuple[int, ...], int]


class Plan:
    """A ground formula laid out for quick evaluation."""

    def __init__(self, formula: Formula) -> None:
        """Lay out each distinct part once, parts before what they make up."""
        self.steps: list[_How] = []
        self._places: dict[_How, int] = {}
        self.root = self._place(formula)
        self.leaves = {
            place: tuple(Reason(truth, how, name) for truth in BY_RANK)
            for place, (how, name, parts, _) in enumerate(self.steps)
            if not parts
        }

    def _place(self, formula: Formula) -> int:
        return self._put(self._step(formula))

    def _put(self, step: _How) -> int:
        place = self._places.setdefault(step, len(self.steps))
        if place == len(self.steps):
            self.steps.append(step)
        return place

    def _step(self, formula: Formula) -> _How:
        match formula:
            case Fact(name):
                return "fact", name, (), 0
            case Constant(truth):
                return "constant", "", (), truth.rank
            case Named(name, body):
                return self._labelled(name, self._step(body))
            case Not(part):
                return "not", "", (self._place(part),), 0
            case All(parts):
                return "all", "", tuple(map(self._place, parts)), 0
            case Any(parts):
                return "any", "", tuple(map(self._place, parts)), 0
            case AtLeast(count, parts):
                return "at_least", "", tuple(map(self._place, parts)), count
        message = f"Not a ground formula: {formula}"
        raise TypeError(message)

    def _labelled(self, name: str, step: _How) -> _How:
        """Name a step; one that has a name, or is a constant, keeps a step below."""
        how, label, parts, count = step
        if label or how == "constant":
            return "named", name, (self._put(step),), 0
        return how, name, parts, count

    def value(self, known: Known) -> Truth:
        """Give the value under these findings."""
        return BY_RANK[self._ranks(known)[self.root]]

    def explain(self, known: Known, *, whole: bool = False) -> Reason:
        """Give the value under these findings with the reasons that carry it.

        Args:
            known: the findings.
            whole: keep what does not matter as well, but for open parts of what is
                settled.
        """
        return _Teller(self, self._ranks(known), whole=whole).reason(self.root)

    def _ranks(self, known: Known) -> list[int]:
        ranks: list[int] = []
        add, rank = ranks.append, ranks.__getitem__
        for how, name, parts, count in self.steps:
            if how == "fact":
                add(known.get(name, UNKNOWN).rank)
            elif how == "all":
                add(min(map(rank, parts)))
            elif how == "any":
                add(max(map(rank, parts)))
            elif how == "named":
                add(ranks[parts[0]])
            elif how == "not":
                add(2 - ranks[parts[0]])
            elif how == "constant":
                add(count)
            else:
                add(sorted(map(rank, parts), reverse=True)[count - 1])
        return ranks


class _Teller:
    """Makes the reasons of a plan, each distinct one once."""

    def __init__(self, plan: Plan, ranks: list[int], *, whole: bool) -> None:
        self.steps, self.leaves = plan.steps, plan.leaves
        self.ranks, self.whole = ranks, whole
        self.told: dict[int, Reason] = {}

    def reason(self, place: int) -> Reason:
        if place in self.leaves:
            return self.leaves[place][self.ranks[place]]
        told = self.told.get(place)
        if told is None:
            how, name, parts, needed = self.steps[place]
            if len(parts) > 1:
                parts = self._that_matter(place)
            reasons = tuple([self.reason(part) for part in parts])
            value = BY_RANK[self.ranks[place]]
            told = self.told[place] = Reason(value, how, name, reasons, needed)
        return told

    def _that_matter(self, place: int) -> tuple[int, ...]:
        ranks = self.ranks
        how, _, parts, _ = self.steps[place]
        wanted: tuple[int, ...] = (ranks[place],)
        if self.whole:
            wanted = (0, 1, 2) if ranks[place] == UNKNOWN.rank else (0, 2)
        elif how == "at_least":
            wanted = _THAT_MATTER[BY_RANK[ranks[place]]]
        return tuple([part for part in parts if ranks[part] in wanted])
