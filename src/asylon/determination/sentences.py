"""Reasons in sentences: what was found, and what follows from it.

Every message has a context and whole sentences only, so that a translator never has
to fit fragments together. Texts of law (titles, questions) come from the law book.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from asylon.determination.claims import Finding
from asylon.languages import Catalogue, catalogue
from asylon.law import LawBook
from asylon.law.provisions import Provision
from asylon.logic.evaluation import Reason
from asylon.logic.grounding import MISSING
from asylon.logic.truth import FALSE, TRUE, UNKNOWN, Truth


@dataclass(frozen=True, slots=True)
class Line:
    """One reason in words, with how deep it stands under what it supports."""

    depth: int
    value: Truth
    text: str
    name: str
    is_finding: bool


class Narrator:
    """Puts reasons and findings into words of one language."""

    def __init__(
        self, book: LawBook, on: date, language: Catalogue | None = None
    ) -> None:
        """Take the law book, the day whose texts are told, and the language."""
        self.book, self.on = book, on
        self.say = (language or catalogue()).say

    def lines(self, reason: Reason, findings: Mapping[str, Finding]) -> Iterator[Line]:
        """Tell a reason and what it rests on, outermost first.

        What was told already is only named again.

        Args:
            reason: what to tell.
            findings: the claim's, to say which layer answered.
        """
        yield from self._lines(reason, findings, 0, set())

    def _lines(
        self,
        reason: Reason,
        findings: Mapping[str, Finding],
        depth: int,
        told: set[Reason],
    ) -> Iterator[Line]:
        parts = reason.parts
        if reason.name:
            text = self.told(reason, findings.get(reason.name))
            if reason in told and parts:
                text = self.say("told already", "{text} (As above.)", text=text)
                parts = ()
            told.add(reason)
            yield Line(depth, reason.value, text, reason.name, reason.how == "fact")
            depth += 1
        for part in parts:
            yield from self._lines(part, findings, depth, told)

    def told(self, reason: Reason, finding: Finding | None) -> str:
        """Tell one reason, without what it rests on."""
        if reason.how == "fact":
            return self.finding(reason.name, reason.value, finding)
        if reason.how == "either_way":
            question = self.question(reason.name)
            return self.say(
                "reason, either way",
                "The outcome is the same whichever way this turns out: {question}",
                question=question,
            )
        title, place = self.title(reason.name)
        messages = {
            TRUE: self.say("provision holds", "{title}: yes.", title=title),
            FALSE: self.say("provision fails", "{title}: no.", title=title),
            UNKNOWN: self.say("provision open", "{title}: open.", title=title),
        }
        return self._placed(messages[reason.value], place)

    def finding(self, name: str, value: Truth, finding: Finding | None = None) -> str:
        """Tell what was found on a fact, and who found it where no officer did."""
        question = self.question(name)
        messages = {
            TRUE: self.say("finding", "{question} Established.", question=question),
            FALSE: self.say(
                "finding", "{question} Not established.", question=question
            ),
            UNKNOWN: self.say("finding", "{question} Open.", question=question),
        }
        text = messages[value]
        if finding is None or value is UNKNOWN or finding.layer == "officer":
            return text
        return self._with_layer(text, finding)

    def _with_layer(self, text: str, finding: Finding) -> str:
        if finding.by:
            return self._by_law_book(text, finding.by)
        messages = {
            "country": self.say(
                "layer", "{text} (By a country finding of the law book.)", text=text
            ),
            "presumption": self.say(
                "layer", "{text} (By a presumption of the law book.)", text=text
            ),
            "assumed": self.say(
                "layer", "{text} (Taken as given; not discussed.)", text=text
            ),
        }
        return messages[finding.layer]

    def _by_law_book(self, text: str, by: str) -> str:
        declaration = self.book.declarations.get(by)
        if declaration:
            return self.say(
                "layer",
                "{text} (By the declaration {id}: {title}.)",
                text=text,
                id=by,
                title=declaration.title,
            )
        return self.say(
            "layer",
            "{text} (By the country finding {id}: {title}.)",
            text=text,
            id=by,
            title=self.book.country_findings[by].title,
        )

    def question(self, name: str) -> str:
        """Give the question that a fact answers, with the entry it is asked about."""
        owner, _, last = name.rpartition(".")
        if last == MISSING:
            place, _, kept = owner.rpartition(".")
            return self._placed(self.book.lists[kept].question, place)
        return self._placed(self.book.elements[last].question, owner)

    def title(self, name: str) -> tuple[str, str]:
        """Give the title of a named formula, and the entry it is asked about."""
        place, _, last = name.rpartition(".")
        identifier, _, part = last.partition("#")
        text = self.book.text_of(identifier, self.on)
        if part and isinstance(text, Provision):
            return text.parts[part].title, place
        if isinstance(text, Provision):
            cite, title = text.short_citation, text.title
            return self.say(
                "provision", "{citation} · {title}", citation=cite, title=title
            ), place
        return text.title, place

    def _placed(self, text: str, place: str) -> str:
        if not place:
            return text
        entry = " › ".join(place.split(".")[1::2])  # noqa: RUF001  a path, on screen
        return self.say(
            "about an entry of a list", "[{entry}] {text}", entry=entry, text=text
        )

    def outcome(self, value: Truth, protection_of: tuple[str, ...] = ()) -> str:
        """Say what follows, with what is always to be said beside a failure."""
        if value is FALSE and protection_of:
            text = self.say(
                "outcome",
                "On these findings the definition fails on one point only: protection "
                "of {countries} is available. Protection against every other state "
                "stands.",
                countries=", ".join(protection_of),
            )
            return f"{text} {self.caution()}"
        met = self.say("outcome", "On these findings the definition is met.")
        open_ = self.say("outcome", "On these findings the definition is open.")
        not_met = self.say("outcome", "On these findings the definition is not met.")
        return {TRUE: met, UNKNOWN: open_, FALSE: f"{not_met} {self.caution()}"}[value]

    def caution(self) -> str:
        """Say what a failure to meet the definition does not mean."""
        return self.say(
            "beside every `not met`",
            "Complementary protection and the hold on removal are not examined here; "
            "this lifts nothing.",
        )
