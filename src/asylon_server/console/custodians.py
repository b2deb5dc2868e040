"""`asylon custody`: shares of the key for its holders, and the key back from them."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import typer

from asylon.cli.inputs import read_file
from asylon.cli.speaking import spoken
from asylon.security import keyfiles, shares
from asylon.security.custody import FileCustody
from asylon_server.console import starting
from asylon_server.console.handing import Sheets
from asylon_server.console.plainly import ConsoleError
from asylon_server.console.replacing import replace_file
from asylon_server.settings.deployment import Deployment, deployment
from asylon_server.unlocking import custody


def hand_out(home: Path, sheets: Sheets, passphrase_file: Path | None) -> int:
    """Hand out new shares of the key of a deployment; those before stay good."""
    sheets.check()
    here = deployment(home.resolve())
    if not here.identities:
        raise ConsoleError(spoken().say("system", "This deployment has no such key."))
    starting.unlocked(here, passphrase_file)
    sheets.hand_out(custody())
    return 0


def rebuild(home: Path, shares_file: Path | None, passphrase_file: Path | None) -> int:
    """Write the key file again, from shares, under a new passphrase."""
    here = deployment(home.resolve())
    key = shares.combined(map(shares.read, _typed(shares_file)))
    has_index = here.index_file.exists()
    wrapped = here.index_file.read_bytes() if has_index else b""
    made = FileCustody.rebuilt(key, index_key_wrapped=wrapped)
    _refuse_another_key(here, made)
    word = starting.passphrase(passphrase_file, new=True)
    os.umask(starting.ONLY_MINE)
    replace_file(here.custody_file, keyfiles.written(made, word))
    if not has_index:
        replace_file(here.index_file, made.index_key_wrapped)
    print(
        spoken().say(
            "system",
            "{file}: the keys are back, under the new passphrase.",
            file=here.custody_file,
        )
    )
    if not has_index:
        print(
            spoken().say(
                "system",
                "{file} was not there, and a new index key was drawn: nobody is found "
                "by name, and each hold stands against every state, until: asylon "
                "custody reindex --home {folder}",
                file=here.index_file,
                folder=home,
            )
        )
    return 0


def _refuse_another_key(here: Deployment, made: FileCustody) -> None:
    """Write no key over another one that cases are wrapped with."""
    file = here.database_file("keys")
    if not file.exists():
        return
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        rows = database.execute("SELECT wrapped FROM keystore_wrappedkey").fetchall()
    if rows and not any(made.is_current(wrapped) for (wrapped,) in rows):
        message = spoken().say(
            "system",
            "No case is wrapped with the key of these shares: they are of before a "
            "rotation, or of another deployment. Nothing was written.",
        )
        raise ConsoleError(message)


def _typed(file: Path | None) -> list[str]:
    """Get shares, one a line, from a file or typed until as many are there as needed."""
    if file is not None:
        lines = read_file(file).decode("utf-8", "replace").splitlines()
        return [line for line in lines if line.strip()]
    if not sys.stdin.isatty():
        message = spoken().say(
            "system",
            "There is no terminal to type shares at. Name a file with a share on each "
            "line: --shares-file FILE",
        )
        raise ConsoleError(message)
    told: list[str] = []
    while not told or len(told) < shares.read(told[0]).needed:
        number = spoken().number(len(told) + 1)
        asked = spoken().say("system", "Share {number}", number=number)
        told.append(str(typer.prompt(asked)))
    return told
