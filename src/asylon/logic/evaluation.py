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
    children,
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
        self.rank_of_constant: dict[int, int] = {}
        self._places: dict[_How, int] = {}
        self.root = self._place(formula)

    def _place(self, formula: Formula) -> int:
        step = self._step(formula)
        place = self._places.setdefault(step, len(self.steps))
        if place == len(self.steps):
            self.steps.append(step)
        return place

    def _step(self, formula: Formula) -> _How:
        parts = tuple(self._place(part) for part in children(formula))
        match formula:
            case Fact(name):
                return "fact", name, (), 0
            case Constant(truth):
                return "constant", "", (), truth.rank
            case Named(name):
                return "named", name, parts, 0
            case Not():
                return "not", "", parts, 0
            case All():
                return "all", "", parts, 0
            case Any():
                return "any", "", parts, 0
            case AtLeast(count):
                return "at_least", "", parts, count
        message = f"Not a ground formula: {formula}"
        raise TypeError(message)

    def value(self, known: Known) -> Truth:
        """Give the value under these findings."""
        return BY_RANK[self._ranks(known)[self.root]]

    def value_of(self, name: str, known: Known) -> Truth:
        """Give the value of the formula in it that has this name."""
        ranks = self._ranks(known)
        for (how, label, _, _), rank in zip(self.steps, ranks, strict=True):
            if how == "named" and label == name:
                return BY_RANK[rank]
        message = f"no formula in it is called {name}"
        raise KeyError(message)

    def explain(self, known: Known, *, whole: bool = False) -> Reason:
        """Give the value under these findings with the reasons that carry it.

        Args:
            known: the findings.
            whole: keep what does not matter as well, but for open parts of what is
                settled.
        """
        return self._reason(self.root, self._ranks(known), whole=whole)

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

    def _reason(self, place: int, ranks: list[int], *, whole: bool) -> Reason:
        how, name, parts, count = self.steps[place]
        value = BY_RANK[ranks[place]]
        if len(parts) > 1:
            wanted = _THAT_MATTER[value] if how == "at_least" else (value.rank,)
            if whole:
                wanted = (0, 2) if value.is_settled else (0, 1, 2)
            parts = tuple([part for part in parts if ranks[part] in wanted])
        reasons = tuple([self._reason(part, ranks, whole=whole) for part in parts])
        return Reason(value, how, name, reasons, count)
