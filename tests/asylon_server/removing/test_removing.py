"""Each right made wider, and each check removed, in turn: a test turns red each time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from tests.asylon_server.removing.widening import UNNOTICED, widened

HERE = Path(__file__).parents[1]
ROOT = HERE.parents[1]
ROOMS = ("store", "web", "rights/test_acts.py")

UNNOTICED_AND_WHY: dict[str, str] = {
    "cases.acts.register: if again is None": "only another fault of the table than a form that was sent twice at once comes here",
    "cases.audits._own_cases: Q pk__in=cases": "it asks for no more than is shown",
    "cases.certified.allowed: case is None, of what is joined by or": "seen is None too",
    "cases.emergencies.told: may_review(actor, e, at=at), of e in _told_to(actor)": "the query leaves conflicts out, and who reviews here reviews all that was told",
    "cases.erasures.listed: Q case__in=reads.cases_of(actor, at=at).values('pk')": "it adds proposals to those of somebody's own; without it there are fewer",
    "cases.finding._without_year: filter case__erased=None": "a case that was erased has no tokens",
    "cases.finding._without_year: filter case__organisation=actor.organisation": "each case is asked for again before it is shown",
    "cases.finding.found: Q erased=None": "a case that was erased has no tokens",
    "cases.finding.found: Q organisation_id=actor.organisation": "each case is asked for again before it is shown",
    "cases.grouplifting._untils: group.stands, of what is joined by and": "a group that was lifted has no lifting that is open",
    "cases.grouplifting._untils: if not group.is_read": "who would answer is refused, as what cannot be read is lifted by nobody",
    "cases.grouplifting._untils: may(actor, AGREE), of what is joined by and": "whoever reads the groups agrees to liftings as well, as the table is",
    "cases.grouplifting.awaiting: if not may(actor, READ)": "who may not read may not declare or agree either, which is asked of each group",
    "cases.grouplifting.propose: isinstance(alone, Lifted), of what is joined by or": "the library lifts for nobody alone; it keeps the types true",
    "cases.holds.against: Q pk__in=closed[first:first + _AT_ONCE]": "what is opened more "
    "than once says the same",
    "cases.history._page: filter event__in=[each.number for each in shown]": "it asks for no more than is shown",
    "cases.history.account_names: filter pk__in=accounts": "it asks for no more than is shown",
    "cases.holdings._proposed: filter hold__case=case": "each hold takes its own proposals",
    "cases.holds.against: filter case__in=cases.values('pk')": "each case takes its own",
    "cases.holdings.holdings: 'identity' in seen.classes, of what is joined by and": "who reaches holds near a case and no names agrees to liftings, or is of a state",
    "cases.indexing.index_all: Q pk=None": "it asks for every case as it is",
    "cases.lifting._again: each.said is not None, of what is joined by and": "what does not open is not open for an answer either",
    "cases.lifting._check: isinstance(alone, Lifted), of what is joined by or": "the library lifts for nobody alone; it keeps the types true",
    "cases.lifting._open: found.said is None, of what is joined by or": "what does not open is not open for an answer either",
    "cases.lifting.awaiting: filter hold__case__in=reads.cases_of(actor, at=at).values('pk')": "each case is asked for again",
    "cases.lifting.awaiting: if can(actor, AGREE, own) is None": "it is asked of each case again",
    "cases.lists._waits: c.id in opened, of c in cases": "it asks for no more than is shown",
    "cases.offices._with_releases: filter since__lte=at": "what was released to who works on it now was so before now",
    "cases.offices.workers: filter case__in=cases": "it asks for no more than is shown",
    "cases.opening._opened: bare, of what is joined by and": "fields.together takes the people from the identity alone",
    "cases.opening.files: case.id in classes, of case in cases": "what is asked for is what is reached",
    "cases.placing._same: each.hold.stands, of what is joined by and": "the hold that was placed is the last one, and stands",
    "cases.reads._fearing: filter case__in=cases.values('pk')": "it asks for no more than is shown",
    "cases.reads.allowed: case is None, of what is joined by or": "reached is None too",
    "cases.reads.case_file: found.closed, of what is joined by and": "without a key nothing of a case opens",
    "cases.reads.case_file: not ring.keys, of what is joined by and": "a case that was erased has no key",
    "cases.reads.feared: {UNREAD} if case.holds.exists() else ()": "without it more is hidden",
    "cases.receipts.take: if again is None": "only another fault of the table than a form that was sent twice at once comes here",
    "cases.releases.of_case: if case is None": "no case that is not there has a body of a state near it",
    "cases.reporting.report: if again is None": "only another fault of the table than a form that was sent twice at once comes here",
    "cases.telling._kept_by: form.encode() in bytes(each.content), of what is joined by and": "it saves reading events that name no form",
    "cases.telling.tell: if attempt == TRIES - 1": "the last failure is an error either way",
    "cases.waiting.of: filter case__in=named": "each case takes its own",
    "cases.waiting.of: filter hold__case__in=named": "each case takes its own",
    "entry.passkeys.taken: if found is None": "the library refuses it before; it keeps the types true",
    "entry.ways._takes_paper: filter account=account": "the token is of this account and of paper alone",
    "entry.ways._takes_paper: filter kind=PAPER": "the token is of this account and of paper alone",
    "record.checking.Check._event: if event.id in self._known": "a table keeps an event once, and one that does not is a fault of its own",
    "record.schema.foreign: _OF_SQLITE if is_sqlite else frozenset()": "only PostgreSQL notices, and the children have SQLite",
    "record.widening.widened: each.code == 'row.altered', of each in faults": "of a row that no event names nothing was said, and one that is missing is not found",
    "rights.guarded.GuardedQuery.delete: self.demand_scope()": "what is deleted is fetched first, and that demands a scope",
    "rights.policy.can: not classes, of what is joined by and": "no class is reached where there is no row",
    "vault.sealing._data_key: row is None, of what is joined by and": "where a key was destroyed there is none",
    "vault.sealing._of_many: filter name__in=names": "it asks for no more than is shown",
}
"""The checks whose absence no test notices, and why that is so."""


@pytest.mark.soak
def test_each_word_of_the_table_of_rights_is_noticed():
    found = {each.name: each.outcome() for each in widened()}

    print(Counter(found.values()))  # noqa: T201  a soak says how far it went
    assert [name for name, told in found.items() if told == UNNOTICED] == []


@pytest.mark.soak
@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the children share the tables of a process"
)
def test_each_check_that_is_taken_out_turns_a_test_red(tmp_path):
    found = tmp_path / "unnoticed.json"
    pytest_here = str(Path(sys.executable).with_name("pytest"))
    run = [pytest_here, "-q", "-p", "no:randomly", "-m", "not soak"]
    run += ["-p", "tests.asylon_server.removing.running", "-k", "not climbing"]
    run += [str(HERE / each) for each in ROOMS]
    named = {"ASYLON_UNNOTICED": str(found), "ASYLON_SOAK": "0"}

    subprocess.run(run, cwd=ROOT, env=os.environ | named, check=False)

    told = json.loads(found.read_text(encoding="utf-8"))
    print(told["count"], "checks")  # noqa: T201  a soak says how far it went
    assert told["count"] > 700
    assert told["red"] == [], "these fail as they are"
    assert sorted(set(told["unnoticed"]) - set(UNNOTICED_AND_WHY)) == []
