"""What is done apart from pages: sweeping each hour, and a backup each night.

The worker does it, which holds no key: nothing here opens a case. When each was done
last, and what went wrong, is kept in a file of the deployment and in no table, so that
no trace of a failure gets into the tables or into a backup.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from asylon.cli.inputs import InputError
from asylon.cli.speaking import spoken
from asylon_server.console.plainly import ConsoleError, plainly
from asylon_server.console.replacing import replace_file
from asylon_server.settings.deployment import Deployment

SWEEP, SAVE = "sweep", "save"
EACH_HOUR = timedelta(hours=1)
AT_NIGHT = time(2)
"""When a backup is made, by the clock of the machine."""


@dataclass(frozen=True, slots=True)
class Done:
    """The last time that a chore was done: when, and what went wrong, if anything."""

    at: str
    failed: str = ""

    @property
    def moment(self) -> datetime:
        """When it was."""
        return datetime.fromisoformat(self.at)


def do_due(here: Deployment, *, at: datetime) -> Iterator[str]:
    """Do each chore whose time has come; give what went wrong."""
    for name in due(here, at=at):
        failed = _tried(name, here, at)
        _keep(here, name, Done(at.isoformat(), failed))
        if failed:
            yield f"{name}: {failed}"


def due(here: Deployment, *, at: datetime) -> list[str]:
    """Name the chores that are to be done: what failed is tried again within an hour."""
    told = last(here)
    since = {SWEEP: at - EACH_HOUR}
    if here.backups:
        since[SAVE] = night(at)
    return [
        name
        for name, moment in since.items()
        if name not in told
        or told[name].moment < moment
        or (told[name].failed and told[name].moment < at - EACH_HOUR)
    ]


def night(at: datetime) -> datetime:
    """Give the last moment at which a backup was to be made."""
    local = at.astimezone()
    tonight = datetime.combine(local.date(), AT_NIGHT, local.tzinfo)
    return tonight if tonight <= local else tonight - timedelta(days=1)


def last(here: Deployment) -> dict[str, Done]:
    """Read when each chore was done last; a file that is none says nothing."""
    try:
        said = json.loads(_file(here).read_text(encoding="utf-8"))
        return {name: Done(**each) for name, each in said.items()}
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        return {}


def _keep(here: Deployment, name: str, done: Done) -> None:
    told = {each: asdict(was) for each, was in (last(here) | {name: done}).items()}
    replace_file(_file(here), json.dumps(told, ensure_ascii=False).encode())


def _file(here: Deployment) -> Path:
    return here.folder / "data" / "chores.json"


def _tried(name: str, here: Deployment, at: datetime) -> str:
    try:
        with plainly():
            _CHORES[name](here, at)
    except InputError as error:
        return here.veiled(str(error))
    return ""


def _sweep(here: Deployment, at: datetime) -> None:
    """Take away what is over, and finish what was begun to erase."""
    from asylon_server.store.cases import erasing
    from asylon_server.store.entry import sweeping

    sweeping.sweep(at=at)
    if here.identities:
        erasing.finish(at=at)


def _save(here: Deployment, at: datetime) -> None:
    """Make a backup in the folder that the deployment names, and copy the keys.

    It is read again before any is taken away that is not kept any more.
    """
    from asylon_server.console import pruning, saving

    folder, keys = Path(here.backups), Path(here.backup_keys)
    for each in (folder, keys):
        if not each.is_dir():
            # A disk that is not there is not made up for by a folder in its place.
            message = spoken().say(
                "system", "{folder}: the folder is not there.", folder=each
            )
            raise ConsoleError(message)
    pruning.clear(folder, at=at)
    saved = saving.save(here, folder, keys=keys, at=at)
    if not pruning.is_whole(saved):
        saved.unlink()
        raise ConsoleError(pruning.unread(saved))
    pruning.prune(folder)


_CHORES = {SWEEP: _sweep, SAVE: _save}
