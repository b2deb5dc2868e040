"""Locks of a deployment: who serves it, and who changes or copies its keys."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from asylon.cli.speaking import spoken
from asylon_server.console.plainly import ConsoleError
from asylon_server.settings.deployment import Deployment


@contextmanager
def alone(here: Deployment) -> Iterator[None]:
    """Make sure that nobody else serves this deployment.

    Raises:
        ConsoleError: it is being served.
    """
    message = spoken().say(
        "system",
        "{folder}: it is being served already. Stop that first.",
        folder=here.folder,
    )
    with _held(here.folder / "data" / "serving.lock", fcntl.LOCK_EX, message):
        yield


@contextmanager
def keys_in_place(here: Deployment, *, changing: bool = False) -> Iterator[None]:
    """Make sure that keys are not changed while they are copied.

    Raises:
        ConsoleError: somebody else changes them, or copies them.
    """
    message = spoken().say(
        "system",
        "{folder}: the keys are being changed or copied. Try again when that is done.",
        folder=here.folder,
    )
    how = fcntl.LOCK_EX if changing else fcntl.LOCK_SH
    with _held(here.folder / "data" / "keys.lock", how, message):
        yield


@contextmanager
def _held(file: Path, how: int, message: str) -> Iterator[None]:
    with file.open("w") as lock:
        try:
            fcntl.flock(lock, how | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ConsoleError(message) from None
        yield
