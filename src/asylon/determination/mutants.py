"""Proving that every part of the law matters, by breaking it.

A law that can be changed without any scenario noticing is decoration. So every leaf of
every formula is removed and denied, every dated setting turned and moved by a day, and
every tie between an element and a standard, and between two standards, cut; one at a
time, and each time some scenario has to fail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count

from asylon.determination.country_mutants import country_mutants
from asylon.determination.faults import formulas
from asylon.determination.scenarios import Failure, Runner, Scenario, Trial
from asylon.law import LawBook, ListRule, Provision
from asylon.law.parameters import DatedSetting, Parameter, ParameterSet
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
    """One change to the law book that some scenario has to notice.

    `set` is the only parameter set that the change is in, if it is in one.
    """

    where: str
    change: str
    book: LawBook
    set: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a mutant was noticed, and by which scenario."""

    mutant: Mutant
    noticed_by: Failure | None


def mutants(book: LawBook) -> Iterator[Mutant]:
    """Make every mutant of a law book, one change each."""
    for text in book.texts:
        for name, formula in formulas(text).items():
            where = text.document.name + (f" ({name})" if name else "")
            for change, mutated in _formula_mutants(formula):
                yield Mutant(where, change, _with_formula(book, text, name, mutated))
        yield from _untied_elements(book, text)
    for parameter in book.parameters.values():
        yield from _unordered_values(book, parameter)
    for each in book.sets.values():
        for setting in each.settings:
            for change, turned in _setting_mutants(book, each, setting):
                yield Mutant(each.document.name, change, turned, each.id)
    for where, change, broken in country_mutants(book, _formula_mutants):
        yield Mutant(where, change, broken)


def equivalents(book: LawBook) -> Iterator[str]:
    """List the turns that are declared to make no difference, with the source."""
    for parameter in book.parameters.values():
        for equivalence in parameter.equivalent:
            values = " = ".join(equivalence.values)
            yield f"{parameter.id}: {values} ({equivalence.source.cite})"


def prove(changes: Iterable[Mutant], scenarios: list[Scenario]) -> Iterator[Verdict]:
    """Try each mutant against the scenarios that could notice it."""
    trials = [trial for scenario in scenarios for trial in scenario.trials]
    for mutant in changes:
        yield Verdict(mutant, _noticed(mutant, trials))


def _noticed(mutant: Mutant, trials: Iterable[Trial]) -> Failure | None:
    runner = Runner(mutant.book)
    touched = (each for each in trials if mutant.set in {"", each.set})
    failures = map(runner.failure, _likeliest_first(mutant, touched))
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
        return _with_text(book, text, replace(text, belongs_when=formula))
    if not name:
        return _with_text(book, text, replace(text, holds_when=formula))
    part = replace(text.parts[name], holds_when=formula)
    return _with_text(book, text, replace(text, parts={**text.parts, name: part}))


def _with_text(
    book: LawBook, old: Provision | ListRule, new: Provision | ListRule
) -> LawBook:
    if isinstance(new, ListRule):
        return replace(book, lists={**book.lists, new.id: new})
    versions = tuple(new if each is old else each for each in book.versions(new.id))
    return replace(book, provisions={**book.provisions, new.id: versions})


def _setting_mutants(
    book: LawBook, parameter_set: ParameterSet, setting: DatedSetting
) -> Iterator[tuple[str, LawBook]]:
    """Turn a setting to every other value, and begin it a day later.

    One that says what was said before may begin on any day.
    """
    parameter = book.parameters[setting.parameter]
    named = f"{setting.parameter} from {setting.first}"
    for value in parameter.values:
        if not parameter.are_equivalent(value, setting.value):
            turned = replace(setting, value=value)
            change = f"{named}: {setting.value} → {value}"
            yield change, _with_setting(book, parameter_set, setting, turned)
    earlier = [
        each.value
        for each in parameter_set.of(setting.parameter)
        if each.first < setting.first
    ]
    before = [parameter.plain, *earlier][-1]
    if not parameter.are_equivalent(before, setting.value):
        later = replace(setting, first=setting.first + timedelta(days=1))
        yield (
            f"{named}: a day later",
            _with_setting(book, parameter_set, setting, later),
        )


def _with_setting(
    book: LawBook, parameter_set: ParameterSet, old: DatedSetting, new: DatedSetting
) -> LawBook:
    settings = tuple(new if each is old else each for each in parameter_set.settings)
    changed = replace(parameter_set, settings=settings)
    return replace(book, sets={**book.sets, parameter_set.id: changed})


def _untied_elements(book: LawBook, text: Provision | ListRule) -> Iterator[Mutant]:
    """Make an element's finding count whatever standard or test it was made under."""
    for name, element in text.elements.items():
        for parameter in element.under:
            rest = tuple(each for each in element.under if each != parameter)
            elements = {**text.elements, name: replace(element, under=rest)}
            changed = _with_text(book, text, replace(text, elements=elements))
            yield Mutant(text.document.name, f"{name} not under {parameter}", changed)


def _unordered_values(book: LawBook, parameter: Parameter) -> Iterator[Mutant]:
    """Forget that what is met at one value is met at another."""
    for pair in parameter.implies:
        rest = tuple(each for each in parameter.implies if each != pair)
        changed = replace(parameter, implies=rest)
        parameters = {**book.parameters, parameter.id: changed}
        change = f"{parameter.id}: {pair[0]} no longer implies {pair[1]}"
        where = parameter.document.name
        yield Mutant(where, change, replace(book, parameters=parameters))


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
