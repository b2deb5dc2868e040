"""`asylon law list · show · diff · sql`: the law book, to be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from rich.table import Table
from rich.text import Text

from asylon.cli import showing
from asylon.cli.agreements import Acts
from asylon.cli.inputs import InputError, check_set, read_day, read_law
from asylon.cli.lawpage import LawText, Page, counted, expected
from asylon.determination import Scenario, read_scenarios
from asylon.determination.faults import formulas
from asylon.law import (
    LawBook,
    ListRule,
    Parameter,
    ParameterSet,
    Provision,
    choose,
    differences,
)
from asylon.logic.formulas import Quantified, walk
from asylon.logic.grounding import Entries, Shape, ground
from asylon.logic.reading import read
from asylon.logic.sql import DIALECTS, Dialect, query

_MOST_MEMBERS = 5


def show_list(
    law: Path | None, agreements: Path | None = None, *, as_json: bool
) -> int:
    """List everything the law book holds."""
    book = read_law(law)
    acts = Acts(agreements, book)
    rows = list(_rows(book, read_scenarios(book), acts))
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


def _rows(
    book: LawBook, scenarios: Sequence[Scenario], acts: Acts
) -> Iterable[dict[str, object]]:
    for identifier, versions in book.provisions.items():
        for version in versions:
            told = [each for each in scenarios if each.exercises(version.document)]
            about = f"{_days(version)}; {counted(version.elements, 'element')}"
            yield {
                "kind": "provision",
                "id": identifier,
                "title": f"{version.citation}: {version.title}",
                "about": f"{about}, {counted(told, 'scenario')}",
            }
    for rule in book.lists.values():
        about = f"of each {rule.within}" if rule.within else "of the claim"
        yield {"kind": "list", "id": rule.id, "title": rule.title, "about": about}
    for parameter in book.parameters.values():
        values = ", ".join(parameter.values)
        row = {"id": parameter.id, "title": parameter.title, "about": values}
        yield {"kind": "parameter", **row}
    for each in book.sets.values():
        found = acts.standing(each.id, showing.today())
        standing = f"in force since {found.first}" if found else "draft"
        about = f"{each.kind}; {counted(each.settings, 'setting')}; {standing}"
        yield {"kind": "set", "id": each.id, "title": each.title, "about": about}


def _days(version: Provision) -> str:
    last = version.in_force.last
    return f"in force from {version.in_force.first}" + (f" to {last}" if last else "")


def show(name: str, on: str | None, law: Path | None, *, as_json: bool) -> int:
    """Show one text of the law book, with the scenarios that exercise it."""
    book = read_law(law)
    day = read_day(on, book) or showing.today()
    identifier = find(book, name)
    text = _text(book, identifier, day)
    told = _exercising(book, text)
    if as_json:
        scenarios = [
            {"title": each.title, "beside": beside, **expected(each)}
            for beside, scenarios in told.items()
            for each in scenarios
        ]
        raw = text.document.text.decode()
        document = {"document": text.document.name, "hash": text.document.hash}
        row = {"id": identifier, **document, "toml": raw, "scenarios": scenarios}
        showing.print_json(row)
        return 0
    Page(book, text, told).show()
    return 0


def _exercising(book: LawBook, text: LawText) -> dict[str, list[Scenario]]:
    """Group the scenarios that exercise a text: its own, and those of its parts.

    The parts of a provision are those whose identifier begins with its own, and the
    lists its formulas go through.
    """
    texts = [text]
    if isinstance(text, Provision):
        parts = (each for each in text.uses.values() if each.startswith(f"{text.id}-"))
        texts += [book.provisions[identifier][-1] for identifier in parts]
        read_all = [read(formula) for formula in formulas(text).values()]
        over = (p.over for f in read_all for p in walk(f) if isinstance(p, Quantified))
        texts += [book.lists[name] for name in dict.fromkeys(over)]
    scenarios = read_scenarios(book)
    told = {
        each.id: [one for one in scenarios if one.exercises(each.document)]
        for each in texts
    }
    return {name: found for name, found in told.items() if found}


def find(book: LawBook, name: str) -> str:
    """Find what a reader means: an identifier, or a citation such as `1A(2)`."""
    things = [*book.provisions, *book.lists, *book.parameters, *book.sets]
    if name in things:
        return name
    cited = {
        _bare(citation): identifier
        for identifier, versions in book.provisions.items()
        for citation in _citations(versions[-1])
    }
    if _bare(name) in cited:
        return cited[_bare(name)]
    ends = [each for each in book.provisions if each.rpartition("/")[2] == name]
    if len(ends) == 1:
        return ends[0]
    elements = {element: each.provision for element, each in book.elements.items()}
    if name in elements:
        return elements[name]
    within = {each for bare, each in cited.items() if bare.startswith(_bare(name))}
    near = get_close_matches(name, [*things, *elements], n=1, cutoff=0.5)
    hint = f"Did you mean `{near[0]}`?" if near else "`asylon law list` shows all."
    if _bare(name) and within:
        hint = f"Did you mean {' or '.join(f'`{each}`' for each in sorted(within))}?"
    message = f"{name}: the law book has no such name. {hint}"
    raise InputError(message)


def _citations(version: Provision) -> Iterable[str]:
    """Give what readers call a provision, with and without its instrument."""
    for citation in (version.citation, version.short_citation):
        yield from (citation, citation.partition(";")[0])


def _bare(citation: str) -> str:
    plain = re.sub(r"\b(article|art|csr51)\b", "", citation.lower())
    return re.sub(r"[^a-z0-9]", "", plain)


def _text(book: LawBook, identifier: str, day: date) -> LawText:
    if identifier in book.provisions:
        return book.provision(identifier, day)
    others: dict[str, ListRule | Parameter | ParameterSet] = {
        **book.lists,
        **book.parameters,
        **book.sets,
    }
    return others[identifier]


def diff(old: Path, new: Path | None, *, as_json: bool) -> int:
    """Say what differs between two law books."""
    found = list(differences(read_law(old, ""), read_law(new, "")))
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
    _check_is_whole(book, identifier, day)
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


def _check_is_whole(book: LawBook, identifier: str, day: date) -> None:
    """Refuse what is asked of each entry of a list, and not once of a claim."""
    per = book.provision(identifier, day).per
    if per:
        message = (
            f"{identifier}: this is asked of each {per}, not once of a claim. Name a "
            "provision that uses it."
        )
        raise InputError(message)


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
