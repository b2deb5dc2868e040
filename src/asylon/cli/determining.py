"""`asylon determine`: what follows from the findings of each claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.progress import track
from rich.table import Table
from rich.text import Text

from asylon.cli import showing
from asylon.cli.agreements import Acts, show_standing, status
from asylon.cli.inputs import check_set, read_day, read_file, read_law
from asylon.determination import (
    Decision,
    Determination,
    Determiner,
    Narrator,
    Refused,
    read_decisions,
)
from asylon.law import MANDATE, LawBook
from asylon.law.choosing import BY_LODGING, NO_SET, NOT_MODELLED, PLAIN_READING
from asylon.logic.truth import FALSE, TRUE, Truth

_MOST_NAMES = 3
_LONGEST_ID = 16
_WORTH_A_BAR = 500
_OF_MANY = {
    PLAIN_READING: "the set says nothing yet on some points on that day, and the "
    "Convention's plain reading applies; `asylon explain` names the points",
    BY_LODGING: "settings turn on the day of the claim, which the file does not say; "
    "the day of the decision was taken",
    NO_SET: f"the law book has no set yet, and `{MANDATE}` stands in",
    NOT_MODELLED: "settings that the law book does not model are ignored",
}


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
    for found in _determined(entries, book, options.set, day):
        results.append(found)
        if options.as_json:
            showing.print_json(as_row(found[1], book, acts))
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
        yield from read_decisions(text, str(path), book, strict=options.strict)


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
        shown = track(decisions, "Determining", console=console, transient=True)
    for decision in shown:
        yield decision, determiner.determine(decision.claim, set_id=set_id, on=day)


def as_row(
    found: Determination, book: LawBook, acts: Acts | None = None
) -> dict[str, object]:
    """Give a determination as the fields of its JSON object."""
    answer, settings = found.answer, found.settings
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
        "complementary": dict(found.claim.complementary),
        "found_again": found.found_again,
        "proposed": found.proposed,
        "law": applied_law(found, book, acts),
        "warnings": [warning.text for warning in found.warnings],
    }
    if found.outcome is FALSE:
        row["beside"] = Narrator(book, settings.on).caution()
    return row


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
    for heading, width in _widths(results, out.width).items():
        table.add_column(heading, width=width, no_wrap=True, overflow="ellipsis")
    for decision, found in results:
        table.add_row(
            found.claim.id,
            Text(decision.name),
            f"{found.settings.set.id} {found.settings.on.year}",
            showing.met(found.definition),
            showing.met(found.outcome),
            _agreement(found.outcome, _expected(decision, strict=strict)),
            Text(why(found)),
        )
    out.print(table)
    _show_agreement(results, strict=strict)
    if any(found.outcome is FALSE for _, found in results):
        found = results[0][1]
        caution = Narrator(book, found.settings.on).caution()
        out.print(Text.assemble(showing.met(FALSE), f": {caution}"))
    show_standing([found for _, found in results], acts)
    _show_warnings([found for _, found in results])


def _widths(results: Sequence[Determined], width: int) -> dict[str, int]:
    """Share the width out: what is short keeps its place, the reasons get most."""
    ids = max(len(found.claim.id) for _, found in results)
    fixed = {"id": max(min(ids, _LONGEST_ID), 2), "set": 10}
    fixed |= {"definition": 10, "with bars": 9, "file": 9}
    left = max(width - sum(fixed.values()) - 2 * (len(fixed) + 1), 30)
    decision = left // 3
    order = "id", "decision", "set", "definition", "with bars", "file", "why"
    return {
        name: fixed.get(name, decision if name == "decision" else left - decision)
        for name in order
    }


def _show_agreement(results: Sequence[Determined], *, strict: bool) -> None:
    given = [
        (found.outcome, expected)
        for decision, found in results
        if (expected := _expected(decision, strict=strict)) is not None
    ]
    if not given:
        return
    agreed = sum(found is expected for found, expected in given)
    against = "its strict result" if strict else "what the file expects"
    text = f"{agreed} of {len(given)} agree with {against}"
    showing.console().print(f"\n{text} (definition and bars together).")


def _expected(decision: Decision, *, strict: bool) -> Truth | None:
    return decision.strict if strict else decision.expected


def _agreement(found: Truth, expected: Truth | None) -> Text:
    if expected is None:
        return Text("")
    if found is expected:
        return Text("agrees", style="green")
    return Text(f"≠ {expected.value}", style="bold red")


def why(found: Determination) -> str:
    """Say in a few words what carries a result, or what is decisive."""
    if found.barred_by and found.outcome is not found.definition:
        return "bar: " + ", ".join(_words(name) for name in found.barred_by)
    if found.protection_of:
        return f"second nationality protects ({', '.join(found.protection_of)})"
    answer = found.answer
    if not answer.value.is_settled:
        return "open: " + _some(answer.decisive)
    if answer.value is TRUE:
        return "carried by: " + _some([name for name, _ in answer.carried_by])
    established = [name for name, value in answer.carried_by if value is TRUE]
    if established:
        return "established: " + _some(established)
    return "not shown: " + _some([name for name, _ in answer.carried_by])


def _some(names: Sequence[str]) -> str:
    """Name the first few; where any are about a country or place, only those."""
    told = [name for name in names if "." in name] or names
    more = len(told) - _MOST_NAMES
    shown = ", ".join(_labelled(name) for name in told[:_MOST_NAMES])
    return shown + (f" and {more} more" if more > 0 else "")


def _labelled(name: str) -> str:
    """Give a fact in words, with the entry it is about: `serious harm (PRK)`."""
    path = name.split(".")
    entries = " ".join(_words(entry) for entry in path[1:-1:2])
    return _words(path[-1]) + (f" ({entries})" if entries else "")


def _words(name: str) -> str:
    return name.replace("_", " ")


def _show_warnings(results: Sequence[Determination]) -> None:
    """Tell the warnings by kind: which claims, what, and about what."""
    told: dict[str, dict[str, list[str]]] = {}
    for found in results:
        for warning in found.warnings:
            about = told.setdefault(_OF_MANY[warning.code], {})
            about.setdefault(warning.subject, []).append(found.claim.id)
    if told:
        showing.heading("Warnings")
    for text, about in told.items():
        claims = len({id_ for ids in about.values() for id_ in ids})
        subjects = (f"{name} ({', '.join(ids)})" for name, ids in about.items() if name)
        listed = "; ".join(subjects)
        who = f"{claims} claims" if claims > 1 else "1 claim"
        showing.line(Text("!"), f"{who}: {text}" + (f": {listed}" if listed else ""))
