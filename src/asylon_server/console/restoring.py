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
        if here.identities:
            _require(keys, (saving.KEY_STORE,))
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
    _require(keys, _NEEDED)


def _require(keys: Path, names: tuple[str, ...]) -> None:
    missing = [name for name in names if not (keys / name).exists()]
    if missing:
        message = spoken().say(
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
    from asylon_server.store.cases import erasing
    from asylon_server.store.organisations.links import end_all
    from asylon_server.store.record.acts import record, seal

    at, key = starting.now(), starting.sealer(here)
    faults = faults_told(key.public, ())
    gone = erasing.finish(at=at) if here.identities else []
    with transaction.atomic():
        ended = end_all(at=at)
        details = {"saved": saved_at}
        record("backup restored", None, at=at, wrote=ended, details=details)
    seal(key, at=at)
    lost = erasing.without_key() if here.identities else []
    return len(gone), faults + _lost(here, len(lost))


def _lost(here: Deployment, count: int) -> list[str]:
    """Tell of cases that came back without a key, and that nobody had erased."""
    if not count:
        return []
    text = spoken().say_many(
        "system",
        "{count} case has no key and was never erased: this copy of the keys is older "
        "than the backup, or is that of another deployment. Nothing was erased. Remove "
        "{folder} and restore again, with the newest copy of the keys.",
        "{count} cases have no key and were never erased: this copy of the keys is "
        "older than the backup, or is that of another deployment. Nothing was erased. "
        "Remove {folder} and restore again, with the newest copy of the keys.",
        count,
        folder=here.folder,
    )
    return [text]
