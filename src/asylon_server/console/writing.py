"""Whether the databases write as they are told to, and whether they can write at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryFile

from asylon.cli.speaking import spoken
from asylon_server.console.found import Found
from asylon_server.console.plainly import ConsoleError
from asylon_server.settings.deployment import EMBEDDED, Deployment

_PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}
_TRIAL = 1 << 20
_PATIENCE = 2.0


def require_safe_writing(here: Deployment) -> None:
    """Make sure that what is acknowledged is on the disk.

    Raises:
        ConsoleError: this SQLite does not write as it is told to.
    """
    for each in pragmas(here):
        if not each.ok:
            message = f"{each.said}: {each.repair}"
            raise ConsoleError(message)


def pragmas(here: Deployment) -> Iterator[Found]:
    """Ask each database of one file how it writes."""
    from django.db import connections

    say = spoken().say
    for alias in connections:
        connection = connections[alias]
        if connection.vendor != "sqlite":
            continue
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA database_list")
            cursor.fetchall()
            wrong = []
            for name, wanted in _PRAGMAS.items():
                cursor.execute(f"PRAGMA {name}")
                [value] = cursor.fetchone()
                if value != wanted:
                    wrong.append(f"{name} = {value}")
        repair = say(
            "doctor",
            "This build of SQLite does not do as it is told: use PostgreSQL, or the "
            "Python of your system.",
        )
        said = spoken().listed(wrong) if wrong else _told_safe(here, alias)
        yield Found("sqlite", not wrong, said, repair if wrong else "")


def _told_safe(here: Deployment, alias: str) -> str:
    return spoken().say(
        "doctor",
        "{file}: what is acknowledged is on the disk, and what is deleted is "
        "overwritten.",
        file=here.database_file(alias).name,
    )


def tried(here: Deployment) -> Iterator[Found]:
    """Try to write: into the folder of the data, and into each database in a file."""
    say = spoken().say
    problem = _of_folder(here.folder / "data")
    aliases = ["default"] if here.database == EMBEDDED else []
    aliases += ["keys"] if here.identities else []
    for alias in aliases:
        problem = problem or _of_file(here.database_file(alias))
    if problem:
        yield Found("writing", False, *problem)
    else:
        yield Found("writing", True, say("doctor", "The folder and databases take it."))


def _of_folder(folder: Path) -> tuple[str, str] | None:
    try:
        with TemporaryFile(dir=folder) as trial:
            trial.write(bytes(_TRIAL))
            trial.flush()
    except OSError as error:
        said = f"{folder}: {(error.strerror or str(error)).lower()}"
        return said, _room_or_right(folder)
    return None


def _of_file(file: Path) -> tuple[str, str] | None:
    """Begin to write and take it back; nothing is changed by it."""
    say = spoken().say
    try:
        with closing(sqlite3.connect(file, timeout=_PATIENCE)) as database:
            database.execute("BEGIN IMMEDIATE")
            database.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        said = f"{file}: {error}"
        if "locked" not in said:
            return said, _room_or_right(file)
        repair = say(
            "doctor",
            "Another program writes in it or holds it: look which (fuser {file}) and end "
            "it. What waits is lost nowhere.",
            file=file,
        )
        return said, repair
    except sqlite3.DatabaseError:
        # What is no database is told by the look at the tables.
        return None
    return None


def _room_or_right(path: Path) -> str:
    return spoken().say(
        "doctor",
        "Make room on its disk, see that it is not mounted read-only, and that its owner "
        "is you: chown -R USER {folder}",
        folder=path if path.is_dir() else path.parent,
    )
