"""`asylon determine`: what follows from the findings of each claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.progress import track

from asylon.cli import showing
from asylon.cli.agreements import Acts
from asylon.cli.appliedlaw import applied_law, narrator
from asylon.cli.inputs import check_set, read_day, read_file, read_law
from asylon.cli.resultpage import Determined, show_table
from asylon.cli.selecting import with_law
from asylon.cli.speaking import spoken
from asylon.determination import (
    Decision,
    Determination,
    Determiner,
    Examiner,
    Refused,
    read_entries,
)
from asylon.determination.notices import Herald
from asylon.determination.protections import complementary
from asylon.law import LawBook
from asylon.logic.truth import FALSE

_WORTH_A_BAR = 500


@dataclass(frozen=True, slots=True)
class Options:
    """What the command was asked."""

    set: str | None = None
    on: str | None = None
    strict: bool = False
    as_json: bool = False
    law: Path | None = None
    agreements: Path | None = None


def determine(files: Sequence[Path], options: Options) -> int:
    """Determine every claim of the files and show the results."""
    book = read_law(options.law)
    check_set(book, options.set)
    day = read_day(options.on, book)
    entries = list(_entries(files, book, options, day))
    refused = [entry for entry in entries if isinstance(entry, Refused)]
    acts = Acts(options.agreements, book)
    results: list[Determined] = []
    examiner = Examiner(book, ("complementary",))
    for found in _determined(entries, book, options.set, day):
        results.append(found)
        if options.as_json:
            showing.print_json(as_row(found[1], book, examiner, acts))
    if results and not options.as_json:
        show_table(results, book, acts, strict=options.strict)
    for each in refused:
        showing.complain(each.problem)
    if refused and not results:
        return 2
    return 1 if refused else 0


def _entries(
    files: Sequence[Path], book: LawBook, options: Options, day: date | None
) -> Iterator[Decision | Refused]:
    """Read every file before anything is determined: a bad one stops the rest."""
    texts = [(path, read_file(path)) for path in files]
    for path, text in texts:
        entries = read_entries(text, str(path), book, strict=options.strict)
        yield from with_law(entries, path, book, day)


def _determined(
    entries: Sequence[Decision | Refused],
    book: LawBook,
    set_id: str | None,
    day: date | None,
) -> Iterator[Determined]:
    determiner = Determiner(book)
    decisions = [entry for entry in entries if isinstance(entry, Decision)]
    shown: Iterable[Decision] = decisions
    if len(decisions) >= _WORTH_A_BAR and showing.errors().is_terminal:
        console = showing.errors()
        title = spoken().say("under way", "Determining")
        shown = track(decisions, title, console=console, transient=True)
    for decision in shown:
        on = day or decision.claim.on or showing.today()
        yield decision, determiner.determine(decision.claim, set_id=set_id, on=on)


def as_row(
    found: Determination,
    book: LawBook,
    examiner: Examiner,
    acts: Acts | None = None,
) -> dict[str, object]:
    """Give a determination as the fields of its JSON object."""
    answer = found.answer
    examined = examiner.examine(found.claim, found.settings)
    row = {
        "id": found.claim.id,
        "definition": found.definition,
        "closed": {"value": found.closed.value, "rules": found.closed.rules},
        "carried_by": [name for name, _ in answer.carried_by],
        "open": found.open,
        "decisive": answer.decisive,
        "to_establish": dict(answer.to_establish),
        "to_defeat": dict(answer.to_defeat),
        "barred_by": found.barred_by,
        "outcome": found.outcome,
        "protection_of": found.protection_of,
        "complementary": dict(complementary(found.claim, examined)),
        "found_again": found.found_again,
        "proposed": found.proposed,
        "by_law_book": found.by_law_book,
        "would_answer": [each.finding for each in found.would_answer],
        "law": applied_law(found, book, acts),
        "warnings": [Herald(spoken()).notice(each) for each in found.warnings],
    }
    earlier = acts.stands_by_earlier(found) if acts else None
    if earlier:
        row["stands_by_earlier_act"] = earlier.as_row()
    if found.outcome is FALSE:
        row["beside"] = narrator(book, found).caution()
    return row
