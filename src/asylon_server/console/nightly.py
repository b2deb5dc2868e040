"""How the last backup of the night went, and how old the newest is that is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from asylon.cli.speaking import spoken
from asylon_server.console import chores, pruning, starting
from asylon_server.console.found import Found
from asylon_server.settings.deployment import Deployment

_LATE = timedelta(days=2)
_DAY = timedelta(days=1)


def nightly(here: Deployment) -> Iterator[Found]:
    """Say how the last backup of the night went, and how old the newest is."""
    say = spoken().say
    if not here.backups:
        told = say(
            "doctor",
            "No backup is made by itself; `backups` and `backup_keys` in asylon.toml name "
            "the folders.",
        )
        yield Found("nightly", True, told)
        return
    done = chores.last(here).get(chores.SAVE)
    newest = max(pruning.dated(Path(here.backups)), default=None)
    age = starting.now() - newest if newest else None
    told = _told(here, age)
    if done is not None and done.failed:
        failed = say("doctor", "The last backup failed: {reason}", reason=done.failed)
        yield Found("nightly", False, f"{failed} {told}", _repair())
    elif age is None and done is None:
        told = say("doctor", "No backup was made yet; asylon serve makes one.")
        yield Found("nightly", True, told)
    else:
        is_late = age is None or age > _LATE
        yield Found("nightly", not is_late, told, _repair() if is_late else "")


def _told(here: Deployment, age: timedelta | None) -> str:
    say, count = spoken().say, len(pruning.dated(Path(here.backups)))
    if age is None:
        return say("doctor", "There is none in {folder}.", folder=here.backups)
    if age < _DAY:
        return say(
            "doctor",
            "The newest is {hours} hours old; {count} are there.",
            hours=spoken().number(age // timedelta(hours=1)),
            count=spoken().number(count),
        )
    return say(
        "doctor",
        "The newest is {days} days old; {count} are there.",
        days=spoken().number(age // _DAY),
        count=spoken().number(count),
    )


def _repair() -> str:
    return spoken().say(
        "doctor",
        "See that both folders are there and have room, and that asylon serve runs; it "
        "is tried again within the hour.",
    )
