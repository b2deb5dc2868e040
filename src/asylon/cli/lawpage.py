"""A text of the law book, laid out as a page to be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from rich.table import Table
from rich.text import Text

from asylon.cli import showing
from asylon.cli.countrypage import about_declaration, show_finding
from asylon.cli.phrases import cited, heading, notes, of_each, period
from asylon.cli.scenarios import show_scenarios
from asylon.cli.speaking import is_english, spoken
from asylon.cli.wrapping import Prose
from asylon.determination import Scenario
from asylon.law import LawBook, ListRule, Parameter, ParameterSet, Provision
from asylon.law.countries import CountryText, Declaration
from asylon.law.parameters import DatedSetting
from asylon.law.provisions import Element, Source
from asylon.law.register import Instrument, StateBindings
from asylon.logic.formulas import All as Both
from asylon.logic.formulas import Any as Either
from asylon.logic.formulas import AtLeast, Formula, children
from asylon.logic.reading import read, write

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

_ONE_LINE = 60


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
        self.out, self.words = showing.console(), spoken()
        self.say, self.law = self.words.say, self.words.law

    def show(self) -> None:
        """Print the page."""
        match self.text:
            case Provision():
                self._provision(self.text)
            case ListRule():
                self._list(self.text)
            case Parameter():
                self._parameter(self.text)
            case ParameterSet():
                self._set(self.text)
            case CountryText():
                self._country(self.text)
            case Declaration():
                self._declaration(self.text)
        show_scenarios(self.scenarios, self.text.id)

    def _title(self, title: str, identifier: str, source: Source | None) -> None:
        self.out.rule(Text(title, style="bold"), align="left")
        self.out.print(identifier, style="dim")
        if source:
            text = self.say("source", "Source: {source}", source=cited(source))
            showing.paragraph(text)

    def _list(self, text: ListRule) -> None:
        self._title(self.law("list", text.title), text.id, text.source)
        self._statement(self.law("statement", text.statement))
        title = self.say("heading", "An entry counts when")
        self._formula(title, text.belongs_when)
        self._elements(text.elements.values())

    def _provision(self, text: Provision) -> None:
        self._title(heading(text), text.id, text.source)
        showing.paragraph(self._in_force(text))
        self._statement(self.law("statement", text.statement))
        self._formula(self.say("heading", "It holds when"), text.holds_when)
        for part in text.parts.values():
            title = self.law("part", part.title)
            named = self.say(
                "name and title", "{name}: {title}", name=part.name, title=title
            )
            showing.line(Text("·"), named)
            self._indented(part.holds_when)
        for short, target in text.uses.items():
            see = self.say(
                "name and target", "{name}: see {target}", name=short, target=target
            )
            showing.line(Text("→"), see)
        self._elements(text.elements.values())
        left_out = [self.law("left out", each) for each in text.left_out]
        self._listed(self.say("heading", "Not formalised, and why"), left_out)
        without = [
            self.say(
                "name and reason",
                "{name}: {reason}",
                name=self.words.named("element", name),
                reason=self.law("without effect", reason),
            )
            for name, reason in text.without_effect.items()
        ]
        title = self.say("heading", "May be recorded, and has no effect")
        self._listed(title, without)

    def _in_force(self, text: Provision) -> str:
        force, day = text.in_force, self.words.day
        if force.last is None:
            return self.say(
                "in force",
                "In force: from {first} ({source})",
                first=day(force.first),
                source=cited(force.source),
            )
        return self.say(
            "in force",
            "In force: from {first} to {last} ({source})",
            first=day(force.first),
            last=day(force.last),
            source=cited(force.source),
        )

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
                title = self.say("heading", "Elements: what an officer finds")
                showing.heading(title)
            self.out.print(f"  {element.name}", style="bold")
            showing.line(Text("?"), self.law("question", element.question), 2)
            if is_english():
                showing.line(Text(" "), f"“{element.words}”", 2)
            showing.line(Text("·"), notes(self._about(element)), 2)
            for guidance in element.guidance:
                showing.line(Text("›"), guidance, 2)  # noqa: RUF001  a mark on screen

    def _about(self, element: Element) -> Iterable[str]:
        say = self.say
        fact = say("about an element", "a fact")
        judgement = say("about an element", "a judgement")
        yield fact if element.asks == "fact" else judgement
        if element.per:
            yield of_each(element.per)
        yield {
            "applicant": say("about an element", "the applicant shows it"),
            "authority": say("about an element", "the authority shows it"),
            "shared": say("about an element", "a shared duty"),
        }[element.burden]
        if element.standard:
            yield self.law("standard", element.standard)
        if element.under:
            names = self.words.listed(element.under)
            yield say("about an element", "under {parameters}", parameters=names)
        if element.closes:
            rule = self.words.named("closing rule", element.closes)
            yield say("about an element", "may close: {rule}", rule=rule)

    def _listed(self, title: str, lines: Sequence[str]) -> None:
        if lines:
            showing.heading(title)
        for each in lines:
            showing.line(Text("·"), each)

    def _parameter(self, parameter: Parameter) -> None:
        say, law = self.say, self.law
        self._title(law("parameter", parameter.title), parameter.id, None)
        for value in parameter.values.values():
            showing.heading(value.name)
            showing.line(Text(" "), law("value", value.meaning))
            showing.line(Text(" "), cited(value.source))
            for each in self._applied(parameter.id, value.name):
                showing.line(Text("·"), each)
        showing.heading(say("heading", "Plain reading: {value}", value=parameter.plain))
        showing.line(Text(" "), law("plain reading", parameter.plain_because))
        stricter = [f"{one} → {other}" for one, other in parameter.implies]
        title = say("heading", "What is met at the first is met at the second")
        self._listed(title, stricter)
        for same in parameter.equivalent:
            values = self.words.listed(same.values)
            title = say(
                "heading", "Declared to come to the same: {values}", values=values
            )
            showing.heading(title)
            showing.line(Text(" "), law("equivalence", same.because))
            showing.line(Text(" "), cited(same.source))

    def _applied(self, parameter: str, value: str) -> Iterable[str]:
        for each in self.book.sets.values():
            for setting in each.of(parameter):
                if setting.value == value:
                    yield self._since(each, setting)

    def _since(self, each: ParameterSet, setting: DatedSetting) -> str:
        told = {
            "set": each.id,
            "day": self.words.day(setting.first),
            "source": cited(setting.source),
        }
        decided = self.say(
            "who applies a value", "{set}: from {day} ({source})", **told
        )
        lodged = self.say(
            "who applies a value",
            "{set}: from {day}, by the day of the claim ({source})",
            **told,
        )
        return lodged if setting.by == "lodged" else decided

    def _set(self, text: ParameterSet) -> None:
        say = self.say
        self._title(self.law("set", text.title), text.id, None)
        self.out.print(say("draft", "Draft, in force nowhere."))
        self._statement(self.law("set statement", text.statement))
        table = Table(box=None, pad_edge=False, header_style="bold")
        table.add_column(say("table heading", "from"), no_wrap=True)
        table.add_column(say("table heading", "parameter"))
        table.add_column(say("table heading", "value"))
        table.add_column(say("table heading", "source"))
        for setting in sorted(text.settings, key=lambda each: each.first):
            source = cited(setting.source)
            if setting.note:
                note = self.law("note", setting.note)
                source = say(
                    "source and note", "{source}. {note}", source=source, note=note
                )
            first = str(setting.first)
            table.add_row(first, setting.parameter, setting.value, Prose(source))
        self.out.print()
        self.out.print(table)

    def _country(self, text: CountryText) -> None:
        self._title(self.law("country", text.title), text.id, None)
        self.out.print(self.say("country", "Draft, adopted by nobody yet."))
        self._statement(self.law("statement", text.statement))
        self._elements(text.elements.values())
        for finding in text.findings:
            show_finding(finding)

    def _declaration(self, text: Declaration) -> None:
        self._title(self.law("declaration", text.title), text.id, text.source)
        self.out.print(period(text.days))
        self._statement(self.law("statement", text.statement))
        self.out.print()
        for told in about_declaration(text):
            showing.line(Text("·"), told)


def _laid_out(formula: Formula, depth: int = 0) -> Iterable[tuple[int, str]]:
    """Lay a formula out as lines, so that its alternatives stand under one another."""
    if (
        not isinstance(formula, Both | Either | AtLeast)
        or len(write(formula)) < _ONE_LINE
    ):
        yield depth, write(formula)
        return
    say = spoken().say
    every, one = say("formula", "all of:"), say("formula", "one of:")
    some = say("formula", "so many of:")
    yield depth, {Both: every, Either: one}.get(type(formula), some)
    for part in children(formula):
        yield from _laid_out(part, depth + 1)
