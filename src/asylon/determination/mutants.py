"""Proving that every part of the law matters, by breaking it.

A law that can be changed without any scenario noticing is decoration. So every leaf of
every formula is removed and denied, and every dated setting turned, one at a time;
each time some scenario has to fail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count

from asylon.determination.faults import formulas
from asylon.determination.scenarios import Failure, Runner, Scenario, Trial
from asylon.law import LawBook, ListRule, Provision
from asylon.law.parameters import DatedSetting, ParameterSet
from asylon.logic.formulas import (
    All,
    Any,
    AtLeast,
    Constant,
    Fact,
    Formula,
    Not,
    Quantified,
    Setting,
)
from asylon.logic.reading import read, write
from asylon.logic.truth import TRUE


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change to the law book that some scenario has to notice."""

    where: str
    change: str
    book: LawBook


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a mutant was noticed, and by which scenario."""

    mutant: Mutant
    noticed_by: Failure | None


def mutants(book: LawBook) -> Iterator[Mutant]:
    """Make every mutant: each leaf removed and denied, each setting turned."""
    for text in book.texts:
        for name, formula in formulas(text).items():
            where = text.document.name + (f" ({name})" if name else "")
            for change, mutated in _formula_mutants(formula):
                yield Mutant(where, change, _with_formula(book, text, name, mutated))
    for each in book.sets.values():
        for setting in each.settings:
            yield from _setting_mutants(book, each, setting)


def equivalents(book: LawBook) -> Iterator[str]:
    """List the turns that are declared to make no difference, with the source."""
    for parameter in book.parameters.values():
        for equivalence in parameter.equivalent:
            values = " = ".join(equivalence.values)
            yield f"{parameter.id}: {values} ({equivalence.source.cite})"


def prove(book: LawBook, scenarios: list[Scenario]) -> Iterator[Verdict]:
    """Try every mutant against the scenarios that could notice it."""
    trials = [trial for scenario in scenarios for trial in scenario.trials]
    for mutant in mutants(book):
        yield Verdict(mutant, _noticed(mutant, trials))


def _noticed(mutant: Mutant, trials: Iterable[Trial]) -> Failure | None:
    runner = Runner(mutant.book)
    failures = map(runner.failure, _likeliest_first(mutant, trials))
    return next((failure for failure in failures if failure), None)


def _likeliest_first(mutant: Mutant, trials: Iterable[Trial]) -> list[Trial]:
    """Put the trials beside the changed document first: they mostly notice."""
    stem = mutant.where.partition(" ")[0].removesuffix(".toml")
    subject = mutant.change.partition(" ")[0]

    def distance(trial: Trial) -> tuple[bool, bool]:
        beside = trial.scenario.document.removesuffix(".scenarios.toml")
        near = beside in {stem, f"parameters/{subject}"}
        pinned = bool(trial.pins) and not stem.endswith(f"/{trial.pins}")
        return not near, pinned

    return sorted(trials, key=distance)


def _with_formula(
    book: LawBook, text: Provision | ListRule, name: str, formula: str
) -> LawBook:
    if isinstance(text, ListRule):
        lists = {**book.lists, text.id: replace(text, belongs_when=formula)}
        return replace(book, lists=lists)
    changed = replace(text, holds_when=formula)
    if name:
        part = replace(text.parts[name], holds_when=formula)
        changed = replace(text, parts={**text.parts, name: part})
    versions = tuple(
        changed if version is text else version for version in book.provisions[text.id]
    )
    return replace(book, provisions={**book.provisions, text.id: versions})


def _setting_mutants(
    book: LawBook, parameter_set: ParameterSet, setting: DatedSetting
) -> Iterator[Mutant]:
    parameter = book.parameters[setting.parameter]
    for value in parameter.values:
        if parameter.are_equivalent(value, setting.value):
            continue
        turned = tuple(
            replace(each, value=value) if each is setting else each
            for each in parameter_set.settings
        )
        sets = {**book.sets, parameter_set.id: replace(parameter_set, settings=turned)}
        change = f"{setting.parameter} from {setting.first}: {setting.value} → {value}"
        yield Mutant(parameter_set.document.name, change, replace(book, sets=sets))


def _formula_mutants(text: str) -> Iterator[tuple[str, str]]:
    """Deny each leaf of a formula, and take each out."""
    formula = read(text)
    for number, leaf in enumerate(_leaves(formula)):
        for change, other in (("denied", Not(leaf)), ("removed", None)):
            mutated = _Mutation(number, other).of(formula)
            if mutated is not None:
                yield f"{write(leaf)} {change}", write(mutated)


def _is_leaf(part: Formula) -> bool:
    """A fact, a setting, or a question of what is on a list."""
    if isinstance(part, Quantified):
        return isinstance(part.body, Constant)
    return isinstance(part, Fact | Setting)


def _leaves(formula: Formula) -> Iterator[Formula]:
    if _is_leaf(formula):
        yield formula
        return
    match formula:
        case All(parts) | Any(parts) | AtLeast(_, parts):
            for part in parts:
                yield from _leaves(part)
        case Not(part):
            yield from _leaves(part)
        case Quantified():
            yield from _leaves(formula.body)


class _Mutation:
    """Puts another formula in the place of one leaf, or takes the leaf out."""

    def __init__(self, number: int, other: Formula | None) -> None:
        self.number, self.other = number, other
        self.counter = count()

    def of(self, part: Formula) -> Formula | None:
        if _is_leaf(part):
            return self.other if next(self.counter) == self.number else part
        match part:
            case All(parts) | Any(parts):
                kept = self._kept(parts)
                if len(kept) <= 1:
                    return kept[0] if kept else None
                return replace(part, parts=kept)
            case AtLeast(_, parts):
                return replace(part, parts=self._kept(parts))
            case Not(inner):
                changed = self.of(inner)
                return None if changed is None else Not(changed)
            case Quantified():
                body = self.of(part.body)
                return replace(part, body=Constant(TRUE) if body is None else body)
        return part

    def _kept(self, parts: tuple[Formula, ...]) -> tuple[Formula, ...]:
        changed = [self.of(part) for part in parts]
        return tuple(part for part in changed if part is not None)
