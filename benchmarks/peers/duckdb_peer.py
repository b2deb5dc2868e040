"""DuckDB: the definition as a select over a table with one column a fact.

Two encodings are measured: nullable Booleans, whose AND, OR and NOT are Kleene's, and
small integers joined by LEAST and GREATEST. The definition is one expression: that was
quicker than a column for each part, by six to one where a single claim is asked about.
"""

from __future__ import annotations

from time import perf_counter

import duckdb

from benchmarks.peers.problem import (
    OPEN,
    Problem,
    Report,
    Run,
    Words,
    digits,
    inlined,
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


class Law:
    """The definition as queries, and a database with the claims."""

    def __init__(self, problem: Problem) -> None:
        """Load the caseload in both encodings."""
        self.problem = problem
        self.database = duckdb.connect()
        began = perf_counter()
        self._read("booleans", "claims.csv")
        self.load = perf_counter() - began
        numbers = ", ".join(
            f"CAST(coalesce(2 * CAST({fact} AS TINYINT), {OPEN}) AS TINYINT) AS {fact}"
            for fact in problem.facts
        )
        self.database.execute(
            f"CREATE TABLE integers AS SELECT id, {numbers} FROM booleans"  # noqa: S608
        )

    def _read(self, table: str, file: str) -> None:
        types = {"id": "INTEGER"} | dict.fromkeys(self.problem.facts, "BOOLEAN")
        source = "read_csv(?, header = true, columns = ?)"
        path = f"{self.problem.folder}/{file}"
        self.database.execute(f"CREATE TABLE {table} AS FROM {source}", [path, types])

    def query(self, words: Words, source: str) -> str:
        """Write the definition as a query for key and outcome."""
        outcome = inlined(self.problem, words)
        return f"SELECT id, {outcome} AS outcome FROM {source}"  # noqa: S608

    def bulk(self, how: str, words: Words, table: str) -> Run:
        """Work out and keep the outcome of every claim."""
        database = self.database
        act = f"CREATE OR REPLACE TEMP TABLE answers AS {self.query(words, table)}"
        seconds = timed(lambda: database.execute(act), self.problem.rounds)
        found = database.execute("SELECT outcome FROM answers ORDER BY id").fetchall()
        ranks = (RANK[value] if words is BOOLEANS else value for (value,) in found)
        return Run(how, digits(ranks), "status", seconds, self.load)

    def one(self, how: str, *, optimizer: bool) -> Run:
        """Ask for one claim at a time by a prepared query."""
        database, claims = self.database, self.problem.claims[: self.problem.one]
        few = f"SELECT * FROM booleans WHERE id < {len(claims)}"  # noqa: S608
        database.execute(f"CREATE OR REPLACE TABLE few AS {few}")
        if not optimizer:
            database.execute("PRAGMA disable_optimizer")
            database.execute("SET threads = 1")
        database.execute(f"PREPARE ask AS {self.query(BOOLEANS, 'few WHERE id = ?')}")
        numbers = {claim: number for number, claim in enumerate(claims)}

        def ask(claim: bytes) -> int:
            found = database.execute(f"EXECUTE ask({numbers[claim]})").fetchall()
            return RANK[found[0][1]]

        seconds, answers = timed_each(ask, claims, self.problem.rounds)
        database.execute("PRAGMA enable_optimizer")
        database.execute("RESET threads")
        return Run(how, answers, "status", seconds)

    def drops(self) -> list[Run]:
        """Drop each fact in turn: it is NULL then."""
        self._read("whole", "whole.csv")
        width = len(self.problem.facts)
        columns = ", ".join(
            f"CASE WHEN place <> {place} THEN {fact} END AS {fact}"
            for place, fact in enumerate(self.problem.facts)
        )
        self.database.execute(
            f"CREATE TABLE dropped AS SELECT id * {width} + place AS id, {columns}"  # noqa: S608
            f" FROM whole CROSS JOIN range({width}) AS places(place)"
        )
        text = self.query(BOOLEANS, "dropped")
        found = dict(self.database.execute(text).fetchall())
        kept = f"SELECT id FROM ({text}) WHERE outcome"  # noqa: S608  own names
        listed = {number for (number,) in self.database.execute(kept).fetchall()}
        numbers = sorted(found)
        bare = digits(2 * (each in listed) for each in numbers)
        return [
            Run("bare condition in WHERE", bare),
            Run("nullable Booleans", digits(RANK[found[each]] for each in numbers)),
        ]


def main() -> None:
    """Measure and report."""
    law = Law(read_problem())
    Report(
        "DuckDB",
        duckdb.__version__,
        bulk=[
            law.bulk("nullable Booleans", BOOLEANS, "booleans"),
            law.bulk("TINYINT, least and greatest", INTEGERS, "integers"),
        ],
        one=[
            law.one("prepared query", optimizer=True),
            law.one("prepared query, no optimizer", optimizer=False),
        ],
        drops=law.drops(),
    ).print()


if __name__ == "__main__":
    main()
