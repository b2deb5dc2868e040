"""`asylon restore`: a deployment from a backup and the copy of its keys."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from asylon.cli.speaking import spoken
from asylon.security.errors import HeadError
from asylon_server.console import saving, starting, witnessing
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
        nightly = here.backups
        # Two deployments that saved to one place would take each other's keys away.
        here = replace(here, backups="", backup_keys="")
        if here.identities:
            _require(keys, (saving.KEY_STORE,))
        _bring_keys(here, keys)
        (folder / FILE).write_text(here.text(), encoding="utf-8")
        starting.start(here)
        _hold_to_edition(file, said)
        with _all_or_nothing(here):
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
    print(
        say(
            "system",
            "Accounts closed since then are open again, and ways in and codes on paper "
            "are as they were. Close and replace what has to be: asylon user list "
            "--home {folder}",
            folder=folder,
        )
    )
    if nightly:
        text = say(
            "system",
            "No backup is made at night any more. Where this is the only one of its "
            "kind now, name `backups` and `backup_keys` in {file} again.",
            file=folder / FILE,
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


@contextmanager
def _all_or_nothing(here: Deployment) -> Iterator[None]:
    """Leave no table in a database of a server, where something fails or is killed.

    A file goes with its folder; tables that stayed would be taken for a deployment.
    Only where the database refuses what the backup says does another one help.
    """
    import psycopg
    from django.db import DataError, IntegrityError, transaction

    if here.database == EMBEDDED:
        yield
        return
    try:
        with transaction.atomic():
            yield
    except (
        DataError,
        IntegrityError,
        psycopg.DataError,
        psycopg.IntegrityError,
    ) as error:
        message = spoken().say(
            "system",
            "The database takes nothing of the backup: {reason}. It is as it was "
            "before. Take another backup.",
            reason=str(error).strip().partition("\n")[0].lower(),
        )
        raise ConsoleError(message) from error


def _bring_keys(here: Deployment, keys: Path) -> None:
    witnessing.copy(keys, here.folder)
    for each in sorted(keys.iterdir()):
        if each.name == saving.KEY_STORE:
            saving.move(each, here.database_file("keys"))
        elif each.is_file() and not each.name.endswith(".new"):
            saving.move(each, here.folder / "keys" / each.name)


def _hold_to_edition(file: Path, said: dict[str, object]) -> None:
    """Make sure that this edition can bring back what another one may have saved."""
    from asylon_server.console import migrating, upgrading

    say, names = spoken().say, said["migrations"]
    if migrating.foreign(names):
        message = say(
            "system",
            "{file}: a later edition saved it. Install that one, and restore it then.",
            file=file,
        )
        raise ConsoleError(message)
    if upgrading.SEALED not in (names if isinstance(names, list) else ()):
        message = say(
            "system",
            "{file}: an edition saved it that sealed no holds, and sealing them needs "
            "the passphrase. Restore it with that edition, and let `asylon serve` of "
            "this one bring it up.",
            file=file,
        )
        raise ConsoleError(message)


def _bring_tables(here: Deployment, work: Path, said: dict[str, object]) -> None:
    from asylon_server.console import migrating, tables, upgrading

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
    if migrating.pending():
        upgrading.begin(here)
        migrating.migrate()
        upgrading.take_over(here)


def _look(here: Deployment, saved_at: str) -> tuple[int, list[str]]:
    """Check the record, and erase again what was erased since."""
    from django.db import transaction

    from asylon_server.console.logpage import faults_told
    from asylon_server.store.cases import erasing
    from asylon_server.store.organisations.links import end_all
    from asylon_server.store.record.acts import record, seal

    at, key = starting.now(), starting.sealer(here)
    faults = faults_told(key.public, witnessing.kept(here))
    gone = erasing.finish(at=at) if here.identities else []
    with transaction.atomic():
        ended = end_all(at=at)
        details = {"saved": saved_at}
        record("backup restored", None, at=at, wrote=ended, details=details)
    # What is in the way of sealing is among the faults already.
    with suppress(HeadError):
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
