"""`asylon law list · show · diff · sql`: the law book, to be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Sized
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from rich.table import Table
from rich.text import Text

from asylon.cli import showing
from asylon.cli.inputs import InputError, check_set, read_day, read_law
from asylon.determination import Scenario, read_scenarios
from asylon.law import (
    LawBook,
    ListRule,
    Parameter,
    ParameterSet,
    Provision,
    choose,
    differences,
)
from asylon.law.provisions import Element, Source
from asylon.logic.formulas import All as Both
from asylon.logic.formulas import Any as Either
from asylon.logic.formulas import AtLeast, Formula, children
from asylon.logic.grounding import Entries, Shape, ground
from asylon.logic.reading import read, write
from asylon.logic.sql import DIALECTS, Dialect, query

_READ, _MEMORY = "read", "from memory, to be checked"
_MOST_MEMBERS = 5


def show_list(law: Path | None, *, as_json: bool) -> int:
    """List everything the law book holds."""
    book = read_law(law)
    rows = list(_rows(book, read_scenarios(book)))
    if as_json:
        for row in rows:
            showing.print_json(row)
        return 0
    out = showing.console()
    for kind in dict.fromkeys(row["kind"] for row in rows):
        showing.heading(f"{kind}s".capitalize())
        table = Table.grid(padding=(0, 2))
        for row in rows:
            if row["kind"] == kind:
                about = Text(str(row["about"]), style="dim")
                table.add_row(str(row["id"]), str(row["title"]), about)
        out.print(table)
    out.print("\n`asylon law show NAME` shows one of them, with its scenarios.")
    return 0


def _rows(book: LawBook, scenarios: Sequence[Scenario]) -> Iterable[dict[str, object]]:
    for identifier, versions in book.provisions.items():
        for version in versions:
            told = [each for each in scenarios if each.exercises(version.document)]
            about = f"{_days(version)}; {_count(version.elements, 'element')}"
            yield {
                "kind": "provision",
                "id": identifier,
                "title": f"{version.citation}: {version.title}",
                "about": f"{about}, {_count(told, 'scenario')}",
            }
    for rule in book.lists.values():
        about = f"of each {rule.within}" if rule.within else "of the claim"
        yield {"kind": "list", "id": rule.id, "title": rule.title, "about": about}
    for parameter in book.parameters.values():
        values = ", ".join(parameter.values)
        row = {"id": parameter.id, "title": parameter.title, "about": values}
        yield {"kind": "parameter", **row}
    for each in book.sets.values():
        about = f"{each.kind}; {_count(each.settings, 'setting')}; draft"
        yield {"kind": "set", "id": each.id, "title": each.title, "about": about}


def _count(things: Sized, one: str) -> str:
    return f"{len(things)} {one}" + "s" * (len(things) != 1)


def _days(version: Provision) -> str:
    last = version.in_force.last
    return f"in force from {version.in_force.first}" + (f" to {last}" if last else "")


def show(name: str, on: str | None, law: Path | None, *, as_json: bool) -> int:
    """Show one text of the law book, with the scenarios that exercise it."""
    book = read_law(law)
    day = read_day(on, book) or showing.today()
    identifier = find(book, name)
    text = _text(book, identifier, day)
    told = [each for each in read_scenarios(book) if each.exercises(text.document)]
    if as_json:
        scenarios = [{"title": each.title, **_expected(each)} for each in told]
        raw = text.document.text.decode()
        document = {"document": text.document.name, "hash": text.document.hash}
        row = {"id": identifier, **document, "toml": raw, "scenarios": scenarios}
        showing.print_json(row)
        return 0
    Page(book, text, told).show()
    return 0


def find(book: LawBook, name: str) -> str:
    """Find what a reader means: an identifier, or a citation such as `1A(2)`."""
    things = [*book.provisions, *book.lists, *book.parameters, *book.sets]
    if name in things:
        return name
    cited = {
        _bare(citation): identifier
        for identifier, versions in book.provisions.items()
        for citation in _citations(versions[-1], identifier)
    }
    if _bare(name) in cited:
        return cited[_bare(name)]
    elements = {element: each.provision for element, each in book.elements.items()}
    if name in elements:
        return elements[name]
    near = get_close_matches(name, [*things, *elements], n=1, cutoff=0.5)
    hint = f"Did you mean `{near[0]}`?" if near else "`asylon law list` shows all."
    message = f"law show {name}: the law book has no such name. {hint}"
    raise InputError(message)


def _citations(version: Provision, identifier: str) -> list[str]:
    return [version.citation, version.short_citation, identifier.rpartition("/")[2]]


def _bare(citation: str) -> str:
    plain = re.sub(r"\b(article|art|paragraph|csr51)\b", "", citation.lower())
    return re.sub(r"[^a-z0-9]", "", plain)


def _text(
    book: LawBook, identifier: str, day: date
) -> Provision | ListRule | Parameter | ParameterSet:
    if identifier in book.provisions:
        return book.provision(identifier, day)
    others: dict[str, ListRule | Parameter | ParameterSet] = {
        **book.lists,
        **book.parameters,
        **book.sets,
    }
    return others[identifier]


class Page:
    """One text of the law book as a page to be read."""

    def __init__(
        self,
        book: LawBook,
        text: Provision | ListRule | Parameter | ParameterSet,
        scenarios: Sequence[Scenario],
    ) -> None:
        """Take the text and the scenarios that exercise it."""
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

    def _scenarios(self) -> None:
        if self.scenarios:
            showing.heading(f"{len(self.scenarios)} scenarios exercise it")
        for scenario in self.scenarios:
            trials = [trial for trial in scenario.trials if not trial.pins]
            first = trials[0] if len(trials) == 1 else None
            mark = showing.sign(first.expect) if first else Text("≠", style="cyan")
            told = "" if first else f" ({_by_value(scenario)})"
            showing.line(mark, scenario.title + told)


def _by_value(scenario: Scenario) -> str:
    results = _expected(scenario)["expect"]
    if isinstance(results, dict):
        return ", ".join(f"{value}: {result}" for value, result in results.items())
    return str(results)


def _expected(scenario: Scenario) -> dict[str, object]:
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
    if not isinstance(formula, Both | Either | AtLeast) or len(write(formula)) < 60:  # noqa: PLR2004
        yield depth, write(formula)
        return
    heading = {Both: "all of:", Either: "one of:"}.get(type(formula), "so many of:")
    yield depth, heading
    for part in children(formula):
        yield from _laid_out(part, depth + 1)


def _cited(source: Source) -> str:
    return f"{source.cite} [{_READ if source.read else _MEMORY}]"


def diff(old: Path, new: Path | None, *, as_json: bool) -> int:
    """Say what differs between two law books."""
    found = list(differences(read_law(old), read_law(new)))
    marks = {"added": Text("+", "green"), "removed": Text("-", "red")}
    for each in found:
        if as_json:
            row = {
                "where": each.where,
                "kind": each.kind,
                "old": each.old,
                "new": each.new,
            }
            showing.print_json(row)
            continue
        showing.line(marks.get(each.kind, Text("≠", "yellow")), each.where, 0)
        if each.old:
            showing.line(Text("-", "red"), each.old, 2)
        if each.new:
            showing.line(Text("+", "green"), each.new, 2)
    if not found and not as_json:
        showing.console().print("The two law books say the same.")
    return 0


@dataclass(frozen=True, slots=True)
class SqlOptions:
    """What `law sql` was asked."""

    name: str
    set: str
    on: str | None
    dialect: str
    members: int
    as_json: bool
    law: Path | None


def sql(options: SqlOptions) -> int:
    """Write a provision as SQL over a table with one column for each fact."""
    book = read_law(options.law)
    check_set(book, options.set)
    if options.dialect not in DIALECTS:
        message = f"--dialect {options.dialect}: there is {', '.join(DIALECTS)}."
        raise InputError(message)
    if not 0 <= options.members <= _MOST_MEMBERS:
        message = (
            f"--members {options.members}: from 0 to {_MOST_MEMBERS} entries a list."
        )
        raise InputError(message)
    identifier = find(book, options.name)
    day = read_day(options.on, book) or showing.today()
    settings = choose(book, book.sets[options.set], day)
    shape = _room_for(book, options.members)
    formula = ground(book.formula(identifier, day), settings.values, shape)
    dialect: Dialect = next(each for each in DIALECTS if each == options.dialect)
    text = query(formula, dialect, table="claims")
    if options.as_json:
        row = {"provision": identifier, "set": options.set, "on": day.isoformat()}
        showing.print_json({**row, "dialect": dialect, "sql": text})
    else:
        print(f"-- {identifier} as the set {options.set} has it on {day}.")
        print("-- Columns: id, and one nullable boolean for each fact; NULL is open.")
        print(f"{text};")
    return 0


def _room_for(book: LawBook, members: int) -> Shape:
    """Make a shape with so many entries on every list, none known to be complete."""

    def lists(kind: str | None) -> Shape:
        return Shape(
            tuple(
                (rule.id, Entries(tuple((str(n), lists(rule.of)) for n in numbers)))
                for rule in book.lists.values()
                if rule.within == kind
            )
        )

    numbers = range(1, members + 1)
    return lists(None)
