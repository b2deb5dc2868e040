"""The database engines behind one small interface: fill a table, ask a query."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import duckdb
import psycopg

from asylon.logic.sql import Dialect, column
from asylon.logic.truth import FALSE, TRUE, UNKNOWN, Truth

Row: TypeAlias = Sequence[Truth]
"""One claim: the finding on each fact."""

_WORDS = {TRUE: "true", FALSE: "false", UNKNOWN: ""}
_NUMBERS = {TRUE: 1, FALSE: 0, UNKNOWN: None}


class Engine:
    """An open database with one table of claims at a time."""

    dialect: Dialect

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def fill(
        self,
        names: Sequence[str],
        rows: Iterable[Row],
        *,
        table: str = "claims",
        key: str = "id",
    ) -> None:
        """Make the table anew, with a column for each fact and a row for each claim."""
        columns = [f"{column(name)} BOOLEAN" for name in names]
        columns.insert(0, f"{column(key)} INTEGER PRIMARY KEY")
        self.connection.execute(f"DROP TABLE IF EXISTS {column(table)}")
        self.connection.execute(f"CREATE TABLE {column(table)} ({', '.join(columns)})")
        self.load(column(table), len(columns), rows)

    def load(self, table: str, width: int, rows: Iterable[Row]) -> None:
        """Put rows in the table, numbered from 0."""
        raise NotImplementedError

    def outcomes(self, query: str) -> list[Truth]:
        """Run a query for keys and outcomes; give the outcomes in the order of keys."""
        found = self.connection.execute(query).fetchall()
        return [Truth(outcome) for _, outcome in sorted(found)]


class SQLite(Engine):
    """SQLite, in memory."""

    dialect = "sqlite"

    def load(self, table: str, width: int, rows: Iterable[Row]) -> None:
        marks = ", ".join("?" * width)
        self.connection.executemany(
            f"INSERT INTO {table} VALUES ({marks})",  # noqa: S608  the table is quoted
            ([at, *map(_NUMBERS.get, row)] for at, row in enumerate(rows)),
        )


class DuckDB(Engine):
    """DuckDB, in memory."""

    dialect = "duckdb"

    def load(self, table: str, width: int, rows: Iterable[Row]) -> None:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "rows.csv"
            with file.open("w") as written:
                written.writelines(_lines(rows))
            self.connection.execute(f"COPY {table} FROM '{file}' (HEADER false)")


class PostgreSQL(Engine):
    """PostgreSQL, a server of its own."""

    dialect = "postgresql"

    def load(self, table: str, width: int, rows: Iterable[Row]) -> None:
        with (
            self.connection.cursor() as cursor,
            cursor.copy(f"COPY {table} FROM STDIN (FORMAT csv)") as copy,
        ):
            for line in _lines(rows):
                copy.write(line)
        self.connection.execute(f"ANALYZE {table}")


def _lines(rows: Iterable[Row]) -> Iterator[str]:
    for number, row in enumerate(rows):
        yield ",".join([str(number), *map(_WORDS.__getitem__, row)]) + "\n"


@contextmanager
def opened(
    dialect: Dialect, server: Callable[[], psycopg.Connection]
) -> Iterator[Engine]:
    """Open an engine; the server is asked for only if it is the one."""
    match dialect:
        case "sqlite":
            with closing(sqlite3.connect(":memory:")) as connection:
                yield SQLite(connection)
        case "duckdb":
            with closing(duckdb.connect()) as connection:
                yield DuckDB(connection)
        case "postgresql":
            yield PostgreSQL(server())
