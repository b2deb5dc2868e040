"""Reasons in sentences: what was found, and what follows from it.

Every message has a context and whole sentences only, so that a translator never has
to fit fragments together. Texts of law (titles, questions) come from the law book.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from asylon.languages import Catalogue, catalogue
from asylon.law import LawBook
from asylon.law.provisions import Provision
from asylon.logic.evaluation import Reason
from asylon.logic.grounding import MISSING
from asylon.logic.truth import FALSE, TRUE, UNKNOWN, Truth

Say = Callable[..., str]


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

    def lines(self, reason: Reason, depth: int = 0) -> Iterator[Line]:
        """Tell a reason and what it rests on, outermost first."""
        if reason.how in {"named", "fact", "either_way"}:
            text = self._text(reason)
            finding = reason.how == "fact"
            yield Line(depth, reason.value, text, reason.name, finding)
            depth += 1
        for part in reason.parts:
            yield from self.lines(part, depth)

    def _text(self, reason: Reason) -> str:
        if reason.how == "fact":
            return self.finding(reason.name, reason.value)
        if reason.how == "either_way":
            question = self.question(reason.name)
            message = "The outcome is the same whichever way this turns out: {question}"
            return self.say("reason, either way", message, question=question)
        title, place = self.title(reason.name)
        messages = {
            TRUE: self.say("provision holds", "{title}: yes.", title=title),
            FALSE: self.say("provision fails", "{title}: no.", title=title),
            UNKNOWN: self.say("provision open", "{title}: open.", title=title),
        }
        return self._placed(messages[reason.value], place)

    def finding(self, name: str, value: Truth) -> str:
        """Tell what was found on a fact."""
        question = self.question(name)
        messages = {
            TRUE: self.say("finding", "{question} Established.", question=question),
            FALSE: self.say("finding", "{question} Not established.", question=question),
            UNKNOWN: self.say("finding", "{question} Open.", question=question),
        }
        return messages[value]

    def question(self, name: str) -> str:
        """Give the question that a fact answers, with the entry it is asked about."""
        owner, _, last = name.rpartition(".")
        if last == MISSING:
            place, _, listed = owner.rpartition(".")
            return self._placed(self.book.lists[listed].question, place)
        return self._placed(self.book.elements[last].question, owner)

    def title(self, name: str) -> tuple[str, str]:
        """Give the title of a named formula, and the entry it is asked about."""
        place, _, last = name.rpartition(".")
        identifier, _, part = last.partition("#")
        text = self.book.text_of(identifier, self.on)
        if part and isinstance(text, Provision):
            return text.parts[part].words, place
        if isinstance(text, Provision):
            return f"{text.citation}: {text.title}", place
        return text.title, place

    def _placed(self, text: str, place: str) -> str:
        if not place:
            return text
        entry = " › ".join(place.split(".")[1::2])  # noqa: RUF001  a path, on screen
        return self.say("about an entry of a list", "[{entry}] {text}", entry=entry, text=text)

    def outcome(self, value: Truth) -> str:
        """Say what follows, with what is always to be said beside a failure."""
        met = self.say("outcome", "On these findings the definition is met.")
        open_ = self.say("outcome", "On these findings the definition is open.")
        not_met = self.say("outcome", "On these findings the definition is not met.")
        text = {TRUE: met, UNKNOWN: open_, FALSE: f"{not_met} {self.caution()}"}
        return text[value]

    def caution(self) -> str:
        """Say what a failure to meet the definition does not mean."""
        return say_caution(self.say)


def say_caution(say: Say) -> str:
    """Say what stands beside every "not met"."""
    return say(
        "beside every `not met`",
        "Complementary protection and the hold on removal are not examined here; "
        "this lifts nothing.",
    )
