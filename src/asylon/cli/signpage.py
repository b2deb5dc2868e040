"""What an act comes to, in words, before anybody signs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text

from asylon.cli import showing
from asylon.cli.agreements import Reviewed
from asylon.cli.inputs import InputError
from asylon.cli.lawchanges import (
    only_pinned,
    show_differences,
    show_document_names,
    show_touched,
)
from asylon.cli.phrases import as_sentence, notes
from asylon.cli.speaking import spoken
from asylon.determination import read_scenarios
from asylon.determination.touching import Regime, Touched, touched
from asylon.law import LawBook, Parameter, Settings, choose
from asylon.law.acts import Act, Agreement, KeyReplacement
from asylon.law.adopting import pinned
from asylon.law.agreement import Standing
from asylon.law.parameters import Chosen, ParameterSet
from asylon.law.signing import Refusal
from asylon.security import fingerprint


@dataclass(frozen=True, slots=True)
class _Law:
    """The law of an act: its book, its set, the settings on its first day."""

    book: LawBook
    settings: Settings


class SignPage:
    """Shows an act to the person who is about to sign it."""

    def __init__(self, act: Act, found: Reviewed, in_use: LawBook) -> None:
        """Take the act, the folder it lies in, and the law whose scenarios to try."""
        self.act, self.found, self.in_use = act, found, in_use
        self.words, self.say = spoken(), spoken().say

    def show(self, signer: str, key: str) -> None:
        """Print what is signed."""
        if isinstance(self.act, KeyReplacement):
            self._show_replacement(self.act)
        else:
            self._show_agreement(self.act)
        told = self.say(
            "sign",
            "`{signer}` signs with the key {key} the act {act}.",
            signer=signer,
            key=key,
            act=fingerprint(self.act.text),
        )
        showing.console().print()
        showing.line(Text("·"), told, 0)

    def _show_replacement(self, act: KeyReplacement) -> None:
        say = self.say
        showing.heading(say("sign", "What is signed: a new key"))
        rows = (
            say(
                "sign",
                "`{who}` ends its key {key} after {day}.",
                who=act.organisation,
                key=act.old_key,
                day=self.words.day(act.last),
            ),
            say(
                "sign",
                "From {day} on its key is {key}.",
                day=self.words.day(act.first),
                key=act.new_key.fingerprint,
            ),
            say("sign", "The reason given: {reason}", reason=act.reason),
        )
        for row in rows:
            showing.line(Text("·"), row)

    def _show_agreement(self, act: Agreement) -> None:
        self._refuse_what_has_no_law(act)
        new = self._law(act)
        old = self._earlier(act)
        self._show_head(act, new.settings.set)
        self._show_settings(old, new)
        self._show_documents(act, old, new)
        if old is None:
            self._show_against_shipped(act, new)
        self._show_touched(old or self._plain(new), new)
        self._show_open_points()

    def _refuse_what_has_no_law(self, act: Agreement) -> None:
        """Refuse to ask for a signature under what can never have force."""
        why = self.found.adoption.refusals(act, self.found.folder.stock)
        if why:
            message = self.say(
                "problem",
                "{act}: this cannot be agreed: {reasons}. It stays a draft.",
                act=act.name,
                reasons=notes(each.text for each in why),
            )
            raise InputError(message)

    def _law(self, act: Agreement) -> _Law:
        book = self.found.adoption.book(act, self.found.folder.stock)
        return _Law(book, choose(book, book.sets[act.set], act.first))

    def _earlier(self, act: Agreement) -> _Law | None:
        """Give the law of the act that is superseded, on the new act's first day."""
        for each in self.found.review.standings:
            theirs = each.act
            superseded = theirs is not None and theirs.hash == act.supersedes
            if superseded and isinstance(theirs, Agreement) and not each.is_draft:
                book = self.found.adoption.book(theirs, self.found.folder.stock)
                return _Law(book, choose(book, book.sets[theirs.set], act.first))
        return None

    def _plain(self, new: _Law) -> _Law:
        """Give the Convention's plain reading, for want of an earlier act."""
        plain = {
            name: Chosen(each.plain, "plain")
            for name, each in new.book.parameters.items()
        }
        settings = Settings(new.settings.set, new.settings.on, plain)
        return _Law(new.book, settings)

    def _show_head(self, act: Agreement, chosen: ParameterSet) -> None:
        say = self.say
        showing.heading(say("sign", "What is signed"))
        told = say(
            "sign",
            "The set `{set}` ({title}), to be in force from {day}.",
            set=chosen.id,
            title=self.words.law("set", chosen.title),
            day=self.words.day(act.first),
        )
        showing.line(Text("·"), told)
        standing = self._standing()
        for each in standing.signed if standing else ():
            told = say(
                "sign",
                "Signed already by {title} on {day}.",
                title=each.signer.title,
                day=self.words.day(each.on),
            )
            showing.line(Text("·"), told)

    def _standing(self) -> Standing | None:
        standings = self.found.review.standings
        return next((each for each in standings if each.name == self.act.name), None)

    def _show_settings(self, old: _Law | None, new: _Law) -> None:
        say = self.say
        against_act = say("sign", "What changes against the act that it supersedes")
        against_text = say(
            "sign", "What it says against the Convention's plain reading"
        )
        showing.heading(against_act if old else against_text)
        before = (old or self._plain(new)).settings.values
        changed = [
            name
            for name, value in new.settings.values.items()
            if before.get(name) != value
        ]
        for name in changed:
            self._show_setting(new.book.parameters[name], before.get(name, ""), new)
        if not changed:
            showing.line(Text("·"), say("sign", "No parameter has another value."))

    def _show_setting(self, parameter: Parameter, before: str, new: _Law) -> None:
        chosen = new.settings.chosen[parameter.id]
        head = self.say(
            "sign",
            "{title}: {old} → {new}",
            title=self.words.law("parameter", parameter.title),
            old=before or "—",
            new=chosen.value,
        )
        showing.line(Text("≠", "yellow"), head)
        if before in parameter.values:
            meaning = self.words.law("value", parameter.values[before].meaning)
            meant = self.say("sign", "before: {meaning}", meaning=meaning)
            showing.line(Text("-", "red"), meant, 2)
        meaning = self.words.law("value", parameter.values[chosen.value].meaning)
        meant = self.say("sign", "now: {meaning}", meaning=meaning)
        showing.line(Text("+", "green"), meant, 2)
        cited = chosen.setting.source if chosen.setting else None
        if cited:
            read = self.say("sign", "source: {cite}", cite=cited.cite)
            unread = self.say("sign", "source (from memory): {cite}", cite=cited.cite)
            showing.line(Text("·"), read if cited.read else unread, 2)

    def _show_documents(self, act: Agreement, old: _Law | None, new: _Law) -> None:
        say = self.say
        showing.heading(say("sign", "The law documents"))
        told = say(
            "sign",
            "{count} documents are pinned, byte for byte.",
            count=self.words.number(len(act.documents)),
        )
        showing.line(Text("·"), told)
        if old is None:
            return
        before = pinned(old.book)
        if before == act.documents:
            showing.line(Text("·"), say("sign", "They are those of the act before."))
            return
        show_document_names(before, act.documents)
        show_differences(old.book, new.book)

    def _show_against_shipped(self, act: Agreement, new: _Law) -> None:
        """Say what a first act changes in the law that ships, and whom that touches."""
        say, shipped = self.say, self.found.adoption.shipped
        showing.heading(say("sign", "Against the law that ships"))
        before = pinned(shipped)
        if before == act.documents:
            told = say("sign", "The documents are exactly those that ship.")
            showing.line(Text("·"), told)
            return
        told = say("sign", "The documents are not those that ship. These differ:")
        showing.line(Text("!", "yellow"), told)
        show_document_names(before, act.documents)
        show_differences(only_pinned(shipped), new.book)
        show_touched(self._touched(self._shipped(act, new), new))

    def _shipped(self, act: Agreement, new: _Law) -> _Law:
        """Give the shipped law's set of that name, or else its plain reading."""
        book = self.found.adoption.shipped
        if act.set not in book.sets:
            return self._plain(_Law(book, new.settings))
        day = max(act.first, book.first_day)
        return _Law(book, choose(book, book.sets[act.set], day))

    def _touched(self, old: _Law, new: _Law) -> Touched:
        """Try the claims that ship first: a law folder may lack or change its own."""
        shipped = self.found.adoption.shipped
        scenarios = read_scenarios(shipped)
        if self.in_use is not shipped:
            scenarios += read_scenarios(self.in_use)
        before, after = Regime(old.book, old.settings), Regime(new.book, new.settings)
        return touched(scenarios, before, after)

    def _show_touched(self, old: _Law, new: _Law) -> None:
        say = self.say
        showing.heading(say("sign", "Whom it can touch"))
        show_touched(self._touched(old, new))
        for text in (
            say("sign", "Nobody's status changes by this act."),
            say(
                "sign",
                "No claim made before its first day is touched to its disadvantage: "
                "the more protective result stands.",
            ),
        ):
            showing.line(Text("·"), text)

    def _show_open_points(self) -> None:
        """Say what would still keep the act a draft once this signature is there."""
        standing = self._standing()
        why: Sequence[Refusal] = standing.refusals if standing else ()
        if why:
            showing.heading(
                self.say("sign", "Before this signature it is a draft, because")
            )
        for each in why:
            showing.line(Text("-"), as_sentence(each.text))
