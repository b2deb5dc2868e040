"""Runs the tests nearest to a check without it, one check after the other.

    pytest -p tests.asylon_server.removing.running FILE…

Each check is taken out in a child of this process, which has everything imported and
the tables at hand, and ends with the first test that turns red. The names of the checks
that no test notices are written into the file that `ASYLON_UNNOTICED` names.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterable
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

from tests.asylon_server.removing.guards import Guard, guards

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
}
"""The tests nearest to a module, the nearest first, by the end of their files' names."""

LONGEST = 300
"""A child that goes on for so many seconds stands still, and that is noticed as well."""


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Run the tests once as they are, and then once for each check, without it."""
    _first(session.items)
    wanted = os.environ.get("ASYLON_GUARDS", "").split("|")
    asked = [each for each in guards() if any(part in str(each) for part in wanted)]
    near = {each: _nearest(each, session.items) for each in asked}
    files = {item.path: item for items in near.values() for item in items}
    for each in asked:
        each.without()
    told = {
        "count": len(asked),
        # A test that is red as it is notices nothing.
        "red": [
            path.name
            for path in files
            if not _is_green(None, [e for e in session.items if e.path == path])
        ],
        "unnoticed": [str(e) for e in asked if _is_green(e, near[e])],
    }
    Path(os.environ["ASYLON_UNNOTICED"]).write_text(json.dumps(told), encoding="utf-8")
    return True


def _first(items: Iterable[pytest.Item]) -> None:
    """Run one test that needs the tables, which are then there for every child."""
    item = next(each for each in items if "test_cases.py" in each.nodeid)
    # As if another one came after it: nothing is taken down.
    reports = runtestprotocol(item, nextitem=item, log=False)
    assert all(each.passed for each in reports), reports


def _nearest(guard: Guard, items: list[pytest.Item]) -> list[pytest.Item]:
    place = str(guard).partition(f".{guard.function}:")[0]
    names = NEAR.get(place, place.rpartition(".")[2]).split()
    names.insert(0, "refused")
    return [
        item for name in names for item in items if item.path.name == f"test_{name}.py"
    ]


def _is_green(without: Guard | None, items: list[pytest.Item]) -> bool:
    """Whether all of the tests pass in a child of this process, without a check."""
    child = os.fork()
    if child:
        _child, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status) == 0
    code = 1
    try:
        signal.alarm(LONGEST)
        if without:
            without.remove()
        code = 0 if _are_green(items) else 1
    finally:
        os._exit(code)


def _are_green(items: list[pytest.Item]) -> bool:
    # Down to the session: the first test may be the one that ran before already.
    session = items[0].session
    session._setupstate.teardown_exact(session)  # type: ignore[arg-type]
    nexts = [*items[1:], None]
    for item, following in zip(items, nexts, strict=True):
        reports = runtestprotocol(item, nextitem=following, log=False)
        if any(each.failed for each in reports):
            return False
    return True
