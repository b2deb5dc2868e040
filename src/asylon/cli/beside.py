"""What stands beside the definition in one claim, told with what binds whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rich.text import Text

from asylon.cli import showing
from asylon.cli.phrases import notes
from asylon.determination import Determination, Examiner, Narrator, Protection
from asylon.determination.protections import complementary
from asylon.law import LawBook
from asylon.law.bindings import cited_as_binding
from asylon.logic.truth import UNKNOWN, Truth


@dataclass
class Beside:
    """The protections beside the definition, examined on the findings of one claim."""

    book: LawBook
    found: Determination
    narrator: Narrator

    @cached_property
    def examined(self) -> tuple[Protection, ...]:
        """What follows for each protection: first what binds the state that is asked."""
        examined = Examiner(self.book).examine(self.found.claim, self.found.settings)
        return tuple(sorted(examined, key=lambda each: -self._binds(each).rank))

    def as_row(self) -> dict[str, object]:
        """Give them as fields of a JSON object."""
        owed = [each for each in self.examined if each.kind == "complementary"]
        return {
            "complementary": dict(complementary(self.found.claim, tuple(owed))),
            "beside_the_definition": [
                {
                    "provision": each.provision,
                    "kind": each.kind,
                    "value": each.value,
                    "binds": self._binds(each),
                }
                for each in self.examined
            ],
        }

    def _binds(self, each: Protection) -> Truth:
        settings = self.found.settings
        jurisdiction = settings.set.jurisdiction
        return cited_as_binding(self.book, jurisdiction, each.provision, settings.on)

    def show(self) -> None:
        """Print them for a person: what is settled line by line, what is open together."""
        say = self.narrator.say
        showing.heading(say("heading", "Beside the definition"))
        for each in self.examined:
            if each.value.is_settled:
                showing.line(showing.sign(each.value), self._told(each))
        open_ = [each for each in self.examined if each.value is UNKNOWN]
        if open_:
            text = say(
                "beside the definition",
                "Not settled on these findings, and to be asked: {provisions}.",
                provisions=notes(self._cited(open_)),
            )
            showing.line(showing.sign(UNKNOWN), text)
        showing.line(Text("·"), self.narrator.caution())

    def _cited(self, protections: Sequence[Protection]) -> list[str]:
        law = self.narrator.words.law
        on = self.found.settings.on
        return [
            law("citation", self.book.provision(each.provision, on).citation)
            for each in protections
        ]

    def _told(self, each: Protection) -> str:
        state = self.found.settings.set.jurisdiction
        return self.narrator.protection(each.provision, state, self._binds(each))
