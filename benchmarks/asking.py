"""Asking the peers: the definition and the claims go out, reports come back.

A peer is a child process in an environment of its own. Every answer it gives is
compared with the answer expected before anything it measured is used.
"""

from __future__ import annotations

import csv
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from asylon.logic.formulas import (
    All,
    Any,
    AtLeast,
    Constant,
    Fact,
    Formula,
    Named,
    Not,
)
from benchmarks.caseload import Row
from benchmarks.peers.problem import (
    Problem,
    Report,
    Step,
    Tree,
    digits,
    write_problem,
)

ROOT = Path(__file__).parents[1]
PYTHON = ROOT / ".venv-peers" / "bin" / "python"
PEERS = ("numpy_peer", "duckdb_peer", "zen_peer", "openfisca_peer")

_CELLS = ("false", "", "true")


class DisagreementError(Exception):
    """Two engines gave different answers to the same question."""


class PeerError(Exception):
    """A peer could not be asked."""


@contextmanager
def task(problem: Problem) -> Iterator[Path]:
    """Put a problem in a temporary folder for the peers to read."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_problem(problem, folder)
        write_table(problem.facts, problem.claims, folder / "claims.csv")
        write_table(problem.facts, problem.whole, folder / "whole.csv")
        yield folder


def ask(peer: str, folder: Path) -> Report:
    """Let a peer measure itself on the problem in a folder.

    Raises:
        PeerError: its environment is missing, or it broke off.
    """
    if not PYTHON.exists():
        message = f"{PYTHON.relative_to(ROOT)} is missing. Run `make bench`."
        raise PeerError(message)
    command = [str(PYTHON), "-m", f"benchmarks.peers.{peer}", str(folder)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        message = f"{peer} broke off:\n{done.stderr.strip()[-2000:]}"
        raise PeerError(message)
    return Report.read(done.stdout.strip().splitlines()[-1])


def write_table(facts: Sequence[str], rows: Sequence[Row], path: Path) -> None:
    """Write claims as CSV: true, false, or nothing where a fact is open."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", *facts])
        for number, row in enumerate(rows):
            writer.writerow([number, *(_CELLS[rank] for rank in row)])


def check(who: str, answers: str, expected: bytes) -> None:
    """Compare answers, claim by claim, with those expected.

    Raises:
        DisagreementError: an answer differs.
    """
    wanted = digits(expected[: len(answers)])
    if not answers or answers != wanted:
        pairs = zip(answers, wanted, strict=False)
        wrong = sum(one != other for one, other in pairs)
        message = f"{who}: {wrong} of {len(answers)} answers are not those expected"
        raise DisagreementError(message)


def check_report(report: Report, expected: bytes) -> None:
    """Compare every answer of a peer about the caseload with those expected."""
    for run in [*report.bulk, *report.one]:
        check(f"{report.peer}, {run.how}", run.answers, expected)


def steps(formula: Formula, facts: Sequence[str]) -> list[Step]:
    """Translate a ground formula into steps over plain identifiers.

    >>> law = Named("law", All((Fact("a.b"), Not(Fact("c")))))
    >>> steps(law, ["a.b", "c"])
    [Step(id='law', formula=['all', [['fact', 'a_b'], ['not', ['fact', 'c']]]])]
    """
    translation = _Translation()
    last = translation.tree(formula)
    if last[0] != "step":
        translation.steps.append(Step("outcome", last))
    taken = [*identifiers(facts), *(step.id for step in translation.steps)]
    if len(set(taken)) < len(taken):
        message = "two names of the definition have the same identifier"
        raise ValueError(message)
    return translation.steps


def identifiers(names: Sequence[str]) -> list[str]:
    """Turn names of facts into identifiers that every peer accepts."""
    return [_identifier(name) for name in names]


def _identifier(name: str) -> str:
    return re.sub(r"\W+", "_", name)


class _Translation:
    """Collects the named parts of a formula, each once, parts before wholes."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._done: dict[Formula, Tree] = {}

    def tree(self, formula: Formula) -> Tree:
        match formula:
            case Fact(name):
                return ["fact", _identifier(name)]
            case Constant(truth):
                return ["constant", truth.rank]
            case Named():
                return self._named(formula)
            case Not(part):
                return ["not", self.tree(part)]
            case All(parts) | Any(parts):
                join = "all" if isinstance(formula, All) else "any"
                return [join, [self.tree(part) for part in parts]]
            case AtLeast(count, parts):
                return ["at_least", count, [self.tree(part) for part in parts]]
        message = f"Not a ground formula: {formula}"
        raise TypeError(message)

    def _named(self, formula: Named) -> Tree:
        if formula not in self._done:
            body = self.tree(formula.body)
            step = Step(_identifier(formula.name), body)
            self.steps.append(step)
            self._done[formula] = ["step", step.id]
        return self._done[formula]
