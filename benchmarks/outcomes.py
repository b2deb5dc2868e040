"""What a benchmark found: sheets of figures and the goals they are held against."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median

from rich.table import Table
from rich.text import Text

from asylon.cli.showing import console

_LOAD = os.getloadavg()[0]
"""How many processes wanted a core when the measuring began."""


def machine() -> str:
    """Say on what the figures were measured, and what else it was busy with before."""
    cores, python = os.cpu_count(), platform.python_version()
    return f"{platform.machine()}, {cores} cores, Python {python}, load {_LOAD:.1f}"


@dataclass(frozen=True)
class Sheet:
    """Figures in rows; `columns` names them and says how a number is written."""

    title: str
    columns: Mapping[str, str]
    rows: Sequence[Sequence[object]]
    notes: Sequence[str] = ()

    def table(self) -> Table:
        """Lay the figures out as a table."""
        table = Table(box=None, pad_edge=False, header_style="bold")
        for name, form in self.columns.items():
            table.add_column(name, justify="right" if form else "left")
        for row in self.rows:
            pairs = zip(row, self.columns.values(), strict=True)
            table.add_row(*(_cell(value, form) for value, form in pairs))
        return table


def _cell(value: object, form: str) -> Text:
    number = isinstance(value, int | float)
    return Text(format(value, form) if number else str(value))


@dataclass(frozen=True)
class Goal:
    """Something to reach, the figure beside it, and whether that is enough."""

    goal: str
    figure: str
    is_met: bool


@dataclass(frozen=True)
class Outcome:
    """Everything one benchmark found."""

    benchmark: str
    sheets: Sequence[Sheet]
    goals: Sequence[Goal]
    machine: str = field(default_factory=machine)

    def show(self) -> None:
        """Print the sheets."""
        out = console()
        out.print(f"{self.benchmark} ({self.machine})\n", style="bold", markup=False)
        for sheet in self.sheets:
            out.print(sheet.title, style="bold", markup=False)
            out.print(sheet.table())
            for note in sheet.notes:
                out.print(note, style="dim", markup=False)
            out.print()

    def print_json(self) -> None:
        """Print everything as one JSON object."""
        print(json.dumps(asdict(self), ensure_ascii=False))


def show_goals(goals: Sequence[Goal]) -> None:
    """Print the goals, with met or not met."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("goal", "figure", ""):
        table.add_column(heading)
    for goal in goals:
        verdict = ("met", "green") if goal.is_met else ("not met", "red")
        table.add_row(Text(goal.goal), Text(goal.figure), Text(*verdict))
    console().print(table)


def tell(what: str) -> None:
    """Say on standard error what is being measured."""
    print(what, file=sys.stderr, flush=True)


def percentile(seconds: Sequence[float], share: float) -> float:
    """Give the value that this share of the measurements does not exceed.

    >>> percentile([4.0, 1.0, 3.0, 2.0], 0.5)
    2.0
    """
    ordered = sorted(seconds)
    return ordered[max(0, round(share * len(ordered)) - 1)]


def in_ms(seconds: Sequence[float]) -> tuple[float, float]:
    """Give the median and the 95th percentile in milliseconds."""
    return 1e3 * median(seconds), 1e3 * percentile(seconds, 0.95)
