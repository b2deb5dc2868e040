"""`asylon backup`: everything in one file but the keys, which are copied apart.

The copy of the keys replaces the one before, so that a key which was erased is in no
copy any more, and an old backup brings nothing of that case back.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from asylon import __version__
from asylon.cli.speaking import spoken
from asylon_server.console import locking, starting, tables, witnessing
from asylon_server.console.plainly import ConsoleError
from asylon_server.console.replacing import replace_file
from asylon_server.settings.deployment import EMBEDDED, FILE, Deployment

FORMAT = "asylon backup 1"
CONTENTS = "contents.json"
KEY_STORE = "keys.sqlite3"
ENDING = ".asylon.tar.gz"
STAMP = "%Y-%m-%dT%H%M%SZ"
UNFINISHED = ".saving-"
"""How a folder begins in which a backup is being made."""

DAMAGED = (tarfile.TarError, zlib.error, OSError, EOFError, ValueError)
"""What reading a backup raises that was damaged, or is none."""


def backup(home: Path, to: Path, keys: Path | None) -> int:
    """Save a deployment, running or not."""
    say = spoken().say
    here = starting.opened(home, of_before=True)
    saved = save(here, to, keys=keys, at=starting.now())
    print(say("system", "saved: {file}", file=saved))
    if keys is not None:
        print(
            say("system", "The keys are in {folder}; keep it elsewhere.", folder=keys)
        )
    elif here.identities:
        print(
            say(
                "system",
                "Without its keys nobody can read it. Copy them too, to another place: "
                "--keys FOLDER",
            )
        )
    return 0


def save(here: Deployment, to: Path, *, keys: Path | None, at: datetime) -> Path:
    """Write a backup and, where asked, the copy of the keys.

    The keys are copied last: a case that was opened meanwhile has its key in the copy,
    and one that was erased meanwhile has none.

    Returns:
        The file of the backup.
    """
    file = to / f"{at.strftime(STAMP)}{ENDING}" if to.is_dir() else to
    if file.exists():
        message = spoken().say(
            "system", "{file}: there is a file already. Name a new one.", file=file
        )
        raise ConsoleError(message)
    with TemporaryDirectory(prefix=UNFINISHED, dir=file.absolute().parent) as folder:
        work = Path(folder)
        parts = {FILE: work / FILE}
        # The password of a database is no part of what is saved.
        parts[FILE].write_text(here.without_password().text(), encoding="utf-8")
        if here.database == EMBEDDED:
            parts["default.sqlite3"] = work / "default.sqlite3"
            copy_database(here.database_file("default"), parts["default.sqlite3"])
            _without_sessions(parts["default.sqlite3"])
        else:
            parts |= tables.copy_out(work)
        packed = work / "packed"
        _pack(packed, parts, at)
        if keys is not None:
            save_keys(here, keys)
        packed.replace(file)
    return file


def save_keys(here: Deployment, keys: Path) -> None:
    """Copy all that has to be kept apart, each file over the one before."""
    if keys.resolve().is_relative_to(here.folder / "keys"):
        message = spoken().say(
            "system", "{folder}: this is where the keys are. Name another.", folder=keys
        )
        raise ConsoleError(message)
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locking.keys_in_place(here):
        _copy_keys(here, keys)


def _copy_keys(here: Deployment, keys: Path) -> None:
    for each in sorted((here.folder / "keys").iterdir()):
        if each.is_file():
            replace_file(keys / each.name, each.read_bytes())
    witnessing.copy(here.folder, keys)
    if here.identities:
        beside = keys / f"{KEY_STORE}.new"
        beside.unlink(missing_ok=True)
        copy_database(here.database_file("keys"), beside)
        beside.replace(keys / KEY_STORE)


def copy_database(source: Path, to: Path) -> None:
    """Copy an SQLite database as it is at one moment, while others write."""
    os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=20)) as one,
        closing(sqlite3.connect(to)) as other,
    ):
        one.backup(other)
        other.execute("PRAGMA journal_mode=DELETE")


def _without_sessions(file: Path) -> None:
    """Take out who is signed in: a thief of the backup would be, too."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA secure_delete=ON")
        known = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for name in sorted(tables.LEFT_OUT & {each for (each,) in known}):
            database.execute(f"DELETE FROM {name}")  # noqa: S608  names of the house
        database.commit()


def _pack(packed: Path, parts: dict[str, Path], at: datetime) -> None:
    from asylon_server.console.migrating import applied

    said = {
        "format": FORMAT,
        "edition": __version__,
        "at": at.isoformat(timespec="seconds"),
        "migrations": applied(),
        "files": {name: _digest(path) for name, path in sorted(parts.items())},
    }
    os.close(os.open(packed, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with tarfile.open(packed, "w:gz", compresslevel=3) as archive:
        content = json.dumps(said, indent=1, ensure_ascii=False).encode() + b"\n"
        head = tarfile.TarInfo(CONTENTS)
        head.size, head.mode = len(content), 0o600
        archive.addfile(head, io.BytesIO(content))
        for name, path in sorted(parts.items()):
            archive.add(path, name, recursive=False)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def unpacked(file: Path) -> Iterator[tuple[dict[str, object], Path]]:
    """Unpack a backup beside where it is to go, and hold it against its contents.

    Raises:
        ConsoleError: it is none, or was damaged.
    """
    with TemporaryDirectory(prefix="asylon-") as folder:
        work = Path(folder)
        try:
            with tarfile.open(file, "r:gz") as archive:
                _take_out(archive, work)
            said = json.loads((work / CONTENTS).read_text(encoding="utf-8"))
            damaged = [
                name
                for name, digest in said["files"].items()
                if _digest(work / name) != digest
            ]
            is_one = said["format"] == FORMAT and not damaged
        except FileNotFoundError as error:
            if error.filename == str(file):
                raise
            is_one = False
        except (*DAMAGED, KeyError, TypeError):
            is_one = False
        if not is_one:
            message = spoken().say(
                "system",
                "{file}: this is no backup, or it was damaged. Take another one.",
                file=file,
            )
            raise ConsoleError(message)
        yield said, work


def _take_out(archive: tarfile.TarFile, work: Path) -> None:
    """Take the files out of a backup: plain files only, and none outside its folder."""
    for member in archive:
        place = PurePosixPath(member.name)
        content = archive.extractfile(member) if member.isreg() else None
        if content is None or place.is_absolute() or ".." in place.parts:
            message = "a backup holds plain files"
            raise tarfile.TarError(message)
        to = work / place
        to.parent.mkdir(parents=True, exist_ok=True)
        with content, to.open("xb") as out:
            shutil.copyfileobj(content, out)


def move(source: Path, to: Path) -> None:
    """Put an unpacked file in its place; only its owner reads it."""
    shutil.copyfile(source, to)
    to.chmod(0o600)
