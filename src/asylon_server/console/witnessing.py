"""Heads that witnesses signed: kept in the deployment, outside the tables.

Whoever puts an old state of the database in the place of the newest one contradicts
them, whether or not somebody brings a head from outside that day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from asylon.cli.speaking import spoken
from asylon.security import PublicKey, SecurityError, heads
from asylon.security.heads import SealedHead
from asylon_server.console.plainly import ConsoleError
from asylon_server.console.replacing import replace_file
from asylon_server.settings.deployment import Deployment
from asylon_server.settings.witnessed import ENDING, FOLDER

_NAMED_BY = 16


def kept(here: Deployment) -> list[SealedHead]:
    """Read the heads that are kept.

    Raises:
        ConsoleError: one of them cannot be read.
    """
    return [_read(each) for each in _files(here.folder / FOLDER)]


def keep(here: Deployment, brought: Iterable[SealedHead], sealer: PublicKey) -> None:
    """Keep the heads that this deployment sealed and somebody witnessed.

    One that contradicts the log is kept as well: it says so each time from then on.
    """
    folder = here.folder / FOLDER
    for each in brought:
        if _is_witnessed(each, sealer):
            folder.mkdir(mode=0o700, exist_ok=True)
            name = f"{each.head.size}-{each.head.root.hex()[:_NAMED_BY]}{ENDING}"
            replace_file(folder / name, _joined(folder / name, each).written())


def copy(source: Path, to: Path) -> None:
    """Copy kept heads from one folder to another, beside those that are there."""
    for each in _files(source / FOLDER):
        (to / FOLDER).mkdir(mode=0o700, exist_ok=True)
        replace_file(to / FOLDER / each.name, each.read_bytes())


def united(brought: Iterable[SealedHead], here: Deployment) -> list[SealedHead]:
    """Give what was brought and what is kept, each once."""
    return list(dict.fromkeys((*brought, *kept(here))))


def _is_witnessed(head: SealedHead, sealer: PublicKey) -> bool:
    try:
        head.check_seal(sealer)
    except SecurityError:
        return False
    names = {each.key for each in head.witnesses}
    return bool(names) and head.witnessed_by(names) == names


def _joined(file: Path, head: SealedHead) -> SealedHead:
    """Put the witnesses of a head beside those that signed it before."""
    if not file.exists() or _read(file).head != head.head:
        return head
    signed = {each.key: each for each in (*_read(file).witnesses, *head.witnesses)}
    return replace(head, witnesses=tuple(signed.values()))


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{ENDING}"))


def _read(file: Path) -> SealedHead:
    try:
        return heads.read(file.read_bytes())
    except SecurityError as error:
        message = spoken().say(
            "system",
            "{file}: {problem}. Bring it back from the copy of the keys, or from the "
            "witness.",
            file=file,
            problem=str(error),
        )
        raise ConsoleError(message) from None
