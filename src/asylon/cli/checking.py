"""`asylon law check`: the law book against itself, its scenarios and its mutants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from rich.progress import track

from asylon.cli import showing
from asylon.cli.inputs import read_law
from asylon.determination.proving import (
    Fault,
    Verdict,
    equivalent_settings,
    faults,
    mutants,
    prove,
)
from asylon.determination.scenarios import read_scenarios
from asylon.law import LawBook


def check(law: Path | None, *, mutate: bool, as_json: bool) -> int:
    """Check the law book; with `mutate`, also that every part of it matters."""
    book = read_law(law)
    scenarios = read_scenarios(book)
    found = list(faults(book, scenarios))
    survivors: list[Verdict] = []
    tried = 0
    if mutate:
        total = sum(1 for _ in mutants(book))
        verdicts = prove(book, scenarios)
        if showing.errors().is_terminal:
            console = showing.errors()
            verdicts = track(verdicts, "Breaking the law", total, console=console)  # type: ignore[assignment]
        for verdict in verdicts:
            tried += 1
            if verdict.noticed_by is None:
                survivors.append(verdict)
    trials = sum(len(scenario.trials) for scenario in scenarios)
    if as_json:
        _print_rows(found, survivors)
    else:
        _show(book, found, len(scenarios), trials)
        if mutate:
            _show_mutants(book, tried, survivors)
    return 1 if found or survivors else 0


def _print_rows(found: Iterable[Fault], survivors: Iterable[Verdict]) -> None:
    for fault in found:
        row = {"check": fault.check, "where": fault.where, "problem": fault.problem}
        showing.print_json(row)
    for verdict in survivors:
        mutant = verdict.mutant
        row = {"check": "mutant", "where": mutant.where, "problem": mutant.change}
        showing.print_json(row)


def _show(book: LawBook, found: list[Fault], scenarios: int, trials: int) -> None:
    out = showing.console()
    counts = Counter(fault.check for fault in found)
    out.print(
        f"{len(book.provisions)} provisions, {len(book.elements)} elements, "
        f"{len(book.parameters)} parameters, {len(book.sets)} sets; "
        f"{scenarios} scenarios tried {trials} times."
    )
    for fault in found:
        out.print(f"  ✗ {fault.problem if fault.check == 'scenario' else fault}", style="red", markup=False)
    if found:
        out.print("  ".join(f"{name}: {count}" for name, count in counts.items()))
    else:
        out.print("✓ Nothing is wrong with it.", style="green")


def _show_mutants(book: LawBook, tried: int, survivors: list[Verdict]) -> None:
    out = showing.console()
    out.print(f"\n{tried} changes to the law were tried; {len(survivors)} went unnoticed.")
    for verdict in survivors:
        mutant = verdict.mutant
        out.print(f"  ✗ {mutant.where}: {mutant.change}", style="red", markup=False)
    out.print("\nDeclared to make no difference, and not tried:", style="bold")
    for line in equivalent_settings(book):
        out.print(f"  {line}", markup=False)
