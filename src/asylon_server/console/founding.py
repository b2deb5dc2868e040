"""`asylon init`: a folder, its keys, its tables, and the first organisation."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from asylon.casework import has_seat, may_hold_identities
from asylon.cli.keys import write_new
from asylon.cli.speaking import spoken
from asylon.law.jurisdictions import STATES
from asylon.security import draw_key, keyfiles
from asylon.security.custody import FileCustody
from asylon.security.drawing import draw_secret
from asylon_server.console import starting
from asylon_server.console.handing import Sheets
from asylon_server.console.plainly import ConsoleError
from asylon_server.settings.deployment import EMBEDDED, KINDS, Deployment

OWN = 0o700


@dataclass(frozen=True, slots=True)
class Asked:
    """What a new deployment is to be."""

    name: str
    kind: str
    state: str
    database: str = EMBEDDED
    hosts: tuple[str, ...] = ()
    passphrase_file: Path | None = None
    sheets: Sheets = field(default_factory=Sheets)
    invented: bool = False
    telephone: str = ""


def init(folder: Path, asked: Asked) -> int:
    """Make a deployment where there is none."""
    say = spoken().say
    _check(folder, asked)
    asked.sheets.check()
    at = starting.now()
    here = planned(folder.resolve(), asked, on=at.date())
    custody = FileCustody.draw() if here.identities else None
    word = starting.passphrase(asked.passphrase_file, new=True) if custody else ""
    with made(here, custody, word, at=at):
        pass
    print(say("system", "{name} is made, in {folder}.", name=here.name, folder=folder))
    if custody is None:
        print(_without(here))
    elif not asked.sheets.are_asked_for:
        print(
            say(
                "system",
                "If the key file or its passphrase is lost, so are the people in it. "
                "Print shares of the key now: asylon custody shares --home {folder} "
                "--shares 3/5",
                folder=folder,
            )
        )
    print(_next(folder))
    if custody:
        asked.sheets.hand_out(custody)
    return 0


def _check(folder: Path, asked: Asked) -> None:
    say = spoken().say
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = say(
            "system",
            "{folder}: there is something already, and nothing is made over it. Name a "
            "new folder.",
            folder=folder,
        )
        raise ConsoleError(message)
    if asked.kind not in KINDS:
        message = say(
            "system",
            "--kind {kind}: there is no such kind of organisation. There is {kinds}.",
            kind=asked.kind,
            kinds=spoken().listed(KINDS),
        )
        raise ConsoleError(message)
    if asked.state not in STATES:
        message = say(
            "system",
            "--state {state}: this is no code of a state. Write three letters, such "
            "as CHN.",
            state=asked.state,
        )
        raise ConsoleError(message)
    if not has_seat(asked.kind, asked.state):
        message = say(
            "system",
            "--state {state}: people flee from there, and no body of that state takes "
            "part. Nothing is made.",
            state=asked.state,
        )
        raise ConsoleError(message)
    if not asked.name.strip() or not asked.name.isprintable():
        raise ConsoleError(say("system", "--name: the office has no name. Give one."))


def planned(folder: Path, asked: Asked, *, on: date) -> Deployment:
    """Say what a deployment will be; whether it may hold identities is asked here."""
    hosts = asked.hosts or ("localhost", "127.0.0.1")
    return Deployment(
        folder,
        asked.name.strip(),
        asked.kind,
        asked.state,
        hosts=hosts,
        database=asked.database,
        identities=may_hold_identities(asked.kind, asked.state, on),
        invented=asked.invented,
        telephone=asked.telephone,
    )


@contextmanager
def made(
    here: Deployment, custody: FileCustody | None, word: str, *, at: datetime
) -> Iterator[None]:
    """Make a deployment; where something fails within, nothing of it is left."""
    sealed = keyfiles.written(custody, word) if custody else b""
    os.umask(starting.ONLY_MINE)
    with _folder(here):
        if custody:
            write_new(here.custody_file, sealed)
            write_new(here.index_file, custody.index_key_wrapped)
        starting.start(here)
        _fill(here, at=at)
        yield


@contextmanager
def _folder(here: Deployment) -> Iterator[None]:
    was_there = here.folder.exists()
    here.folder.mkdir(mode=OWN, parents=True, exist_ok=True)
    try:
        here.folder.chmod(OWN)
        for name in ("keys", "data"):
            (here.folder / name).mkdir(mode=OWN)
        write_new(here.folder / "asylon.toml", here.text().encode())
        write_new(here.secret_file, draw_secret().hex().encode() + b"\n")
        write_new(here.sealer_file, draw_key().pem())
        yield
    except BaseException:
        for each in here.folder.iterdir() if was_there else [here.folder]:
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        raise


def _fill(here: Deployment, *, at: datetime) -> None:
    from asylon_server.console import migrating
    from asylon_server.store.organisations.acts import open_organisation
    from asylon_server.store.record.acts import seal

    if migrating.is_used():
        message = spoken().say(
            "system",
            "The database holds a deployment already. Name an empty one: --database",
        )
        raise ConsoleError(message)
    migrating.migrate()
    open_organisation(
        None,
        name=here.name,
        kind=here.kind,
        state=here.state,
        at=at,
        invented=here.invented,
    )
    seal(starting.sealer(here), at=at)


def _without(here: Deployment) -> str:
    return spoken().say(
        "system",
        "It keeps no identities: an authority in {state} may hold none. It has no "
        "table for them and no key.",
        state=here.state,
    )


def _next(folder: Path) -> str:
    return spoken().say(
        "system",
        "Next: asylon user add NAME --role ROLE --home {folder}, then asylon serve "
        "--home {folder}",
        folder=folder,
    )
