"""`asylon law bindings`: which state is bound by what, since when, and how far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from asylon.cli import showing
from asylon.cli.bindingpage import BindingPage, by_age
from asylon.cli.inputs import InputError, read_day, read_law
from asylon.cli.phrases import state as name_of
from asylon.cli.speaking import spoken
from asylon.cli.wrapping import Prose
from asylon.law import LawBook
from asylon.law.bindings import Standing, binding, carrier
from asylon.law.register import BINDING, Instrument


def show(state: str | None, on: str | None, law: Path | None, *, as_json: bool) -> int:
    """Show what one state is bound by, or all states beside all instruments."""
    book = read_law(law)
    day = read_day(on, book) or showing.today()
    states = list(book.bindings) if state is None else [_known(book, state)]
    if as_json:
        for each in states:
            for row in _rows(book, each, day):
                showing.print_json(row)
    elif state is not None:
        BindingPage(book, day).show(book.bindings[states[0]])
    else:
        _matrix(book, states, day)
    return 0


def _known(book: LawBook, state: str) -> str:
    """Find a state by its code, in capitals or not, or by its name."""
    titles = {code: each.title for code, each in book.bindings.items()}
    names = {title.lower(): code for code, title in titles.items()}
    names |= {name_of(code, title).lower(): code for code, title in titles.items()}
    codes = {code.lower(): code for code in book.bindings}
    named = {**names, **codes}
    if state.lower() in named:
        return named[state.lower()]
    say = spoken().say
    near = get_close_matches(state.lower(), named, n=1, cutoff=0.5)
    if near:
        code = named[near[0]]
        raise InputError(
            say(
                "bindings",
                "{state}: the law book has no bindings of such a state. Did you mean "
                "{code} ({title})?",
                state=state,
                code=code,
                title=name_of(code, titles[code]),
            )
        )
    raise InputError(
        say(
            "bindings",
            "{state}: the law book has no bindings of such a state. There is {codes}.",
            state=state,
            codes=spoken().listed(list(book.bindings)) or say("bindings", "none"),
        )
    )


def _rows(book: LawBook, state: str, on: date) -> Iterator[dict[str, object]]:
    """Give a row for each instrument, and one for each provision that is part of it."""
    for instrument in by_age(book):
        whole = binding(book, state, instrument.id, on)
        through = carrier(book, state, instrument, on)
        yield {**_row(whole, instrument, ""), "through": through}
        for name in book.provisions:
            if name.partition("/")[0] == instrument.id:
                yield _row(binding(book, state, name, on), instrument, name)


def _row(found: Standing, instrument: Instrument, provision: str) -> dict[str, object]:
    return {
        "state": found.state,
        "instrument": found.instrument,
        "article": found.article,
        "provision": provision,
        "status": found.status,
        "from": found.since and found.since.isoformat(),
        "through": found.through,
        "binds": found.binds,
        "reserved": [
            {"article": each.article, "note": each.note} for each in found.reserved
        ],
        "complaints": [
            {
                "to": each.to,
                "article": each.article,
                "accepted": each.accepted,
                "from": each.first and each.first.isoformat(),
            }
            for each in found.complaints
        ],
        "effect": instrument.effect,
        "source": found.binding.source.cite,
        "read": found.binding.source.read,
        "note": found.binding.note,
    }


def _matrix(book: LawBook, states: Sequence[str], on: date) -> None:
    """Show every state beside every instrument, in as many panels as need be."""
    out, say = showing.console(), spoken().say
    if not states:
        out.print(say("bindings", "The law book says nothing of states."))
        return
    law = spoken().law
    names = {each.id: law("instrument", each.short) for each in by_age(book)}
    code = 1 + max(map(len, states))
    if 2 + max(map(cell_len, names.values())) + code * len(states) > out.width:
        names = {name: name for name in names}
    room = max((out.width - 2 - max(map(cell_len, names.values()))) // code, 1)
    for start in range(0, len(states), room):
        _panel(book, names, states[start : start + room], on)
    out.print()
    out.print(Prose(_legend(), style="dim"))
    told = say(
        "bindings",
        "As of {day}. `asylon law bindings CODE` shows one state with its sources.",
        day=spoken().day(on),
    )
    showing.paragraph(told)


def _panel(
    book: LawBook, names: dict[str, str], states: Sequence[str], on: date
) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("", no_wrap=True)
    for state in states:
        table.add_column(state, justify="center", no_wrap=True)
    for identifier, name in names.items():
        instrument = book.instruments[identifier]
        cells = [_mark(book, state, instrument, on) for state in states]
        table.add_row(Text(name), *cells)
    out = showing.console()
    out.print()
    out.print(table)


def _mark(book: LawBook, state: str, instrument: Instrument, on: date) -> Text:
    """Show in one sign what a state is to an instrument."""
    if not instrument.is_open_to(state):
        return Text("")
    found = binding(book, state, instrument.id, on)
    if instrument.is_displaced and found.status in BINDING:
        return Text("x", style="red")
    if found.status not in BINDING and carrier(book, state, instrument, on):
        return Text(">", style="green")
    return showing.standing(found.status)


def _legend() -> str:
    say = spoken().say
    return say(
        "bindings",
        "{bound} bound   > bound through another instrument   ~ signed only   "
        "- not bound   / ended   x displaced, without effect on any result",
        bound=showing.standing("party").plain,
    )
