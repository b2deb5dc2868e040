"""What became of the acts of a folder, as a page to be read or as rows."""

from __future__ import annotations

from datetime import date

from rich.text import Text

from asylon.cli import showing
from asylon.cli.agreements import Reviewed
from asylon.cli.phrases import as_sentence
from asylon.cli.speaking import spoken
from asylon.law.agreement import Standing
from asylon.security import fingerprint
from asylon.security.signatures import grouped


class VerifyPage:
    """What became of the acts of a folder, for people and as rows."""

    def __init__(self, found: Reviewed, on: date) -> None:
        """Take the folder and the day asked about."""
        self.found, self.on = found, on
        self.words, self.say = spoken(), spoken().say

    def print_rows(self, altered: list[str]) -> None:
        """Print one object for the register, each act and each stray file."""
        register = self.found.review.register
        about = {"register": register.hash if register else None}
        showing.print_json({"kind": "register", **about, "altered": altered})
        for each in self.found.review.standings:
            act = each.act
            row = {
                "kind": "act",
                "act": each.name,
                "hash": act.hash if act else None,
                "set": getattr(act, "set", None),
                "state": self.state(each),
                "from": each.first,
                "to": each.last,
                "signed_by": [
                    {"signer": one.signer.id, "on": one.on, "key": one.key}
                    for one in each.signed
                ],
                "refusals": [why._asdict() for why in each.refusals],
                "altered": each.is_altered,
            }
            showing.print_json(row)
        for stray in self.found.review.strays:
            showing.print_json({"kind": "stray", **stray._asdict()})

    def state(self, each: Standing) -> str:
        """Name how an act stands on the day: in-force, agreed, ended or draft."""
        if each.first is None:
            return "draft"
        if each.covers(self.on):
            return "in-force"
        return "agreed" if each.first > self.on else "ended"

    def show(self, altered: list[str]) -> None:
        """Print the register, then each act with its reasons."""
        register, say = self.found.review.register, self.say
        if register:
            told = say(
                "verify",
                "Register of organisations: {fingerprint}. Compare it with the one "
                "you have on paper: it says whose keys these are.",
                fingerprint=grouped(register.hash),
            )
            showing.line(Text("·"), told, 0)
        for each in self.found.review.standings:
            self._show_act(each)
        self._show_days_stated()
        for stray in self.found.review.strays:
            showing.line(showing.failed(), stray.text, 0)
        for name in altered:
            told = say("verify", "{file} is not what its name says: altered", file=name)
            showing.line(showing.failed(), told, 0)
        if not self.found.review.standings:
            showing.console().print(say("verify", "There is no act in this folder."))

    def _show_days_stated(self) -> None:
        """Say once that no clock but the signers' own stands behind the days."""
        if self.found.review.standings:
            told = self.say(
                "verify",
                "Days of drafting and signing are as the signers state them; nobody "
                "has witnessed them.",
            )
            showing.console().print()
            showing.line(Text("·"), told, 0)

    def _show_act(self, each: Standing) -> None:
        showing.heading(each.name)
        mark = showing.failed() if each.is_draft else showing.passed()
        showing.line(mark, self._told(each))
        for why in each.refusals:
            showing.line(Text("-"), as_sentence(why.text), 2)
        for one in each.signed:
            told = self.say(
                "verify",
                "signed by {title} (`{signer}`) on {day}, key {key}",
                title=one.signer.title,
                signer=one.signer.id,
                day=self.words.day(one.on),
                key=one.key,
            )
            showing.line(Text("·"), told, 2)
        if each.act:
            told = self.say(
                "verify",
                "fingerprint of the act: {key}",
                key=fingerprint(each.act.text),
            )
            showing.line(Text("·"), told, 2)

    def _told(self, each: Standing) -> str:
        say, day = self.say, self.words.day
        if each.first is None:
            return say("verify", "draft, in force nowhere, because:")
        first = day(each.first)
        last = day(each.last) if each.last else ""
        return {
            "in-force": say("verify", "in force since {first}", first=first),
            "agreed": say("verify", "agreed, in force from {first} on", first=first),
            "ended": say(
                "verify", "was in force from {first} to {last}", first=first, last=last
            ),
        }[self.state(each)]
