"""`asylon restore`: a deployment from a backup and the copy of its keys."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from asylon.cli.speaking import spoken
from asylon_server.console import saving, starting
from asylon_server.console.plainly import ConsoleError
from asylon_server.settings.deployment import EMBEDDED, FILE, Deployment, deployment

_NEEDED = ("sealer.pem", "sessions.key")


def restore(file: Path, folder: Path, keys: Path, database: str | None) -> int:
    """Make a deployment anew from what was saved of it."""
    say = spoken().say
    _check(folder, keys)
    folder = folder.resolve()
    with saving.unpacked(file) as (said, work), _made(folder):
        here = replace(deployment(work), folder=folder)
        here = replace(here, database=database) if database else here
        _bring_keys(here, keys)
        (folder / FILE).write_text(here.text(), encoding="utf-8")
        starting.start(here)
        _bring_tables(here, work, said)
        gone, faults = _look(here, str(said["at"]))
    print(say("system", "restored: {folder}, as of {at}", folder=folder, at=said["at"]))
    if gone:
        text = spoken().say_many(
            "system",
            "{count} case was erased after this backup, and stays erased.",
            "{count} cases were erased after this backup, and stay erased.",
            gone,
        )
        print(text)
    if here.identities and not here.custody_file.exists():
        print(
            say(
                "system",
                "The key file is not in the copy. Bring it back from its shares: "
                "asylon custody rebuild --home {folder}",
                folder=folder,
            )
        )
    return _told(faults)


def _told(faults: list[str]) -> int:
    if not faults:
        print(spoken().say("system", "The record and every row fit one another."))
        return 0
    for each in faults:
        print(each)
    return 1


def _check(folder: Path, keys: Path) -> None:
    say = spoken().say
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = say(
            "system",
            "{folder}: there is something already, and nothing is restored over it. "
            "Name a new folder.",
            folder=folder,
        )
        raise ConsoleError(message)
    missing = [name for name in _NEEDED if not (keys / name).exists()]
    if missing:
        message = say(
            "system",
            "{folder}: {names} is missing from the copy of the keys. Name the folder "
            "that `asylon backup --keys` wrote: --keys FOLDER",
            folder=keys,
            names=spoken().listed(missing),
        )
        raise ConsoleError(message)


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make the folder, and leave nothing of it behind where something fails."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        folder.chmod(0o700)
        for name in ("keys", "data"):
            (folder / name).mkdir(mode=0o700)
        yield
    except BaseException:
        shutil.rmtree(folder)
        raise


def _bring_keys(here: Deployment, keys: Path) -> None:
    for each in sorted(keys.iterdir()):
        if each.name == saving.KEY_STORE:
            saving.move(each, here.database_file("keys"))
        elif each.is_file() and not each.name.endswith(".new"):
            saving.move(each, here.folder / "keys" / each.name)


def _bring_tables(here: Deployment, work: Path, said: dict[str, object]) -> None:
    from asylon_server.console import migrating, tables

    if here.database == EMBEDDED:
        saving.move(work / "default.sqlite3", here.database_file("default"))
        with closing(sqlite3.connect(here.database_file("default"))) as database:
            [found] = database.execute("PRAGMA integrity_check").fetchone()
        if found != "ok":
            message = spoken().say(
                "system", "The database in the backup is damaged. Take another one."
            )
            raise ConsoleError(message)
    else:
        if migrating.is_used():
            message = spoken().say(
                "system",
                "The database holds a deployment already. Name an empty one: --database",
            )
            raise ConsoleError(message)
        migrating.migrate_to(said["migrations"])
        tables.copy_in(work)
    migrating.migrate()


def _look(here: Deployment, saved_at: str) -> tuple[int, list[str]]:
    """Check the record, and erase again what was erased since."""
    from django.db import transaction

    from asylon_server.console.logpage import faults_told
    from asylon_server.store.cases.erasing import erase_without_key
    from asylon_server.store.record.acts import record, seal

    at, key = starting.now(), starting.sealer(here)
    faults = faults_told(key.public, ())
    gone = erase_without_key(at=at) if here.identities else []
    with transaction.atomic():
        record("backup restored", None, at=at, details={"saved": saved_at})
    seal(key, at=at)
    return len(gone), faults
