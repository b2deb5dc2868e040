"""Whose work a case could be: what a supervisor is offered, and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from asylon_server.store.cases import acts, assigning, conflicts, grants, offices
from asylon_server.store.organisations.acts import close_account
from asylon_server.store.organisations.models import Account, Organisation
from asylon_server.store.rights.errors import NotThereError
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def offered(case, head, custody):
    """Name the accounts that a case is offered to."""

    def could():
        work = offices.work_on(head, case.id, at=LATER, custody=custody)
        return {each.account for each in work.could}

    return could


def test_roles_that_work_on_no_case_are_not_offered_one(offered, somebody):
    able = somebody("legal_aid", "protection")
    unable = [somebody("legal_aid", role) for role in ("administrator", "auditor")]

    assert able.account in offered()
    assert not {each.account for each in unable} & offered()


@pytest.mark.parametrize(("state", "is_offered"), [("CHN", True), ("PRK", False)])
def test_a_body_of_the_state_that_is_feared_is_not_offered_it(
    state, is_offered, offered, somebody
):
    body = somebody("authority", "eligibility")
    Organisation.objects.filter(pk=body.organisation).update(state=state)

    assert (body.account in offered()) is is_offered


def test_who_works_on_it_or_is_kept_away_is_not_offered_it(
    case, head, offered, somebody, custody
):
    works, away = (somebody("legal_aid", "protection") for _ in range(2))
    assigning.assign(head, case.id, works.account, at=MORNING, custody=custody)
    conflicts.declare(head, case.id, away.account, at=MORNING, custody=custody)

    assert not {works.account, away.account, head.account} & offered()


def test_a_supervisor_of_another_office_finds_no_such_case(case, somebody, custody):
    stranger = somebody("legal_aid", "supervisor", office="Another")

    with pytest.raises(NotThereError):
        offices.work_on(stranger, case.id, at=LATER, custody=custody)
    seen = offices.caseload(stranger, at=LATER, custody=custody)
    assert (seen.rows, seen.count) == ((), 0)


def test_who_gives_out_no_cases_reads_no_caseload(officer, custody):
    with pytest.raises(NotThereError):
        offices.caseload(officer, at=LATER, custody=custody)


def test_a_caseload_is_kept_by_whose_work_it_is_and_by_reference(
    case, head, officer, family, custody
):
    file = replace(family, reference="B-2")
    other = acts.register(officer, file, submission="o", at=MORNING, custody=custody)
    name = Account.objects.get(pk=officer.account).name

    def found(at=LATER, **asked):
        page = offices.caseload(head, **asked, at=at, custody=custody)
        return {each.case for each in page.rows}

    assert found(reference="B-") == {other.id}
    assert found(who=name) == {case.id, other.id}
    assigning.unassign(head, other.id, officer.account, at=LATER)
    assert (found(who=name), found(who="nobody")) == ({case.id}, {other.id})
    assert found(who="somebody") == {case.id}
    assert found(who="Nobody else") == set()
    assert found(at=MORNING - timedelta(minutes=1), who="somebody") == set()
    close_account(None, officer.account, at=LATER)
    assert found(who="somebody") == set()


def test_who_works_on_it_now_is_named_with_what_was_released_to_them(
    case, head, officer, works, custody
):
    speaker, other = works("legal_aid", "interpreter"), works("unhcr", "interpreter")
    for whom, name, until in (
        (speaker, "identity", LATER),
        (speaker, "kinship", LATER + timedelta(days=1)),
        (other, "contact", LATER + timedelta(days=1)),
    ):
        grants.give(
            head,
            case.id,
            whom.account,
            grants.Scope(frozenset({name}), "interview", until),
            at=MORNING,
            custody=custody,
        )

    work = offices.work_on(head, case.id, at=LATER, custody=custody)
    before = offices.work_on(head, case.id, at=MORNING, custody=custody)

    def released(of):
        return {w.account: [name for name, _until in w.released] for w in of.workers}

    assert released(work) == {
        officer.account: [],
        speaker.account: ["kinship"],
        other.account: ["contact"],
    }
    assert released(before)[speaker.account] == ["identity", "kinship"]


def test_who_is_near_again_is_not_named_as_kept_away(case, head, somebody, custody):
    away, near = (somebody("legal_aid", "protection") for _ in range(2))
    for each in (away, near):
        conflicts.declare(head, case.id, each.account, at=MORNING, custody=custody)
    other = somebody("legal_aid", "supervisor")
    conflicts.lift(other, case.id, near.account, at=MORNING, custody=custody)

    work = offices.work_on(head, case.id, at=LATER, custody=custody)

    assert [each.account for each, _may in work.kept_away] == [away.account]


def test_a_closed_account_is_offered_no_case(offered, somebody):
    gone = somebody("legal_aid", "protection")
    close_account(None, gone.account, at=MORNING)

    assert gone.account not in offered()


def test_the_staff_are_the_open_accounts_of_the_office_that_work(head, somebody):
    guard, gone = (somebody("legal_aid", "protection") for _ in range(2))
    somebody("legal_aid", "administrator")
    somebody("unhcr", "protection")
    close_account(None, gone.account, at=MORNING)

    assert [each.account for each in offices.staff(head)] == [
        guard.account,
        head.account,
    ]
