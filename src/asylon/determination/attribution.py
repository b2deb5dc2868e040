"""By what a claim flips: the parts of the law, findings and settings that it hangs on.

The answer comes part by part, from the definition down, by asking what lawyers ask of a
cause: *but for* this, would the part have come out as it did? Of every part that
changed, each thing it asks is put back in turn to what it was before; where the part
then comes out differently, that thing is a cause. A part that is itself a cause is
looked into in turn; a finding, or the rule of the part, is where the search ends, and
there the part is named. Where each of several changes would have done alone, none passes
that test, and all of them are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from graphlib import TopologicalSorter

import numpy as np

from asylon.determination.applicable import ApplicableLaw
from asylon.determination.batches import Batch, Comparison
from asylon.logic.exactness import compiled
from asylon.logic.formulas import (
    Fact,
    Formula,
    Named,
    Setting,
    children,
    rebuild,
    walk,
)
from asylon.logic.grounding import Shape, ground
from asylon.logic.modules import mixed_facts
from asylon.logic.planes import Columns, Planes, Words
from asylon.logic.programs import Program

_PART = "part "
"""Goes before the name of a part, so that it is not taken for a fact."""


@dataclass(frozen=True)
class Causes:
    """By what the claims of a batch flip, each thing with where it does."""

    elements: dict[str, Words] = field(default_factory=dict)
    findings: dict[str, Words] = field(default_factory=dict)
    parameters: dict[str, Words] = field(default_factory=dict)


class Attribution:
    """Says by what claims of one shape flip from one choice of settings to another."""

    def __init__(self, comparison: Comparison, shape: Shape) -> None:
        """Lay out every part of the definition, before and after."""
        self.comparison = comparison
        self.before = _Side(comparison.before, shape)
        self.after = _Side(comparison.after, shape)
        self.asks: dict[str, tuple[str, ...]] = {}
        for name in {**self.before.outlines, **self.after.outlines}:
            asked = (*self.before.asked_by(name), *self.after.asked_by(name))
            self.asks[name] = tuple(dict.fromkeys(asked))
        above = {name: asked & self.asks.keys() for name, asked in self._sets()}
        self.order = tuple(TopologicalSorter(above).static_order())[::-1]
        self._tests = {
            part.name: frozenset(_tested(part.body)) & comparison.changed
            for law in (comparison.before, comparison.after)
            for part in walk(law.formula)
            if isinstance(part, Named)
        }

    def _sets(self) -> Iterator[tuple[str, set[str]]]:
        for name, asked in self.asks.items():
            yield name, set(asked)

    def tested_by(self, name: str) -> frozenset[str]:
        """Name the changed settings that the rule of a part tests."""
        return self._tests[name.removeprefix(_PART).rpartition(".")[2]]

    def tested_on(self, fact: str) -> frozenset[str]:
        """Name the changed settings by whose standard or test a fact is found."""
        return self.comparison.changed & self.comparison.under(fact).keys()

    def causes(self, batch: Batch, flips: Words) -> Causes:
        """Say by what claims flip.

        Args:
            batch: the claims.
            flips: where they do.
        """
        return _Search(self, batch, flips).found


class _Side:
    """The parts of a definition under one choice of settings."""

    def __init__(self, law: ApplicableLaw, shape: Shape) -> None:
        formula = ground(law.formula, law.settings.values, shape, whole=True)
        bodies = {
            _PART + part.name: part.body
            for part in walk(formula)
            if isinstance(part, Named)
        }
        self.root = next(iter(bodies))
        self.values = Program(
            {
                name: compiled(body) if mixed_facts(body) else body
                for name, body in zip(bodies, map(_bare, bodies.values()), strict=True)
            }
        )
        self.outlines = {
            name: Program({name: _outline(body)}) for name, body in bodies.items()
        }

    def asked_by(self, name: str) -> tuple[str, ...]:
        """Name the facts and parts that a part asks directly."""
        return self.outlines[name].names if name in self.outlines else ()

    def outcome(self, name: str, known: Columns, words: int) -> Planes:
        """Give what a part comes to on what it asks, until it is asked again."""
        return self.outlines[name].run(known, words)[name]


def _bare(formula: Formula) -> Formula:
    """Take the names out of a formula, and fold what the settings decide."""
    return (
        _bare(formula.body) if isinstance(formula, Named) else rebuild(formula, _bare)
    )


def _outline(formula: Formula) -> Formula:
    """Put facts in the place of the parts that a formula names directly."""
    if isinstance(formula, Named):
        return Fact(_PART + formula.name)
    return rebuild(formula, _outline)


def _tested(formula: Formula) -> Iterator[str]:
    """Go through the settings that a formula tests by itself."""
    if isinstance(formula, Setting):
        yield formula.parameter
    for part in children(formula):
        if not isinstance(part, Named):
            yield from _tested(part)


class _Search:
    """Goes down the parts of the law, from the definition to what its flips hang on."""

    def __init__(self, law: Attribution, batch: Batch, flips: Words) -> None:
        self.law, self.words = law, len(flips)
        then = law.before.values.run(batch.before, self.words)
        now = law.after.values.run(batch.after, self.words)
        # A part that one side does not have is taken to be what it is on the other.
        self.known_before: dict[str, Planes] = {**batch.before, **now, **then}
        self.known_after: dict[str, Planes] = {**batch.after, **then, **now}
        self.found = Causes()
        self._reached = {law.after.root: flips}
        for name in law.order:
            if name in self._reached:
                self._look_into(name, self._reached[name])

    def _look_into(self, name: str, reached: Words) -> None:
        active = reached & self._changed(name)
        if not active.any():
            return
        rule, causes = self._causes(name, active)
        self._name(name, rule, self.law.tested_by(name))
        for asked, where in causes.items():
            if asked.startswith(_PART):
                _mark(self._reached, asked, where)
            else:
                self._name(name, where, self.law.tested_on(asked))
                _mark(self.found.findings, asked, where)

    def _name(self, part: str, where: Words, parameters: Iterable[str]) -> None:
        if where.any():
            _mark(self.found.elements, part.removeprefix(_PART), where)
            for each in parameters:
                _mark(self.found.parameters, each, where)

    def _changed(self, name: str) -> Words:
        return self._value(self.known_before, name).differs(
            self._value(self.known_after, name)
        )

    def _value(self, known: Columns, name: str) -> Planes:
        none = np.zeros(self.words, np.uint64)
        return known.get(name, Planes(none, none))

    def _causes(self, name: str, active: Words) -> tuple[Words, dict[str, Words]]:
        """Find where the rule of a part, and each thing that it asks, is a cause."""
        before = self.law.before if name in self.law.before.outlines else self.law.after
        after = self.law.after if name in self.law.after.outlines else self.law.before
        now = after.outcome(name, self.known_after, self.words).copied()
        rule = active & before.outcome(name, self.known_after, self.words).differs(now)
        left = active & ~rule
        causes: dict[str, Words] = {}
        for asked in self.law.asks[name]:
            changed = active & self._changed(asked)
            if changed.any():
                put_back = {
                    **self._asked(name),
                    asked: self._value(self.known_before, asked),
                }
                then = after.outcome(name, put_back, self.words)
                causes[asked] = changed & then.differs(now)
                left &= ~causes[asked]
        if left.any():
            rule = rule | self._overdetermined(name, left, causes)
        return rule, causes

    def _asked(self, name: str) -> dict[str, Planes]:
        return {
            asked: self._value(self.known_after, asked) for asked in self.law.asks[name]
        }

    def _overdetermined(
        self, name: str, left: Words, causes: dict[str, Words]
    ) -> Words:
        """Name every change where none is needed because another would do as well."""
        explained = np.zeros_like(left)
        for asked, needed in list(causes.items()):
            changed = left & self._changed(asked)
            causes[asked] = needed | changed
            explained |= changed
        tests_more = bool(self.law.tested_by(name))
        return left if tests_more else left & ~explained


def _mark(marks: dict[str, Words], name: str, where: Words) -> None:
    marks[name] = marks[name] | where if name in marks else where.copy()
