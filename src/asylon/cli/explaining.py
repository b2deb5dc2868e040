"""`asylon explain`: one claim, element by element."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.text import Text

from asylon.cli import showing
from asylon.cli.inputs import InputError, check_set, read_day, read_file, read_law
from asylon.determination import (
    Decision,
    Determination,
    Determiner,
    Narrator,
    Refused,
    read_decisions,
)
from asylon.languages import LANGUAGES, catalogue
from asylon.law import LawBook
from asylon.logic.questions import Found
from asylon.logic.evaluation import Reason
from asylon.logic.truth import FALSE, TRUE, UNKNOWN


@dataclass(frozen=True, slots=True)
class Options:
    """What the command was asked."""

    id: str | None
    set: str | None
    on: str | None
    lang: str
    strict: bool
    whole: bool
    as_json: bool
    law: Path | None


def explain(file: Path, options: Options) -> int:
    """Explain the claims of a file, or the one that is named."""
    if options.lang not in LANGUAGES:
        message = f"--lang {options.lang}: there is {', '.join(LANGUAGES)} so far."
        raise InputError(message)
    book = read_law(options.law)
    check_set(book, options.set)
    day = read_day(options.on)
    text = read_file(file)
    entries = list(read_decisions(text, str(file), book, strict=options.strict))
    chosen = _chosen(entries, options.id, file)
    determiner = Determiner(book)
    for entry in chosen:
        if isinstance(entry, Refused):
            showing.errors().print(f"asylon: {entry.problem}", markup=False)
            continue
        found = determiner.determine(entry.claim, set_id=options.set, on=day)
        explanation = Explanation(book, determiner, found, options.lang)
        if options.as_json:
            showing.print_json(explanation.as_row())
        else:
            explanation.show(entry, whole=options.whole)
    return 1 if any(isinstance(entry, Refused) for entry in chosen) else 0


def _chosen(
    entries: Sequence[Decision | Refused], wanted: str | None, file: Path
) -> list[Decision | Refused]:
    ids = [_id(entry) for entry in entries]
    if wanted is not None and wanted not in ids:
        message = f"{file}: there is no claim `{wanted}`. There is {', '.join(ids)}."
        raise InputError(message)
    return [entry for entry in entries if wanted in {None, _id(entry)}]


def _id(entry: Decision | Refused) -> str:
    return entry.id if isinstance(entry, Refused) else entry.claim.id


class Explanation:
    """One determination in words."""

    def __init__(
        self, book: LawBook, determiner: Determiner, found: Determination, lang: str
    ) -> None:
        """Take the determination and the language to tell it in."""
        self.book, self.determiner, self.found = book, determiner, found
        self.narrator = Narrator(book, found.settings.on, catalogue(lang))

    def as_row(self) -> dict[str, object]:
        """Give the explanation as the fields of its JSON object."""
        answer = self.found.answer
        return {
            "id": self.found.claim.id,
            "definition": answer.value,
            "reasons": self._tree(answer.reason),
            "carried_by": self._told(answer.carried_by),
            "to_establish": self._told(answer.to_establish),
            "to_defeat": self._told(answer.to_defeat),
            "outcome": self.narrator.outcome(answer.value),
        }

    def _tree(self, reason: Reason) -> dict[str, object]:
        told = next(self.narrator.lines(reason), None)
        row: dict[str, object] = {"how": reason.how, "value": reason.value}
        if reason.name:
            row["name"] = reason.name
            row["says"] = told.text if told else ""
        if reason.parts:
            row["parts"] = [self._tree(part) for part in reason.parts]
        return row

    def _told(self, findings: Iterable[Found]) -> list[str]:
        return [self.narrator.finding(name, value) for name, value in findings]

    def show(self, decision: Decision, *, whole: bool) -> None:
        """Print the explanation for a person."""
        out, found = showing.console(), self.found
        settings = found.settings
        out.rule(Text(f"{found.claim.id}  {decision.name}", style="bold"), align="left")
        out.print(
            f"Law: {self.book.provision(found.provision, settings.on).citation}, "
            f"set `{settings.set.id}` ({settings.set.title}) as of {settings.on}. "
            f"The set is a draft, in force nowhere.",
            markup=False,
        )
        out.print()
        out.print(showing.sign(found.definition), self.narrator.outcome(found.definition))
        self._show_bars()
        self._show_tree(whole=whole)
        self._show_what_matters()
        self._show_closing()
        self._show_settings()
        self._show_warnings()

    def _show_tree(self, *, whole: bool) -> None:
        heading = "Every element" if whole else "Why"
        self._heading(heading)
        reason = self.found.answer.reason
        if whole and reason.how != "either_way":
            inquiry = self.determiner.law(self.found.settings).inquiry(
                self.found.claim.shape
            )
            reason = inquiry.plan.explain(self.found.known, whole=True)
        for line in self.narrator.lines(reason):
            self._line("  " * line.depth, showing.sign(line.value), _without_answer(line.text))

    def _line(self, indent: str, mark: Text, text: str) -> None:
        from rich.table import Table

        grid = Table.grid(padding=(0, 1))
        grid.add_column(no_wrap=True)
        grid.add_column()
        grid.add_row(Text.assemble("  ", indent, mark), Text(text))
        showing.console().print(grid)

    def _show_what_matters(self) -> None:
        answer = self.found.answer
        if answer.value.is_settled:
            self._heading("What carries it: these findings alone would do")
            self._findings(answer.carried_by)
            return
        self._heading("Still open, and able to change the outcome")
        for name in answer.decisive:
            self._line("", showing.sign(UNKNOWN), self._asked(name))
        self._heading("What would have to be shown for the definition to be met (a smallest set)")
        self._findings(answer.to_establish)
        self._heading("What would have to be shown for it not to be met (a smallest set)")
        self._findings(answer.to_defeat)

    def _asked(self, name: str) -> str:
        element = self.book.elements.get(name.rpartition(".")[2])
        question = self.narrator.question(name)
        if element is None:
            return question
        return f"{question} (to be shown by: {element.burden})"

    def _findings(self, findings: Iterable[Found]) -> None:
        for name, value in findings:
            self._line("", showing.sign(value), self.narrator.question(name))

    def _show_bars(self) -> None:
        for name, value in self.found.barred_by.items():
            word = "applies" if value is TRUE else "may apply"
            self._line("", showing.sign(FALSE), f"A bar of national law {word}: {name}.")
        for name, value in self.found.claim.complementary.items():
            text = f"Complementary protection, as the file states it: {name}, {value.value}."
            self._line("", showing.sign(value), text)

    def _show_closing(self) -> None:
        closed = self.found.closed
        if closed.rules:
            self._heading(f"After closing in the applicant's favour: {closed.value.value}")
            for rule, names in closed.rules.items():
                text = f"{rule}: no indication on {len(names)} open points"
                self._line("", showing.sign(closed.value), text)

    def _show_settings(self) -> None:
        self._heading("Settings that courts and states differ on")
        for name, chosen in self.found.settings.chosen.items():
            by = {"plain": "the Convention's plain reading", "file": "the file itself"}
            source = chosen.setting.source.cite if chosen.setting else by[chosen.by]
            self._line("", Text("·"), f"{name} = {chosen.value} ({source})")

    def _show_warnings(self) -> None:
        if self.found.found_again:
            self._heading("To be found again: made under another standard or test")
            for name in self.found.found_again:
                self._line("", showing.sign(UNKNOWN), self.narrator.question(name))
        if self.found.warnings:
            self._heading("Warnings")
            for warning in self.found.warnings:
                self._line("", Text("!"), warning)
        showing.console().print()

    def _heading(self, text: str) -> None:
        showing.console().print(f"\n{text}", style="bold", markup=False)


def _without_answer(text: str) -> str:
    """Drop the last word of an answer that the sign before it shows already."""
    return text
