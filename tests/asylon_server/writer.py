"""A process that does acts in a deployment and says each that was done.

    python -m tests.asylon_server.writer register FIRST COUNT
    python -m tests.asylon_server.writer erase REFERENCE
    python -m tests.asylon_server.writer read

The passphrase comes through the environment, which only a test may do.
"""

from __future__ import annotations

import os
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


if __name__ == "__main__":
    here = deployment(Path(os.environ[unlocking.HOME]))
    starting.start(here)
    unlocking.unlock(here.custody_file, os.environ["PASSPHRASE_OF_THE_TEST"])
    {"register": register, "erase": erase, "read": read_all}[sys.argv[1]](*sys.argv[2:])
