"""Checking the law book: is it consistent, and do scenarios exercise all of it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise

from asylon.determination.scenarios import Runner, Scenario
from asylon.law import DEFINITION, LawBook, ListRule, ParameterSet, Provision, choose
from asylon.law.bindings import gaps, unregistered, wrong_days
from asylon.law.country_checks import facts_asked
from asylon.logic.exactness import Compiled, compiled, gap_in
from asylon.logic.formulas import Fact, walk
from asylon.logic.grounding import Entries, Shape, ground
from asylon.logic.modules import Signs, signs
from asylon.logic.reading import read
from asylon.logic.truth import FALSE, TRUE, Truth


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the law book: which check found it, where, and what."""

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
    yield from _misjudged_findings(book)
    yield from _uncovered_days(book)
    yield from _untold_pairs(book, scenarios)
    yield from _untried_elements(book, scenarios)
    yield from _inexact(book)
    yield from _unbound(book)
    for failure in Runner(book).failures(scenarios):
        yield Fault("scenario", failure.trial.scenario.document, str(failure))


def formulas(text: Provision | ListRule) -> dict[str, str]:
    """Give the formulas of a text by name; the text's own has no name."""
    if isinstance(text, ListRule):
        return {"": text.belongs_when}
    parts = {name: part.holds_when for name, part in text.parts.items()}
    return {"": text.holds_when, **parts}


def _uncovered_words(book: LawBook) -> Iterator[Fault]:
    """Every element, part and omission names words of the statement."""
    for text in (*book.texts, *book.country_texts):
        statement = _fold(text.statement)
        named = {name: each.words for name, each in text.elements.items()}
        if isinstance(text, Provision):
            named |= {name: part.words for name, part in text.parts.items()}
            named |= {out: out.partition(":")[0] for out in text.left_out}
        for name, words in named.items():
            if _fold(words) not in statement:
                problem = f"the words of `{name}` are not in the statement: “{words}”"
                yield Fault("words", text.document.name, problem)


def _fold(text: str) -> str:
    return " ".join(text.lower().split())


def _unasked_elements(book: LawBook) -> Iterator[Fault]:
    """Every element is asked by some formula."""
    used = {
        target.partition("#")[2] for text in book.texts for target in text.uses.values()
    }
    for text in book.texts:
        read_all = [read(each) for each in formulas(text).values()]
        parts = (part for formula in read_all for part in walk(formula))
        asked = used | {part.name for part in parts if isinstance(part, Fact)}
        for name in text.elements:
            if name not in asked:
                problem = f"no formula asks the element `{name}`"
                yield Fault("unasked", text.document.name, problem)
    findings = book.country_findings.values()
    groups = {name for each in findings for name in facts_asked(each, each.id)}
    for country in book.country_texts:
        for name in country.elements:
            if name not in groups:
                problem = f"no country finding asks the element `{name}`"
                yield Fault("unasked", country.document.name, problem)


def _misjudged_findings(book: LawBook) -> Iterator[Fault]:
    """A country finding is marked as adverse if it may tell against the person."""
    for text in book.country_texts:
        formulas = list(_asked_about(book, text.id)) if text.findings else []
        for finding in text.findings:
            against = {
                name
                for helping, harming in formulas
                for name, answer in finding.answers.items()
                if _has(name, harming if answer is TRUE else helping)
            }
            if against and not finding.adverse:
                names = ", ".join(sorted(against))
                problem = (
                    f"`{finding.id}` may tell against the person by {names}, "
                    "and is not marked `adverse`"
                )
                yield Fault("adverse", text.document.name, problem)
            elif finding.adverse and not against:
                problem = f"`{finding.id}` can only help, and is marked `adverse`"
                yield Fault("adverse", text.document.name, problem)


def _asked_about(book: LawBook, code: str) -> Iterator[Signs]:
    """Tell of each provision that protects which facts help and harm, by set."""
    shape = _one_entry_each(book, None, code)
    for identifier, versions in book.provisions.items():
        if identifier != DEFINITION and not versions[-1].protects:
            continue
        for each in book.sets.values():
            day = _last_day(versions[-1], each)
            settings = choose(book, each, day).values
            yield signs(ground(book.formula(identifier, day), settings, shape))


def _has(name: str, paths: frozenset[str]) -> bool:
    return any(path.rpartition(".")[2] == name for path in paths)


def _uncovered_days(book: LawBook) -> Iterator[Fault]:
    """Between two versions of a provision there is no day without one."""
    for identifier, versions in book.provisions.items():
        for before, after in pairwise(versions):
            last, first = before.in_force.last, after.in_force.first
            if last is None or last + timedelta(days=1) != first:
                problem = f"`{identifier}` has a gap or an overlap before {first}"
                yield Fault("versions", after.document.name, problem)


def _untold_pairs(book: LawBook, scenarios: list[Scenario]) -> Iterator[Fault]:
    """Each pair of a parameter's values makes a difference in some scenario."""
    told: set[tuple[str, frozenset[str]]] = set()
    for scenario in scenarios:
        results = [(trial.asks, trial.expect) for trial in scenario.trials]
        for (one, result), (other, different) in combinations(results, 2):
            if one and other and result is not different:
                told.add((one[0], frozenset({one[1], other[1]})))
    for parameter in book.parameters.values():
        for pair in parameter.different_pairs():
            if (parameter.id, frozenset(pair)) not in told:
                problem = f"no scenario tells {pair[0]} from {pair[1]}"
                yield Fault("pairs", parameter.document.name, problem)


def _untried_elements(book: LawBook, scenarios: list[Scenario]) -> Iterator[Fault]:
    """Every element is found both ways in some scenario."""
    seen: set[tuple[str, Truth]] = {
        (name.rpartition(".")[2], finding.value)
        for scenario in scenarios
        for name, finding in scenario.claim.findings.items()
    }
    for name, element in book.elements.items():
        missing = [each.value for each in (TRUE, FALSE) if (name, each) not in seen]
        if missing:
            problem = f"no scenario finds `{name}` {' or '.join(missing)}"
            yield Fault("untried", element.provision, problem)


def _unbound(book: LawBook) -> Iterator[Fault]:
    """Every provision has its instrument, every state a binding to each, on its day."""
    for where, problem in unregistered(book):
        yield Fault("register", where, problem)
    for where, problem in gaps(book):
        yield Fault("bindings", where, problem)
    for where, problem in wrong_days(book):
        yield Fault("binding-days", where, problem)


def compiled_forms(book: LawBook) -> Iterator[tuple[str, Compiled]]:
    """Compile every provision under every set as it stands on its last day.

    The lists have one entry each and may grow.
    """
    shape = _one_entry_each(book, None)
    for identifier, versions in book.provisions.items():
        if versions[-1].per:
            continue
        for each in book.sets.values():
            day = _last_day(versions[-1], each)
            settings = choose(book, each, day).values
            formula = ground(book.formula(identifier, day), settings, shape)
            yield f"{identifier} under `{each.id}`", compiled(formula)


def _last_day(version: Provision, parameter_set: ParameterSet) -> date:
    """The day of the set's latest setting, or before it the last of the provision."""
    force = version.in_force
    day = max([force.first, *(each.first for each in parameter_set.settings)])
    return min(day, force.last or day)


def _one_entry_each(book: LawBook, kind: str | None, name: str = "1") -> Shape:
    """Give every list one entry; the lists of an entry have one without a name."""
    lists = (rule for rule in book.lists.values() if rule.within == kind)
    return Shape(
        tuple(
            (rule.id, Entries(((name, _one_entry_each(book, rule.of)),)))
            for rule in lists
        )
    )


def _inexact(book: LawBook) -> Iterator[Fault]:
    """The compiled form of every definition is what all completions agree on."""
    for where, form in compiled_forms(book):
        gap = gap_in(form)
        if gap is not None:
            found = ", ".join(f"{name} {truth.value}" for name, truth in gap.items())
            yield Fault("exactness", where, f"the compiled form leaves open: {found}")
