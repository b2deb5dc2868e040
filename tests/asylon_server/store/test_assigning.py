"""Whose work a case is: given by another, ended by a conflict, hidden from a feared state."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from asylon_server.store.cases import assigning, conflicts, lists, reads
from asylon_server.store.cases.models import Assignment, Conflict, Grant
from asylon_server.store.cases.refusals import WorkRefusedError
from asylon_server.store.organisations.models import Account, Organisation
from asylon_server.store.record.models import Event
from asylon_server.store.rights.errors import NotThereError
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

NIGHT = LATER + timedelta(hours=9)


@pytest.fixture
def give(case, custody):
    def given(by, to, at=LATER):
        return assigning.assign(by, case.id, to.account, at=at, custody=custody)

    return given


def work_of(who, custody, at=NIGHT):
    return reads.cases_of(who, at=at, custody=custody)


def test_the_supervisor_gives_a_case_and_takes_it(case, head, give, somebody, custody):
    guard = somebody("legal_aid", "protection")

    give(head, guard)
    assert list(work_of(guard, custody)) == [case]

    assigning.unassign(head, case.id, guard.account, at=NIGHT)
    assert not work_of(guard, custody)


def test_a_case_given_twice_is_given_once(case, head, give, somebody):
    guard = somebody("unhcr", "protection")

    assert give(head, guard) == give(head, guard, at=NIGHT)
    assert Assignment.objects.filter(account_id=guard.account).count() == 1


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        ("legal_aid", "registration"),
        ("legal_aid", "administrator"),
        ("unhcr", "supervisor"),
        ("authority", "supervisor"),
    ],
)
def test_nobody_else_gives_a_case(kind, role, give, somebody):
    whom = somebody("legal_aid", "protection")

    with pytest.raises(NotThereError):
        give(somebody(kind, role), whom)


def refused(act, *args, **named):
    before = Event.objects.count()
    with pytest.raises(WorkRefusedError) as told:
        act(*args, **named)
    assert Event.objects.count() == before
    return told.value.code


def test_nobody_gives_a_case_to_themself(give, head):
    assert refused(give, head, head) == "work.oneself"


def test_a_role_without_cases_gets_none(give, head, somebody):
    assert refused(give, head, somebody("legal_aid", "auditor")) == "work.role"


def test_a_closed_account_gets_none(give, head, somebody):
    guard = somebody("legal_aid", "protection")
    Account.objects.filter(pk=guard.account).update(is_active=False)

    assert refused(give, head, guard) == "work.closed"


def test_whose_interests_meet_a_case_never_gets_it(case, give, head, somebody):
    guard = somebody("legal_aid", "protection")
    conflicts.declare(head, case.id, guard.account, at=LATER)

    assert refused(give, head, guard) == "work.conflict"


def test_a_body_of_the_feared_state_never_gets_it(give, head, somebody):
    body = somebody("authority", "eligibility")
    Organisation.objects.filter(pk=body.organisation).update(state="PRK")

    assert refused(give, head, body) == "work.state-feared"


def test_where_no_key_is_at_hand_no_body_of_a_state_gets_it(case, head, somebody):
    body = somebody("authority", "eligibility")

    code = refused(assigning.assign, head, case.id, body.account, at=LATER)

    assert code == "work.state-feared"


def test_a_case_that_is_not_there_is_given_to_nobody(head, officer):
    with pytest.raises(NotThereError):
        assigning.assign(head, uuid4(), officer.account, at=LATER)


def test_who_declares_a_conflict_loses_the_case_at_once(
    case, officer, head, custody, give
):
    Grant.objects.create(
        case=case,
        account_id=officer.account,
        released="narrative",
        since=MORNING,
        until=NIGHT,
    )

    conflicts.declare(officer, case.id, officer.account, at=LATER)

    assert not work_of(officer, custody)
    assert not case.grants.filter(until__gt=LATER).exists()
    with pytest.raises(NotThereError):
        reads.case_file(officer, case.id, at=LATER, custody=custody)


def test_an_officer_declares_nobody_elses_conflict(case, officer, somebody, give, head):
    guard = somebody("legal_aid", "protection")
    give(head, guard)

    with pytest.raises(NotThereError):
        conflicts.declare(officer, case.id, guard.account, at=NIGHT)


def test_a_lifted_conflict_gives_nothing_back(case, officer, head, custody, give):
    conflicts.declare(officer, case.id, officer.account, at=LATER)

    conflicts.lift(head, case.id, officer.account, at=NIGHT)

    assert not work_of(officer, custody)
    give(head, officer, at=NIGHT)
    assert work_of(officer, custody)


def test_who_declared_a_conflict_does_not_lift_it(case, officer, head, somebody):
    other = somebody("legal_aid", "supervisor")
    conflicts.declare(head, case.id, officer.account, at=LATER)

    code = refused(conflicts.lift, head, case.id, officer.account, at=NIGHT)
    assert code == "conflict.own-declaration"

    conflicts.lift(other, case.id, officer.account, at=NIGHT)
    assert Conflict.objects.get().lifted_by_id == other.account


def test_nobody_lifts_their_own_conflict(case, head, somebody):
    other = somebody("legal_aid", "supervisor")
    conflicts.declare(other, case.id, head.account, at=LATER)

    with pytest.raises(NotThereError):
        conflicts.lift(head, case.id, head.account, at=NIGHT)


def test_a_conflict_declared_twice_is_one(case, officer, head):
    first = conflicts.declare(officer, case.id, officer.account, at=LATER)

    assert conflicts.declare(head, case.id, officer.account, at=NIGHT) == first


def test_a_body_of_a_feared_state_counts_no_case_that_fears_it(case, somebody, custody):
    other = somebody("authority", "eligibility")
    body = replace(other, state="PRK")
    Assignment.objects.create(case=case, account_id=body.account, since=MORNING)

    def count(who, custody):
        page = lists.worklist(who, at=LATER, custody=custody)
        return page.count, len(page.rows), work_of(who, custody).count()

    assert count(body, custody) == (0, 0, 0)
    assert count(other, custody) == (1, 1, 1)
    # Where no key is at hand, nobody knows whose body it may not be.
    assert not work_of(other, None)
