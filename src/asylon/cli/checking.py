"""`asylon law check`: the law book against itself, its scenarios and its mutants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.progress import track

from asylon import instruments
from asylon.cli import showing
from asylon.cli.inputs import read_law
from asylon.cli.lawchanges import show_departures
from asylon.cli.speaking import spoken
from asylon.determination import Scenario, read_scenarios
from asylon.determination.faults import Fault, compiled_forms, faults
from asylon.determination.mutants import Verdict, equivalents, mutants, prove
from asylon.law import LawBook
from asylon.law.departures import Departure, departures, is_edition


def check(law: Path | None, *, mutate: bool, as_json: bool) -> int:
    """Check the law book; with `mutate`, also that every part of it matters."""
    book = read_law(law)
    scenarios = read_scenarios(book)
    found = list(faults(book, scenarios))
    departed = _departed(book)
    verdicts = list(_proved(book, scenarios)) if mutate else []
    survivors = [verdict for verdict in verdicts if verdict.noticed_by is None]
    if as_json:
        _print_rows(found, survivors)
        _print_departures(departed)
        summary = {"scenarios": len(scenarios), "trials": _trials(scenarios)}
        summary |= {"faults": len(found)}
        summary |= {"differs": len(departed)} if departed else {}
        summary |= (
            {"mutants": len(verdicts), "survivors": len(survivors)} if mutate else {}
        )
        showing.print_json({"check": "summary", **summary})
    else:
        _show(book, found, scenarios)
        if mutate:
            _show_mutants(book, len(verdicts), survivors)
        if departed:
            show_departures(departed)
    return 1 if found or survivors else 0


def _departed(book: LawBook) -> list[Departure]:
    """Name what is not as in the law that ships, where the law book is made of it."""
    shipped = instruments.book()
    if book is shipped or not is_edition(shipped, book):
        return []
    return list(departures(shipped, book, showing.today()))


def _proved(book: LawBook, scenarios: list[Scenario]) -> Iterable[Verdict]:
    verdicts = prove(mutants(book), scenarios)
    if not showing.errors().is_terminal:
        return verdicts
    total = sum(1 for _ in mutants(book))
    return track(
        verdicts,
        spoken().say("under way", "Breaking the law, piece by piece"),
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


def _print_departures(departed: Iterable[Departure]) -> None:
    for each in departed:
        told = {"where": each.where, "change": each.change, "keys": each.keys}
        row = {"check": "differs", **told, "below_floor": each.is_refused}
        showing.print_json(row)


def _show(book: LawBook, found: Sequence[Fault], scenarios: Sequence[Scenario]) -> None:
    number = spoken().number
    showing.console().print(
        spoken().say(
            "what the law book holds",
            "{provisions} provisions, {elements} elements, {parameters} parameters, "
            "{sets} sets; {scenarios} scenarios, tried {trials} times.",
            provisions=number(len(book.provisions)),
            elements=number(len(book.elements)),
            parameters=number(len(book.parameters)),
            sets=number(len(book.sets)),
            scenarios=number(len(scenarios)),
            trials=number(_trials(scenarios)),
        )
    )
    for fault in found:
        problem = fault.problem if fault.check == "scenario" else str(fault)
        showing.line(showing.failed(), problem)
    if not found:
        nothing = spoken().say("check of the law", "Nothing is wrong with it.")
        showing.line(showing.passed(), nothing, 0)
        _show_exactness(book)


def _show_exactness(book: LawBook) -> None:
    forms = [form for _, form in compiled_forms(book)]
    added = [form.consensus for form in forms if form.consensus]
    number = spoken().number
    text = spoken().say(
        "check of the law",
        "Of {all} compiled definitions {exact} are exact as written; {terms} consensus "
        "terms make the others exact.",
        all=number(len(forms)),
        exact=number(len(forms) - len(added)),
        terms=number(sum(added)),
    )
    showing.line(showing.passed(), text, 0)


def _trials(scenarios: Sequence[Scenario]) -> int:
    return sum(len(scenario.trials) for scenario in scenarios)


def _show_mutants(book: LawBook, tried: int, survivors: Sequence[Verdict]) -> None:
    noticed = tried - len(survivors)
    say, number = spoken().say, spoken().number
    title = say(
        "heading",
        "{tried} changes to the law were tried; {noticed} were noticed.",
        tried=number(tried),
        noticed=number(noticed),
    )
    showing.heading(title)
    for verdict in survivors:
        mutant = verdict.mutant
        showing.line(showing.failed(), f"{mutant.where}: {mutant.change}")
    showing.heading(
        say("heading", "Declared to come to the same, with source, and not tried")
    )
    for each in equivalents(book):
        showing.line(showing.passed(), each)
