"""`asylon law check`: the law book against itself, its scenarios and its mutants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.progress import track

from asylon.cli import showing
from asylon.cli.inputs import read_law
from asylon.determination import Scenario, read_scenarios
from asylon.determination.faults import Fault, compiled_forms, faults
from asylon.determination.mutants import Verdict, equivalents, mutants, prove
from asylon.law import LawBook


def check(law: Path | None, *, mutate: bool, as_json: bool) -> int:
    """Check the law book; with `mutate`, also that every part of it matters."""
    book = read_law(law)
    scenarios = read_scenarios(book)
    found = list(faults(book, scenarios))
    verdicts = list(_proved(book, scenarios)) if mutate else []
    survivors = [verdict for verdict in verdicts if verdict.noticed_by is None]
    if as_json:
        _print_rows(found, survivors)
        summary = {"scenarios": len(scenarios), "trials": _trials(scenarios)}
        summary |= {"faults": len(found)}
        summary |= (
            {"mutants": len(verdicts), "survivors": len(survivors)} if mutate else {}
        )
        showing.print_json({"check": "summary", **summary})
    else:
        _show(book, found, scenarios)
        if mutate:
            _show_mutants(book, len(verdicts), survivors)
    return 1 if found or survivors else 0


def _proved(book: LawBook, scenarios: list[Scenario]) -> Iterable[Verdict]:
    verdicts = prove(mutants(book), scenarios)
    if not showing.errors().is_terminal:
        return verdicts
    total = sum(1 for _ in mutants(book))
    return track(
        verdicts,
        "Breaking the law, piece by piece",
        total,
        console=showing.errors(),
        transient=True,
    )


def _print_rows(found: Iterable[Fault], survivors: Iterable[Verdict]) -> None:
    for fault in found:
        row = {"check": fault.check, "where": fault.where, "problem": fault.problem}
        showing.print_json(row)
    for verdict in survivors:
        mutant = verdict.mutant
        row = {"check": "mutant", "where": mutant.where, "problem": mutant.change}
        showing.print_json(row)


def _show(book: LawBook, found: Sequence[Fault], scenarios: Sequence[Scenario]) -> None:
    showing.console().print(
        f"{len(book.provisions)} provisions, {len(book.elements)} elements, "
        f"{len(book.parameters)} parameters, {len(book.sets)} sets; "
        f"{len(scenarios)} scenarios, tried {_trials(scenarios)} times."
    )
    for fault in found:
        problem = fault.problem if fault.check == "scenario" else str(fault)
        showing.line(showing.failed(), problem)
    if not found:
        showing.line(showing.passed(), "Nothing is wrong with it.", 0)
        _show_exactness(book)


def _show_exactness(book: LawBook) -> None:
    forms = [form for _, form in compiled_forms(book)]
    added = [form.consensus for form in forms if form.consensus]
    showing.line(
        showing.passed(),
        f"Of {len(forms)} compiled definitions {len(forms) - len(added)} are exact as "
        f"written; {sum(added)} consensus terms make the others exact.",
        0,
    )


def _trials(scenarios: Sequence[Scenario]) -> int:
    return sum(len(scenario.trials) for scenario in scenarios)


def _show_mutants(book: LawBook, tried: int, survivors: Sequence[Verdict]) -> None:
    noticed = tried - len(survivors)
    showing.heading(f"{tried} changes to the law were tried; {noticed} were noticed.")
    for verdict in survivors:
        mutant = verdict.mutant
        showing.line(showing.failed(), f"{mutant.where}: {mutant.change}")
    showing.heading("Declared to come to the same, with source, and not tried")
    for each in equivalents(book):
        showing.line(showing.passed(), each)
