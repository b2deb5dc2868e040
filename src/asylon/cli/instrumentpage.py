"""One instrument, and what each state is to it, as a page to be read."""

from __future__ import annotations

from rich.text import Text

from asylon.cli import showing
from asylon.cli.bindingpage import BindingPage, table_of_standings
from asylon.cli.phrases import cited, name_and_id, state
from asylon.cli.wrapping import Prose
from asylon.law.bindings import binding
from asylon.law.register import Instrument, article_of


class InstrumentPage(BindingPage):
    """What one instrument is, and whom it binds on a day, as a page."""

    def instrument(self, text: Instrument) -> None:
        """Print the page."""
        self.head(self.short(text), text.id)
        for each in (
            self.words.law("instrument title", text.title),
            text.citation,
            cited(text.source),
            self._days(text),
        ):
            showing.line(Text("·"), each, 0)
        if text.no_reservations_to:
            articles = self.words.listed(text.no_reservations_to)
            said = self.say(
                "bindings", "No reservation to: {articles}", articles=articles
            )
            showing.line(Text("·"), said, 0)
        self.statement(self.words.law("statement", text.statement))
        if text.note:
            showing.line(Text(" "), self.words.law("note", text.note), 0)
        if text.displaced_by:
            showing.heading(
                self.say("bindings", "Displaced: shown, without effect on any result")
            )
        for displacing in text.displaced_by:
            self.displacing(displacing, text.parties[0])
        self._provisions(text)
        self._states(text)

    def _days(self, text: Instrument) -> str:
        force, day, adopted = (
            text.in_force,
            self.words.day,
            self.words.day(text.adopted),
        )
        if force is None and not text.binds_states:
            return self.say("bindings", "Adopted {adopted}.", adopted=adopted)
        if force is None:
            return self.say(
                "bindings",
                "Adopted {adopted}; since when it is in force is to be checked.",
                adopted=adopted,
            )
        if force.last is None:
            return self.say(
                "bindings",
                "Adopted {adopted}; in force since {first}.",
                adopted=adopted,
                first=day(force.first),
            )
        return self.say(
            "bindings",
            "Adopted {adopted}; in force from {first} to {last}.",
            adopted=adopted,
            first=day(force.first),
            last=day(force.last),
        )

    def _provisions(self, text: Instrument) -> None:
        names = [
            name for name in self.book.provisions if name.partition("/")[0] == text.id
        ]
        if names:
            showing.heading(self.say("bindings", "In the law book"))
        for name in names:
            version = self.book.versions(name)[-1]
            title = self.say(
                "provision, as a heading",
                "{citation}: {title}",
                citation=self.words.law("citation", article_of(version)),
                title=self.words.law("title", version.title),
            )
            showing.line(Text("·"), name_and_id(title, name))

    def _states(self, text: Instrument) -> None:
        states = [
            each for each in self.book.bindings.values() if text.is_open_to(each.id)
        ]
        if not states:
            return
        showing.heading(
            self.say("bindings", "States on {day}", day=self.words.day(self.on))
        )
        table = table_of_standings()
        for each in states:
            found = binding(self.book, each.id, text.id, self.on)
            sign, code = self.sign(text, found), Text(each.id, "dim")
            cells = self.cells(text, found)
            table.add_row(sign, Prose(state(each.id, each.title)), code, *cells)
        self.out.print(table)
