"""Re-examination: a million invented claims between two sets, beside other engines.

Everybody is given the same claims, the same two formulas and the same findings, and
every answer is compared before a time is printed. DuckDB runs the SQL written here over
nullable columns; NumPy follows Kleene's tables on columns of bytes; and claims are
determined one by one. Those give a value before and after; only we say by what a claim
flips. Drawing the claims, and bringing them into each engine's form, is timed apart.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

import duckdb
import numpy as np
from numpy.typing import NDArray

from asylon import instruments
from asylon.determination import Determiner
from asylon.determination.batches import Batch, Comparison
from asylon.determination.flips import Reexamined
from asylon.determination.reexamination import Reexaminer, explained
from asylon.determination.tallies import Tally
from asylon.invented.claims import Caseload
from asylon.law import choose
from asylon.logic.evaluation import Plan, replay
from asylon.logic.exactness import compiled
from asylon.logic.formulas import Formula
from asylon.logic.modules import facts
from asylon.logic.planes import Columns, Planes, unpack
from asylon.logic.sql import column, query
from benchmarks.asking import DisagreementError
from benchmarks.caseload import ON, SEED
from benchmarks.outcomes import Goal, Outcome, Sheet, show_goals, tell

CLAIMS = 1_000_000
ASKED_IN_SQL = 131_072
ONE_BY_ONE = 500
REASONS = 1_000
BEFORE, AFTER = "gbr", "unhcr"
WANTED_SECONDS = 10.0

Ranks = NDArray[np.int8]


@dataclass(frozen=True)
class Run:
    """What one engine took, for so many claims, and what it gives."""

    engine: str
    gives: str
    claims: int
    load: float
    seconds: float

    @property
    def per_second(self) -> float:
        """How many claims a second."""
        return self.claims / self.seconds


def compared() -> Comparison:
    """Compare the two sets on the day of every benchmark."""
    book = instruments.book()
    law = Determiner(book).law
    before, after = (choose(book, book.sets[each], ON) for each in (BEFORE, AFTER))
    return Comparison(law(before), law(after))


def ours(comparison: Comparison, claims: int) -> tuple[Run, float, int]:
    """Draw, re-examine, list every flip, and give reasons for the first."""
    began = perf_counter()
    caseload = Caseload(comparison, seed=SEED)
    reexaminer, tally = Reexaminer(), Tally()
    drawn = reasons = flips = 0
    drawing = 0.0
    given = caseload.batches(claims)
    while drawn < claims:
        start = perf_counter()
        batch = next(given)
        drawing += perf_counter() - start
        drawn += batch.count
        found = reexaminer.reexamine(batch)
        tally.add(found)
        for place, flip in found.each():
            flips += 1
            if not (flip.elements and flip.direction):
                message = f"claim {flip.id} flips without a direction or an element"
                raise DisagreementError(message)
            if reasons < REASONS:
                check_reasons(batch, place, (flip.before, flip.after))
                reasons += 1
    whole = perf_counter() - began
    if flips != sum(tally.flips.values()):
        message = f"{flips} flips are listed and {sum(tally.flips.values())} counted"
        raise DisagreementError(message)
    run = Run(
        "asylon planes", "values, flips, causes", claims, drawing, whole - drawing
    )
    return run, whole, flips


def check_reasons(batch: Batch, place: int, values: tuple[object, object]) -> None:
    """Give full reasons for a claim, and replay them."""
    before, after = explained(batch, place)
    if (replay(before), replay(after)) != values:
        name = batch.source.id(place)
        message = f"claim {name}: its reasons and the planes disagree"
        raise DisagreementError(message)


def peers(comparison: Comparison, claims: int) -> list[Run]:
    """Ask everybody about the same claims, checking every answer."""
    runs: list[Run] = []
    reexaminer = Reexaminer()
    drawn = Caseload(comparison, seed=SEED).batches(claims)
    found = [reexaminer.reexamine(batch) for batch in drawn]
    began = perf_counter()
    for each in found:
        reexaminer.values(each.batch)
    seconds = perf_counter() - began
    runs.append(Run("asylon planes", "values", claims, 0.0, seconds))
    runs.append(in_sql(comparison, found))
    runs.append(in_numpy(comparison, found))
    runs.append(one_by_one(found[0]))
    return runs


def sides(comparison: Comparison, batch: Batch) -> list[tuple[Formula, Columns]]:
    """Pair each formula with the findings that it is asked on."""
    return [
        (law.inquiry(batch.shape).formula, known)
        for law, known in (
            (comparison.before, batch.before),
            (comparison.after, batch.after),
        )
    ]


def ranks(planes: Planes, count: int) -> Ranks:
    """Give answers as 0, 1 and 2."""
    true, false = (unpack(each, count).astype(np.int8) for each in planes)
    return 1 + true - false


def check(who: str, got: Ranks, expected: Ranks) -> None:
    """Compare answers, claim by claim.

    Raises:
        DisagreementError: one differs.
    """
    wrong = int((got != expected).sum())
    if wrong:
        message = f"{who}: {wrong} of {len(expected)} answers are not those expected"
        raise DisagreementError(message)


def expected(found: Sequence[Reexamined]) -> list[Ranks]:
    """Give our answers, before and after, for all batches together."""
    return [
        np.concatenate([ranks(each.before, each.batch.count) for each in found]),
        np.concatenate([ranks(each.after, each.batch.count) for each in found]),
    ]


def table(found: Sequence[Reexamined], side: int, names: Sequence[str]) -> Ranks:
    """Lay the findings of all batches out as one column a fact."""
    columns = []
    for name in names:
        parts = []
        for each in found:
            known = (each.batch.before, each.batch.after)[side]
            open_ = np.ones(each.batch.count, np.int8)
            count = each.batch.count
            parts.append(ranks(known[name], count) if name in known else open_)
        columns.append(np.concatenate(parts))
    return np.stack(columns)


def in_sql(comparison: Comparison, found: Sequence[Reexamined]) -> Run:
    """Ask DuckDB by the SQL written here."""
    few = found[: -(-ASKED_IN_SQL // found[0].batch.count)]
    wanted = expected(few)
    load = seconds = 0.0
    for side, (formula, _) in enumerate(sides(comparison, few[0].batch)):
        names = compiled_names(formula)
        began = perf_counter()
        database = duckdb.connect()
        fill(database, names, table(few, side, names))
        load += perf_counter() - began
        text = query(formula, "duckdb", table="claims")
        began = perf_counter()
        database.execute(f"CREATE TABLE answers AS {text}")
        seconds += perf_counter() - began
        rows = database.execute("SELECT outcome FROM answers ORDER BY id").fetchnumpy()
        order = np.array(["false", "unknown", "true"], object)
        got = sum(
            np.where(rows["outcome"] == word, n, 0) for n, word in enumerate(order)
        )
        check("DuckDB", np.asarray(got, np.int8), wanted[side])
    return Run("DuckDB, our SQL", "values", len(wanted[0]), load, seconds)


def compiled_names(formula: Formula) -> tuple[str, ...]:
    """List the facts that the exact form of a formula asks."""
    made = {step.name for step in compiled(formula).steps}
    asked = dict.fromkeys(
        name for step in compiled(formula).steps for name in facts(step.formula)
    )
    return tuple(name for name in asked if name not in made)


def fill(
    database: duckdb.DuckDBPyConnection, names: Sequence[str], cells: Ranks
) -> None:
    """Put claims into a table of nullable Booleans."""
    short = {f"c{place}": row for place, row in enumerate(cells)}
    numbers = {"id": np.arange(cells.shape[1]), **short}
    database.register("numbers", numbers)
    columns = ", ".join(
        f"CASE c{place} WHEN 1 THEN NULL ELSE c{place} = 2 END AS {column(name)}"
        for place, name in enumerate(names)
    )
    database.execute(f"CREATE TABLE claims AS SELECT id, {columns} FROM numbers")  # noqa: S608


def in_numpy(comparison: Comparison, found: Sequence[Reexamined]) -> Run:
    """Follow Kleene's tables on columns of bytes, by minimum and maximum."""
    wanted, load, seconds = expected(found), 0.0, 0.0
    for side, (formula, _) in enumerate(sides(comparison, found[0].batch)):
        plan = Plan(formula)
        names = tuple(name for how, name, _, _ in plan.steps if how == "fact")
        began = perf_counter()
        cells = dict(zip(names, table(found, side, names), strict=True))
        load += perf_counter() - began
        began = perf_counter()
        got = kleene(plan, cells)
        seconds += perf_counter() - began
        # Kleene's tables may leave open what is settled, and are never wrong.
        settled = got != 1
        check("NumPy", got[settled], wanted[side][settled])
    return Run("NumPy int8, not exact", "values", len(wanted[0]), load, seconds)


def kleene(plan: Plan, cells: dict[str, Ranks]) -> Ranks:
    """Work a plan out on columns."""
    values: list[Ranks] = []
    joins: dict[str, Callable[..., Ranks]] = {"all": np.minimum, "any": np.maximum}
    for how, name, parts, needed in plan.steps:
        if how == "fact":
            values.append(cells[name])
        elif how in joins:
            value = values[parts[0]]
            for part in parts[1:]:
                value = joins[how](value, values[part])
            values.append(value)
        elif how == "not":
            values.append(2 - values[parts[0]])
        elif how == "named":
            values.append(values[parts[0]])
        else:
            values.append(np.full_like(next(iter(cells.values())), needed))
    return values[plan.root]


def one_by_one(found: Reexamined) -> Run:
    """Determine claims one at a time, before and after."""
    batch = found.batch
    began = perf_counter()
    claims = [batch.source.claim(place) for place in range(ONE_BY_ONE)]
    load = perf_counter() - began
    laws = batch.comparison.before, batch.comparison.after
    began = perf_counter()
    results = [[law.determine(claim).definition for claim in claims] for law in laws]
    seconds = perf_counter() - began
    for got, wanted in zip(results, (found.before, found.after), strict=True):
        numbers = np.array([each.rank for each in got], np.int8)
        check("one by one", numbers, ranks(wanted, batch.count)[:ONE_BY_ONE])
    return Run("asylon rows", "values, reasons", ONE_BY_ONE, load, seconds)


def measure(claims: int = CLAIMS) -> Outcome:
    """Run the whole benchmark.

    Raises:
        DisagreementError: answers differ.
    """
    comparison = compared()
    tell(f"Re-examining {claims:,} claims.")
    mine, whole, flips = ours(comparison, claims)
    tell("Asking the others.")
    runs = [mine, *peers(comparison, claims)]
    sheet = Sheet(
        f"Re-examination from `{BEFORE}` to `{AFTER}`",
        {
            "engine": "",
            "gives": "",
            "claims": ",",
            "load s": ".2f",
            "s": ".3f",
            "claims/s": ",.0f",
        },
        [
            (run.engine, run.gives, run.claims, run.load, run.seconds, run.per_second)
            for run in runs
        ],
        [
            f"{flips:,} of {claims:,} claims flip, each with its direction and parts; "
            f"full reasons for the first {REASONS:,}.",
            "Everybody found the same, but for what Kleene's tables leave open.",
            "Load: drawing the claims (ours), or bringing them into the engine's form.",
        ],
    )
    return Outcome("re-examination", [sheet], goals(whole, claims, runs))


def goals(whole: float, claims: int, runs: Sequence[Run]) -> list[Goal]:
    """Hold what was measured against what is wanted."""
    bare, others = runs[1], runs[2:]
    best = max(others, key=lambda run: run.per_second)
    return [
        Goal(
            f"{claims:,} claims re-examined with causes and reasons ≤ "
            f"{WANTED_SECONDS:.0f} s",
            f"{whole:.1f} s in all",
            whole <= WANTED_SECONDS,
        ),
        Goal(
            "re-examined quicker than every peer, values alone",
            f"{bare.per_second:,.0f}/s; {best.engine}: {best.per_second:,.0f}/s",
            bare.per_second > best.per_second,
        ),
    ]


def main() -> int:
    """Run the benchmark from the prompt."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reexamination")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--claims", type=int, default=CLAIMS, help="how many claims")
    options = parser.parse_args()
    try:
        outcome = measure(options.claims)
    except DisagreementError as error:
        print(error, file=sys.stderr)
        return 1
    if options.json:
        outcome.print_json()
    else:
        outcome.show()
        show_goals(outcome.goals)
    return 0


if __name__ == "__main__":
    sys.exit(main())
