"""A process that does acts in a deployment and says each that was done.

    python -m tests.asylon_server.writer register FIRST COUNT
    python -m tests.asylon_server.writer erase REFERENCE
    python -m tests.asylon_server.writer read
    python -m tests.asylon_server.writer find NAME YEAR
    python -m tests.asylon_server.writer rotate STEPS
    python -m tests.asylon_server.writer bring FOLDER

`rotate` replaces the key as the command does, and is killed after so many steps.
`bring` fills an empty PostgreSQL with the tables of an earlier edition.

The passphrase comes through the environment, which only a test may do.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from asylon.casework import File, Hold, Person
from asylon.dates import read
from asylon.identity import Name
from asylon_server import unlocking
from asylon_server.console import starting
from asylon_server.settings.deployment import deployment

NAME = "김정숙"


def register(first: str, count: str) -> None:
    """Register families one by one."""
    from asylon_server.store.cases import acts  # noqa: PLC0415
    from asylon_server.store.organisations.models import Account  # noqa: PLC0415

    officer = Account.objects.get(name="Kim").actor
    for number in range(int(first), int(first) + int(count)):
        mother = Person("p1", names=(Name(NAME, "Hang"),), born=(read("1989"),))
        at = datetime.now(UTC)
        hold = Hold("PRK", at.date(), "wish_expressed")
        acts.register(
            officer,
            File(f"A-{number}", people=(mother,), holds=(hold,)),
            submission=f"s{number}",
            at=at,
            custody=unlocking.custody(),
        )
        print(f"A-{number}", flush=True)  # noqa: T201


def erase(reference: str) -> None:
    """Erase one case."""
    from django.db.models import Q  # noqa: PLC0415

    from asylon_server.store.cases import erasing  # noqa: PLC0415
    from asylon_server.store.cases.models import Case  # noqa: PLC0415

    case = Case.objects.within(Q(reference=reference)).get()
    erasing.erase(None, case.id, at=datetime.now(UTC))


def read_all() -> None:
    """Say of each case whether it is read back as it was told."""
    from django.db.models import Q  # noqa: PLC0415

    from asylon_server.store.cases import reads  # noqa: PLC0415
    from asylon_server.store.cases.models import Case  # noqa: PLC0415
    from asylon_server.store.vault.sealing import ErasedError  # noqa: PLC0415

    for case in Case.objects.within(~Q(pk=None)).order_by("opened"):
        try:
            _, file = reads.whole(case, custody=unlocking.custody())
            said = file.people[0].names[0].words if file.people else "nothing"
        except ErasedError:
            said = "erased"
        is_erased = "erased" if case.erased else "open"
        print(case.reference, said, is_erased, flush=True)  # noqa: T201


def find(name: str, year: str) -> None:
    """Say which cases are found by a name and a year of birth."""
    from asylon_server.store.cases import finding  # noqa: PLC0415
    from asylon_server.store.organisations.models import Account  # noqa: PLC0415

    answer = finding.found(
        Account.objects.get(name="Kim").actor,
        name,
        [int(year)],
        at=datetime.now(UTC),
        custody=unlocking.custody(),
    )
    for row in answer.rows:
        print(row.file.reference, flush=True)  # noqa: T201


def rotate(steps: str) -> None:
    """Replace the key, and be killed before the step after so many."""
    from asylon_server.console import handing, rotating  # noqa: PLC0415
    from asylon_server.store.keystore import rewrapping  # noqa: PLC0415

    left = iter(range(int(steps)))

    def or_die(done):
        def step(*given, **named):
            if next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            return done(*given, **named)

        return step

    rewrapping.CHUNK = 1
    rotating.replace_file = or_die(rotating.replace_file)
    rewrapping._is_rewrapped = or_die(rewrapping._is_rewrapped)
    home = Path(os.environ[unlocking.HOME])
    rotating.rotate(home, home.with_name("passphrase"), handing.Sheets())


def bring(folder: str) -> None:
    """Make tables as an earlier edition had them, and fill them with what it saved."""
    from asylon_server.console import migrating, tables  # noqa: PLC0415

    said = json.loads((Path(folder) / "contents.json").read_text())
    migrating.migrate_to(said["migrations"])
    tables.copy_in(Path(folder))


ACTS = {
    "bring": bring,
    "register": register,
    "erase": erase,
    "read": read_all,
    "find": find,
    "rotate": rotate,
}

if __name__ == "__main__":
    here = deployment(Path(os.environ[unlocking.HOME]))
    starting.start(here)
    unlocking.unlock(here.custody_file, os.environ["PASSPHRASE_OF_THE_TEST"])
    ACTS[sys.argv[1]](*sys.argv[2:])
