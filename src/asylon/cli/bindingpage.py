"""What one state is bound by, as a page to be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeAlias

from rich.table import Table
from rich.text import Text

from asylon.cli import showing
from asylon.cli.phrases import cited, name_and_id, notes, state
from asylon.cli.speaking import spoken
from asylon.cli.wrapping import Prose
from asylon.law import LawBook
from asylon.law.bindings import Standing, binding, carrier, standing
from asylon.law.register import (
    BINDING,
    Complaints,
    Displacing,
    Instrument,
    Reservation,
    StateBindings,
)
from asylon.logic.truth import FALSE, UNKNOWN

Row: TypeAlias = tuple[Instrument, Standing]


def by_age(book: LawBook) -> list[Instrument]:
    """List what states can join, the oldest first, and what is displaced last."""
    instruments = (each for each in book.instruments.values() if each.is_for_states)
    return sorted(instruments, key=lambda each: (each.is_displaced, each.adopted))


def table_of_standings() -> Table:
    """Make a table for signs, names, codes, days and limits."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column()
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column()
    return table


class BindingPage:
    """What one state is bound by on a day, as a page."""

    def __init__(self, book: LawBook, on: date) -> None:
        """Take the law book and the day."""
        self.book, self.on = book, on
        self.out = showing.console()
        self.words, self.say = spoken(), spoken().say

    def show(self, text: StateBindings) -> None:
        """Print the page."""
        say = self.say
        title = say(
            "bindings",
            "{title}: what binds it on {day}",
            title=state(text.id, text.title),
            day=self.words.day(self.on),
        )
        self.head(title, text.id)
        self.statement(self.words.law("statement", text.statement))
        rows = [
            (each, binding(self.book, text.id, each.id, self.on))
            for each in by_age(self.book)
            if each.is_open_to(text.id)
        ]
        law = [row for row in rows if not row[0].is_displaced]
        groups: dict[str, list[Row]] = {}
        for row in law:
            groups.setdefault(self._group_of(row), []).append(row)
        self._group(say("bindings", "Bound"), groups.get("bound", ()))
        self._group(say("bindings", "Signed, and not bound"), groups.get("signed", ()))
        self._group(say("bindings", "Ended"), groups.get("ended", ()))
        self._group(say("bindings", "Not bound"), groups.get("none", ()))
        self._displaced([row for row in rows if row[0].is_displaced])
        self._notes(rows)

    def _group_of(self, row: Row) -> str:
        instrument, found = row
        if found.status in BINDING or self._carrier(instrument, found):
            return "bound"
        return found.status

    def _carrier(self, instrument: Instrument, found: Standing) -> str:
        return carrier(self.book, found.state, instrument, self.on)

    def head(self, title: str, identifier: str) -> None:
        """Print the title of a page."""
        self.out.rule(Text(title, style="bold"), align="left")
        self.out.print(identifier, style="dim")

    def statement(self, statement: str) -> None:
        """Print a statement, sentence by sentence."""
        self.out.print()
        for sentence in statement.split("\n"):
            showing.line(Text("│", style="dim"), sentence, 0)

    def _group(self, title: str, rows: Sequence[Row]) -> None:
        if not rows:
            return
        showing.heading(title)
        table = table_of_standings()
        for instrument, found in rows:
            sign, code = self.sign(instrument, found), Text(instrument.id, "dim")
            cells = self.cells(instrument, found)
            table.add_row(sign, Prose(self.short(instrument)), code, *cells)
        self.out.print(table)

    def short(self, instrument: Instrument) -> str:
        """Give the short name of an instrument."""
        return self.words.law("instrument", instrument.short)

    def sign(self, instrument: Instrument, found: Standing) -> Text:
        """Show in one sign what a state is to an instrument."""
        sign = self._plain_sign(instrument, found)
        return Text.assemble(" ", sign)

    def _plain_sign(self, instrument: Instrument, found: Standing) -> Text:
        if instrument.is_displaced and found.status in BINDING:
            return Text("x", style="red")
        if self._carrier(instrument, found):
            return Text(">", style="green")
        return showing.standing(found.status)

    def cells(self, instrument: Instrument, found: Standing) -> Iterable[Text]:
        """Say since when, with which reservations, and whether complaints are heard."""
        reserved: Iterable[Reservation] = found.reserved
        other = self._carrier(instrument, found)
        if other:
            taken = binding(self.book, found.state, other, self.on).binding.reserved
            reserved = (
                each
                for each in taken
                if each.of == instrument.id and each.stands(self.on)
            )
        yield Text(self._since(found, other), no_wrap=True)
        is_bound = other or found.status in BINDING
        said = [self._reserved(reserved)] if is_bound else []
        if found.status in BINDING:
            said += [self._heard(each) for each in found.complaints]
        told = list(filter(None, said))
        yield Prose(notes(told) if told else "")

    def _since(self, found: Standing, other: str) -> str:
        if other:
            return self.say("bindings", "through {other}", other=other)
        if found.status == "none":
            return ""
        if found.since is None:
            return self.say("bindings", "day to be checked")
        return self.say("bindings", "since {day}", day=self.words.day(found.since))

    def _reserved(self, made: Iterable[Reservation]) -> str:
        articles = self.words.listed([each.article for each in made])
        if not articles:
            return ""
        return self.say("bindings", "reserved: {articles}", articles=articles)

    def _heard(self, complaints: Complaints) -> str:
        if complaints.accepted is UNKNOWN:
            return self.say("bindings", "complaints: to be checked")
        if complaints.accepted is FALSE or (complaints.first or self.on) > self.on:
            return self.say("bindings", "complaints not accepted")
        return self.say("bindings", "complaints accepted")

    def _displaced(self, rows: Sequence[Row]) -> None:
        """Show displaced obligations, those that give way to the same law together."""
        if not rows:
            return
        showing.heading(
            self.say("bindings", "Displaced: shown, without effect on any result")
        )
        together: dict[tuple[Displacing, ...], list[Row]] = {}
        for row in rows:
            together.setdefault(row[0].displaced_by, []).append(row)
        for displacing, alike in together.items():
            for instrument, _ in alike:
                text = name_and_id(self.short(instrument), instrument.id)
                showing.line(Text("x", style="red"), text)
            for each in displacing:
                self.displacing(each, alike[0][1].state)

    def displacing(self, each: Displacing, state: str) -> None:
        """Say before what an obligation gives way, and whether that binds the state."""
        other = self.book.instruments[each.instrument]
        found = standing(self.book, state, other, each.article, self.on)
        said = self.say(
            "bindings",
            "gives way to {instrument}, {article}: {because}",
            instrument=self.short(other),
            article=each.article,
            because=self.words.law("giving way", each.because),
        )
        showing.line(showing.standing(found.status), said, 2)

    def _notes(self, rows: Sequence[Row]) -> None:
        """Tell sources, those that say the same together, and what a state declared."""
        showing.heading(self.say("bindings", "Sources, reservations, declarations"))
        together: dict[tuple[object, ...], list[Row]] = {}
        for row in rows:
            done = row[1].binding
            said = (done.source, done.reserved, done.declarations, done.note)
            together.setdefault(said, []).append(row)
        for alike in together.values():
            done = alike[0][1].binding
            told = self.say(
                "bindings",
                "{instruments}: {source}",
                instruments=self.words.listed([each.id for each, _ in alike]),
                source=cited(done.source),
            )
            showing.line(Text("·"), told)
            for made in done.reserved:
                showing.line(Text("-"), self._made(made), 2)
            for told in filter(None, (*done.declarations, done.note)):
                showing.line(Text(" "), self.words.law("note", told), 2)

    def _made(self, made: Reservation) -> str:
        told = {"article": made.article, "note": self.words.law("note", made.note)}
        if made.last:
            return self.say(
                "bindings",
                "reserved until {day}, {article}: {note}",
                day=self.words.day(made.last),
                **told,
            )
        return self.say("bindings", "reserved, {article}: {note}", **told)
