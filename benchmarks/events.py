"""The record: what an event costs an act, how fast it is sealed, and how fast checked.

The peer is a plain insert into a table, of the same database with the same settings:
what a system without a record would do.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from asylon_server.console import founding, starting
from asylon_server.settings.deployment import Deployment, deployment
from asylon_server.settings.shared import embedded
from benchmarks.asking import DisagreementError
from benchmarks.outcomes import Goal, Outcome, Sheet, show_goals, tell

ACTS = 2_000
EVENTS = 100_000
_AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
_TURN = 50
_INSERT = "INSERT INTO plain VALUES (?, 'unhcr', ?)"
_PLAIN = "CREATE TABLE plain (id TEXT PRIMARY KEY, kind TEXT, name TEXT UNIQUE)"


def measure() -> Outcome:
    """Do acts with and without events, seal many events and check them all."""
    with TemporaryDirectory(prefix="asylon-") as folder:
        here = _founded(Path(folder) / "office")
        tell(f"Doing {ACTS:,} acts, and inserting as many plain rows.")
        plain, bare, act = _in_turn(Path(folder))
        tell(f"Writing, sealing and checking {EVENTS:,} events.")
        sealed, checked = _sealed(here), _checked(here)
    rows = [
        ("plain insert", ACTS / plain, 1.0),
        ("row by the house, no event", ACTS / bare, bare / plain),
        ("act with its event", ACTS / act, act / plain),
        ("event sealed", EVENTS / sealed, (sealed / EVENTS) / (plain / ACTS)),
        ("event checked", EVENTS / checked, (checked / EVENTS) / (plain / ACTS)),
    ]
    sheet = Sheet(
        "The record, on SQLite",
        {"what": "", "a second": ",.0f", "time, to a plain insert": ".2f"},
        rows,
        [f"The event makes an act {act / bare:.2f} times as long."],
    )
    return Outcome("events", [sheet], list(_goals(act / bare, sealed, checked)))


def _founded(folder: Path) -> Deployment:
    """Found a deployment that needs no passphrase: one without identities."""
    asked = founding.Asked(name="Office", kind="authority", state="CHN")
    with redirect_stdout(StringIO()):
        founding.init(folder, asked)
    return deployment(folder)


def _in_turn(folder: Path) -> tuple[float, float, float]:
    """Do the three in turn, a few at a time, so that each has the same disk."""
    from asylon_server.store.organisations.acts import open_organisation
    from asylon_server.store.organisations.models import Organisation

    rows = Organisation.objects
    with closing(_plain(folder / "plain.sqlite3")) as database:
        ways: tuple[Callable[[int], object], ...] = (
            lambda n: database.execute(_INSERT, (f"{n:032}", f"plain {n}")),
            lambda n: rows.create(kind="unhcr", name=f"bare {n}"),
            lambda n: open_organisation(
                None, name=f"act {n}", kind="unhcr", state="", at=_AT
            ),
        )
        spent = [0.0, 0.0, 0.0]
        for first in range(0, ACTS, _TURN):
            for place, done in enumerate(ways):
                began = perf_counter()
                for number in range(first, first + _TURN):
                    done(number)
                spent[place] += perf_counter() - began
    # No event names these, which the check would say.
    rows.filter(name__startswith="bare ").delete()
    return spent[0], spent[1], spent[2]


def _plain(file: Path) -> sqlite3.Connection:
    """Open a database with the same settings, and one plain table in it."""
    database = sqlite3.connect(file, isolation_level=None)
    database.executescript(embedded(file)["OPTIONS"]["init_command"])
    database.execute(_PLAIN)
    return database


def _sealed(here: Deployment) -> float:
    """Write the rest of the events at once, and seal them all."""
    from django.db import transaction

    from asylon_server.store.record.acts import record, seal
    from asylon_server.store.record.models import Event, Leaf

    with transaction.atomic():
        for _ in range(EVENTS - Event.objects.count()):
            record("case read", None, at=_AT)
    key, began = starting.sealer(here), perf_counter()
    waiting = EVENTS - Leaf.objects.count()
    seal(key, at=_AT)
    return (perf_counter() - began) * EVENTS / waiting


def _checked(here: Deployment) -> float:
    from asylon_server.store.record.checking import Check

    check, began = Check(starting.sealer(here).public), perf_counter()
    found = list(check.faults())
    if found or check.entries != EVENTS:
        message = f"the record has {check.entries:,} entries and {len(found)} faults"
        raise DisagreementError(message)
    return perf_counter() - began


def _goals(longer: float, sealed: float, checked: float) -> list[Goal]:
    a_second = EVENTS / sealed
    return [
        Goal(
            "an act with its event takes at most 3 times as long as without",
            f"{longer:.2f} times",
            longer <= 3,
        ),
        Goal(
            "at least 2,000 events are sealed a second",
            f"{a_second:,.0f}",
            a_second >= 2_000,
        ),
        Goal(
            f"{EVENTS:,} events are checked within a minute",
            f"{checked:.1f} s",
            checked <= 60,
        ),
    ]


if __name__ == "__main__":
    outcome = measure()
    outcome.show()
    show_goals(outcome.goals)
