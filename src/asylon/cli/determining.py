"""`asylon determine`: what follows from the findings of each claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.cells import cell_len
from rich.progress import track
from rich.table import Table
from rich.text import Text

from asylon.cli import showing
from asylon.cli.agreements import Acts, show_standing, status
from asylon.cli.inputs import check_set, read_day, read_file, read_law
from asylon.cli.speaking import spoken
from asylon.cli.wrapping import Prose
from asylon.determination import (
    Decision,
    Determination,
    Determiner,
    Examiner,
    Narrator,
    Refused,
    read_entries,
)
from asylon.determination.notices import Herald
from asylon.determination.protections import complementary
from asylon.law import LawBook
from asylon.logic.truth import FALSE, TRUE, Truth

_MOST_NAMES = 3
_LONGEST_ID = 16
_SET_AND_YEAR = 14
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


Determined = tuple[Decision, Determination]


def determine(files: Sequence[Path], options: Options) -> int:
    """Determine every claim of the files and show the results."""
    book = read_law(options.law)
    check_set(book, options.set)
    day = read_day(options.on, book)
    entries = list(_entries(files, book, options))
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
    files: Sequence[Path], book: LawBook, options: Options
) -> Iterator[Decision | Refused]:
    """Read every file before anything is determined: a bad one stops the rest."""
    texts = [(path, read_file(path)) for path in files]
    for path, text in texts:
        yield from read_entries(text, str(path), book, strict=options.strict)


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


def show_table(
    results: Sequence[Determined],
    book: LawBook,
    acts: Acts | None = None,
    *,
    strict: bool,
) -> None:
    """Show the results as a table, with what the file expected beside them."""
    out = showing.console()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading, width in _columns(results, out.width):
        table.add_column(heading, width=width, no_wrap=True, overflow="ellipsis")
    for decision, found in results:
        table.add_row(
            found.claim.id,
            Text(decision.name),
            f"{found.settings.set.id} {found.settings.on.year}",
            showing.met(found.definition),
            showing.met(found.outcome),
            _agreement(found.outcome, _expected(decision, strict=strict)),
            Text(why(found, narrator(book, found))),
        )
    out.print(table)
    _show_agreement(results, strict=strict)
    if any(found.outcome is FALSE for _, found in results):
        caution = narrator(book, results[0][1]).caution()
        _show_caution(caution)
    show_standing([found for _, found in results], acts)
    for _, found in results:
        earlier = acts.stands_by_earlier(found) if acts else None
        if earlier:
            told = Text(f"{found.claim.id}: {earlier.told()}")
            showing.line(showing.sign(earlier.result.definition), str(told), 0)
    _show_warnings([found for _, found in results])


def _show_caution(caution: str) -> None:
    """Say under the table what `not met` does not mean."""
    result = showing.met(FALSE)
    told = spoken().say(
        "a result and what to know of it",
        "{result}: {caution}",
        result=result.plain,
        caution=caution,
    )
    text = Prose(told)
    text.highlight_words([result.plain], result.style)
    showing.console().print(text)


def _columns(results: Sequence[Determined], width: int) -> Iterator[tuple[str, int]]:
    """Share the width out: what is short keeps its place, the reasons get most."""
    say = spoken().say
    longest = max(showing.met(value).cell_len for value in Truth)
    ids = max(cell_len(found.claim.id) for _, found in results)
    short = {
        say("table heading", "id"): min(ids, _LONGEST_ID),
        say("table heading", "set"): _SET_AND_YEAR,
        say("table heading", "definition"): longest,
        say("table heading", "with bars"): longest,
        say("table heading", "file"): longest,
    }
    fixed = {name: max(each, cell_len(name)) for name, each in short.items()}
    left = max(width - sum(fixed.values()) - 2 * (len(fixed) + 1), 30)
    decision, reason = say("table heading", "decision"), say("table heading", "why")
    shares = {decision: left // 3, reason: left - left // 3}
    id_, *others = fixed
    for name in (id_, decision, *others, reason):
        yield name, fixed.get(name) or shares[name]


def _show_agreement(results: Sequence[Determined], *, strict: bool) -> None:
    given = [
        (found.outcome, expected)
        for decision, found in results
        if (expected := _expected(decision, strict=strict)) is not None
    ]
    if not given:
        return
    say = spoken().say
    agreed = sum(found is expected for found, expected in given)
    counts = {"agreed": spoken().number(agreed), "all": spoken().number(len(given))}
    with_file = say(
        "agreement",
        "{agreed} of {all} agree with what the file expects (definition and bars "
        "together).",
        **counts,
    )
    with_strict = say(
        "agreement",
        "{agreed} of {all} agree with its strict result (definition and bars together).",
        **counts,
    )
    showing.console().print()
    showing.paragraph(with_strict if strict else with_file)


def _expected(decision: Decision, *, strict: bool) -> Truth | None:
    return decision.strict if strict else decision.expected


def _agreement(found: Truth, expected: Truth | None) -> Text:
    if expected is None:
        return Text("")
    if found is expected:
        return Text(spoken().say("agreement", "agrees"), style="green")
    return Text(f"≠ {showing.result(expected)}", style="bold red")


def why(found: Determination, narrator: Narrator) -> str:
    """Say in a few words what carries a result, or what is decisive."""
    say, words, answer = narrator.say, narrator.words, found.answer
    if found.barred_by and found.outcome is not found.definition:
        bars = words.names([words.named("bar", name) for name in found.barred_by])
        return say("why, in few words", "bar: {bars}", bars=bars)
    if found.protection_of:
        countries = words.names([narrator.entry(name) for name in found.protection_of])
        return say(
            "why, in few words",
            "second nationality protects: {countries}",
            countries=countries,
        )
    if not answer.value.is_settled:
        findings = _some(answer.decisive, narrator)
        return say("why, in few words", "open: {findings}", findings=findings)
    carried = [name for name, _ in answer.carried_by]
    if answer.value is TRUE:
        findings = _some(carried, narrator)
        return say("why, in few words", "carried by: {findings}", findings=findings)
    established = [name for name, value in answer.carried_by if value is TRUE]
    findings = _some(established or carried, narrator)
    if established:
        return say("why, in few words", "established: {findings}", findings=findings)
    return say("why, in few words", "not shown: {findings}", findings=findings)


def _some(names: Sequence[str], narrator: Narrator) -> str:
    """Name the first few; where any are about a country or place, only those."""
    told = [name for name in names if "." in name] or names
    shown = [narrator.short(name) for name in told[:_MOST_NAMES]]
    more = len(told) - _MOST_NAMES
    if more <= 0:
        return narrator.words.names(shown)
    return narrator.words.say_many(
        "the first few findings",
        "{findings} and {count} more",
        "{findings} and {count} more",
        more,
        findings=narrator.words.listed(shown),
    )


def _show_warnings(results: Sequence[Determination]) -> None:
    """Tell the warnings by kind: which claims, what, and about what."""
    told = [
        (found.claim.id, warning) for found in results for warning in found.warnings
    ]
    if told:
        showing.heading(spoken().say("heading", "Warnings"))
    for text in Herald(spoken()).of_many(told):
        showing.line(Text("!"), text)
