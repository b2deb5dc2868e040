"""`asylon law show · diff`: the law book, to be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from asylon.cli import showing
from asylon.cli.bindingpage import BindingPage
from asylon.cli.inputs import InputError, read_day, read_law
from asylon.cli.instrumentpage import InstrumentPage
from asylon.cli.lawchanges import difference_lines
from asylon.cli.lawpage import LawText, Page
from asylon.cli.scenarios import expected
from asylon.cli.speaking import spoken
from asylon.determination import Scenario, read_scenarios
from asylon.determination.faults import formulas
from asylon.law import (
    LawBook,
    Provision,
    differences,
)
from asylon.law.register import Instrument, StateBindings
from asylon.logic.formulas import Quantified, walk
from asylon.logic.reading import read


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
    scenarios = read_scenarios(book, [each.document for each in texts])
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
        for line in difference_lines(each, 0):
            showing.line(*line)
    if not found and not as_json:
        same = spoken().say("law books compared", "The two law books say the same.")
        showing.paragraph(same)
    return 0
