"""Bringing a deployment of an earlier edition up to this one.

First a backup, then the tables, and then what the tables alone cannot know: that rows
with a column more are those of before, and what people are found by. A file says that
this is still to be done, so that it is done even where the machine stops in between.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asylon.cli.inputs import InputError
from asylon.cli.speaking import spoken
from asylon_server.console import migrating, pruning, saving, starting, witnessing
from asylon_server.console.plainly import ConsoleError, plainly
from asylon_server.console.replacing import replace_file
from asylon_server.settings.deployment import Deployment
from asylon_server.unlocking import custody

if TYPE_CHECKING:
    # The tables can be imported only where a deployment is open.
    from asylon_server.store.record.checking import Fault

SEALED = "cases.0003_holds_sealed"
"""The change that seals holds of before, for which the keys have to be unlocked."""

_INDEXED = frozenset({SEALED, "cases.0009_yearless_tokens"})
"""The changes after which what hangs on the index key has to be made anew."""

_HOLD = "cases.standinghold:"


def bring_up_to_date(here: Deployment) -> None:
    """Change the tables to this edition, after a backup; the keys are unlocked.

    Raises:
        ConsoleError: the deployment is not what it was founded as.
    """
    pending = migrating.pending()
    if pending:
        begin(here, saved=_save(here).name)
        migrating.migrate()
        print(_told(len(pending)), flush=True)
    if not begun(here).exists():
        return
    fits = take_over(here)
    # Of tables of an earlier edition nothing could be said.
    starting.hold_to_founding(here)
    if fits:
        _finish(here)
    else:
        print(_left(), flush=True)


def begun(here: Deployment) -> Path:
    """The file that is there from before the tables change until all is done."""
    return here.folder / "data" / "upgrade.json"


def begin(here: Deployment, *, saved: str = "") -> None:
    """Keep what is to be done when the tables are changed, and what was saved first."""
    told = _read(here)
    told["saved"] = told["saved"] or saved
    for table, columns in migrating.columns_added().items():
        told["added"][table] = [*told["added"].get(table, ()), *columns]
    told["index"] = told["index"] or bool(_INDEXED.intersection(migrating.pending()))
    replace_file(begun(here), json.dumps(told).encode())


def take_over(here: Deployment) -> bool:
    """Record the rows that the change of the tables made say more, or stand elsewhere.

    Returns:
        Whether the record and the rows fit one another, but for holds without a mark.
    """
    from django.db import transaction

    from asylon_server.store.record.acts import record
    from asylon_server.store.record.checking import Check
    from asylon_server.store.record.widening import widened

    check = Check(starting.sealer(here).public, witnessing.kept(here))
    faults = list(check.faults())
    wider = widened(check, faults, _read(here)["added"])
    gone = [each.where for each in faults if _is_hold_of_before(each)]
    made = [each for each in faults if _is_hold_of_now(each)]
    if gone and len(gone) != len(made):
        return False
    if wider or gone:
        with transaction.atomic():
            at = starting.now()
            record("tables changed", None, at=at, wrote=wider, removed=gone)
    return len(faults) == len(wider) + len(gone) + len(made)


def _finish(here: Deployment) -> None:
    """Make the index anew, and let go of the file that says that this is to be done."""
    from asylon_server.store.cases import indexing
    from asylon_server.store.keystore.leaving import cut_off
    from asylon_server.store.record.acts import seal

    at = starting.now()
    if here.identities and _read(here)["index"]:
        indexing.index_all(at=at, custody=custody())
    seal(starting.sealer(here), at=at)
    cut_off("default")
    first = _read(here)["saved"]
    begun(here).unlink()
    _prune(here, first)


def _prune(here: Deployment, first: str) -> None:
    try:
        with plainly():
            pruning.prune_upgrades(_backups(here), first=first)
    except InputError as error:
        # The tables are as they should be: a backup too many keeps nobody from work.
        print(here.veiled(str(error)), flush=True)


def _read(here: Deployment) -> dict[str, Any]:
    file = begun(here)
    told: dict[str, Any] = {"added": {}, "index": False, "saved": ""}
    if file.exists():
        told |= json.loads(file.read_text(encoding="utf-8"))
    return told


def _save(here: Deployment) -> Path:
    folder, at = _backups(here), starting.now()
    folder.mkdir(mode=0o700, exist_ok=True)
    file = pruning.before_upgrade(folder, at)
    saved = saving.save(here, file, keys=folder / "keys", at=at)
    if not pruning.is_whole(saved):
        saved.unlink()
        raise ConsoleError(pruning.unread(saved))
    print(spoken().say("system", "A backup is in {file}.", file=saved), flush=True)
    return saved


def _backups(here: Deployment) -> Path:
    return here.folder / "backups"


def _told(count: int) -> str:
    return spoken().say_many(
        "system",
        "{count} change was made to the tables.",
        "{count} changes were made to the tables.",
        count,
    )


def _left() -> str:
    return spoken().say(
        "system",
        "The record and the rows do not fit one another, and nothing is marked as true "
        "that may not be: some people may not be found. See: asylon log verify",
    )


def _is_hold_of_before(fault: Fault) -> bool:
    number = fault.where.removeprefix(_HOLD)
    return fault.code == "row.missing" and number != fault.where and number.isdigit()


def _is_hold_of_now(fault: Fault) -> bool:
    """Whether it is a hold that no event names before it is marked, if its seal opens."""
    return fault.code == "row.unknown" and fault.where.startswith(_HOLD)
