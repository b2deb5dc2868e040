"""Runs the tests that come past a check without it, one check after the other.

    pytest -p tests.asylon_server.removing.running FILE…

First every test runs once as it is, and which functions it runs is noted. Then each
check is taken out in a child of this process, which has everything imported and the
tables at hand, and ends with the first test that turns red. What a test starts as a
process of its own imports its modules without the check. The names of the checks that no
test notices are written into the file that `ASYLON_UNNOTICED` names.
"""

from __future__ import annotations

import json
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import pytest
from _pytest.runner import runtestprotocol

from tests.asylon_server.removing.guards import Guard, guards
from tests.asylon_server.removing.noting import RAN, mark, noted
from tests.asylon_server.removing.unnoticed import UNNOTICED_AND_WHY

HERE = Path(__file__).parent
APART = (HERE / "apart", HERE.parents[2])

NEAR = {
    "rights.policy": "acts rights",
    "rights.guarded": "cases",
    "rights.table": "acts rights",
    "cases.acts": "telling apart cases finding groups registering",
    "cases.assigning": "assigning apart",
    "cases.audits": "audits",
    "cases.certified": "certificates",
    "cases.changes": "fields telling amending_at_once amending_each_part registering",
    "cases.conflicts": "assigning apart",
    "cases.declaring": "groups grouping",
    "cases.emergencies": "emergencies apart",
    "cases.erasing": "erasing apart checking sealing holds",
    "cases.erasures": "erasures erasing",
    "cases.fields": "fields telling cases",
    "cases.finding": "finding",
    "cases.grants": "grants assigning apart",
    "cases.grouplifting": "groups grouping",
    "cases.groups": "groups",
    "cases.history": "history apart telling",
    "cases.holdings": "lifting apart holding",
    "cases.holds": "holds lifting cases sealing",
    "cases.indexing": "holds apart groups finding",
    "cases.lifting": "lifting apart holding",
    "cases.lists": "apart work groups lifting sealing",
    "cases.offices": "office_work apart assigning offices",
    "cases.opening": "apart cases sealing holds groups erasing work",
    "cases.placing": "holds holding lifting",
    "cases.proposals": "lifting",
    "cases.reads": "apart cases groups assigning erasing holds",
    "cases.receipts": "receipts receiving",
    "cases.releases": "apart releasing",
    "cases.reporting": "reporting apart",
    "cases.telling": "telling apart amending_at_once",
    "cases.waiting": "apart work",
    "entry.keeping": "sessions stepping",
    "entry.notices": "sessions",
    "entry.offices": "offices resets",
    "entry.passkeys": "passkeys",
    "entry.resets": "resets offices stepping",
    "entry.sessions": "sessions entering stepping",
    "entry.sweeping": "sessions entering",
    "entry.tries": "sessions entering stepping",
    "entry.ways": "ways stepping entering",
    "organisations.accounts": "organisations",
    "organisations.acts": "organisations",
    "organisations.links": "organisations links",
    "record.acts": "faults sealing checking",
    "record.checking": "faults sealing checking",
    "record.heads": "faults sealing checking",
    "record.keys": "sealing",
    "record.rows": "faults checking",
    "record.waiting": "sealing faults checking",
    "record.widening": "widening",
    "vault.nowhere": "vault",
    "vault.sealing": "vault cases erasing",
    "keystore.leaving": "keystore",
    "keystore.rewrapping": "keystore",
    "web.desk.rights": "offices reporting",
    "console.custodians": "saving rotating",
    "console.logpage": "witnessing saving",
    "console.migrating": "upgrading",
    "console.restoring": "saving",
    "console.serving": "running",
    "console.starting": "running founding",
    "console.writing": "doctoring",
}
"""Which tests come first, by the end of their files' names; else those of its name."""

LONGEST = 120
"""A test that goes on for so many seconds stands still, and that is noticed as well."""

MOST = 100
"""Of the tests that come past a check so many are asked, and the nearest others."""

FIRST = ("test_cases.py", "test_a_passphrase_stands_in_no_file_of_it")
"""The tests that make what all others stand on."""

Items = list[pytest.Item]
Noted = dict[str, tuple[set[str], float]]


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Run the tests once as they are, and then once for each check, without it."""
    rooms = os.environ["ASYLON_ROOMS"].split()
    wanted = os.environ.get("ASYLON_GUARDS", "").split("|")
    known = [each for each in guards(*rooms) if any(e in str(each) for e in wanted)]
    asked = [each for each in known if str(each) not in UNNOTICED_AND_WHY]
    _first(session.items)
    noted, red = _noted(session.items, known)
    for each in asked:
        each.without()
    unnoticed = []
    for each in asked:
        begun = monotonic()
        if _is_green(each, _nearest(each, session.items, noted)):
            unnoticed.append(str(each))
        told = "unnoticed" if str(each) in unnoticed else "noticed"
        # A soak says how far it is.
        session.config.get_terminal_writer().line(
            f"{told} in {monotonic() - begun:.1f} s: {each}", flush=True
        )
    told = {
        "count": len(known),
        # A test that is red as it is notices nothing.
        "red": red,
        "unnoticed": unnoticed,
        "gone": sorted(_of(rooms) - {str(each) for each in known}),
    }
    Path(os.environ["ASYLON_UNNOTICED"]).write_text(json.dumps(told), encoding="utf-8")
    return True


def _of(rooms: Iterable[str]) -> set[str]:
    """Name the checks of some rooms of which it is said that nobody notices them."""
    others = {"web", "console"}
    return {
        each
        for each in UNNOTICED_AND_WHY
        for room in [each.partition(".")[0]]
        if (room if room in others else "store") in rooms
    }


def _first(items: Items) -> None:
    """Run what makes the tables, and an office, which are there for every child then."""
    for name in FIRST:
        for item in [each for each in items if name in each.nodeid][:1]:
            # As if another one came after it: nothing is taken down.
            reports = runtestprotocol(item, nextitem=item, log=False)
            assert all(each.passed for each in reports), reports


def _noted(items: Items, known: list[Guard]) -> tuple[Noted, list[str]]:
    """Say what each test runs and how long it takes, and which fail as they are."""
    told: Noted = {}
    red: list[str] = []
    with TemporaryDirectory(prefix="asylon-") as folder:
        said, file = Path(folder) / "said", Path(folder) / "ran"
        for path in dict.fromkeys(each.path for each in items):
            of_file = [each for each in items if each.path == path]
            _in_a_child(partial(_told, of_file, known, said, file))
            each = json.loads(said.read_text(encoding="utf-8"))
            told |= {name: (set(ran), long) for name, (ran, long) in each["told"]}
            red += each["red"]
    return told, red


def _told(items: Items, known: list[Guard], said: Path, file: Path) -> bool:
    os.environ[RAN] = str(file)
    _let_processes_know()
    mark(known)
    told = []
    red = []
    for item, following in _in_order(items):
        begun = monotonic()
        with noted(file) as names:
            if not _passes(item, following):
                red.append(item.nodeid)
        told.append((item.nodeid, (sorted(names), monotonic() - begun)))
    said.write_text(json.dumps({"told": told, "red": red}), encoding="utf-8")
    return True


def _nearest(guard: Guard, items: Items, noted: Noted) -> Items:
    """Give the tests that come past a check, the nearest first, and the nearest others."""
    where = str(guard).partition(f".{guard.function}:")[0]
    names = ["refused", *NEAR.get(where, where.rpartition(".")[2]).split()]
    order = {f"test_{name}.py": number for number, name in enumerate(names)}
    past = [each for each in items if guard.place in noted[each.nodeid][0]]
    past.sort(key=lambda e: noted[e.nodeid][1])
    turns: Counter[str] = Counter()
    ranks = {}
    for each in past:
        name = each.nodeid.partition("[")[0]
        # One of each test comes before a second one, which asks the same of another.
        ranks[each] = (order.get(each.path.name, len(order)), turns[name])
        turns[name] += 1
    past.sort(key=ranks.__getitem__)
    near = [each for each in items if each.path.name in order]
    return list(dict.fromkeys([*past[:MOST], *near]))


def _is_green(without: Guard, items: Items) -> bool:
    """Whether all of the tests pass in a child of this process, without a check."""

    def are_green() -> bool:
        os.environ["ASYLON_WITHOUT"] = json.dumps(astuple(without))
        _let_processes_know()
        without.remove()
        return all(_passes(item, following) for item, following in _in_order(items))

    return _in_a_child(are_green)


def _in_a_child(act: Callable[[], bool]) -> bool:
    child = os.fork()
    if child:
        _child, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status) == 0
    code = 1
    try:
        code = 0 if act() else 1
    finally:
        os._exit(code)


def _let_processes_know() -> None:
    """Let every Python that is started from now on import a module otherwise."""
    os.environ["PYTHONPATH"] = os.pathsep.join(map(str, APART))


def _in_order(items: Items) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    """Give each test with the one after it, from down at the session on.

    The first test may be the one that ran before already.
    """
    if items:
        session = items[0].session
        session._setupstate.teardown_exact(session)  # type: ignore[arg-type]
        yield from zip(items, [*items[1:], None], strict=True)


def _passes(item: pytest.Item, following: pytest.Item | None) -> bool:
    signal.alarm(LONGEST)
    reports = runtestprotocol(item, nextitem=following, log=False)
    return not any(each.failed for each in reports)
