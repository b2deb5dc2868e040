"""A formula as SQL text, for engines whose NULL is the third value.

AND, OR and NOT over nullable booleans are Kleene's in SQLite, PostgreSQL and DuckDB
alike. What loses the third value is a bare condition in WHERE or CASE; the text made
here ends in a column that says 'true', 'false' or 'unknown' and has neither. Parts
that stand apart are columns of their own, worked out layer by layer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias, get_args

from asylon.logic.exactness import Step, compiled
from asylon.logic.formulas import (
    All,
    Any,
    AtLeast,
    Constant,
    Fact,
    Formula,
    Named,
    Not,
    replace,
)
from asylon.logic.modules import facts
from asylon.logic.truth import Truth

Dialect: TypeAlias = Literal["sqlite", "postgresql", "duckdb"]
DIALECTS: tuple[Dialect, ...] = get_args(Dialect)

_LONGEST_NAME = 63

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
            return str(truth.value).upper()
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
    layers = _layers(_short(compiled(formula).steps))
    source = "layer_0"
    written = [f"{source} AS (\n  {_asked(layers, table=table, key=key)}\n)"]
    for number, layer in enumerate(layers, 1):
        columns = [column(key), *map(column, _carried(layers, number))]
        columns += [
            f"{condition(step.formula, dialect)} AS {column(step.name)}"
            for step in layer
        ]
        selected = ",\n    ".join(columns)
        name = f"layer_{number}"
        written.append(
            f"{name} AS MATERIALIZED (\n  SELECT {selected}\n  FROM {source}\n)"  # noqa: S608
        )
        source = name
    outcome = column(layers[-1][-1].name)
    return (
        f"WITH {', '.join(written)}\n"
        f"SELECT {column(key)},\n"
        f"  CASE WHEN {outcome} IS NULL THEN 'unknown'\n"
        f"       WHEN {outcome} IS TRUE THEN 'true' ELSE 'false' END AS outcome\n"
        f"FROM {source}"
    )


def _short(steps: Sequence[Step]) -> list[Step]:
    """Give steps with long names shorter ones.

    PostgreSQL cuts a name after 63 bytes without a word, and two could become one.
    """
    short: dict[str, Formula] = {}
    renamed: list[Step] = []
    for number, step in enumerate(steps):
        name = step.name
        if len(name.encode()) > _LONGEST_NAME:
            name = f"part {number}"
            short[step.name] = Fact(name)
        renamed.append(Step(name, replace(step.formula, short)))
    return renamed


def _asked(layers: Sequence[Sequence[Step]], *, table: str, key: str) -> str:
    """Select the columns that the formula asks of the table.

    Each stands behind the name of its table: SQLite would otherwise take a column
    that is missing for text, and text for false.
    """
    names = map(column, [key, *_carried(layers, 0)])
    source = column(table)
    columns = ",\n    ".join(f"{source}.{name} AS {name}" for name in names)
    return f"SELECT {columns}\n  FROM {source}"  # noqa: S608  quoted by `column`


def _layers(steps: Sequence[Step]) -> list[list[Step]]:
    """Put each step one layer above the highest step it names."""
    height: dict[str, int] = {}
    layers: list[list[Step]] = []
    for step in steps:
        below = (height.get(name, -1) for name in facts(step.formula))
        height[step.name] = max(below, default=-1) + 1
        if height[step.name] == len(layers):
            layers.append([])
        layers[height[step.name]].append(step)
    return layers


def _carried(layers: Sequence[Sequence[Step]], number: int) -> list[str]:
    """List the columns from below that a layer hands on to those above it."""
    above = [step for layer in layers[number:] for step in layer]
    made_here_or_above = {step.name for step in [*layers[number - 1], *above]}
    asked = dict.fromkeys(name for step in above for name in facts(step.formula))
    return [name for name in asked if name not in made_here_or_above]
