"""`asylon custody`: shares of the key on paper, and the key back from them."""

from __future__ import annotations

import os
import re
from pathlib import Path

import typer

from asylon.cli.inputs import read_file
from asylon.cli.speaking import spoken
from asylon.security import keyfiles, shares
from asylon.security.custody import FileCustody
from asylon_server.console import starting
from asylon_server.console.plainly import ConsoleError
from asylon_server.settings.deployment import deployment
from asylon_server.unlocking import custody

_COUNTS = re.compile(r"(\d{1,2})/(\d{1,2})")


def counts(text: str) -> tuple[int, int]:
    """Read how many of how many holders bring the key back, such as 3/5.

    Raises:
        ConsoleError: it is written otherwise.
    """
    found = _COUNTS.fullmatch(text)
    if not found or not shares.FEWEST <= int(found[1]) <= int(found[2]) <= shares.MOST:
        message = spoken().say(
            "system",
            "--shares {text}: write how many holders are needed, of how many, such as "
            "3/5; at least {fewest}, at most {most}.",
            text=text,
            fewest=spoken().number(shares.FEWEST),
            most=spoken().number(shares.MOST),
        )
        raise ConsoleError(message)
    return int(found[1]), int(found[2])


def show(keys: FileCustody, needed: int, of: int) -> None:
    """Print shares, each to be cut off and given to another person."""
    say = spoken().say
    print(
        say(
            "system",
            "Shares of the key {name}. They are shown once. Give each to another "
            "person, on paper; any {needed} of the {of} bring the key back.",
            name=keys.names[0],
            needed=spoken().number(needed),
            of=spoken().number(of),
        )
    )
    for share in keys.shares(needed=needed, of=of):
        print()
        print(say("system", "Share {number}", number=spoken().number(share.number)))
        print(f"  {share.words}")
    print()


def print_shares(home: Path, how: str, passphrase_file: Path | None) -> int:
    """Print new shares of the key of a deployment; those before stay good."""
    needed, of = counts(how)
    here = deployment(home.resolve())
    if not here.identities:
        raise ConsoleError(spoken().say("system", "This deployment has no such key."))
    starting.unlocked(here, passphrase_file)
    show(custody(), needed, of)
    return 0


def rebuild(home: Path, shares_file: Path | None, passphrase_file: Path | None) -> int:
    """Write the key file again, from shares, under a new passphrase."""
    here = deployment(home.resolve())
    key = shares.combined(map(shares.read, _typed(shares_file)))
    wrapped = here.index_file.read_bytes() if here.index_file.exists() else b""
    made = FileCustody.rebuilt(key, index_key_wrapped=wrapped)
    word = starting.passphrase(passphrase_file, new=True)
    os.umask(starting.ONLY_MINE)
    replace_file(here.custody_file, keyfiles.written(made, word))
    print(
        spoken().say(
            "system",
            "{file}: the keys are back, under the new passphrase.",
            file=here.custody_file,
        )
    )
    return 0


def replace_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; only its owner reads it."""
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    with os.fdopen(
        os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
    ) as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _typed(file: Path | None) -> list[str]:
    """Get shares, one a line, from a file or typed until as many are there as needed."""
    if file is not None:
        lines = read_file(file).decode("utf-8", "replace").splitlines()
        return [line for line in lines if line.strip()]
    told: list[str] = []
    while not told or len(told) < shares.read(told[0]).needed:
        number = spoken().number(len(told) + 1)
        asked = spoken().say("system", "Share {number}", number=number)
        told.append(str(typer.prompt(asked)))
    return told
