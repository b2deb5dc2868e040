"""An office of many cases, for measuring: filled in bulk, and real all through.

    python -m benchmarks.large_office FOLDER --cases 100000 [--database postgresql:…]

Every case has a data key of its own, sealed compartments, tokens, a marked hold, an
assignment, and an event for its opening and for each time it was read since; rows are
written many at once, and otherwise as the acts of the system write them. The people
are invented.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from asylon.casework import File, Hold
from asylon.invented.people import People

if TYPE_CHECKING:
    from asylon.security.custody import Custody
    from asylon_server.settings.deployment import Deployment
    from asylon_server.store.cases.models import Case, StandingHold
    from asylon_server.store.organisations.models import Account

BEGAN = datetime(2026, 1, 5, 9, tzinfo=UTC)
PASSPHRASE = "an invented office, measured"  # noqa: S105  it guards nobody
OFFICERS = 200
"""The cases are shared out among so many officers."""

READ = 3
"""So often each case was read since it was opened."""

WITHOUT_YEAR = 50
"""In one of so many cases nobody knows a year of birth."""

PEOPLE_A_CASE = 1.9
AT_ONCE = 500
ACCOUNT = "officer {number}"
ALL = "officer of all"
"""An officer whose work every case is: the worst that a list can be asked for."""

FILLED = "filled.json"


@dataclass
class Rows:
    """Rows of some cases, to be written at once."""

    cases: list[Any] = field(default_factory=list)
    keys: list[Any] = field(default_factory=list)
    compartments: list[Any] = field(default_factory=list)
    assignments: list[Any] = field(default_factory=list)
    tokens: list[Any] = field(default_factory=list)
    yearless: list[Any] = field(default_factory=list)
    holds: list[Any] = field(default_factory=list)

    def __iter__(self) -> Iterator[list[Any]]:
        """Go through the rows by table, what is named by others first."""
        yield self.cases
        yield self.keys
        yield self.compartments
        yield self.assignments
        yield self.tokens
        yield self.yearless
        yield self.holds


def make(folder: Path, *, cases: int, database: str = "sqlite") -> None:
    """Make a deployment in a new folder, and fill it."""
    _init(folder, database)
    from asylon_server.console import starting
    from asylon_server.unlocking import custody, unlock

    here = starting.opened(folder)
    unlock(here.custody_file, PASSPHRASE)
    officers = _officers()
    files = People(round(cases * PEOPLE_A_CASE)).files()
    numbered = enumerate(islice(files, cases))
    count = 0
    while some := list(islice(numbered, AT_ONCE)):
        _write(some, officers, custody())
        count += len(some)
    _seal(here)
    _settle()
    told = {"cases": count, "officers": OFFICERS}
    (folder / FILLED).write_text(json.dumps(told), encoding="utf-8")


def _init(folder: Path, database: str) -> None:
    from asylon_server.console import founding

    folder.parent.mkdir(parents=True, exist_ok=True)
    word = folder.parent / f"{folder.name}.passphrase"
    word.write_text(PASSPHRASE, encoding="utf-8")
    asked = founding.Asked(
        "Invented office",
        "legal_aid",
        "CHN",
        database,
        passphrase_file=word,
        invented=True,
    )
    with contextlib.redirect_stdout(io.StringIO()):
        founding.init(folder, asked)


def _officers() -> list[Account]:
    from asylon_server.store.organisations.acts import open_account
    from asylon_server.store.organisations.models import Organisation

    names = [ACCOUNT.format(number=each) for each in range(OFFICERS)]
    office = Organisation.objects.get()
    return [
        open_account(
            None, name=name, role="registration", organisation=office, at=BEGAN
        )
        for name in (*names, ALL)
    ]


def _write(
    some: Sequence[tuple[int, File]], officers: Sequence[Account], custody: Custody
) -> None:
    from django.db import transaction

    rows, made = Rows(), []
    for number, file in some:
        before = [len(each) for each in rows]
        _add(rows, number, _told(number, file), officers, custody)
        made.append((number, before))
    with transaction.atomic():
        for each in rows:
            if each:
                type(each[0]).objects.bulk_create(each)
        _tell(rows, made, officers)


def _told(number: int, file: File) -> File:
    """Give a file as it was told: of some people nobody knows a year of birth."""
    people = file.people
    if number % WITHOUT_YEAR == 0:
        people = tuple(replace(each, born=()) for each in people)
    return replace(file, people=people, opened=None)


def _add(
    rows: Rows, number: int, file: File, officers: Sequence[Account], custody: Custody
) -> None:
    from asylon.security.drawing import draw_secret
    from asylon.security.envelopes import Place, seal
    from asylon_server.store.cases.fields import apart, with_holds
    from asylon_server.store.cases.finding import tokens, yearless
    from asylon_server.store.cases.models import (
        Assignment,
        Case,
        NameToken,
        YearlessToken,
    )
    from asylon_server.store.keystore.models import WrappedKey
    from asylon_server.store.vault.models import Compartment

    officer, at = officers[number % OFFICERS], _opened(number)
    case = Case(
        id=uuid4(),
        reference=file.reference,
        organisation_id=officer.organisation_id,
        opened=at,
        submission=f"{number:064}",
    )
    key = draw_secret()
    rows.cases.append(case)
    wrapped = custody.wrap(key, str(case.id))
    rows.keys.append(WrappedKey(case=case.id, wrapped=wrapped))
    for name, part in zip(
        ("identity", "testimony"), apart(with_holds(file, ())), strict=True
    ):
        sealed = seal(key, part.as_json().encode(), Place(str(case.id), name, 1))
        rows.compartments.append(
            Compartment(case=case.id, name=name, version=1, sealed=sealed, at=at)
        )
    for each in (officer, officers[-1]):
        rows.assignments.append(Assignment(case=case, account=each, since=at))
    for token in sorted(set(tokens(file.people, custody))):
        rows.tokens.append(NameToken(case=case, token=token))
    for token in sorted(set(yearless(file.people, str(case.id), custody))):
        rows.yearless.append(YearlessToken(case=case, token=token))
    for place, hold in enumerate(file.holds, 1):
        rows.holds.append(_hold(case, place, hold, (key, officer, custody)))


def _hold(
    case: Case, number: int, hold: Hold, sealing: tuple[bytes, Account, Custody]
) -> StandingHold:
    """Seal and mark a hold as the store does, without asking for the key each time."""
    key, officer, custody = sealing
    from asylon.security.envelopes import Place, seal
    from asylon_server.store.cases import holds
    from asylon_server.store.cases.models import StandingHold

    row = StandingHold(id=uuid4(), case=case, number=number)
    text = holds.padded(hold, str(officer.pk))
    row.sealed = seal(key, text, Place(f"{case.id} hold {number}", "row", 1))
    row.mark = holds.mark(row, custody=custody)
    return row


def _opened(number: int) -> datetime:
    return BEGAN + timedelta(minutes=3 * number)


def _tell(
    rows: Rows, made: Sequence[tuple[int, list[int]]], officers: Sequence[Account]
) -> None:
    """Write the events: the opening with its rows, and each reading."""
    from asylon_server.store.record.acts import told
    from asylon_server.store.record.models import Event

    ends = [before for _number, before in made[1:]] + [[len(each) for each in rows]]
    events: list[Any] = []
    for (number, first), last in zip(made, ends, strict=True):
        case, actor = rows.cases[first[0]], officers[number % OFFICERS].actor
        parts = [list(each)[a:b] for each, a, b in zip(rows, first, last, strict=True)]
        wrote = [row for part in (parts[0], *parts[2:]) for row in part]
        at = _opened(number)
        events.append(told("case opened", actor, at=at, case=case.id, wrote=wrote))
        for day in range(1, READ + 1):
            read = at + timedelta(days=day)
            events.append(told("case read", actor, at=read, case=case.id))
    Event.objects.bulk_create(events)


def _seal(here: Deployment) -> None:
    from asylon_server.console import starting
    from asylon_server.store.record.acts import seal

    seal(starting.sealer(here), at=datetime.now(UTC))


def _settle() -> None:
    """Let the database count its rows, as it does by itself in the long run."""
    from django.db import connections

    for alias in connections:
        with connections[alias].cursor() as cursor:
            cursor.execute("ANALYZE")


def main() -> None:
    """Make a deployment as asked."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--cases", type=int, default=100_000)
    asked.add_argument("--database", default="sqlite")
    told = asked.parse_args()
    make(told.folder, cases=told.cases, database=told.database)


if __name__ == "__main__":
    main()
