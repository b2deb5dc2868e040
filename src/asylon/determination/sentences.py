"""Reasons in sentences: what was found, and what follows from it.

Every message has a context and whole sentences only, so that a translator never has
to fit fragments together. Texts of law (titles, questions) come from the law book, in
the reader's language where they are translated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from asylon.determination.claims import Finding
from asylon.determination.flat_names import ORIGIN, OTHER, PLACE
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
        self.words = language or catalogue()
        self.say = self.words.say

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
            question = self.book.lists[kept].question
            return self._placed(self.words.law("question", question), place)
        question = self.book.elements[last].question
        return self._placed(self.words.law("question", question), owner)

    def short(self, name: str) -> str:
        """Name a fact in a few words, with the entry it is about."""
        path = name.split(".")
        entries = path[1:-1:2]
        if path[-1] == MISSING:
            title = self.words.law("list", self.book.lists[path[-2]].title)
            short = self.say(
                "a list in few words", "whether more belong to: {list}", list=title
            )
        else:
            short = self.words.named("element", path[-1])
        if not entries:
            return short
        return self.say(
            "a finding in few words",
            "{finding} ({entry})",
            finding=short,
            entry=" › ".join(map(self.entry, entries)),  # noqa: RUF001  a path, on screen
        )

    def entry(self, name: str) -> str:
        """Name an entry of a list: a state, or what the claim calls it."""
        known = {
            OTHER: self.say("entry of a list", "another country"),
            ORIGIN: self.say("entry of a list", "country of origin"),
            PLACE: self.say("entry of a list", "another place"),
        }
        return known.get(name) or self.words.place(name)

    def title(self, name: str) -> tuple[str, str]:
        """Give the title of a named formula, and the entry it is asked about."""
        place, _, last = name.rpartition(".")
        identifier, _, part = last.partition("#")
        text = self.book.text_of(identifier, self.on)
        if not isinstance(text, Provision):
            return self.words.law("list", text.title), place
        if part:
            return self.words.law("part", text.parts[part].title), place
        told = self.say(
            "provision",
            "{citation} · {title}",
            citation=self.words.law("citation", text.short_citation),
            title=self.words.law("title", text.title),
        )
        return told, place

    def protection(self, provision: str, state: str, binds: Truth) -> str:
        """Name a protection, and say whether it binds a state where that is known."""
        version = self.book.provision(provision, self.on)
        told = {
            "citation": self.words.law("citation", version.citation),
            "title": self.words.law("title", version.title),
            "state": self.words.place(state),
        }
        bound = self.say(
            "beside the definition", "{citation}: {title}. It binds {state}.", **told
        )
        open_ = self.say("beside the definition", "{citation}: {title}.", **told)
        free = self.say(
            "beside the definition",
            "{citation}: {title}. It does not bind {state}.",
            **told,
        )
        return {TRUE: bound, UNKNOWN: open_, FALSE: free}[binds]

    def _placed(self, text: str, place: str) -> str:
        if not place:
            return text
        entries = map(self.entry, place.split(".")[1::2])
        return self.say(
            "about an entry of a list",
            "[{entry}] {text}",
            entry=" › ".join(entries),  # noqa: RUF001  a path, on screen
            text=text,
        )

    def outcome(self, value: Truth, protection_of: tuple[str, ...] = ()) -> str:
        """Say what follows, with what is always to be said beside a failure."""
        if value is FALSE and protection_of:
            text = self.say(
                "outcome",
                "On these findings the definition fails on one point only: protection "
                "of {countries} is available. Protection against every other state "
                "stands.",
                countries=self.words.names(
                    [self.entry(each) for each in protection_of]
                ),
            )
            return self._with_caution(text)
        met = self.say("outcome", "On these findings the definition is met.")
        open_ = self.say("outcome", "On these findings the definition is open.")
        not_met = self.say("outcome", "On these findings the definition is not met.")
        not_met = self._with_caution(not_met)
        return {TRUE: met, UNKNOWN: open_, FALSE: not_met}[value]

    def _with_caution(self, text: str) -> str:
        return self.say(
            "two sentences", "{first} {second}", first=text, second=self.caution()
        )

    def caution(self) -> str:
        """Say what a failure to meet the definition does not mean."""
        return self.say(
            "beside every `not met`",
            "What stands beside the definition is examined apart, and the hold on "
            "removal stands: this lifts nothing.",
        )


def tree(
    reason: Reason, findings: Mapping[str, Finding], narrator: Narrator
) -> dict[str, object]:
    """Give a reason, and what it rests on, as the fields of a JSON object.

    Args:
        reason: what to tell.
        findings: the claim's, to say which layer answered.
        narrator: puts it into words.
    """
    row: dict[str, object] = {"how": reason.how, "value": reason.value}
    if reason.name:
        row["name"] = reason.name
        row["says"] = narrator.told(reason, findings.get(reason.name))
    if reason.needed:
        row["needed"] = reason.needed
    if reason.parts:
        row["parts"] = [tree(part, findings, narrator) for part in reason.parts]
    return row
