"""`asylon law list`: everything that the law book holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.table import Table

from asylon.cli import showing
from asylon.cli.agreements import Acts
from asylon.cli.inputs import read_law
from asylon.cli.phrases import count, elements, heading, notes, of_each, period
from asylon.cli.phrases import state as state_name
from asylon.cli.speaking import spoken
from asylon.cli.wrapping import Prose
from asylon.determination import Scenario, read_scenarios
from asylon.law import LawBook, ParameterSet, Provision


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
        table.add_column(no_wrap=True)
        table.add_column()
        table.add_column()
        for row in rows:
            if row["kind"] == kind:
                about = Prose(str(row["about"]), style="dim")
                table.add_row(str(row["id"]), Prose(str(row["title"])), about)
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
        title = state_name(state.id, state.title)
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
