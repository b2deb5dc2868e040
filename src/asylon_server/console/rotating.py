"""`asylon custody rotate` and `reindex`: new keys in the place of those before.

The file of the keys is written before anything is wrapped or marked with what is new in
it, and the old keys are let go last. So either command may be stopped anywhere, and goes
on from there when it is given again.
"""

from __future__ import annotations

import os
from pathlib import Path

from asylon.cli.speaking import spoken
from asylon.security import keyfiles
from asylon.security.custody import FileCustody
from asylon_server.console import handing, locking, starting
from asylon_server.console.plainly import ConsoleError
from asylon_server.console.replacing import replace_file
from asylon_server.settings.deployment import Deployment
from asylon_server.unlocking import custody


def rotate(home: Path, passphrase_file: Path | None, sheets: handing.Sheets) -> int:
    """Put a new wrapping key in the place of the one before.

    Returns:
        1 where a wrapped key did not open, so that the old one is kept.
    """
    sheets.check()
    here = _opened(home)
    with locking.alone(here), locking.keys_in_place(here, changing=True):
        word = starting.unlocked(here, passphrase_file)
        held = _begun(here, custody(), word)
        sheets.hand_out(held)
        closed = _wrapped_anew(held)
        replace_file(here.index_file, held.index_key_wrapped)
        if closed:
            return _kept(closed)
        _recorded(here, held)
        write(here, held.let_go(), word)
    print(
        spoken().say(
            "system",
            "The key of before is let go; the new one is {name}.",
            name=held.names[0],
        )
    )
    _say_what_now(here, has_sheets=sheets.are_asked_for)
    return 0


def reindex(home: Path, passphrase_file: Path | None, *, new_key: bool) -> int:
    """Make what people are found by, and the marks of holds, anew from the files.

    Returns:
        1 where a file did not open, which is found by nobody.
    """
    here = _opened(home)
    with locking.alone(here), locking.keys_in_place(here, changing=True):
        word = starting.unlocked(here, passphrase_file)
        _refuse_what_was_altered(here)
        held = custody()
        if new_key:
            held = held.with_new_index()
            write(here, held, word)
        replace_file(here.index_file, held.index_key_wrapped)
        changed, closed = _indexed(here, held)
    print(
        spoken().say_many(
            "system",
            "{count} case was marked anew. Copy the keys now, over the copy of before: "
            "asylon backup FILE --keys FOLDER",
            "{count} cases were marked anew. Copy the keys now, over the copy of before: "
            "asylon backup FILE --keys FOLDER",
            changed,
        )
    )
    return _closed_files(closed) if closed else 0


def write(here: Deployment, held: FileCustody, word: str) -> None:
    """Write the file of the keys, whole or not at all."""
    os.umask(starting.ONLY_MINE)
    replace_file(here.custody_file, keyfiles.written(held, word))


def _opened(home: Path) -> Deployment:
    here = starting.opened(home)
    if not here.identities:
        raise ConsoleError(spoken().say("system", "This deployment has no such key."))
    return here


def _begun(here: Deployment, held: FileCustody, word: str) -> FileCustody:
    """Draw the new key and keep it, or go on with a rotation that was begun."""
    if held.is_rotating:
        print(
            spoken().say(
                "system", "A rotation was begun before, and goes on from there."
            )
        )
        return held
    rotated = held.rotate()
    write(here, rotated, word)
    return rotated


def _wrapped_anew(held: FileCustody) -> int:
    from asylon_server.store.keystore import rewrapping
    from asylon_server.store.keystore.leaving import cut_off

    closed = rewrapping.rewrap(held)
    cut_off("keys")
    return closed


def _recorded(here: Deployment, held: FileCustody) -> None:
    from django.db import transaction

    from asylon_server.store.record.acts import record, seal

    at = starting.now()
    with transaction.atomic():
        record("key rotated", None, at=at, details={"key": held.names[0]})
    seal(starting.sealer(here), at=at)


def _kept(closed: int) -> int:
    print(
        spoken().say_many(
            "system",
            "{count} wrapped key does not open, and is left as it is. The old key is "
            "kept for it. `asylon doctor` says more; then: asylon custody rotate",
            "{count} wrapped keys do not open, and are left as they are. The old key is "
            "kept for them. `asylon doctor` says more; then: asylon custody rotate",
            closed,
        )
    )
    return 1


def _say_what_now(here: Deployment, *, has_sheets: bool) -> None:
    say = spoken().say
    if not has_sheets:
        print(
            say(
                "system",
                "The shares of before bring nothing back any more. Hand out new ones: "
                "asylon custody shares --home {folder} --shares 3/5",
                folder=here.folder,
            )
        )
    print(
        say(
            "system",
            "Copy the keys now, over the copy of before: asylon backup FILE --keys "
            "FOLDER",
        )
    )


def _refuse_what_was_altered(here: Deployment) -> None:
    """Mark nothing as the house's own that the record does not know as such."""
    from asylon_server.console.logpage import faults_told

    if faults_told(starting.sealer(here).public, ()):
        message = spoken().say(
            "system",
            "The record and the rows do not fit one another, and nothing is marked as "
            "true that may not be. See: asylon log verify",
        )
        raise ConsoleError(message)


def _indexed(here: Deployment, held: FileCustody) -> tuple[int, int]:
    from asylon_server.store.cases import indexing
    from asylon_server.store.record.acts import seal

    done = indexing.index_all(at=starting.now(), custody=held)
    seal(starting.sealer(here), at=starting.now())
    return done.changed, done.closed


def _closed_files(closed: int) -> int:
    print(
        spoken().say_many(
            "system",
            "{count} file does not open, and nobody finds it by name.",
            "{count} files do not open, and nobody finds them by name.",
            closed,
        )
    )
    return 1
