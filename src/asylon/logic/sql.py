"""A formula as SQL text, for engines whose NULL is the third value.

AND, OR and NOT over nullable booleans are Kleene's in SQLite, PostgreSQL and DuckDB
alike. What loses the third value is a bare condition in WHERE or CASE; the text made
here ends in a column that says 'true', 'false' or 'unknown' and has neither.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from asylon.logic.exactness import exact_form
from asylon.logic.formulas import All, Any, AtLeast, Constant, Fact, Formula, Named, Not
from asylon.logic.truth import Truth

Dialect: TypeAlias = Literal["sqlite", "postgresql", "duckdb"]
DIALECTS: tuple[Dialect, ...] = ("sqlite", "postgresql", "duckdb")

_UNKNOWN = {
    "sqlite": "CAST(NULL AS INTEGER)",
    "postgresql": "CAST(NULL AS BOOLEAN)",
    "duckdb": "CAST(NULL AS BOOLEAN)",
}


def column(name: str) -> str:
    """Quote the column of a fact.

    >>> column("nationalities.1.national")
    '"nationalities.1.national"'
    """
    return '"' + name.replace('"', '""') + '"'


def condition(formula: Formula, dialect: Dialect) -> str:
    """Write a ground formula as an SQL expression whose NULL means unknown.

    >>> condition(All((Fact("a"), Not(Fact("b")))), "sqlite")
    '("a" AND NOT "b")'
    """
    match formula:
        case Fact(name):
            return column(name)
        case Constant(Truth.UNKNOWN):
            return _UNKNOWN[dialect]
        case Constant(truth):
            return truth.value.upper()
        case Not(part):
            return f"NOT {condition(part, dialect)}"
        case Named(_, body):
            return condition(body, dialect)
        case All(parts):
            return f"({' AND '.join(condition(part, dialect) for part in parts)})"
        case Any(parts):
            return f"({' OR '.join(condition(part, dialect) for part in parts)})"
        case AtLeast(count, parts):
            return condition(_spelled_out(count, parts), dialect)
    message = f"Not a ground formula: {formula}"
    raise TypeError(message)


def _spelled_out(count: int, parts: tuple[Formula, ...]) -> Formula:
    if count == 1:
        return Any(parts)
    if count == len(parts):
        return All(parts)
    first, *others = parts
    rest = tuple(others)
    with_it = All((first, _spelled_out(count - 1, rest)))
    return Any((with_it, _spelled_out(count, rest)))


def query(formula: Formula, dialect: Dialect, *, table: str, key: str = "id") -> str:
    """Write a query that gives each row's key and outcome.

    Args:
        formula: ground; it is made exact first.
        dialect: the engine.
        table: a table with the key and one nullable boolean column for each fact.
        key: the column that identifies a row.
    """
    holds = condition(exact_form(formula), dialect)
    return (
        f"WITH answered AS (\n"  # noqa: S608  names are quoted by `column`
        f"  SELECT {column(key)}, {holds} AS holds\n"
        f"  FROM {column(table)}\n"
        f")\n"
        f"SELECT {column(key)},\n"
        f"  CASE WHEN holds IS NULL THEN 'unknown'\n"
        f"       WHEN holds IS TRUE THEN 'true' ELSE 'false' END AS outcome\n"
        f"FROM answered"
    )
