"""`asylon demo`: a deployment full of invented people, to be looked at right away.

It is made once in a folder of its own and taken again the next time. What was made by
another edition, or for other people, is made anew; what is no demonstration is never
touched.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from asylon.cli.keys import write_new
from asylon.cli.speaking import spoken
from asylon.security import SecurityError, keyfiles
from asylon.security.custody import FileCustody
from asylon_server.console import (
    cast,
    editions,
    founding,
    greeting,
    locking,
    serving,
    starting,
)
from asylon_server.console.plainly import ConsoleError
from asylon_server.settings.deployment import FILE, Deployment, deployment

FOLDER = Path("demo")
MARKER = "demonstration.json"
WORD_FILE = "passphrase.txt"
WORD = "everything here is invented"
_OURS = frozenset({"keys", "data", "backups", FILE, MARKER, WORD_FILE})
"""All that a demonstration puts into its folder; nothing else is ever taken away."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which demonstration is wanted."""

    people: int
    seed: int
    port: int = 0
    open_browser: bool = False


def demo(folder: Path, asked: Asked) -> int:
    """Make the demonstration where it is not there, and serve it."""
    folder = folder.resolve()
    edition = editions.edition(asked.people, asked.seed)
    _check(folder, asked, edition)
    if not _is_there(folder, edition):
        _made_anew(folder, asked, edition)
    wanted = serving.Wanted(asked.port, 1, passphrase_file=folder / WORD_FILE)
    greet = greeting.links if sys.stdout.isatty() else greeting.one_page
    return serving.serve(
        folder, wanted, lambda address: greet(address, asked.open_browser)
    )


def _check(folder: Path, asked: Asked, edition: str) -> None:
    say = spoken().say
    if asked.people < 1:
        raise ConsoleError(say("system", "--people: a caseload has at least one."))
    if not folder.exists():
        return
    strange = not folder.is_dir() or {each.name for each in folder.iterdir()} - _OURS
    if strange or (_holds_something(folder) and not _is_demonstration(folder, edition)):
        message = say(
            "system",
            "{folder}: something else is there, and it is left as it is. Name another "
            "folder: --folder FOLDER",
            folder=folder,
        )
        raise ConsoleError(message)


def _holds_something(folder: Path) -> bool:
    return any(folder.iterdir())


def _is_demonstration(folder: Path, edition: str) -> bool:
    """Whether a folder bears the mark, and its keys open by the word of every one.

    The keys are there before the tables, and what a file says of itself is not enough:
    nothing that somebody real is in is ever taken away. What stays, being of this very
    edition, has its keys opened when it is served, and that takes its time.
    """
    if not (folder / MARKER).is_file():
        return False
    is_kept = _edition_of(folder) == edition
    if not (folder / FILE).exists():
        return not (folder / "data").exists()
    here = deployment(folder)
    if not here.database_file("default").exists():
        return here.invented
    return here.invented and (is_kept or _opens(here))


def _opens(here: Deployment) -> bool:
    try:
        keyfiles.read(here.custody_file.read_bytes(), WORD)
    except (OSError, SecurityError):
        return False
    return True


def _edition_of(folder: Path) -> str:
    return (folder / MARKER).read_text(encoding="utf-8")


def _is_there(folder: Path, edition: str) -> bool:
    if not (folder / MARKER).is_file():
        return False
    if _edition_of(folder) == edition:
        return True
    text = spoken().say(
        "system",
        "{folder}: this demonstration is of another edition or of other people, or was "
        "not finished. It is made anew.",
        folder=folder,
    )
    print(text, flush=True)
    return False


def _made_anew(folder: Path, asked: Asked, edition: str) -> None:
    folder.mkdir(mode=founding.OWN, parents=True, exist_ok=True)
    with _nobody_else(folder):
        for each in sorted(_OURS - {MARKER}):
            _take_away(folder / each)
        (folder / MARKER).write_text("", encoding="utf-8")
        _make(folder, asked)
        (folder / MARKER).write_text(edition, encoding="utf-8")


@contextmanager
def _nobody_else(folder: Path) -> Iterator[None]:
    """Make sure that what is there is not being served."""
    if not (folder / "data").is_dir():
        yield
        return
    with locking.alone(deployment(folder)):
        yield


def _take_away(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _make(folder: Path, asked: Asked) -> None:
    first = cast.OFFICES[0]
    plan = founding.Asked(
        first.name,
        first.kind,
        first.state,
        invented=True,
        telephone=cast.TELEPHONE,
    )
    at = starting.now()
    here = founding.planned(folder, plan, on=at.date())
    custody = FileCustody.draw()
    with (
        founding.made(here, custody, WORD, at=at),
        greeting.progress() as told,
    ):
        write_new(folder / WORD_FILE, f"{WORD}\n".encode())
        # The people are drawn by a library whose loading would slow each start.
        from asylon.invented.people import People
        from asylon_server.console import caseload

        world = People(asked.people, seed=asked.seed)
        key = starting.sealer(here)
        cases = caseload.load(world, key, custody=custody, at=at, told=told)
    text = spoken().say(
        "system",
        "Invented people: {people}, some of them registered more than once; cases: "
        "{cases}; folder: {folder}",
        people=spoken().number(asked.people),
        cases=spoken().number(cases),
        folder=folder,
    )
    print(text, flush=True)
