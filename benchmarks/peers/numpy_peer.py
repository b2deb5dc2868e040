"""NumPy: a column of small integers per fact, joined by least and greatest.

This is the quickest plain way to apply one formula to many claims. It gives a status
and nothing else. Written with Booleans, a column has no room for an open fact.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.problem import (
    OPEN,
    Problem,
    Report,
    Run,
    Words,
    digits,
    nested,
    read_problem,
    timed,
    timed_each,
)

INTEGERS = Words(
    fact=str,
    step=str,
    deny=lambda part: f"(2 - {part})",
    join=nested("minimum"),
    choose=nested("maximum"),
)
BOOLEANS = Words(
    fact=str,
    step=str,
    deny=lambda part: f"(~{part})",
    join=lambda parts: f"({' & '.join(parts)})",
    choose=lambda parts: f"({' | '.join(parts)})",
    constants=("False", "False", "True"),
)

Law = Callable[..., Any]


def law(problem: Problem, words: Words) -> Law:
    """Write the definition as one Python function over columns."""
    lines = [f"def law({', '.join(problem.facts)}):"]
    lines += [f"    {step.id} = {words.write(step.formula)}" for step in problem.steps]
    lines += [f"    return {problem.steps[-1].id}"]
    names: dict[str, Any] = {"minimum": np.minimum, "maximum": np.maximum}
    exec("\n".join(lines), names)  # noqa: S102  the definition, written just above
    made: Law = names["law"]
    return made


def columns(problem: Problem, claims: list[bytes]) -> NDArray[np.int8]:
    """Lay claims out as one column a fact."""
    table = np.frombuffer(b"".join(claims), dtype=np.int8)
    return np.ascontiguousarray(table.reshape(-1, len(problem.facts)).T)


def bulk(problem: Problem, integers: Law) -> Run:
    """Apply the definition to the whole caseload."""
    began = perf_counter()
    facts = columns(problem, problem.claims)
    load = perf_counter() - began
    seconds = timed(lambda: integers(*facts), problem.rounds)
    answers = digits(integers(*facts))
    return Run("int8, minimum and maximum", answers, "status", seconds, load)


def one(problem: Problem, integers: Law) -> Run:
    """Apply the definition to one claim at a time, from findings to status."""
    facts = problem.facts
    claims = problem.claims[: problem.one]
    found = {claim: problem.known(claim) for claim in claims}

    def ask(claim: bytes) -> int:
        known = found[claim]
        row = np.array([[known.get(fact, OPEN)] for fact in facts], dtype=np.int8)
        return int(integers(*row)[0])

    seconds, answers = timed_each(ask, claims, problem.rounds)
    return Run("one row", answers, "status", seconds)


def drops(problem: Problem, integers: Law, booleans: Law) -> list[Run]:
    """Drop each fact in turn, with and without room for an open one."""
    dropped = []
    for claim, place in problem.drops():
        dropped.append(claim[:place] + bytes([OPEN]) + claim[place + 1 :])
    facts = columns(problem, dropped)
    two_valued = booleans(*(facts == 2))
    return [
        Run("Booleans, from zeros", digits(2 * two_valued.astype(int))),
        Run("int8 0/1/2, 1 where nothing was found", digits(integers(*facts))),
    ]


def main() -> None:
    """Measure and report."""
    problem = read_problem()
    integers, booleans = law(problem, INTEGERS), law(problem, BOOLEANS)
    Report(
        "NumPy",
        np.__version__,
        bulk=[bulk(problem, integers)],
        one=[one(problem, integers)],
        drops=drops(problem, integers, booleans),
    ).print()


if __name__ == "__main__":
    main()
