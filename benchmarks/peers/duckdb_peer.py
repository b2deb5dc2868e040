"""DuckDB: the definition as a select over a table with one column a fact.

Two encodings are measured: nullable Booleans, whose AND, OR and NOT are Kleene's, and
small integers joined by LEAST and GREATEST. Later columns name earlier ones, as DuckDB
allows.
"""

from __future__ import annotations

from typing import Any

import duckdb

from benchmarks.peers.problem import (
    OPEN,
    Problem,
    Report,
    Run,
    Words,
    digits,
    read_problem,
    timed,
    timed_each,
)

BOOLEANS = Words(
    fact=str,
    step=str,
    deny=lambda part: f"(NOT {part})",
    join=lambda parts: f"({' AND '.join(parts)})",
    choose=lambda parts: f"({' OR '.join(parts)})",
    constants=("FALSE", "NULL", "TRUE"),
)
INTEGERS = Words(
    fact=str,
    step=str,
    deny=lambda part: f"(2 - {part})",
    join=lambda parts: f"least({', '.join(parts)})",
    choose=lambda parts: f"greatest({', '.join(parts)})",
)
RANK = {False: 0, None: OPEN, True: 2}


def query(problem: Problem, words: Words, source: str) -> str:
    """Write the definition as a query for key and outcome."""
    steps = [f"{words.write(step.formula)} AS {step.id}" for step in problem.steps]
    outcome = problem.steps[-1].id
    inner = f"SELECT id, {', '.join(steps)} FROM {source}"  # noqa: S608  own names
    return f"SELECT id, {outcome} AS outcome FROM ({inner})"  # noqa: S608


def load(problem: Problem) -> Any:
    """Load the caseload in both encodings."""
    database = duckdb.connect()
    _read(database, problem, "booleans", "claims.csv")
    numbers = ", ".join(
        f"CAST(coalesce(2 * CAST({fact} AS TINYINT), {OPEN}) AS TINYINT) AS {fact}"
        for fact in problem.facts
    )
    database.execute(f"CREATE TABLE integers AS SELECT id, {numbers} FROM booleans")
    return database


def _read(database: Any, problem: Problem, table: str, file: str) -> None:
    types = {"id": "INTEGER"} | dict.fromkeys(problem.facts, "BOOLEAN")
    source = "read_csv(?, header = true, columns = ?)"
    path = f"{problem.folder}/{file}"
    database.execute(f"CREATE TABLE {table} AS FROM {source}", [path, types])


def bulk(problem: Problem, database: Any, words: Words, table: str, how: str) -> Run:
    """Work out and keep the outcome of every claim."""
    text = query(problem, words, table)
    act = f"CREATE OR REPLACE TEMP TABLE answers AS {text}"
    seconds = timed(lambda: database.execute(act), problem.rounds)
    found = database.execute("SELECT outcome FROM answers ORDER BY id").fetchall()
    answers = digits(rank(value) for (value,) in found)
    return Run(how, answers, "status", seconds)


def rank(value: object) -> int:
    """Give the rank of a value in either encoding."""
    return RANK[value] if value is None or isinstance(value, bool) else int(str(value))


def one(problem: Problem, database: Any) -> Run:
    """Ask for one claim at a time by a prepared query."""
    database.execute(f"CREATE TABLE few AS FROM booleans LIMIT {problem.one}")
    text = query(problem, BOOLEANS, "few WHERE id = ?")
    database.execute(f"PREPARE ask AS {text}")
    numbers = {claim: number for number, claim in enumerate(problem.claims[: problem.one])}

    def ask(claim: bytes) -> int:
        row = database.execute(f"EXECUTE ask({numbers[claim]})").fetchone()
        return RANK[row[1]]

    seconds, answers = timed_each(ask, list(numbers), problem.rounds)
    return Run("prepared query", answers, "status", seconds)


def drops(problem: Problem, database: Any) -> list[Run]:
    """Drop each fact in turn: it is NULL then."""
    _read(database, problem, "whole", "whole.csv")
    width = len(problem.facts)
    columns = ", ".join(
        f"CASE WHEN place <> {place} THEN {fact} END AS {fact}"
        for place, fact in enumerate(problem.facts)
    )
    database.execute(
        f"CREATE TABLE dropped AS SELECT id * {width} + place AS id, {columns}"  # noqa: S608
        f" FROM whole CROSS JOIN range({width}) AS places(place)"
    )
    text = query(problem, BOOLEANS, "dropped")
    found = dict(database.execute(text).fetchall())
    kept = f"SELECT id FROM ({text}) WHERE outcome"  # noqa: S608  own names
    listed = {number for (number,) in database.execute(kept).fetchall()}
    numbers = sorted(found)
    return [
        Run("bare condition in WHERE", digits(2 * (each in listed) for each in numbers)),
        Run("nullable Booleans", digits(RANK[found[each]] for each in numbers)),
    ]


def main() -> None:
    """Measure and report."""
    problem = read_problem()
    database = load(problem)
    Report(
        "DuckDB",
        duckdb.__version__,
        bulk=[
            bulk(problem, database, BOOLEANS, "booleans", "nullable Booleans"),
            bulk(problem, database, INTEGERS, "integers", "TINYINT, least and greatest"),
        ],
        one=[one(problem, database)],
        drops=drops(problem, database),
    ).print()


if __name__ == "__main__":
    main()
