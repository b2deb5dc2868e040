"""Proving the law book: is it consistent, is it exercised, does every part matter?

A law that can be changed without any scenario noticing is decoration. So every
element is removed and denied, and every setting turned, one at a time; each time some
scenario has to fail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import combinations

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
    Named,
    Not,
    Quantified,
    Setting,
    children,
    walk,
)
from asylon.logic.reading import read, write
from asylon.logic.truth import FALSE, TRUE, Truth


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the law book: where, what, and what kind of check found it."""

    check: str
    where: str
    problem: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.where}: {self.problem}"


def faults(book: LawBook, scenarios: list[Scenario]) -> Iterator[Fault]:
    """Run every check on the law book but for the mutations."""
    yield from _uncovered_words(book)
    yield from _unasked_elements(book)
    yield from _unreadable_days(book)
    yield from _undeclared_pairs(book, scenarios)
    yield from _untried(book, scenarios)
    runner = Runner(book)
    for failure in runner.failures(scenarios):
        yield Fault("scenario", failure.trial.scenario.document, str(failure))


def _texts(book: LawBook) -> Iterator[Provision | ListRule]:
    for versions in book.provisions.values():
        yield from versions
    yield from book.lists.values()


def _fold(text: str) -> str:
    return " ".join(text.lower().split())


def _uncovered_words(book: LawBook) -> Iterator[Fault]:
    """Every element names words of the statement it formalises."""
    for text in _texts(book):
        statement = _fold(text.statement)
        for element in text.elements.values():
            if _fold(element.words) not in statement:
                problem = f"the words of `{element.name}` are not in the statement: “{element.words}”"
                yield Fault("words", text.document.name, problem)
        for left_out in getattr(text, "left_out", ()):
            words = left_out.partition(":")[0]
            if _fold(words) not in statement:
                problem = f"left out, but not in the statement: “{words}”"
                yield Fault("words", text.document.name, problem)


def _formulas(text: Provision | ListRule) -> dict[str, str]:
    """Give the formulas of a text by name; the text's own has no name."""
    if isinstance(text, ListRule):
        return {"": text.belongs_when}
    parts = {name: part.holds_when for name, part in text.parts.items()}
    return {"": text.holds_when, **parts}


def _unasked_elements(book: LawBook) -> Iterator[Fault]:
    used = {
        target.partition("#")[2]
        for text in _texts(book)
        if isinstance(text, Provision)
        for target in text.uses.values()
    }
    for text in _texts(book):
        formulas = [read(each) for each in _formulas(text).values()]
        asked = {part.name for f in formulas for part in walk(f) if isinstance(part, Fact)}
        for name in text.elements:
            if name not in asked | used:
                problem = f"no formula asks the element `{name}`"
                yield Fault("unasked", text.document.name, problem)


def _unreadable_days(book: LawBook) -> Iterator[Fault]:
    """Between two versions of a provision there is no day without one."""
    for identifier, versions in book.provisions.items():
        for before, after in zip(versions, versions[1:], strict=False):
            last = before.in_force.last
            if last is None or last + timedelta(days=1) != after.in_force.first:
                problem = f"`{identifier}` has a gap or overlap before {after.in_force.first}"
                yield Fault("versions", after.document.name, problem)


def _undeclared_pairs(book: LawBook, scenarios: list[Scenario]) -> Iterator[Fault]:
    """Each pair of a parameter's values makes a difference in some scenario."""
    told: dict[str, set[frozenset[str]]] = {}
    for scenario in scenarios:
        asking = [trial for trial in scenario.trials if trial.asks]
        for one, other in combinations(asking, 2):
            if one.asks and other.asks and one.expect is not other.expect:
                pair = frozenset({one.asks[1], other.asks[1]})
                told.setdefault(one.asks[0], set()).add(pair)
    for parameter in book.parameters.values():
        for pair in parameter.different_pairs():
            if frozenset(pair) not in told.get(parameter.id, set()):
                problem = f"no scenario tells {pair[0]} from {pair[1]}"
                yield Fault("pairs", parameter.document.name, problem)


def _untried(book: LawBook, scenarios: list[Scenario]) -> Iterator[Fault]:
    """Every element is found both ways and left open in some scenario's facts."""
    seen: dict[str, set[Truth]] = {}
    for scenario in scenarios:
        for name, finding in scenario.claim.findings.items():
            seen.setdefault(name.rpartition(".")[2], set()).add(finding.value)
    for name, element in book.elements.items():
        missing = [v.value for v in (TRUE, FALSE) if v not in seen.get(name, set())]
        if missing:
            problem = f"no scenario finds `{name}` {' or '.join(missing)}"
            yield Fault("untried", element.provision, problem)


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
    """Make every mutant: each element removed and denied, each setting turned."""
    for text in _texts(book):
        for name, formula in _formulas(text).items():
            for change, mutated in _formula_mutants(formula):
                where = text.document.name + (f" ({name})" if name else "")
                yield Mutant(where, change, _with_formula(book, text, name, mutated))
    for each in book.sets.values():
        for setting in each.settings:
            yield from _setting_mutants(book, each, setting)


def equivalent_settings(book: LawBook) -> Iterator[str]:
    """List the turns that are declared to make no difference."""
    for parameter in book.parameters.values():
        for equivalence in parameter.equivalent:
            values = " = ".join(equivalence.values)
            yield f"{parameter.id}: {values} ({equivalence.source.cite})"


def prove(book: LawBook, scenarios: list[Scenario]) -> Iterator[Verdict]:
    """Try every mutant against the scenarios that could notice it."""
    for mutant in mutants(book):
        yield Verdict(mutant, _noticed(mutant, scenarios))


def _noticed(mutant: Mutant, scenarios: list[Scenario]) -> Failure | None:
    runner = Runner(mutant.book)
    for trial in _likeliest_first(mutant, scenarios):
        failure = runner.failure(trial)
        if failure:
            return failure
    return None


def _likeliest_first(mutant: Mutant, scenarios: Iterable[Scenario]) -> list[Trial]:
    """Put the trials beside the changed document first: they mostly notice."""
    stem = mutant.where.partition(" ")[0].removesuffix(".toml")
    name = mutant.change.partition(" ")[0]
    trials = [trial for scenario in scenarios for trial in scenario.trials]

    def far(trial: Trial) -> bool:
        document = trial.scenario.document
        return not (document.startswith(stem) or f"/{name}." in document)

    return sorted(trials, key=far)


def _with_formula(
    book: LawBook, text: Provision | ListRule, name: str, formula: str
) -> LawBook:
    if isinstance(text, ListRule):
        lists = {**book.lists, text.id: replace(text, belongs_when=formula)}
        return replace(book, lists=lists)
    if name:
        part = replace(text.parts[name], holds_when=formula)
        changed = replace(text, parts={**text.parts, name: part})
    else:
        changed = replace(text, holds_when=formula)
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
    """Deny, remove, or turn each leaf of a formula."""
    formula = read(text)
    for number, leaf in enumerate(_leaves(formula)):
        shown = write(leaf)
        for change, other in (("denied", Not(leaf)), ("removed", None)):
            mutated = _put(formula, number, other)
            if mutated is not None:
                yield f"{shown} {change}", write(mutated)


def _leaves(formula: Formula) -> Iterator[Formula]:
    if isinstance(formula, Fact | Setting) or (
        isinstance(formula, Quantified) and isinstance(formula.body, Constant)
    ):
        yield formula
        return
    for part in children(formula):
        if not isinstance(part, Constant):
            yield from _leaves(part)


def _put(formula: Formula, number: int, other: Formula | None) -> Formula | None:
    """Put another formula in the place of a leaf, or take the leaf out."""
    counter = iter(range(1_000_000))

    def change(part: Formula) -> Formula | None:
        if isinstance(part, Fact | Setting) or (
            isinstance(part, Quantified) and isinstance(part.body, Constant)
        ):
            return other if next(counter) == number else part
        match part:
            case All(parts) | Any(parts) | AtLeast(_, parts):
                kept = tuple(c for each in parts if (c := change(each)) is not None)
                if len(kept) < 2 and not isinstance(part, AtLeast):
                    return kept[0] if kept else None
                return replace(part, parts=kept)
            case Not(inner) | Named(_, inner):
                changed = change(inner)
                return None if changed is None else Not(changed)
            case Quantified():
                changed = change(part.body)
                return replace(part, body=Constant(TRUE) if changed is None else changed)
        return part

    return change(formula)


def scenarios_of(scenarios: Iterable[Scenario], identifier: str) -> list[Scenario]:
    """List the scenarios whose result is that of a provision."""
    return [each for each in scenarios if each.provision == identifier]

