"""`asylon doctor`: each thing that has to be in order, and the repair where it is not."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from asylon.cli.speaking import spoken
from asylon.security.errors import SecurityError
from asylon_server.console import starting
from asylon_server.console.plainly import ConsoleError
from asylon_server.settings.deployment import EMBEDDED, Deployment, deployment

_ROOM = 1 << 30
_OTHERS = 0o077
_PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was looked at: `repair` says what to do where it is not in order."""

    name: str
    ok: bool
    said: str
    repair: str = ""


def doctor(
    home: Path, passphrase_file: Path | None, *, with_keys: bool, as_json: bool
) -> int:
    """Look at everything, and say of each thing whether it is in order."""
    here = deployment(home.resolve())
    found = list(_looked(here, passphrase_file, with_keys=with_keys))
    for each in found:
        if as_json:
            row = {"check": each.name, "ok": each.ok, "said": each.said}
            print(json.dumps(row | {"repair": each.repair}, ensure_ascii=False))
        else:
            print(f"{'✓' if each.ok else '✗'} {each.name:12} {each.said}")
            if each.repair:
                print(f"{'':15}{each.repair}")
    return int(not all(each.ok for each in found))


def _looked(
    here: Deployment, passphrase_file: Path | None, *, with_keys: bool
) -> Iterator[Found]:
    say = spoken().say
    yield Found("config", True, say("doctor", "{name} is read.", name=here.name))
    yield _keys(here)
    if here.identities and with_keys:
        yield _custody(here, passphrase_file)
    yield _disk(here)
    yield _fonts()
    try:
        starting.start(here)
    except Exception as error:
        said = here.veiled(str(error))
        yield Found("database", False, said, say("doctor", "Bring it back first."))
        return
    for part in (_migrations, pragmas, _integrity, _record, _case_keys, _unique):
        yield from _safely(part, here)


def _safely(
    part: Callable[[Deployment], Iterator[Found]], here: Deployment
) -> Iterator[Found]:
    """Look at one thing; where the database does not answer, that is what is found."""
    from django.db import DatabaseError

    say = spoken().say
    try:
        yield from part(here)
    except (ConsoleError, SecurityError) as error:
        yield Found(
            part.__name__.strip("_"), False, str(error), say("doctor", "See above.")
        )
    except DatabaseError as error:
        repair = say(
            "doctor",
            "See that the database runs, that its disk has room and that its owner is "
            "yours; else restore a backup.",
        )
        said = here.veiled(str(error)).strip().partition("\n")[0]
        yield Found(part.__name__.strip("_"), False, said, repair)


def _keys(here: Deployment) -> Found:
    say = spoken().say
    needed = [here.secret_file, here.sealer_file]
    if here.identities:
        needed += [here.custody_file, here.index_file]
    missing = [each.name for each in needed if not each.exists()]
    if missing:
        return Found(
            "keys",
            False,
            say("doctor", "missing: {names}", names=spoken().listed(missing)),
            say(
                "doctor",
                "Copy them from the folder of `asylon backup --keys`; custody.json comes "
                "back by `asylon custody rebuild` as well.",
            ),
        )
    folder = here.folder / "keys"
    loose = [
        each.name
        for each in (folder, *needed)
        if stat.S_IMODE(each.stat().st_mode) & _OTHERS
    ]
    if loose:
        return Found(
            "keys",
            False,
            say("doctor", "others may read {names}", names=spoken().listed(loose)),
            say("doctor", "chmod 700 {folder}; chmod 600 {folder}/*", folder=folder),
        )
    try:
        starting.sealer(here)
    except SecurityError as error:
        repair = say("doctor", "Copy sealer.pem from the copy of the keys.")
        return Found("keys", False, str(error), repair)
    return Found("keys", True, say("doctor", "All are there, and only yours."))


def _custody(here: Deployment, passphrase_file: Path | None) -> Found:
    say = spoken().say
    try:
        starting.unlocked(here, passphrase_file)
    except Exception as error:
        repair = say(
            "doctor", "Try another passphrase, or: asylon custody rebuild, with shares."
        )
        return Found("custody", False, str(error), repair)
    return Found("custody", True, say("doctor", "The passphrase opens the keys."))


def _disk(here: Deployment) -> Found:
    say = spoken().say
    free = shutil.disk_usage(here.folder).free
    told = say("doctor", "{size} MB are free.", size=spoken().number(free >> 20))
    repair = "" if free >= _ROOM else say("doctor", "Make room: at least 1024 MB.")
    return Found("disk", not repair, told, repair)


def _fonts() -> Found:
    """Look for faces with Korean and with Chinese letters, which a letter embeds."""
    say = spoken().say
    from asylon_server.letters import FacesError, faces

    try:
        faces.chosen(faces.installed().families())
    except FacesError as error:
        missing = error.languages
    else:
        return Found("fonts", True, say("doctor", "Korean and Chinese can be printed."))
    return Found(
        "fonts",
        False,
        say(
            "doctor",
            "No face is installed for {names}.",
            names=spoken().listed(missing),
        ),
        say("doctor", "Install Noto Sans CJK; until then such letters are refused."),
    )


def _migrations(_here: Deployment) -> Iterator[Found]:
    from asylon_server.console import migrating

    say = spoken().say
    pending = migrating.pending()
    if pending:
        said = say("doctor", "to be made: {names}", names=spoken().listed(pending))
        repair = say("doctor", "asylon serve makes a backup, and then makes them.")
        yield Found("migrations", False, said, repair)
    else:
        said = say("doctor", "The tables are those of this edition.")
        yield Found("migrations", True, said)


def require_safe_writing(here: Deployment) -> None:
    """Make sure that what is acknowledged is on the disk.

    Raises:
        ConsoleError: this SQLite does not write as it is told to.
    """
    for each in pragmas(here):
        if not each.ok:
            message = f"{each.said}: {each.repair}"
            raise ConsoleError(message)


def pragmas(here: Deployment) -> Iterator[Found]:
    """Ask each database of one file how it writes."""
    from django.db import connections

    say = spoken().say
    for alias in connections:
        connection = connections[alias]
        if connection.vendor != "sqlite":
            continue
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA database_list")
            cursor.fetchall()
            wrong = []
            for name, wanted in _PRAGMAS.items():
                cursor.execute(f"PRAGMA {name}")
                [value] = cursor.fetchone()
                if value != wanted:
                    wrong.append(f"{name} = {value}")
        repair = say(
            "doctor",
            "This build of SQLite does not do as it is told: use PostgreSQL, or the "
            "Python of your system.",
        )
        said = spoken().listed(wrong) if wrong else _told_safe(here, alias)
        yield Found("sqlite", not wrong, said, repair if wrong else "")


def _told_safe(here: Deployment, alias: str) -> str:
    return spoken().say(
        "doctor",
        "{file}: what is acknowledged is on the disk, and what is deleted is "
        "overwritten.",
        file=here.database_file(alias).name,
    )


def _integrity(here: Deployment) -> Iterator[Found]:
    from django.db import connections

    say = spoken().say
    for alias in connections:
        if connections[alias].vendor != "sqlite":
            continue
        with connections[alias].cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            [said] = cursor.fetchone()
        repair = "" if said == "ok" else say("doctor", "Restore the newest backup.")
        yield Found("integrity", not repair, f"{alias}: {said}", repair)
    if here.database != EMBEDDED:
        with connections["default"].cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            [said] = cursor.fetchone()
        repair = "" if said == "on" else say("doctor", "Set synchronous_commit = on.")
        yield Found("postgresql", not repair, f"synchronous_commit = {said}", repair)


def _record(here: Deployment) -> Iterator[Found]:
    from asylon_server.console.logpage import faults_told

    say = spoken().say
    told = faults_told(starting.sealer(here).public, ())
    repair = say(
        "doctor",
        "Somebody changed the tables by hand, or a disk failed. Keep a copy as it is, "
        "and restore the newest backup that verifies.",
    )
    if told:
        yield Found("record", False, "; ".join(told), repair)
    else:
        said = say("doctor", "The record and every row fit one another.")
        yield Found("record", True, said)


def _case_keys(here: Deployment) -> Iterator[Found]:
    if not here.identities:
        return
    from asylon_server.store.cases import erasing

    say = spoken().say
    begun = erasing.unfinished()
    if begun:
        said = say(
            "doctor",
            "Cases whose erasing was not finished: {count}.",
            count=spoken().number(len(begun)),
        )
        repair = say("doctor", "Start asylon serve, which finishes it.")
        yield Found("erasing", False, said, repair)
    without = erasing.without_key()
    repair = say(
        "doctor",
        "Their keys were lost, and not erased. Stop, and bring {file} back from the "
        "newest copy of the keys.",
        file=here.database_file("keys"),
    )
    said = say(
        "doctor", "Cases without a key: {count}.", count=spoken().number(len(without))
    )
    yield Found("case keys", not without, said, repair if without else "")


def _unique(_here: Deployment) -> Iterator[Found]:
    """Say how many coded rows are like no other: of these somebody could be guessed."""
    from collections import Counter

    from asylon_server.store.cases.models import StandingHold

    say = spoken().say
    rows = StandingHold.objects.values_list("number", "version")
    counts = Counter(rows.iterator(chunk_size=2_000))
    total = sum(counts.values())
    alone = sum(1 for count in counts.values() if count == 1)
    if total:
        said = say(
            "doctor",
            "Of {total} coded rows {alone} are like no other.",
            total=spoken().number(total),
            alone=spoken().number(alone),
        )
        yield Found("coded rows", True, said)
