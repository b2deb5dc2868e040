"""Scenarios: invented cases with the result they should have, kept beside the law.

A scenario is what a lawyer checks the law book by. One that asks about several values
of a parameter, or several sets, is several trials of the same facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from asylon.determination.claims import Claim, read_facts, read_truth
from asylon.determination.determining import Determination, Determiner
from asylon.law import MANDATE, Document, LawBook, UnknownNameError, choose
from asylon.law.errors import DocumentError
from asylon.law.tables import Table
from asylon.logic.truth import Truth

DEFAULT_DAY = date(2026, 6, 30)


@dataclass(frozen=True, slots=True)
class Trial:
    """One set of facts under one choice of settings, with the result expected.

    `asks` is the parameter value the trial is about, if any; `pins` is the set it
    holds to its word.
    """

    scenario: Scenario
    set: str
    on: date
    parameters: Mapping[str, str]
    expect: Truth
    asks: tuple[str, str] | None = None
    pins: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A case in a sentence, its facts, and what should follow from them."""

    title: str
    document: str
    provision: str
    claim: Claim
    because: tuple[str, ...] = ()
    trials: list[Trial] = field(default_factory=list, compare=False)


@dataclass(frozen=True, slots=True)
class Failure:
    """A trial whose result is not the one expected."""

    trial: Trial
    found: Truth
    problem: str

    def __str__(self) -> str:
        """Say which scenario, what was expected, and what came."""
        trial = self.trial
        setting = f" under {trial.asks[0]} = {trial.asks[1]}" if trial.asks else ""
        return (
            f"{trial.scenario.document}: “{trial.scenario.title}” "
            f"[{trial.set}, {trial.on}{setting}] {self.problem}"
        )


def read_scenarios(book: LawBook) -> list[Scenario]:
    """Read every scenario of the law book."""
    claims = {table.text("claim"): table for _, table in book.others.get("claim", ())}
    found: list[Scenario] = []
    for document, table in book.others.get("scenario", ()):
        found += _ScenarioFile(document, table, book, claims).scenarios()
    return found


class _ScenarioFile:
    """Reads one file of scenarios."""

    def __init__(
        self,
        document: Document,
        table: Table,
        book: LawBook,
        claims: Mapping[str, Table],
    ) -> None:
        self.document, self.table, self.book, self.claims = document, table, book, claims
        self.subject = self._subject(document)
        self.provision = table.text("result_of", self.subject)
        if self.provision not in book.provisions:
            known = book.provisions
            raise UnknownNameError(table.where, "provision", self.provision, known)
        self.set = table.text("set", MANDATE)
        self.on = table.maybe_day("on") or DEFAULT_DAY
        self.like = table.maybe_text("like")

    def _subject(self, document: Document) -> str:
        """What the file stands beside: a provision, or the name of a parameter."""
        path = document.name.removesuffix(".scenarios.toml")
        for versions in self.book.provisions.values():
            for version in versions:
                if version.document.name == f"{path}.toml":
                    return version.id
        return path.rpartition("/")[2]

    def scenarios(self) -> Iterator[Scenario]:
        for entry in self.table.tables("scenario"):
            yield self.scenario(entry)
        self.table.finish()

    def scenario(self, entry: Table) -> Scenario:
        title = entry.text("title")
        entry.where = f"{self.document.name}, “{title}”"
        entry.get("facts", dict, {})
        facts = read_facts(self._facts(entry), self.book)
        claim = Claim(
            id=title,
            findings=facts.findings,
            shape=facts.shape,
            recorded=facts.recorded,
            lodged=entry.maybe_day("lodged"),
        )
        provision = entry.text("result_of", self.provision)
        because = entry.texts("because")
        scenario = Scenario(title, self.document.name, provision, claim, because)
        scenario.trials.extend(self.trials(scenario, entry))
        entry.finish()
        if not scenario.trials:
            problem = "it expects nothing"
            raise DocumentError(entry.where, problem, "Give `expect`, `values` or `sets`.")
        return scenario

    def _facts(self, entry: Table) -> Table:
        like = entry.maybe_text("like") or self.like
        given: dict[str, Any] = {}
        if like:
            if like not in self.claims:
                raise UnknownNameError(entry.where, "claim", like, self.claims)
            given = dict(self.claims[like].table("facts").data)
        given = _laid_over(given, entry.get("facts", dict, {}))
        return Table(given, f"{entry.where}, facts")

    def trials(self, scenario: Scenario, entry: Table) -> Iterator[Trial]:
        set_id = entry.text("set", self.set)
        if set_id not in self.book.sets:
            raise UnknownNameError(entry.where, "set", set_id, self.book.sets)
        on = entry.maybe_day("on") or self.on
        inner = entry.table("parameters")
        own = {name: inner.text(name) for name in inner.data}
        if "expect" in entry.data:
            expect = read_truth(entry.get("expect", object), entry.where)
            yield Trial(scenario, set_id, on, own, expect)
        values = entry.table("values")
        for value, word in values.data.items():
            expect = read_truth(word, values.where)
            parameters = {**own, self.subject: value}
            asks = (self.subject, value)
            yield Trial(scenario, set_id, on, parameters, expect, asks=asks)
        sets = entry.table("sets")
        for name, word in sets.data.items():
            pinned, _, day = name.partition(" ")
            if pinned not in self.book.sets:
                raise UnknownNameError(sets.where, "set", pinned, self.book.sets)
            when = date.fromisoformat(day) if day else on
            expect = read_truth(word, sets.where)
            yield Trial(scenario, pinned, when, own, expect, pins=pinned)


def _laid_over(given: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(given)
    for name, value in other.items():
        below = merged.get(name)
        if isinstance(value, dict) and "found" not in value and isinstance(below, dict):
            merged[name] = _laid_over(below, value)
        else:
            merged[name] = value
    return merged


class Runner:
    """Runs trials against a law book."""

    def __init__(self, book: LawBook) -> None:
        """Take the law book to be tried."""
        self.book = book
        self._determiners: dict[str, Determiner] = {}

    def determine(self, trial: Trial) -> Determination:
        """Determine the claim of a trial as the trial asks."""
        provision = trial.scenario.provision
        if provision not in self._determiners:
            self._determiners[provision] = Determiner(self.book, provision)
        determiner = self._determiners[provision]
        claim = trial.scenario.claim
        settings = choose(
            self.book,
            self.book.sets[trial.set],
            trial.on,
            lodged=claim.lodged,
            file=trial.parameters,
        )
        return determiner.law(settings).determine(claim)

    def failure(self, trial: Trial) -> Failure | None:
        """Run a trial; give what is wrong, or none."""
        determination = self.determine(trial)
        found = determination.definition
        if found is not trial.expect:
            problem = f"expected {trial.expect.value}, found {found.value}"
            return Failure(trial, found, problem)
        answer = determination.answer
        reasons = {*answer.decisive, *(name for name, _ in answer.carried_by)}
        missing = [name for name in trial.scenario.because if name not in reasons]
        if missing and trial.asks is None and not trial.pins:
            problem = f"is not carried by {', '.join(missing)} but by {sorted(reasons)}"
            return Failure(trial, found, problem)
        return None

    def failures(self, scenarios: list[Scenario]) -> list[Failure]:
        """Run every trial of the scenarios and list what is wrong."""
        trials = (trial for scenario in scenarios for trial in scenario.trials)
        return [failure for trial in trials if (failure := self.failure(trial))]
