"""Scenarios: invented cases with the result they should have, kept beside the law.

A scenario is what a lawyer checks the law book by. One that asks about several values
of a parameter, or several sets, is several trials of the same facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from asylon.determination.applicable import Determination
from asylon.determination.bound import Bound, misbound, read_bound
from asylon.determination.claims import Claim, read_facts, read_truth
from asylon.determination.claimsfile import known_names, started
from asylon.determination.determining import Determiner
from asylon.law import MANDATE, Document, LawBook, UnknownNameError, choose
from asylon.law.errors import DocumentError, NotInForceError
from asylon.law.parameters import ParameterValue
from asylon.law.readers import CLOSINGS
from asylon.law.tables import Table
from asylon.logic.grounding import MISSING
from asylon.logic.truth import UNKNOWN, Truth

DEFAULT_DAY = date(2026, 6, 30)


@dataclass(frozen=True, slots=True)
class Trial:
    """One set of facts under one choice of settings, with the result expected.

    `closed` is the result expected after closing, if the scenario gives one; `asks`
    is the parameter value the trial is about, if any; `pins` is the set it holds to
    its word.
    """

    scenario: Scenario
    set: str
    on: date
    parameters: Mapping[str, str]
    expect: Truth
    closed: Truth | None = None
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
    proposed: tuple[str, ...] = ()
    unproposed: tuple[str, ...] = ()
    bound: tuple[Bound, ...] = ()
    trials: list[Trial] = field(default_factory=list, compare=False)

    def exercises(self, document: Document) -> bool:
        """Whether the scenario stands beside a document of the law."""
        return self.document == _beside(document)


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


def read_scenarios(
    book: LawBook, beside: Iterable[Document] | None = None
) -> list[Scenario]:
    """Read the scenarios of the law book: every one, or those beside some documents."""
    wanted = None if beside is None else {_beside(each) for each in beside}
    found: list[Scenario] = []
    for document, table in book.others.get("scenario", ()):
        if wanted is None or document.name in wanted:
            found += _ScenarioFile(document, table, book).scenarios()
    return found


def _beside(document: Document) -> str:
    """Name the file of the scenarios that stand beside a document of the law."""
    return document.name.removesuffix(".toml") + ".scenarios.toml"


class _ScenarioFile:
    """Reads one file of scenarios."""

    def __init__(self, document: Document, table: Table, book: LawBook) -> None:
        self.document, self.table, self.book = document, table, book
        self.subject = self._subject(document)
        self.provision = table.text("result_of", self.subject)
        if self.provision not in book.provisions:
            known = book.provisions
            raise UnknownNameError(table.where, "provision", self.provision, known)
        self.set = table.text("set", MANDATE)
        self.on = table.maybe_day("on") or DEFAULT_DAY
        self.like = table.maybe_text("like")
        self.pinned = tuple(self._pinned(table.table("sets")))

    def _pinned(self, table: Table) -> Iterator[tuple[str, date, str]]:
        """Which value each set has on a day: `"gbr 2022-06-28" = "both"`."""
        for name in table.data:
            set_id, day = self._set_and_day(name, table.where, self.on)
            value = table.text(name)
            known = self._values(table.where)
            if value not in known:
                raise UnknownNameError(table.where, "value", value, known)
            yield set_id, day, value

    def _values(self, where: str) -> Mapping[str, ParameterValue]:
        """Give the values of the parameter that the file stands beside."""
        known = self.book.parameters
        if self.subject not in known:
            raise UnknownNameError(where, "parameter", self.subject, known)
        return known[self.subject].values

    def _set_and_day(self, name: str, where: str, on: date) -> tuple[str, date]:
        set_id, _, day = name.partition(" ")
        if set_id not in self.book.sets:
            raise UnknownNameError(where, "set", set_id, self.book.sets)
        try:
            return set_id, date.fromisoformat(day) if day else on
        except ValueError:
            problem = f"`{day}` is not a day"
            raise DocumentError(where, problem, "Write it as 2026-06-30.") from None

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
        like = entry.maybe_text("like") or self.like
        facts = read_facts(started(entry, self.book, like), self.book)
        raised = (*CLOSINGS, MISSING, *self.book.elements)
        claim = Claim(
            id=title,
            findings=facts.findings,
            shape=facts.shape,
            recorded=facts.recorded,
            lodged=entry.maybe_day("lodged"),
            jurisdiction=entry.text("jurisdiction", ""),
            screened=frozenset(known_names(entry, "screened", CLOSINGS)),
            indicators=frozenset(known_names(entry, "indicators", raised)),
        )
        provision = entry.text("result_of", self.provision)
        scenario = Scenario(
            title,
            self.document.name,
            provision,
            claim,
            because=entry.texts("because"),
            proposed=entry.texts("proposed"),
            unproposed=entry.texts("unproposed"),
            bound=tuple(read_bound(entry.table("bound"), self.book)),
        )
        scenario.trials.extend(self.trials(scenario, entry))
        entry.finish()
        if not scenario.trials:
            problem = "it expects nothing"
            raise DocumentError(
                entry.where, problem, "Give `expect`, `values` or `sets`."
            )
        return scenario

    def trials(self, scenario: Scenario, entry: Table) -> Iterator[Trial]:
        set_id = entry.text("set", self.set)
        if set_id not in self.book.sets:
            raise UnknownNameError(entry.where, "set", set_id, self.book.sets)
        on = entry.maybe_day("on") or self.on
        inner = entry.table("parameters")
        own = {name: inner.text(name) for name in inner.data}
        if "expect" in entry.data:
            expect = read_truth(entry.get("expect", object), entry.where)
            closed = None
            if "closed" in entry.data:
                closed = read_truth(entry.get("closed", object), entry.where)
            yield Trial(scenario, set_id, on, own, expect, closed)
        yield from self._by_value(scenario, entry.table("values"), set_id, on, own)
        sets = entry.table("sets")
        for name, word in sets.data.items():
            pinned, day = self._set_and_day(name, sets.where, on)
            expect = read_truth(word, sets.where)
            yield Trial(scenario, pinned, day, own, expect, pins=pinned)

    def _by_value(
        self,
        scenario: Scenario,
        table: Table,
        set_id: str,
        on: date,
        own: Mapping[str, str],
    ) -> Iterator[Trial]:
        """One trial for each value of the parameter, and one for each pinned set."""
        expected = {
            value: read_truth(word, table.where) for value, word in table.data.items()
        }
        known = self._values(table.where) if expected else {}
        for value, expect in expected.items():
            if value not in known:
                raise UnknownNameError(table.where, "value", value, known)
            parameters = {**own, self.subject: value}
            asks = (self.subject, value)
            yield Trial(scenario, set_id, on, parameters, expect, asks=asks)
        for pinned, day, value in self.pinned if expected else ():
            if value in expected:
                yield Trial(scenario, pinned, day, own, expected[value], pins=pinned)


def _reasons_given(determination: Determination) -> set[str]:
    """Name everything the reasons of a determination rest on."""
    given = set(determination.answer.decisive)
    ahead = [determination.answer.reason]
    while ahead:
        reason = ahead.pop()
        given.add(reason.name)
        ahead.extend(reason.parts)
    return given


class Runner:
    """Runs trials against a law book."""

    def __init__(self, book: LawBook) -> None:
        """Take the law book to be tried."""
        self.book = book
        self._determiners: dict[str, Determiner] = {}

    def determine(self, trial: Trial) -> Determination:
        """Determine the claim of a trial as the trial asks."""
        provision, claim = trial.scenario.provision, trial.scenario.claim
        if provision not in self._determiners:
            self._determiners[provision] = Determiner(self.book, provision)
        determiner = self._determiners[provision]
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
        try:
            determination = self.determine(trial)
        except NotInForceError as error:
            return Failure(trial, UNKNOWN, f"has no law: {error}")
        found = determination.definition
        if found is not trial.expect:
            problem = f"expected {trial.expect.value}, found {found.value}"
            return Failure(trial, found, problem)
        if trial.closed not in {None, determination.closed.value}:
            value = determination.closed.value
            told = f"{trial.closed.value} after closing, found {value.value}"
            return Failure(trial, value, f"expected {told}")
        if trial.asks is None and not trial.pins:
            given = _reasons_given(determination)
            missing = [name for name in trial.scenario.because if name not in given]
            if missing:
                problem = f"the reasons do not name {', '.join(missing)}"
                return Failure(trial, found, problem)
        for problem in misbound(self.book, trial.scenario.bound, trial.on):
            return Failure(trial, found, problem)
        return self._proposals(trial, determination)

    def _proposals(self, trial: Trial, found: Determination) -> Failure | None:
        scenario, proposed = trial.scenario, set(found.proposed)
        missing = [name for name in scenario.proposed if name not in proposed]
        surplus = [name for name in scenario.unproposed if name in proposed]
        for verb, names in (("does not propose", missing), ("proposes", surplus)):
            if names:
                problem = f"the law book {verb} {', '.join(names)}"
                return Failure(trial, found.definition, problem)
        return None

    def failures(self, scenarios: list[Scenario]) -> list[Failure]:
        """Run every trial of the scenarios and list what is wrong."""
        trials = (trial for scenario in scenarios for trial in scenario.trials)
        return [failure for trial in trials if (failure := self.failure(trial))]
