"""A text of the law book, laid out as a page to be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Sized
from typing import TypeAlias

from rich.table import Table
from rich.text import Text

from asylon.cli import showing
from asylon.determination import Scenario
from asylon.law import LawBook, ListRule, Parameter, ParameterSet, Provision
from asylon.law.countries import CountryFinding, CountryText, Declaration, Period
from asylon.law.provisions import Element, Source
from asylon.law.register import Instrument, StateBindings
from asylon.logic.formulas import All as Both
from asylon.logic.formulas import Any as Either
from asylon.logic.formulas import AtLeast, Formula, children
from asylon.logic.reading import read, write
from asylon.logic.truth import FALSE, TRUE

LawText: TypeAlias = (
    Provision
    | ListRule
    | Parameter
    | ParameterSet
    | CountryText
    | Declaration
    | Instrument
    | StateBindings
)

_READ, _MEMORY = "read", "from memory, to be checked"
_ONE_LINE = 60
_ANSWERED = {TRUE: "established", FALSE: "not established"}


def counted(things: Sized, one: str) -> str:
    """Say how many there are: one scenario, two scenarios."""
    return f"{len(things)} {one}" + "s" * (len(things) != 1)


def period(days: Period) -> str:
    """Say from when to when something holds."""
    return f"from {days.first}" + (f" to {days.last}" if days.last else "")


class Page:
    """One text of the law book as a page to be read."""

    def __init__(
        self,
        book: LawBook,
        text: LawText,
        scenarios: Mapping[str, Sequence[Scenario]],
    ) -> None:
        """Take the text and the scenarios that exercise it, by where they stand."""
        self.book, self.text, self.scenarios = book, text, scenarios
        self.out = showing.console()

    def show(self) -> None:
        """Print the page."""
        match self.text:
            case Provision():
                self._provision(self.text)
            case ListRule():
                self._title(self.text.title, self.text.id, self.text.source)
                self._statement(self.text.statement)
                self._formula("An entry counts when", self.text.belongs_when)
                self._elements(self.text.elements.values())
            case Parameter():
                self._parameter(self.text)
            case ParameterSet():
                self._set(self.text)
            case CountryText():
                self._country(self.text)
            case Declaration():
                self._declaration(self.text)
        self._scenarios()

    def _title(self, title: str, identifier: str, source: Source | None) -> None:
        self.out.rule(Text(title, style="bold"), align="left")
        self.out.print(identifier, style="dim")
        if source:
            self.out.print(f"Source: {_cited(source)}", markup=False)

    def _provision(self, text: Provision) -> None:
        self._title(f"{text.citation}: {text.title}", text.id, text.source)
        force = text.in_force
        until = f" to {force.last}" if force.last else ""
        days = f"In force: {force.first}{until} ({_cited(force.source)})"
        self.out.print(days, markup=False)
        self._statement(text.statement)
        self._formula("It holds when", text.holds_when)
        for part in text.parts.values():
            title = f"{part.name}: {part.title}"
            showing.line(Text("·"), title)
            self._indented(part.holds_when)
        for short, target in text.uses.items():
            showing.line(Text("→"), f"{short}: see {target}")
        self._elements(text.elements.values())
        self._listed("Not formalised, and why", text.left_out)
        without = (f"{name}: {why}" for name, why in text.without_effect.items())
        self._listed("May be recorded, and has no effect", tuple(without))

    def _statement(self, statement: str) -> None:
        self.out.print()
        for sentence in statement.split("\n"):
            showing.line(Text("│", style="dim"), sentence, 0)

    def _formula(self, title: str, formula: str) -> None:
        showing.heading(title)
        self._indented(formula)

    def _indented(self, formula: str) -> None:
        for depth, words in _laid_out(read(formula)):
            showing.line(Text(" "), words, depth + 2)

    def _elements(self, elements: Iterable[Element]) -> None:
        for number, element in enumerate(elements):
            if number == 0:
                showing.heading("Elements: what an officer finds")
            self.out.print(f"  {element.name}", style="bold")
            showing.line(Text("?"), element.question, 2)
            showing.line(Text(" "), f"“{element.words}”", 2)
            showing.line(Text("·"), self._about(element), 2)
            for guidance in element.guidance:
                showing.line(Text("›"), guidance, 2)  # noqa: RUF001  a mark on screen

    def _about(self, element: Element) -> str:
        burden = {"shared": "a shared duty"}.get(
            element.burden, f"the {element.burden} shows it"
        )
        about = [f"a {element.asks}", f"of each {element.per}" if element.per else ""]
        about += [burden, element.standard]
        about += [f"under {', '.join(element.under)}"] * bool(element.under)
        about += [f"closes by {element.closes}"] * bool(element.closes)
        return "; ".join(each for each in about if each)

    def _listed(self, title: str, lines: Sequence[str]) -> None:
        if lines:
            showing.heading(title)
        for each in lines:
            showing.line(Text("·"), each)

    def _parameter(self, parameter: Parameter) -> None:
        self._title(parameter.title, parameter.id, None)
        for value in parameter.values.values():
            showing.heading(value.name)
            showing.line(Text(" "), value.meaning)
            showing.line(Text(" "), _cited(value.source))
            for each, setting in self._applied(parameter.id, value.name):
                showing.line(Text("·"), f"{each} from {setting}")
        showing.heading(f"Plain reading: {parameter.plain}")
        showing.line(Text(" "), parameter.plain_because)
        stricter = [f"{one} → {other}" for one, other in parameter.implies]
        self._listed("What is met at the first is met at the second", stricter)
        for same in parameter.equivalent:
            showing.heading(f"Declared to come to the same: {', '.join(same.values)}")
            showing.line(Text(" "), f"{same.because} ({_cited(same.source)})")

    def _applied(self, parameter: str, value: str) -> Iterable[tuple[str, str]]:
        for each in self.book.sets.values():
            for setting in each.of(parameter):
                if setting.value == value:
                    by = ", by the day of the claim" * (setting.by == "lodged")
                    yield each.id, f"{setting.first}{by} ({_cited(setting.source)})"

    def _set(self, text: ParameterSet) -> None:
        self._title(text.title, text.id, None)
        self.out.print("Draft, in force nowhere.")
        self._statement(text.statement)
        table = Table(box=None, pad_edge=False, header_style="bold")
        for heading in ("from", "parameter", "value", "source"):
            table.add_column(heading, no_wrap=heading == "from")
        for setting in sorted(text.settings, key=lambda each: each.first):
            source = _cited(setting.source) + (f". {setting.note}" * bool(setting.note))
            first = str(setting.first)
            table.add_row(first, setting.parameter, setting.value, Text(source))
        self.out.print()
        self.out.print(table)

    def _country(self, text: CountryText) -> None:
        self._title(text.title, text.id, None)
        self.out.print("Draft, adopted by nobody yet.")
        self._statement(text.statement)
        self._elements(text.elements.values())
        for finding in text.findings:
            self._finding(finding)

    def _finding(self, finding: CountryFinding) -> None:
        showing.heading(f"{finding.id}: {finding.title}")
        for sentence in finding.statement.split("\n"):
            showing.line(Text("│", style="dim"), sentence)
        showing.line(Text("·"), f"About whom: {finding.when}")
        word = "proposes" if finding.adverse else "answers"
        for name, answer in finding.answers.items():
            told = f"{word} `{name}`: {_ANSWERED[answer]}"
            showing.line(showing.sign(answer), told)
        for name, value in finding.under.items():
            showing.line(Text("·"), f"found under {name} = {value}")
        showing.line(Text("·"), f"{period(finding.days)}; {finding.edition}")
        for source in finding.sources:
            showing.line(Text("·"), _cited(source))

    def _declaration(self, text: Declaration) -> None:
        self._title(text.title, text.id, text.source)
        self.out.print(period(text.days).capitalize())
        self._statement(text.statement)
        about = {
            "Where": text.jurisdiction,
            "From": f"{', '.join(text.origins)}: {text.area}",
            "Who": text.group,
            "Declared by": text.declared_by,
            "By": text.instrument,
        }
        self.out.print()
        for word, said in about.items():
            showing.line(Text("·"), f"{word}: {said}")

    def _scenarios(self) -> None:
        for where, scenarios in self.scenarios.items():
            beside = "" if where == self.text.id else f", beside {where}"
            title = counted(scenarios, "scenario")
            showing.heading(f"Exercised by {title}{beside}")
            for scenario in scenarios:
                self._scenario(scenario)

    def _scenario(self, scenario: Scenario) -> None:
        results = {trial.expect for trial in scenario.trials}
        if len(results) == 1:
            showing.line(showing.sign(results.pop()), scenario.title)
        else:
            told = f"{scenario.title} ({_by_value(scenario)})"
            showing.line(Text("≠", style="cyan"), told)


def _by_value(scenario: Scenario) -> str:
    results = expected(scenario)["expect"]
    if isinstance(results, dict):
        return ", ".join(f"{value}: {result}" for value, result in results.items())
    return str(results)


def expected(scenario: Scenario) -> dict[str, object]:
    """Give what a scenario expects, by setting where it tries several."""
    expected = {
        trial.asks[1] if trial.asks else f"{trial.set} {trial.on}": trial.expect.value
        for trial in scenario.trials
        if trial.asks or trial.pins or len(scenario.trials) > 1
    }
    if len(scenario.trials) == 1:
        return {"expect": scenario.trials[0].expect.value}
    asked = {
        trial.asks[1]: trial.expect.value for trial in scenario.trials if trial.asks
    }
    return {"expect": asked or expected}


def _laid_out(formula: Formula, depth: int = 0) -> Iterable[tuple[int, str]]:
    """Lay a formula out as lines, so that its alternatives stand under one another."""
    if (
        not isinstance(formula, Both | Either | AtLeast)
        or len(write(formula)) < _ONE_LINE
    ):
        yield depth, write(formula)
        return
    heading = {Both: "all of:", Either: "one of:"}.get(type(formula), "so many of:")
    yield depth, heading
    for part in children(formula):
        yield from _laid_out(part, depth + 1)


def _cited(source: Source) -> str:
    return f"{source.cite} [{_READ if source.read else _MEMORY}]"
