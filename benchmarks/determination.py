"""One definition, many engines: determination beside four peers.

Everybody gets the same definition, the whole of Article 1 as the mandate applies it,
and the same generated claims, and every answer is checked before its time is printed.
The peers are general tools that were not made for this. So each gets its best form:
OpenFisca integer variables in its own vector input, zen-engine integers in one node of
expressions, NumPy columns of bytes, DuckDB both encodings. Loading is timed apart.
Peers follow Kleene's tables, which are sound; where those leave open what is in fact
settled, our answers are held to the stricter measure: what all completions agree on.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from asylon.logic.grounding import Entries, Shape
from benchmarks import dropping, engines, ours
from benchmarks.asking import (
    PEERS,
    DisagreementError,
    PeerError,
    ask,
    check_report,
    identifiers,
    steps,
    task,
)
from benchmarks.caseload import (
    Definition,
    Row,
    country,
    counts,
    definition,
    rows,
)
from benchmarks.outcomes import Goal, Outcome, Sheet, in_ms, tell
from benchmarks.peers.problem import Problem, Report, Run

CLAIMS = 100_000
ONE_BY_ONE = 2_000
ASKED_OF_PEERS = 500
WHOLE = 40
ROUNDS = 3

WANTED_MS = 0.25
WISHED_FOR_MS = 0.1

IN_DOUBT = Shape(
    (
        ("nationalities", Entries((("A", country()),), may_grow=False)),
        ("former_residences", Entries((("A", country()),), may_grow=False)),
    )
)
"""One country, of which it may be open whether the person is a national of it."""


@dataclass
class Bench:
    """The definition with its caseload, and what was measured on them."""

    definition: Definition
    rows: list[Row]
    kleene: bytes
    expected: bytes
    one_by_one: ours.OneByOne
    whole: list[Row]
    reports: list[Report] = field(default_factory=list)
    sql: list[Run] = field(default_factory=list)

    @classmethod
    def of(cls, claims: int) -> Bench:
        """Draw the claims and find the answers expected."""
        law = definition()
        drawn = rows(law.favourable, claims)
        kleene, expected = expectations(law, drawn)
        few = drawn[:ONE_BY_ONE], expected[:ONE_BY_ONE]
        one_by_one = ours.OneByOne(law, *few, ours.decisions(law))
        whole = dropping.whole_claims(law, WHOLE)
        return cls(law, drawn, kleene, expected, one_by_one, whole)

    def measure(self) -> None:
        """Measure us and the peers in turn, so that all see the same machine."""
        self.measure_sql()
        with task(self.problem()) as folder:
            for peer in PEERS:
                tell(f"Measuring asylon, then {peer.removesuffix('_peer')}.")
                self.one_by_one.measure()
                report = ask(peer, folder)
                check_report(report, self.kleene)
                self.reports.append(report)
        self.one_by_one.measure()
        self.measure_sql()

    def measure_sql(self) -> None:
        """Measure our SQL in every engine; a second time adds to the first."""
        tell("Measuring our SQL.")
        law = self.definition
        runs = list(
            engines.measure(
                law.formula, law.facts, self.rows, self.expected, rounds=ROUNDS
            )
        )
        for run, before in zip(runs, self.sql, strict=False):
            run.seconds += before.seconds
        self.sql = runs

    def problem(self) -> Problem:
        """Put the same task to every peer."""
        return Problem(
            facts=identifiers(self.definition.facts),
            steps=steps(self.definition.formula, self.definition.facts),
            claims=self.rows,
            whole=self.whole,
            one=ASKED_OF_PEERS,
            rounds=ROUNDS,
        )


def expectations(law: Definition, drawn: Sequence[Row]) -> tuple[bytes, bytes]:
    """Give what Kleene's tables find for each claim, and the exact answer.

    Kleene's tables are never wrong where they give a definite answer, so only what
    they leave open is asked again.
    """
    kleene = bytes(map(law.kleene, drawn))
    pairs = zip(kleene, drawn, strict=True)
    exact = bytes(rank if rank != 1 else law.exact(row) for rank, row in pairs)
    return kleene, exact


def measure(claims: int = CLAIMS) -> Outcome:
    """Run the whole benchmark.

    Raises:
        DisagreementError: answers differ.
        PeerError: a peer could not be asked.
    """
    count = max(claims, ONE_BY_ONE)
    tell(f"Drawing {count:,} claims.")
    bench = Bench.of(count)
    bench.measure()
    drops, drop_goal = dropped_facts(bench)
    sheets = [one_claim(bench), many_claims(bench), drops, kleene_alone(bench)]
    goals = [*speed_goals(bench), drop_goal, *decision_goals(bench.definition)]
    return Outcome("determination", sheets, goals)


def one_claim(bench: Bench) -> Sheet:
    """Tell how long one claim takes, beside what comes with the answer."""
    mine = bench.one_by_one
    own = [
        ("asylon", "determine, generated claims", "all of it", mine.generated),
        (
            "asylon",
            f"determine, {mine.agreeing} decisions",
            "all of it",
            mine.published,
        ),
        ("asylon", "exact status only", "status", mine.status),
    ]
    theirs = [
        (report.peer, run.how, run.gives, run.seconds)
        for report in bench.reports
        for run in report.one
    ]
    unit = median(mine.generated)
    return Sheet(
        "One claim, from its findings to the answer",
        {
            "engine": "",
            "how": "",
            "gives": "",
            "median ms": ".3f",
            "p95 ms": ".3f",
            "asylon = 1": ".2f",
        },
        [
            (engine, how, gives, *in_ms(seconds), median(seconds) / unit)
            for engine, how, gives, seconds in [*own, *theirs]
        ],
        [
            "All of it: result, reasons, what carries it, what is decisive, what would "
            "have to be shown, what closes, what is open.",
            "A status is met, not met or open, without a reason.",
        ],
    )


def many_claims(bench: Bench) -> Sheet:
    """Tell how long many claims take."""
    own = [("asylon SQL", run) for run in bench.sql]
    theirs = [(report.peer, run) for report in bench.reports for run in report.bulk]
    best = max(_per_second(run) for run in bench.sql)
    quicker = sorted({peer for peer, run in theirs if _per_second(run) > best})
    counted = ", ".join(f"{n:,} {kind}" for kind, n in counts(bench.expected).items())
    return Sheet(
        "Many claims, status only",
        {
            "engine": "",
            "how": "",
            "claims": ",",
            "load s": ".2f",
            "median s": ".4f",
            "claims/s": ",.0f",
        },
        [
            (
                engine,
                run.how,
                len(run.answers),
                run.load,
                median(run.seconds),
                _per_second(run),
            )
            for engine, run in [*own, *theirs]
        ],
        [
            f"Everybody found the same: {counted}.",
            f"Quicker per claim than our SQL: {', '.join(quicker) or 'nobody'}. "
            "In bulk nobody here, our SQL included, gives reasons.",
        ],
    )


def _per_second(run: Run) -> float:
    return len(run.answers) / median(run.seconds)


def dropped_facts(bench: Bench) -> tuple[Sheet, Goal]:
    """Tell what becomes of definite answers once a fact is dropped.

    Raises:
        DisagreementError: we give another than the honest answer.
    """
    tell("Dropping facts.")
    law, whole = bench.definition, bench.whole
    before, right = bytes(map(law.kleene, whole)), dropping.honest(law, whole)
    mine = dropping.ours(law, whole)
    runs = [("asylon", mine)]
    runs += [(report.peer, run) for report in bench.reports for run in report.drops]
    counted = [
        (who, run.how, *dropping.became(run, before, right)) for who, run in runs
    ]
    zen = next(report for report in bench.reports if report.notes)
    on_null = "; ".join(f"{text}: {what}" for text, what in zen.notes.items())
    sheet = Sheet(
        "A fact is dropped from a claim with a definite answer",
        {"engine": "", "how": "", **dict.fromkeys(dropping.HEADINGS, ",")},
        counted,
        [
            f"Each of {len(law.facts)} facts of {len(whole)} claims; on "
            f"{right.count(1):,} of {len(right):,} the answer hangs, so that open is "
            "right.",
            "Rightly kept: both ways in which the fact could turn out lead to it.",
            "Kept unfounded: the same answer, although it no longer follows.",
            f"{zen.peer}'s own operators: {on_null}.",
        ],
    )
    wrong = sum(
        one != other for one, other in zip(mine.answers, map(str, right), strict=True)
    )
    figure = f"{wrong} of {len(right):,} drops"
    return sheet, Goal(
        "no answer that a dropped fact does not allow", figure, not wrong
    )


def kleene_alone(bench: Bench) -> Sheet:
    """Count the claims that Kleene's tables leave open though they are settled."""
    doubt = definition(IN_DOUBT)
    drawn = rows(doubt.favourable, len(bench.rows))
    kleene, exact = expectations(doubt, drawn)
    list(engines.measure(doubt.formula, doubt.facts, drawn, exact, rounds=1))
    return Sheet(
        "Left open by Kleene's tables alone, and settled by our SQL and our answers",
        {"claims with": "", "claims": ",", "open": ",", "of them settled": ","},
        [
            _left_open("two nationalities (as measured)", bench.kleene, bench.expected),
            _left_open("a nationality or former residence", kleene, exact),
        ],
    )


def _left_open(what: str, kleene: bytes, exact: bytes) -> tuple[str, int, int, int]:
    left = kleene.count(1)
    return what, len(kleene), left, left - exact.count(1)


def speed_goals(bench: Bench) -> Iterator[Goal]:
    """Hold one claim against the goals, and against every peer."""
    mine = bench.one_by_one
    generated, p95 = in_ms(mine.generated)
    published, _ = in_ms(mine.published)
    slower = max(generated, published)
    figure = (
        f"{generated:.3f} ms generated (p95 {p95:.3f}), {published:.3f} ms decisions"
    )
    yield Goal(f"one claim ≤ {WANTED_MS} ms", figure, slower <= WANTED_MS)
    wished = f"one claim ≤ {WISHED_FOR_MS} ms (wished for)"
    yield Goal(wished, figure, slower <= WISHED_FOR_MS)
    theirs = [(report, run) for report in bench.reports for run in report.one]
    telling = [(report, run) for report, run in theirs if run.gives != "status"]
    bare = [(report, run) for report, run in theirs if run.gives == "status"]
    status, _ = in_ms(mine.status)
    yield _ahead("ahead of every peer that tells why or what", generated, telling)
    yield _ahead("ahead of every peer, status against status", status, bare)
    yield _ahead("all of it ahead even of a peer's bare status", generated, bare)


def _ahead(goal: str, mine: float, theirs: Sequence[tuple[Report, Run]]) -> Goal:
    report, run = min(theirs, key=lambda pair: median(pair[1].seconds))
    best, _ = in_ms(run.seconds)
    figure = f"{mine:.3f} ms; {report.peer}, {run.how}: {best:.3f} ms"
    return Goal(goal, figure, mine < best)


def decision_goals(law: Definition) -> Iterator[Goal]:
    """Hold the published decisions against what the file expects."""
    for goal, strict in (
        ("the decisions: 43 agree", False),
        ("with --strict: 43 equal strict_result", True),
    ):
        agreed, count = ours.agreeing(law, strict=strict)
        yield Goal(goal, f"{agreed} of {count}", agreed == count == 43)


def main() -> int:
    """Run the benchmark from the prompt."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.determination")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--claims", type=int, default=CLAIMS, help="how many claims; at least 2,000"
    )
    options = parser.parse_args()
    try:
        outcome = measure(options.claims)
    except (DisagreementError, PeerError) as error:
        print(error, file=sys.stderr)
        return 1
    if options.json:
        outcome.print_json()
    else:
        outcome.show()
    return 0


if __name__ == "__main__":
    sys.exit(main())
