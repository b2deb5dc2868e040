"""What an act comes to, in words, before anybody signs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text

from asylon.cli import showing
from asylon.cli.agreements import Reviewed
from asylon.cli.inputs import InputError
from asylon.cli.phrases import as_sentence, notes
from asylon.cli.speaking import spoken
from asylon.determination import read_scenarios
from asylon.determination.touching import Regime, Touched, touched
from asylon.law import LawBook, Parameter, Settings, choose
from asylon.law.acts import Act, Agreement, KeyReplacement
from asylon.law.agreement import Standing
from asylon.law.parameters import Chosen, ParameterSet
from asylon.law.signing import Refusal
from asylon.security import fingerprint

_FEW = 3


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
        self._show_documents(act)
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

    def _show_documents(self, act: Agreement) -> None:
        before: dict[str, str] = {}
        for each in self.found.review.standings:
            if isinstance(each.act, Agreement) and each.act.hash == act.supersedes:
                before = dict(each.act.documents)
        say = self.say
        showing.heading(say("sign", "The law documents"))
        told = say(
            "sign",
            "{count} documents are pinned, byte for byte.",
            count=self.words.number(len(act.documents)),
        )
        showing.line(Text("·"), told)
        if not before:
            return
        changes = (
            ("+", [name for name in act.documents if name not in before]),
            ("-", [name for name in before if name not in act.documents]),
            (
                "≠",
                [
                    name
                    for name, digest in act.documents.items()
                    if before.get(name, digest) != digest
                ],
            ),
        )
        for mark, names in changes:
            for name in names:
                showing.line(Text(mark), name, 2)
        if not any(names for _, names in changes):
            showing.line(Text("·"), say("sign", "They are those of the act before."))

    def _show_touched(self, old: _Law, new: _Law) -> None:
        say = self.say
        before, after = Regime(old.book, old.settings), Regime(new.book, new.settings)
        found = touched(read_scenarios(self.in_use), before, after)
        showing.heading(say("sign", "Whom it can touch"))
        told = say(
            "sign",
            "Of the {count} invented claims that come with the law:",
            count=self.words.number(found.tried),
        )
        showing.line(Text("·"), told)
        self._show_groups(found)
        for text in (
            say("sign", "Nobody's status changes by this act."),
            say(
                "sign",
                "No claim made before its first day is touched to its disadvantage: "
                "the more protective result stands.",
            ),
        ):
            showing.line(Text("·"), text)

    def _show_groups(self, found: Touched) -> None:
        say = self.say
        towards, away, again = (
            self.words.number(len(titles))
            for titles in (found.towards, found.away, found.again)
        )
        towards = say("sign", "{count} would move towards protection", count=towards)
        away = say("sign", "{count} would move away from it", count=away)
        again = say("sign", "{count} would need findings made again", count=again)
        groups = (
            (showing.passed(), towards, found.towards),
            (showing.failed(), away, found.away),
            (Text("?", "yellow"), again, found.again),
        )
        for mark, text, titles in groups:
            showing.line(mark if titles else Text("·"), text, 2)
            self._show_titles(titles)

    def _show_titles(self, titles: Sequence[str]) -> None:
        for title in titles[:_FEW]:
            showing.line(Text("·"), f"“{title}”", 3)
        if len(titles) > _FEW:
            left = self.words.number(len(titles) - _FEW)
            more = self.say("end of a list", "and {count} more", count=left)
            showing.line(Text("·"), more, 3)

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
