"""`asylon log`: heads that leave and come back, and the check of everything."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from asylon.cli.inputs import read_file
from asylon.cli.keys import read_key
from asylon.cli.speaking import spoken
from asylon.security import PublicKey, heads
from asylon.security.heads import SealedHead
from asylon_server.console import starting, witnessing
from asylon_server.console.plainly import ConsoleError
from asylon_server.console.replacing import replace_file

_SHOWN_OF_EACH = 5


def head(home: Path, out: Path | None, *, as_json: bool) -> int:
    """Show the newest head, or write it to a file for a witness."""
    here = starting.opened(home)
    from asylon_server.store.record import heads as kept
    from asylon_server.store.record.acts import first_leaf
    from asylon_server.store.record.models import Head

    last = Head.objects.order_by("-size").first()
    if last is None:
        message = spoken().say(
            "system",
            "The record has no head yet; the sealer of `asylon serve` makes one.",
        )
        raise ConsoleError(message)
    log = kept.log_name(first_leaf())
    made = kept.exported(last, starting.sealer(here).public, log)
    if out is not None:
        replace_file(out.absolute(), made.written())
    row = {"log": log, "size": last.size, "root": bytes(last.root).hex()}
    row["at"] = last.at.isoformat()
    print(json.dumps(row) if as_json else f"{log}  {made.head.printed}")
    return 0


def witness(file: Path, key: Path) -> int:
    """Sign a head that another house brought, with a key that never goes there."""
    found = heads.read(read_file(file))
    private = read_key(key)
    mode = file.stat().st_mode & 0o777
    replace_file(file.absolute(), found.witness(private).written())
    file.chmod(mode)
    text = spoken().say(
        "system",
        "{file}: signed as a witness of {head}. Keep a copy, and send it back.",
        file=file,
        head=found.head.printed,
    )
    print(text)
    return 0


def verify(
    home: Path, files: Iterable[Path], keys: Iterable[str], *, as_json: bool
) -> int:
    """Check the events, the tree, the heads, the witnesses and every row."""
    here = starting.opened(home)
    from asylon_server.store.record.checking import Check

    sealer = starting.sealer(here).public
    brought = [heads.read(read_file(each)) for each in files]
    witnessing.keep(here, brought, sealer)
    witnessed = witnessing.united(brought, here)
    check = Check(sealer, witnessed)
    found = list(check.faults())
    told = [*_lines(found), *_unsigned(brought, keys)]
    row = {
        "entries": check.entries,
        "waiting": check.waiting,
        "rows": check.rows,
        "witnessed": len(witnessed),
        "faults": [{"code": each.code, "where": each.where} for each in found],
        "ok": not told,
    }
    if as_json:
        print(json.dumps(row, ensure_ascii=False))
        return int(bool(told))
    print(_summary(check.entries, check.rows, len(witnessed)))
    for line in told or [_fitting()]:
        print(line)
    return int(bool(told))


def faults_told(sealer: PublicKey, witnessed: Iterable[SealedHead]) -> list[str]:
    """Check everything and put what is found into words."""
    from asylon_server.store.record.checking import Check

    return _lines(Check(sealer, witnessed).faults())


def _lines(found: Iterable[object]) -> list[str]:
    """Tell the first few faults of each kind, and how many more there are."""
    from asylon_server.store.record.checking import FAULTS, Fault

    faults = [each for each in found if isinstance(each, Fault)]
    counts = Counter(each.code for each in faults)
    told = []
    for code, count in counts.items():
        places = [each.where for each in faults if each.code == code]
        shown = spoken().listed(places[:_SHOWN_OF_EACH])
        told.append(f"{code}  {FAULTS[code]} ({count}): {shown}")
    return told


def _summary(entries: int, rows: int, witnessed: int) -> str:
    return spoken().say(
        "system",
        "Entries of the record: {entries}. Rows: {rows}. Heads from outside: "
        "{witnessed}.",
        entries=spoken().number(entries),
        rows=spoken().number(rows),
        witnessed=spoken().number(witnessed),
    )


def _fitting() -> str:
    return spoken().say(
        "system", "Everything fits: nothing was altered, and nothing is missing."
    )


def _unsigned(witnessed: Iterable[SealedHead], keys: Iterable[str]) -> list[str]:
    """Name the heads that a witness who was named did not sign."""
    named = [PublicKey.of(each) for each in keys]
    return [
        spoken().say(
            "system",
            "witness.missing  the head of {size} is not signed by the witness {key}",
            size=each.head.size,
            key=key.fingerprint,
        )
        for each in witnessed
        for key in named
        if key not in each.witnessed_by(named)
    ]
