"""`asylon explain`: one claim, element by element."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.text import Text

from asylon.cli import showing
from asylon.cli.agreements import Acts
from asylon.cli.appliedlaw import AppliedLaw, applied_law, narrator
from asylon.cli.beside import Beside
from asylon.cli.countries import LawBookAnswers
from asylon.cli.inputs import InputError, check_set, read_day, read_file, read_law
from asylon.cli.points import PointsOfLaw
from asylon.cli.selecting import chosen_entries, with_law
from asylon.determination import (
    Decision,
    Determination,
    Determiner,
    Refused,
    read_entries,
)
from asylon.determination.notices import Herald
from asylon.determination.sentences import tree
from asylon.law import LawBook
from asylon.logic.questions import Found
from asylon.logic.truth import FALSE, TRUE, UNKNOWN


@dataclass(frozen=True, slots=True)
class Options:
    """What the command was asked."""

    id: str | None = None
    set: str | None = None
    on: str | None = None
    strict: bool = False
    whole: bool = False
    as_json: bool = False
    law: Path | None = None
    agreements: Path | None = None


def explain(file: Path, options: Options) -> int:
    """Explain the claims of a file, or the one that is named."""
    book = read_law(options.law)
    check_set(book, options.set)
    day = read_day(options.on, book)
    text = read_file(file)
    entries = list(
        with_law(_entries(text, file, book, strict=options.strict), file, book, day)
    )
    chosen = chosen_entries(entries, options.id, file)
    determiner, acts = Determiner(book), Acts(options.agreements, book)
    for entry in chosen:
        if isinstance(entry, Refused):
            showing.complain(entry.problem)
            continue
        on = day or entry.claim.on or showing.today()
        found = determiner.determine(entry.claim, set_id=options.set, on=on)
        explanation = Explanation(book, determiner, found, options, acts)
        if options.as_json:
            showing.print_json(explanation.as_row())
        else:
            explanation.show(entry)
    refused = sum(isinstance(entry, Refused) for entry in chosen)
    if refused == len(chosen):
        return 2
    return 1 if refused else 0


def _entries(
    text: bytes, file: Path, book: LawBook, *, strict: bool
) -> Iterator[Decision | Refused]:
    """Read a file of claims, or one of a case that was taken away."""
    if not (text.lstrip().startswith(b"{") and b'"format"' in text):
        return read_entries(text, str(file), book, strict=strict)
    from asylon.casework import File
    from asylon.casework.takeaway import entries
    from asylon.identity import RecordError

    try:
        return entries(File.from_json(text.decode(errors="replace")), book)
    except RecordError as error:
        # The names of what cannot be read stand in the file itself.
        message = f"{file}: {error}"
        raise InputError(message) from None


class Explanation:
    """One determination in words."""

    def __init__(
        self,
        book: LawBook,
        determiner: Determiner,
        found: Determination,
        options: Options,
        acts: Acts | None = None,
    ) -> None:
        """Take the determination, how to tell it, and the acts that give law force."""
        self.acts = acts
        self.book, self.determiner, self.found = book, determiner, found
        self.whole = options.whole
        self.narrator = narrator(book, found)
        self.words, self.say = self.narrator.words, self.narrator.say
        self.herald = Herald(self.words)
        self.law = AppliedLaw(book, found, self.narrator, acts)
        self.answers = LawBookAnswers(book, found, self.narrator)
        self.beside = Beside(book, found, self.narrator)
        self.points = PointsOfLaw(determiner, found, self.narrator)

    def as_row(self) -> dict[str, object]:
        """Give the explanation as the fields of its JSON object."""
        found, answer = self.found, self.found.answer
        return {
            "id": found.claim.id,
            "definition": answer.value,
            "says": self.narrator.outcome(answer.value, found.protection_of),
            "reasons": tree(answer.reason, found.claim.findings, self.narrator),
            "carried_by": self._asked(answer.carried_by),
            "decisive": [self.narrator.question(name) for name in answer.decisive],
            "to_establish": self._asked(answer.to_establish),
            "to_defeat": self._asked(answer.to_defeat),
            "closed": {"value": found.closed.value, "rules": found.closed.rules},
            **self.points.as_row(),
            "barred_by": found.barred_by,
            "outcome": found.outcome,
            **self.beside.as_row(),
            **self.answers.as_row(),
            "law": applied_law(found, self.book, self.acts),
            "warnings": [self.herald.notice(each) for each in found.warnings],
            "beside": self.narrator.caution(),
        }

    def _asked(self, findings: Iterable[Found]) -> list[str]:
        return [self.narrator.finding(name, value) for name, value in findings]

    def show(self, decision: Decision) -> None:
        """Print the explanation for a person."""
        out, found = showing.console(), self.found
        title = Text(f"{found.claim.id}  {decision.name}", style="bold")
        out.rule(title, align="left")
        self.law.show()
        out.print()
        says = self.narrator.outcome(found.definition, found.protection_of)
        showing.line(showing.sign(found.definition), says, indent=0)
        self.law.show_earlier()
        self._show_beside()
        self._show_what_matters()
        self._show_tree()
        self.answers.show()
        self._show_closing()
        self._show_again()
        self.beside.show()
        self.points.show()
        if self.whole:
            self.law.show_settings()
        self._show_warnings()

    def _show_beside(self) -> None:
        for identifier, value in self.found.barred_by.items():
            name = self.words.named("bar", identifier)
            applies = self.say(
                "bar", "A bar of national law applies: {name}.", name=name
            )
            may = self.say("bar", "A bar of national law may apply: {name}.", name=name)
            told = applies if value is TRUE else may
            showing.line(showing.sign(value.opposite), told, 0)
        if self.found.outcome is FALSE and self.found.definition is not FALSE:
            showing.line(Text("·"), self.narrator.caution(), 0)
        for identifier, value in self.found.claim.complementary.items():
            name = self.words.named("complementary protection", identifier)
            text = self.say(
                "complementary protection",
                "Complementary protection, as the file states it: {name}.",
                name=name,
            )
            showing.line(showing.sign(value), text, 0)

    def _show_what_matters(self) -> None:
        answer, say = self.found.answer, self.say
        if answer.value.is_settled:
            title = say("heading", "What carries it: these findings alone would do")
            self._show_findings(title, answer.carried_by)
            return
        showing.heading(say("heading", "Open, and able to change the outcome"))
        for name in answer.decisive:
            showing.line(showing.sign(UNKNOWN), self._with_burden(name))
        met = say("heading", "To be met it would be enough to find (a smallest set)")
        self._show_findings(met, answer.to_establish)
        not_met = say("heading", "Not to be met it would be enough to find")
        self._show_findings(not_met, answer.to_defeat)

    def _show_findings(self, title: str, findings: Iterable[Found]) -> None:
        showing.heading(title)
        for name, value in findings:
            showing.line(showing.sign(value), self.narrator.finding(name, value))

    def _with_burden(self, name: str) -> str:
        question = self.narrator.question(name)
        element = self.book.elements.get(name.rpartition(".")[2])
        if element is None:
            return question
        messages = {
            "applicant": self.say(
                "burden", "{question} (The applicant shows it.)", question=question
            ),
            "authority": self.say(
                "burden", "{question} (The authority shows it.)", question=question
            ),
            "shared": self.say(
                "burden",
                "{question} (Applicant and authority share the duty.)",
                question=question,
            ),
        }
        return messages[element.burden]

    def _show_tree(self) -> None:
        every, carrying = (
            self.say("heading", "Every element, in the order of the law"),
            self.say("heading", "Why"),
        )
        reason = self.found.answer.reason
        whole = self.whole and reason.how != "either_way"
        if whole:
            law = self.determiner.law(self.found.settings)
            plan = law.inquiry(self.found.claim.shape).plan
            reason = plan.explain(self.found.known, whole=True)
        showing.heading(every if whole else carrying)
        for each in self.narrator.lines(reason, self.found.claim.findings):
            showing.line(showing.sign(each.value), each.text, each.depth + 1)

    def _show_closing(self) -> None:
        closed = self.found.closed
        if not closed.rules:
            return
        met = self.say("heading", "After closing for the applicant: met")
        open_ = self.say("heading", "After closing for the applicant: still open")
        not_met = self.say("heading", "After closing for the applicant: still not met")
        showing.heading({TRUE: met, UNKNOWN: open_, FALSE: not_met}[closed.value])
        for rule, names in closed.rules.items():
            text = self.words.say_many(
                "closing rule",
                "{rule} ({count} open point)",
                "{rule} ({count} open points)",
                len(names),
                rule=self.words.named("closing rule", rule),
            )
            showing.line(showing.sign(closed.value), text)

    def _show_again(self) -> None:
        again = self.say(
            "heading", "To be found again: made under another standard or test"
        )
        proposed = self.say(
            "heading",
            "Proposed by the law book against the applicant: open until an officer "
            "adopts it after hearing the applicant",
        )
        found = self.found
        for title, names in ((again, found.found_again), (proposed, found.proposed)):
            if names:
                showing.heading(title)
            for name in names:
                showing.line(showing.sign(UNKNOWN), self.narrator.question(name))

    def _show_warnings(self) -> None:
        if self.found.warnings:
            showing.heading(self.say("heading", "Warnings"))
        for warning in self.found.warnings:
            showing.line(Text("!"), self.herald.notice(warning))
        showing.console().print()
