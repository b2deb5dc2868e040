"""What one state is bound by, and what one instrument binds, as pages to be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from rich.table import Table
from rich.text import Text

from asylon.cli import showing
from asylon.languages import catalogue
from asylon.law import LawBook
from asylon.law.bindings import Standing, binding, standing
from asylon.law.provisions import Source
from asylon.law.register import (
    BINDING,
    Displacing,
    Instrument,
    StateBindings,
    article_of,
)
from asylon.logic.truth import TRUE, UNKNOWN


def through(book: LawBook, state: str, instrument: Instrument, on: date) -> str:
    """Name the instrument through which articles of another bind a state, if any."""
    for other in book.instruments.values():
        if other.carries and other.carries.instrument == instrument.id:
            article = other.carries.articles[0]
            found = standing(book, state, instrument, article, on).through
            if found:
                return found
    return ""


class BindingPage:
    """Pages about bindings on a day."""

    def __init__(self, book: LawBook, on: date) -> None:
        """Take the law book and the day."""
        self.book, self.on = book, on
        self.out = showing.console()
        self.say = catalogue().say

    def state(self, text: StateBindings) -> None:
        """Show what one state is bound by."""
        title = self.say(
            "bindings", "{title}: what binds it on {day}", title=text.title, day=self.on
        )
        self.out.rule(Text(title, style="bold"), align="left")
        self.out.print(text.id, style="dim")
        self._statement(text.statement)
        open_to = [
            each for each in self.book.instruments.values() if each.is_open_to(text.id)
        ]
        rows = [
            (each, binding(self.book, text.id, each.id, self.on)) for each in open_to
        ]
        law = [row for row in rows if not row[0].is_displaced]
        carried = [row for row in law if self._carried(row)]
        own = [row for row in law if row not in carried]
        self._group(
            self.say("bindings", "Bound"),
            [row for row in own if row[1].status in BINDING] + carried,
        )
        self._group(
            self.say("bindings", "Signed, and not bound"),
            [row for row in own if row[1].status == "signed"],
        )
        self._group(
            self.say("bindings", "Bound no longer"),
            [row for row in own if row[1].status == "ended"],
        )
        self._group(
            self.say("bindings", "Not bound"),
            [row for row in own if row[1].status == "none"],
        )
        self._displaced([row for row in rows if row[0].is_displaced])
        self._notes(rows)

    def _carried(self, row: tuple[Instrument, Standing]) -> bool:
        instrument, found = row
        return found.status not in BINDING and bool(
            through(self.book, found.state, instrument, self.on)
        )

    def _statement(self, statement: str) -> None:
        self.out.print()
        for sentence in statement.split("\n"):
            showing.line(Text("│", style="dim"), sentence, 0)

    def _group(self, title: str, rows: Sequence[tuple[Instrument, Standing]]) -> None:
        if not rows:
            return
        showing.heading(title)
        table = Table.grid(padding=(0, 2, 0, 0))
        for instrument, found in rows:
            table.add_row(*self._cells(instrument, found))
        self.out.print(table)

    def _cells(self, instrument: Instrument, found: Standing) -> Iterable[Text]:
        other = ""
        if found.status not in BINDING:
            other = through(self.book, found.state, instrument, self.on)
        sign = Text(">", style="green") if other else showing.standing(found.status)
        yield Text.assemble("  ", sign, " ", instrument.short)
        yield Text(instrument.id, style="dim")
        yield Text(self._since(found, other))
        yield Text(self._limits(found))

    def _since(self, found: Standing, other: str) -> str:
        if other:
            return self.say("bindings", "through {other}", other=other)
        if found.status in BINDING and found.since is None:
            return self.say("bindings", "day to be checked")
        if found.status == "none":
            return ""
        return self.say("bindings", "since {day}", day=found.since or "?")

    def _limits(self, found: Standing) -> str:
        """Say what a state reserved, and whether it lets people complain."""
        said = []
        if found.status in BINDING and found.reserved:
            articles = ", ".join(each.article for each in found.reserved)
            said.append(self.say("bindings", "reserved: {articles}", articles=articles))
        for each in found.complaints if found.status in BINDING else ():
            yet = each.first is None or each.first <= self.on
            if each.accepted is TRUE and yet:
                said.append(self.say("bindings", "complaints accepted"))
            elif each.accepted is UNKNOWN:
                said.append(self.say("bindings", "complaints: to be checked"))
            else:
                said.append(self.say("bindings", "no complaints"))
        return "; ".join(said)

    def _displaced(self, rows: Sequence[tuple[Instrument, Standing]]) -> None:
        if not rows:
            return
        showing.heading(
            self.say("bindings", "Displaced: shown, without effect on any result")
        )
        for instrument, found in rows:
            text = f"{instrument.short} ({instrument.id})"
            showing.line(Text("x", style="red"), text)
            for each in instrument.displaced_by:
                self._displacing(each, found.state)

    def _displacing(self, each: Displacing, state: str) -> None:
        other = self.book.instruments[each.instrument]
        found = standing(self.book, state, other, each.article, self.on)
        said = self.say(
            "bindings",
            "gives way to {instrument}, {article}: {because}",
            instrument=other.short,
            article=each.article,
            because=each.because,
        )
        showing.line(showing.standing(found.status), said, 2)

    def _notes(self, rows: Sequence[tuple[Instrument, Standing]]) -> None:
        showing.heading(self.say("bindings", "Sources, reservations, declarations"))
        for instrument, found in rows:
            done = found.binding
            showing.line(Text("·"), f"{instrument.id}: {self._cited(done.source)}")
            for made in done.reserved:
                until = f" (to {made.last})" if made.last else ""
                showing.line(Text("-"), f"{made.article}{until}: {made.note}", 2)
            for words in (*done.declarations, done.note):
                if words:
                    showing.line(Text(" "), words, 2)

    def _cited(self, source: Source) -> str:
        if source.read:
            return self.say("bindings", "{cite} [read]", cite=source.cite)
        return self.say(
            "bindings", "{cite} [from memory, to be checked]", cite=source.cite
        )

    def instrument(self, text: Instrument) -> None:
        """Show one instrument, and what each state is to it."""
        self.out.rule(Text(text.title, style="bold"), align="left")
        self.out.print(text.id, style="dim")
        self.out.print(text.citation)
        self.out.print(self._cited(text.source))
        self._days(text)
        if text.no_reservations_to:
            articles = ", ".join(text.no_reservations_to)
            self.out.print(
                self.say("bindings", "No reservation to: {articles}", articles=articles)
            )
        self._statement(text.statement)
        if text.note:
            self.out.print(text.note)
        for each in text.displaced_by:
            other = self.book.instruments[each.instrument].short
            showing.line(
                Text("x", style="red"), f"{other}, {each.article}: {each.because}"
            )
        self._provisions(text)
        self._states(text)

    def _days(self, text: Instrument) -> None:
        force = text.in_force
        if force is None:
            said = self.say(
                "bindings",
                "Adopted {adopted}; since when it is in force is to be checked.",
                adopted=text.adopted,
            )
        elif force.last:
            said = self.say(
                "bindings",
                "Adopted {adopted}; in force {first} to {last}.",
                adopted=text.adopted,
                first=force.first,
                last=force.last,
            )
        else:
            said = self.say(
                "bindings",
                "Adopted {adopted}; in force since {first}.",
                adopted=text.adopted,
                first=force.first,
            )
        self.out.print(said)

    def _provisions(self, text: Instrument) -> None:
        names = [
            name for name in self.book.provisions if name.partition("/")[0] == text.id
        ]
        if names:
            showing.heading(self.say("bindings", "In the law book"))
        for name in names:
            version = self.book.versions(name)[-1]
            article = article_of(version)
            showing.line(Text("·"), f"{article}: {version.title} ({name})")

    def _states(self, text: Instrument) -> None:
        states = [
            each for each in self.book.bindings.values() if text.is_open_to(each.id)
        ]
        if not states:
            return
        showing.heading(
            self.say("bindings", "What states are to it on {day}", day=self.on)
        )
        table = Table.grid(padding=(0, 2, 0, 0))
        for each in states:
            found = binding(self.book, each.id, text.id, self.on)
            cells = list(self._cells(text, found))
            name = Text.assemble("  ", cells[0][2:3], " ", each.title)
            table.add_row(name, Text(each.id, style="dim"), *cells[2:])
        self.out.print(table)
