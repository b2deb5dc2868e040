"""`asylon law list · show · diff · sql`: the law book, to be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from rich.table import Table
from rich.text import Text

from asylon.cli import showing
from asylon.cli.agreements import Acts
from asylon.cli.bindingpage import BindingPage
from asylon.cli.inputs import InputError, check_set, read_day, read_law
from asylon.cli.instrumentpage import InstrumentPage
from asylon.cli.lawpage import LawText, Page, expected
from asylon.cli.phrases import count, elements, heading, notes, of_each, period
from asylon.cli.speaking import spoken
from asylon.determination import Scenario, read_scenarios
from asylon.determination.faults import formulas
from asylon.law import (
    LawBook,
    ParameterSet,
    Provision,
    choose,
    differences,
)
from asylon.law.jurisdictions import STATES
from asylon.law.register import Instrument, StateBindings
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
        showing.heading(_kinds(str(kind)))
        table = Table.grid(padding=(0, 2))
        for row in rows:
            if row["kind"] == kind:
                about = Text(str(row["about"]), style="dim")
                table.add_row(str(row["id"]), str(row["title"]), about)
        out.print(table)
    out.print()
    out.print(
        spoken().say(
            "list of the law",
            "`asylon law show NAME` shows one of them, with its scenarios.",
        )
    )
    return 0


def _kinds(kind: str) -> str:
    say = spoken().say
    return {
        "provision": say("heading", "Provisions"),
        "list": say("heading", "Lists"),
        "parameter": say("heading", "Parameters"),
        "set": say("heading", "Sets"),
        "country": say("heading", "Countries"),
        "declaration": say("heading", "Declarations"),
        "instrument": say("heading", "Instruments"),
        "state": say("heading", "States"),
    }[kind]


def _rows(
    book: LawBook, scenarios: Sequence[Scenario], acts: Acts
) -> Iterable[dict[str, object]]:
    say, law = spoken().say, spoken().law
    for identifier, versions in book.provisions.items():
        for version in versions:
            told = [each for each in scenarios if each.exercises(version.document)]
            yield {
                "kind": "provision",
                "id": identifier,
                "title": heading(version),
                "about": notes([_days(version), elements(version), count(told)]),
            }
    for rule in book.lists.values():
        about = say("about a list", "of the claim")
        if rule.within:
            about = of_each(rule.within)
        title = law("list", rule.title)
        yield {"kind": "list", "id": rule.id, "title": title, "about": about}
    for parameter in book.parameters.values():
        title, values = law("parameter", parameter.title), list(parameter.values)
        row = {"id": parameter.id, "title": title, "about": spoken().listed(values)}
        yield {"kind": "parameter", **row}
    for each in book.sets.values():
        yield {
            "kind": "set",
            "id": each.id,
            "title": law("set", each.title),
            "about": _about_set(each, acts),
        }
    yield from _of_countries(book)
    yield from _register(book)


def _about_set(each: ParameterSet, acts: Acts) -> str:
    words = spoken()
    settings = words.say_many(
        "about a set", "{count} setting", "{count} settings", len(each.settings)
    )
    kind = words.named("kind of set", each.kind)
    found = acts.standing(each.id, showing.today())
    standing = words.say("about a set", "draft")
    if found and found.first:
        first = words.day(found.first)
        standing = words.say("about a set", "in force since {day}", day=first)
    return notes([kind, settings, standing])


def _of_countries(book: LawBook) -> Iterable[dict[str, object]]:
    words = spoken()
    for text in book.country_texts:
        findings = words.say_many(
            "about a country", "{count} finding", "{count} findings", len(text.findings)
        )
        about = notes([findings, words.say("about a country", "draft")])
        title = words.law("country", text.title)
        yield {"kind": "country", "id": text.id, "title": title, "about": about}
    for each in book.declarations.values():
        about = notes([words.place(each.jurisdiction), period(each.days)])
        title = words.law("declaration", each.title)
        yield {"kind": "declaration", "id": each.id, "title": title, "about": about}


def _register(book: LawBook) -> Iterable[dict[str, object]]:
    words = spoken()
    for each in book.instruments.values():
        kind = words.named("kind of instrument", each.kind)
        told = [kind, words.day(each.adopted)]
        if each.is_displaced:
            told.append(words.say("about an instrument", "displaced, without effect"))
        title = words.law("instrument", each.short)
        row = {"id": each.id, "title": title, "about": notes(told)}
        yield {"kind": "instrument", **row}
    for state in book.bindings.values():
        about = words.say_many(
            "about a state", "{count} binding", "{count} bindings", len(state.bindings)
        )
        title = words.place(state.id) if state.id in STATES else state.title
        yield {"kind": "state", "id": state.id, "title": title, "about": about}


def _days(version: Provision) -> str:
    force, day = version.in_force, spoken().day
    if force.last is None:
        return spoken().say("in force", "in force from {first}", first=day(force.first))
    return spoken().say(
        "in force",
        "in force from {first} to {last}",
        first=day(force.first),
        last=day(force.last),
    )


def show(name: str, on: str | None, law: Path | None, *, as_json: bool) -> int:
    """Show one text of the law book, with the scenarios that exercise it."""
    book = read_law(law)
    day = read_day(on, book) or showing.today()
    identifier = find(book, name)
    if identifier in book.countries:
        return _show_country(book, identifier, day, as_json=as_json)
    text = _text(book, identifier, day)
    told = _exercising(book, text)
    if as_json:
        showing.print_json(_row(identifier, text, told))
        return 0
    match text:
        case Instrument():
            InstrumentPage(book, day).instrument(text)
        case StateBindings():
            BindingPage(book, day).show(text)
        case _:
            Page(book, text, told).show()
    return 0


def _show_country(book: LawBook, code: str, day: date, *, as_json: bool) -> int:
    """Show what every document says of a country, and then what binds it."""
    for text in book.countries[code]:
        told = _exercising(book, text)
        if as_json:
            showing.print_json(_row(code, text, told))
        else:
            Page(book, text, told).show()
    if code in book.bindings:
        if as_json:
            showing.print_json(_row(code, book.bindings[code], {}))
        else:
            showing.console().print()
            BindingPage(book, day).show(book.bindings[code])
    return 0


def _row(
    identifier: str, text: LawText, told: Mapping[str, Sequence[Scenario]]
) -> dict[str, object]:
    scenarios = [
        {"title": each.title, "beside": beside, **expected(each)}
        for beside, scenarios in told.items()
        for each in scenarios
    ]
    document = {"document": text.document.name, "hash": text.document.hash}
    raw = text.document.text.decode()
    return {"id": identifier, **document, "toml": raw, "scenarios": scenarios}


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
    things += [*book.countries, *book.declarations]
    things += [*book.instruments, *book.bindings]
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
    owners = {element: each.provision for element, each in book.elements.items()}
    owners |= {
        each.id: text.id for text in book.country_texts for each in text.findings
    }
    if name in owners:
        return owners[name]
    within = {each for bare, each in cited.items() if bare.startswith(_bare(name))}
    near = get_close_matches(name, [*things, *owners], n=1, cutoff=0.5)
    meant = sorted(within) if _bare(name) and within else near
    raise InputError(_no_such_name(name, meant))


def _no_such_name(name: str, meant: Sequence[str]) -> str:
    if not meant:
        return spoken().say(
            "problem",
            "{name}: the law book has no such name. `asylon law list` shows all.",
            name=name,
        )
    alternatives = f"`{meant[0]}`"
    for each in meant[1:]:
        alternatives = spoken().say(
            "a list of alternatives",
            "{names} or {next}",
            names=alternatives,
            next=f"`{each}`",
        )
    return spoken().say(
        "problem",
        "{name}: the law book has no such name. Did you mean {names}?",
        name=name,
        names=alternatives,
    )


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
    others: dict[str, LawText] = {
        **book.lists,
        **book.parameters,
        **book.sets,
        **book.declarations,
        **book.instruments,
        **book.bindings,
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
        same = spoken().say("law books compared", "The two law books say the same.")
        showing.console().print(same)
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
    say = spoken().say
    if options.dialect not in DIALECTS:
        message = say(
            "problem",
            "--dialect {dialect}: there is {dialects}.",
            dialect=options.dialect,
            dialects=spoken().listed(DIALECTS),
        )
        raise InputError(message)
    if not 0 <= options.members <= _MOST_MEMBERS:
        message = say(
            "problem",
            "--members {members}: from 0 to {most} entries a list.",
            members=options.members,
            most=_MOST_MEMBERS,
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
        message = spoken().say(
            "problem",
            "{provision}: this is asked of each {member}, not once of a claim. Name a "
            "provision that uses it.",
            provision=identifier,
            member=spoken().named("member", per),
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
