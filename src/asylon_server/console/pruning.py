"""Which backups are kept, of nights and before upgrades, and taking away the others.

Days, weeks and months count where a backup was made in them: a machine that stood
still for a year, or whose clock ran ahead, loses none of those before. One is taken
away only where the next newer one that is kept was read again, and found whole. No
backup holds a key, so that nothing of an erased case hangs on which are kept.
"""

from __future__ import annotations

import json
import shutil
import tarfile
from bisect import bisect_right
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import IO

from asylon.cli.speaking import spoken
from asylon_server.console import saving

DAYS, WEEKS, MONTHS = 7, 5, 12
"""Of so many days all are kept, and of so many weeks and months the last of each."""

UPGRADES = 3
"""Of so many upgrades the backups made before them are kept, where one is whole."""

_BEFORE_UPGRADE = f".before-upgrade{saving.ENDING}"
_CHUNK = 1 << 16
_OVER = timedelta(days=1)
"""After so long nobody is writing any more what stands half done."""


def dated(folder: Path) -> dict[datetime, Path]:
    """Find the backups that are named by their moment; others are somebody's own."""
    found = {}
    for each in folder.glob(f"*{saving.ENDING}"):
        name = each.name.removesuffix(saving.ENDING)
        with suppress(ValueError):
            moment = datetime.strptime(name, saving.STAMP).replace(tzinfo=UTC)
            found[moment] = each
    return found


def kept(moments: Iterable[datetime]) -> list[datetime]:
    """Say which of some backups are kept, the oldest first."""
    newest = sorted(moments, reverse=True)
    days = {each.date() for each in newest}
    last = sorted(days, reverse=True)[:DAYS]
    keep = {each for each in newest if each.date() in last}
    keep |= _last_of(newest, WEEKS, lambda each: each.isocalendar()[:2])
    keep |= _last_of(newest, MONTHS, lambda each: (each.year, each.month))
    return sorted(keep)


def _last_of(
    newest: Iterable[datetime], count: int, span: Callable[[datetime], object]
) -> set[datetime]:
    """Give the last of each span of time, of so many spans that have any."""
    last: dict[object, datetime] = {}
    for each in newest:
        last.setdefault(span(each), each)
    return set(list(last.values())[:count])


def prune(folder: Path) -> list[Path]:
    """Take away the backups that are not kept.

    Returns:
        Those that were taken away.
    """
    found = dated(folder)
    keep = kept(found)
    whole: dict[datetime, bool] = {}
    gone = []
    for moment in sorted(found.keys() - set(keep)):
        # The newest of all is always kept, so that there is one after each.
        after = keep[bisect_right(keep, moment)]
        if after not in whole:
            whole[after] = is_whole(found[after])
        if whole[after]:
            found[moment].unlink()
            gone.append(found[moment])
    return gone


def before_upgrade(folder: Path, at: datetime) -> Path:
    """Name the backup before an upgrade otherwise than those of nights and people."""
    return folder / f"{at.strftime(saving.STAMP)}{_BEFORE_UPGRADE}"


def prune_upgrades(folder: Path, *, first: str = "") -> list[Path]:
    """Take away the backups before upgrades that whole ones of so many upgrades follow.

    An upgrade that fails is tried again, and saved again each time. So backups of the
    same tables count as one, and that before the first try is kept whatever follows it:
    those after it may hold tables that were changed by half.

    Args:
        folder: Where they are.
        first: The name of the backup before the upgrade that was now made, if any.

    Returns:
        Those that were taken away.
    """
    counted: list[object] = []
    gone = []
    for each in sorted(folder.glob(f"*{_BEFORE_UPGRADE}"), reverse=True):
        said = _said(each)
        tables = said.get("migrations") if said else None
        if len(counted) < UPGRADES:
            counted += [tables] if said and tables not in counted else []
        elif each.name != first and not (said and tables in counted):
            each.unlink()
            gone.append(each)
    return gone


def clear(folder: Path, *, at: datetime) -> None:
    """Take away what a backup left that was killed while it was made."""
    for each in folder.glob(f"{saving.UNFINISHED}*"):
        begun = datetime.fromtimestamp(each.stat().st_mtime, UTC)
        if each.is_dir() and begun < at - _OVER:
            shutil.rmtree(each)


def is_whole(file: Path) -> bool:
    """Read a backup again, and hold all that is in it against its contents."""
    return _said(file) is not None


def _said(file: Path) -> dict[str, object] | None:
    """Give what a backup says of itself; nothing where it is not whole."""
    said, found = {}, {}
    try:
        with tarfile.open(file, "r:gz") as archive:
            for member in archive:
                content = archive.extractfile(member)
                if content is None:
                    return None
                if member.name == saving.CONTENTS:
                    said = json.load(content)
                else:
                    found[member.name] = _digest(content)
    except saving.DAMAGED:
        return None
    told = said if isinstance(said, dict) else {}
    is_one = told.get("format") == saving.FORMAT and told.get("files") == found
    return told if is_one else None


def unread(file: Path) -> str:
    """Say that a backup that was just made is not whole."""
    return spoken().say(
        "system",
        "{file}: it could not be read again as it was written, and was taken away. "
        "See to the disk.",
        file=file,
    )


def _digest(content: IO[bytes]) -> str:
    found = sha256()
    while chunk := content.read(_CHUNK):
        found.update(chunk)
    return found.hexdigest()
