"""The law that a claim was determined by, and what standing it has."""

from __future__ import annotations

from rich.text import Text

from asylon.cli import showing
from asylon.cli.agreements import Acts, status
from asylon.cli.speaking import spoken
from asylon.determination import Determination, Narrator
from asylon.law import LawBook


def narrator(book: LawBook, found: Determination) -> Narrator:
    """Get who tells a determination, in the language of the command."""
    return Narrator(book, found.settings.on, spoken())


def applied_law(
    found: Determination, book: LawBook, acts: Acts | None = None
) -> dict[str, str]:
    """Say by which law a claim was determined, and what standing it has."""
    settings = found.settings
    return {
        "provision": found.provision,
        "set": settings.set.id,
        "on": settings.on.isoformat(),
        "status": status(settings, acts),
        "hash": book.hash,
    }


class AppliedLaw:
    """The law applied to one claim, in words."""

    def __init__(
        self,
        book: LawBook,
        found: Determination,
        narrator: Narrator,
        acts: Acts | None = None,
    ) -> None:
        """Take the determination, who tells it, and the acts that give law force."""
        self.book, self.found, self.acts = book, found, acts
        self.words, self.say = narrator.words, narrator.say

    def show_earlier(self) -> None:
        """Print what an earlier act leaves standing, if one does."""
        earlier = self.acts.stands_by_earlier(self.found) if self.acts else None
        if earlier:
            sign = showing.sign(earlier.result.definition)
            showing.line(sign, earlier.told(), 0)

    def show(self) -> None:
        """Print the provision, the set, the day, and the set's standing."""
        settings = self.found.settings
        provision = self.book.provision(self.found.provision, settings.on)
        text = self.say(
            "law applied",
            "{citation}, set `{set}` ({title}) as of {day}. The set is a draft, in "
            "force nowhere.",
            citation=self.words.law("citation", provision.citation),
            set=settings.set.id,
            title=self.words.law("set", settings.set.title),
            day=self.words.day(settings.on),
        )
        showing.paragraph(self._with_standing(text))

    def _with_standing(self, text: str) -> str:
        """Say that a set is in force instead, where an act says so."""
        settings = self.found.settings
        found = self.acts.applied(settings) if self.acts else None
        if found is None or found.first is None:
            return text
        provision = self.book.provision(self.found.provision, settings.on)
        return self.say(
            "law applied",
            "{citation}, set `{set}` ({title}) as of {day}. The set is in force since "
            "{since}, signed by {signers}.",
            citation=self.words.law("citation", provision.citation),
            set=settings.set.id,
            title=self.words.law("set", settings.set.title),
            day=self.words.day(settings.on),
            since=self.words.day(found.first),
            signers=self.words.names([one.signer.title for one in found.signed]),
        )

    def show_settings(self) -> None:
        """Print every point that is settled, and who settles it."""
        showing.heading(self.say("heading", "Points on which courts and states differ"))
        plain = self.say("who settles a point", "the Convention's plain reading")
        file = self.say("who settles a point", "the file itself")
        for name, chosen in self.found.settings.chosen.items():
            source = file if chosen.by == "file" else plain
            if chosen.setting:
                source = chosen.setting.source.cite
            text = self.say(
                "a setting and who settles it",
                "{parameter} = {value} ({source})",
                parameter=name,
                value=chosen.value,
                source=source,
            )
            showing.line(Text("·"), text)
