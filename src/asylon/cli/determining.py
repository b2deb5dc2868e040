"""`asylon determine`: what follows from the findings of each claim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from asylon.cli import showing
from asylon.cli.inputs import check_set, read_day, read_file, read_law
from asylon.determination import (
    Decision,
    Determination,
    Determiner,
    Refused,
    read_decisions,
)
from asylon.determination.sentences import say_caution
from asylon.languages import catalogue
from asylon.law import LawError
from asylon.logic.truth import FALSE, TRUE, Truth

_MOST_NAMES = 2

Determined = tuple[Decision, Determination]


def determine(
    files: Sequence[Path],
    set_id: str | None,
    on: str | None,
    *,
    strict: bool,
    as_json: bool,
    law: Path | None,
) -> int:
    """Determine every claim of the files and show the results."""
    book = read_law(law)
    check_set(book, set_id)
    day = read_day(on)
    determiner = Determiner(book)
    results: list[Determined] = []
    refused: list[Refused] = []
    texts = [(path, read_file(path)) for path in files]
    for path, text in texts:
        for entry in read_decisions(text, str(path), book, strict=strict):
            if isinstance(entry, Refused):
                refused.append(entry)
                continue
            try:
                found = determiner.determine(entry.claim, set_id=set_id, on=day)
            except LawError as error:
                refused.append(Refused(entry.claim.id, f"{path}, {entry.claim.id}: {error}"))
                continue
            if as_json:
                showing.print_json(as_row(found))
            results.append((entry, found))
    if not as_json:
        show_table(results, strict=strict)
    for each in refused:
        showing.errors().print(f"asylon: {each.problem}", markup=False, soft_wrap=True)
    return 1 if refused else 0


def as_row(found: Determination) -> dict[str, object]:
    """Give a determination as the fields of its JSON object."""
    answer = found.answer
    return {
        "id": found.claim.id,
        "definition": found.definition,
        "closed": {"value": found.closed.value, "rules": found.closed.rules},
        "carried_by": [name for name, _ in answer.carried_by],
        "open": list(found.open),
        "decisive": list(answer.decisive),
        "to_establish": dict(answer.to_establish),
        "to_defeat": dict(answer.to_defeat),
        "barred_by": found.barred_by,
        "outcome": found.outcome,
        "complementary": dict(found.claim.complementary),
        "found_again": list(found.found_again),
        "law": {
            "provision": found.provision,
            "set": found.settings.set.id,
            "on": found.settings.on.isoformat(),
            "signed": False,
        },
        "warnings": list(found.warnings),
        **({"beside": say_caution(catalogue().say)} if found.outcome is FALSE else {}),
    }


def show_table(results: Sequence[Determined], *, strict: bool) -> None:
    """Show the results as a table, with what the file expected beside them."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading, ratio in (("", None), ("decision", 3), ("set", None), ("definition", None),
                           ("with bars", None), ("file", None), ("why", 4)):
        table.add_column(heading, ratio=ratio, no_wrap=ratio is None)
    for decision, found in results:
        expected = decision.strict if strict else decision.expected
        table.add_row(
            found.claim.id,
            Text(decision.name, overflow="ellipsis", no_wrap=True),
            f"{found.settings.set.id} {found.settings.on.year}",
            showing.met(found.definition),
            showing.met(found.outcome),
            _agreement(found.outcome, expected),
            Text(why(found), overflow="ellipsis", no_wrap=True),
        )
    out = showing.console()
    out.print(table)
    agreed = sum(
        found.outcome is (decision.strict if strict else decision.expected)
        for decision, found in results
    )
    out.print(f"\n{agreed} of {len(results)} agree with what the file expects (definition and bars together).")
    if any(found.outcome is FALSE for _, found in results):
        out.print(f"✗ not met: {say_caution(catalogue().say)}")
    _show_warnings([found for _, found in results])


def _agreement(found: Truth, expected: Truth) -> Text:
    return Text("agrees", style="green") if found is expected else Text(
        f"expects {expected.value}", style="bold red"
    )


def why(found: Determination) -> str:
    """Say in a few words what carries a result, or what is decisive."""
    if found.barred_by and found.outcome is not found.definition:
        return "bar: " + ", ".join(found.barred_by)
    answer = found.answer
    if not answer.value.is_settled:
        return "decisive: " + _some(answer.decisive)
    prefix = "carried by: " if answer.value is TRUE else "fails on: "
    return prefix + _some([name for name, _ in answer.carried_by])


def _some(names: Sequence[str]) -> str:
    shown = [name.removeprefix("nationalities.").replace(".", " ") for name in names]
    more = len(shown) - _MOST_NAMES
    return ", ".join(shown[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _show_warnings(results: Iterable[Determination]) -> None:
    by_warning: dict[str, list[str]] = {}
    for found in results:
        for warning in found.warnings:
            by_warning.setdefault(warning, []).append(found.claim.id)
    if by_warning:
        showing.console().print("\nWarnings", style="bold")
    for warning, ids in by_warning.items():
        showing.console().print(f"  {', '.join(ids)}: {warning}", style="dim", markup=False)

