"""`asylon doctor`: each thing that has to be in order, and the repair where it is not."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from asylon.cli.speaking import spoken
from asylon.security.errors import SecurityError
from asylon_server.console import nightly, starting, witnessing, writing
from asylon_server.console.found import Found
from asylon_server.console.plainly import ConsoleError
from asylon_server.settings.deployment import EMBEDDED, Deployment, deployment
from asylon_server.unlocking import custody, held

_ROOM = 1 << 30
_OTHERS = 0o077


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
    is_other = _is_of_other_edition()
    for part in (
        writing.tried,
        _migrations,
        writing.pragmas,
        _integrity,
        _record,
        _case_keys,
        _index,
        nightly.nightly,
        _unique,
        _holds,
    ):
        if not (is_other and part in _OF_THIS_EDITION):
            yield from _safely(part, here)


Part = Callable[[Deployment], Iterator[Found]]


def _is_of_other_edition() -> bool:
    """Whether the tables are those of another edition, of which little can be said."""
    from django.db import DatabaseError

    from asylon_server.console import migrating

    try:
        return bool(migrating.pending() or migrating.foreign(migrating.applied()))
    except DatabaseError:
        return False


def _safely(part: Part, here: Deployment) -> Iterator[Found]:
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
    if custody().is_rotating:
        said = say("doctor", "A rotation of the key was begun, and not finished.")
        return Found("custody", False, said, "asylon custody rotate")
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


def _migrations(here: Deployment) -> Iterator[Found]:
    from asylon_server.console import migrating, upgrading

    say = spoken().say
    pending, later = migrating.pending(), migrating.foreign(migrating.applied())
    if later:
        said = say(
            "doctor", "of a later edition: {names}", names=spoken().listed(later)
        )
        yield Found("migrations", False, said, say("doctor", "Install that edition."))
    elif pending:
        said = say("doctor", "to be made: {names}", names=spoken().listed(pending))
        repair = say("doctor", "asylon serve makes a backup, and then makes them.")
        yield Found("migrations", False, said, repair)
    elif upgrading.begun(here).exists():
        said = say("doctor", "They were made, and what follows from them was not yet.")
        yield Found("migrations", False, said, "asylon log verify; asylon serve")
    else:
        said = say("doctor", "The tables are those of this edition.")
        yield Found("migrations", True, said)


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
    told = faults_told(starting.sealer(here).public, witnessing.kept(here))
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


def _index(here: Deployment) -> Iterator[Found]:
    """Look whether people are found: by what was marked with the index key of now."""
    keys = held()
    if keys is None or not here.identities:
        return
    from asylon_server.store.cases import groups, holds

    say = spoken().say
    repair = "asylon log verify; asylon custody reindex"
    file = here.index_file
    if not (file.exists() and keys.has_index(file.read_bytes())):
        said = say("doctor", "{file} is not the index key of now.", file=file.name)
        yield Found("index", False, said, repair)
        return
    count = holds.unmarked(custody=keys) + groups.unmarked(custody=keys)
    said = say(
        "doctor",
        "Holds whose mark is not that of the index key: {count}.",
        count=spoken().number(count),
    )
    yield Found("index", not count, said, repair if count else "")


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


def _holds(_here: Deployment) -> Iterator[Found]:
    """Look whether a hold was taken from among those of a case."""
    from asylon_server.store.cases import holds
    from asylon_server.store.cases.models import StandingHold

    say = spoken().say
    gaps = holds.with_gaps()
    if not StandingHold.objects.exists():
        return
    said = say(
        "doctor",
        "Cases of which a hold is missing: {count}.",
        count=spoken().number(gaps),
    )
    repair = say(
        "doctor",
        "Somebody changed the tables by hand. Keep a copy as it is, and restore the "
        "newest backup that verifies.",
    )
    yield Found("holds", not gaps, said, repair if gaps else "")


_OF_THIS_EDITION = (_record, _case_keys, _index, _unique, _holds)
"""What can be looked at in tables of this edition alone."""
