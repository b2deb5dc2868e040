"""What the law book answered in a claim by itself, told with its sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.text import Text

from asylon.cli import showing
from asylon.cli.speaking import spoken
from asylon.determination import Determination, Narrator
from asylon.law import LawBook
from asylon.law.countries import CountryFinding, Declaration
from asylon.law.provisions import Source
from asylon.logic.truth import TRUE, UNKNOWN


@dataclass(frozen=True, slots=True)
class LawBookAnswers:
    """The country findings and declarations that answer, or would, in one claim."""

    book: LawBook
    found: Determination
    narrator: Narrator

    def as_row(self) -> dict[str, object]:
        """Give them as fields of a JSON object."""
        return {
            "by_law_book": self.found.by_law_book,
            "country_findings": [_row(each) for each in self._used()],
            "would_answer": [
                {
                    "finding": each.finding,
                    "answers": dict(each.answers),
                    "if_found": dict(each.if_found),
                }
                for each in self.found.would_answer
            ],
        }

    def _used(self) -> Iterator[CountryFinding | Declaration]:
        for each in dict.fromkeys(self.found.by_law_book.values()):
            declaration = self.book.declarations.get(each)
            yield declaration or self.book.country_findings[each]

    def show(self) -> None:
        """Print them for a person."""
        say = self.narrator.say
        used = list(self._used())
        if used:
            showing.heading(
                say("heading", "Answered by the law book, from drafts nobody adopted")
            )
        for each in used:
            self._show_used(each)
        if self.found.would_answer:
            showing.heading(
                say("heading", "The law book would answer if this is found in the case")
            )
        for would in self.found.would_answer:
            text = say(
                "country finding that would answer",
                "Then by {finding}: {title}",
                finding=would.finding,
                title=_title(self.book.country_findings[would.finding]),
            )
            for name, value in would.if_found:
                showing.line(showing.sign(value), self.narrator.question(name))
            showing.line(Text("→"), text, 2)

    def _show_used(self, each: CountryFinding | Declaration) -> None:
        say = self.narrator.say
        first = spoken().day(each.days.first)
        told = {"id": each.id, "title": _title(each), "first": first}
        text = say("law book", "{id}: {title}, from {first}", **told)
        if each.days.last:
            last = spoken().day(each.days.last)
            text = say(
                "law book", "{id}: {title}, from {first} to {last}", **told, last=last
            )
        is_against = isinstance(each, CountryFinding) and each.adverse
        showing.line(showing.sign(UNKNOWN if is_against else TRUE), text)
        showing.line(Text("·"), _edition(each), 2)
        for source in _sources(each):
            read = say("source", "{cite} (read)", cite=source.cite)
            memory = say(
                "source", "{cite} (from memory, to be checked)", cite=source.cite
            )
            showing.line(Text("·"), read if source.read else memory, 2)


def _title(each: CountryFinding | Declaration) -> str:
    if isinstance(each, Declaration):
        return spoken().law("declaration", each.title)
    return spoken().law("country finding", each.title)


def _edition(each: CountryFinding | Declaration) -> str:
    return each.instrument if isinstance(each, Declaration) else each.edition


def _sources(each: CountryFinding | Declaration) -> tuple[Source, ...]:
    return (each.source,) if isinstance(each, Declaration) else each.sources


def _row(each: CountryFinding | Declaration) -> dict[str, object]:
    return {
        "id": each.id,
        "title": _title(each),
        "from": each.days.first,
        "to": each.days.last,
        "edition": _edition(each),
        "sources": [
            {"cite": source.cite, "read": source.read} for source in _sources(each)
        ],
    }
