"""The keys of this process: unlocked once at its start, and held in memory only.

The passphrase is read from a pipe that the starting process left open; it stands in no
argument and in no environment, which other users of the machine could look at.
"""

from __future__ import annotations

import os
from pathlib import Path

from asylon.security import keyfiles
from asylon.security.custody import FileCustody
from asylon.security.errors import CustodyError

PIPE = "ASYLON_PASSPHRASE_PIPE"
"""The variable with the number of the pipe that the passphrase comes through."""

HOME = "ASYLON_HOME"

_held: list[FileCustody] = []


def custody() -> FileCustody:
    """Get the keys of this process.

    Raises:
        CustodyError: they were never unlocked.
    """
    if not _held:
        message = "the keys are locked; start the system by `asylon serve`"
        raise CustodyError(message)
    return _held[0]


def held() -> FileCustody | None:
    """Get the keys of this process, or none while they are locked."""
    return _held[0] if _held else None


def unlock(file: Path, passphrase: str) -> FileCustody:
    """Read the keys and hold them for this process.

    Raises:
        CustodyError: the passphrase does not open them.
    """
    _held[:] = [keyfiles.read(file.read_bytes(), passphrase)]
    return _held[0]


def from_pipe() -> None:
    """Unlock with the passphrase that the starting process sends, if it sends one."""
    number = os.environ.pop(PIPE, "")
    if not number:
        return
    with os.fdopen(int(number), encoding="utf-8") as pipe:
        passphrase = pipe.read()
    # Where no identity may be held there are no keys, and nothing is sent.
    if passphrase:
        unlock(Path(os.environ[HOME]) / "keys" / "custody.json", passphrase)
