"""The law book: whether every part of it matters, and whether it is exact.

No peer stands beside this: it holds the shipped law against its own scenarios and
against all completions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from time import perf_counter

from asylon import instruments
from asylon.determination import read_scenarios
from asylon.determination.faults import compiled_forms, faults
from asylon.determination.mutants import Verdict, mutants, prove
from asylon.law import LawBook
from benchmarks.outcomes import Goal, Outcome, Sheet, show_goals, tell

TOLD_EVERY = 100


def measure() -> Outcome:
    """Check the law book, and break it piece by piece."""
    book = instruments.book()
    scenarios = read_scenarios(book)
    began = perf_counter()
    verdicts = list(_told(prove(mutants(book), scenarios)))
    breaking = perf_counter() - began
    tell("Checking the law.")
    found = Counter(fault.check for fault in faults(book, scenarios))
    sheet = Sheet(
        "The law book",
        {"what": "", "how many": ",", "unnoticed or at fault": ","},
        [
            ("scenarios", len(scenarios), found["scenario"]),
            ("changes to the law", len(verdicts), _unnoticed(verdicts)),
            ("pairs of values that differ", _pairs(book), found["pairs"]),
            ("compiled definitions", _forms(book), found["exactness"]),
        ],
        [f"All changes to the law were tried in {breaking:.0f} s."],
    )
    return Outcome("law book", [sheet], list(_goals(sheet)))


def _told(verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """Say now and then how far it has come: this takes minutes."""
    for number, verdict in enumerate(verdicts):
        if number % TOLD_EVERY == 0:
            tell(f"Breaking the law, piece by piece: {number:,} changes tried.")
        yield verdict


def _unnoticed(verdicts: Sequence[Verdict]) -> int:
    return sum(verdict.noticed_by is None for verdict in verdicts)


def _pairs(book: LawBook) -> int:
    return sum(len(each.different_pairs()) for each in book.parameters.values())


def _forms(book: LawBook) -> int:
    return sum(1 for _ in compiled_forms(book))


def _goals(sheet: Sheet) -> Sequence[Goal]:
    names = {
        "changes to the law": "law check --mutate: no survivor in the whole book",
        "pairs of values that differ": "every pair of values makes a difference",
        "compiled definitions": "every compiled definition is exact",
    }
    return [
        Goal(names[str(what)], f"{amiss} of {count:,} do not hold", not amiss)
        for what, count, amiss in sheet.rows
        if what in names
    ]


if __name__ == "__main__":
    outcome = measure()
    outcome.show()
    show_goals(outcome.goals)
