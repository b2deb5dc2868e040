"""The next case: what somebody can do now, and what waits on the claims of a list."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from asylon.casework import CaseClaim
from asylon_server.store.cases import acts, lists
from asylon_server.store.claims import nextup, steps
from asylon_server.store.vault.models import Compartment
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
EARLIER = MORNING - timedelta(days=9)


@pytest.fixture
def waits(case, custody):
    """Say what a list says that waits on the claims of the case."""

    def told(who):
        page = lists.worklist(who, at=LATER, custody=custody)
        [claims] = [each.waits.claims for each in page.rows if each.case == case.id]
        return [(each.claim, each.act) for each in claims]

    return told


@pytest.fixture
def next_of(custody):
    def told(who):
        found = nextup.next_cases(who, at=LATER, custody=custody)
        return [
            (each.row.case, each.waits.claim, each.waits.act) for each in found.cases
        ]

    return told


@pytest.fixture
def lodged(examiner, custody):
    def done(case, person, at):
        told = CaseClaim("new", person, wish_heard=at.date())
        return steps.lodge(examiner, case.id, told, at=at, custody=custody)

    return done


@pytest.fixture
def other(examiner, officer, family, custody):
    file = replace(family, reference="A-2")
    made = acts.register(officer, file, submission="t", at=EARLIER, custody=custody)
    made.assignments.create(account_id=examiner.account, since=EARLIER)
    return made


@pytest.fixture
def heard(examiner, officer, family, custody):
    """A wish that was heard earlier, and is not lodged."""
    wish = CaseClaim("k1", "p1", wish_heard=EARLIER.date())
    file = replace(family, reference="A-2", claims=(wish,))
    made = acts.register(officer, file, submission="t", at=EARLIER, custody=custody)
    made.assignments.create(account_id=examiner.account, since=EARLIER)
    return made


def test_a_list_says_what_waits_for_who_takes_part_in_the_procedure(
    claim, examiner, works, waits
):
    assert waits(examiner) == [(claim.id, "schedule")]
    assert waits(works("unhcr", "resettlement")) == []


@pytest.mark.usefixtures("claim")
def test_what_is_oldest_is_next(case, other, examiner, lodged, next_of):
    lodged(other, "p1", EARLIER)

    cases = [case for case, _claim, _act in next_of(examiner)]

    assert cases == [other.id, case.id]


@pytest.mark.usefixtures("claim")
def test_it_is_told_that_not_all_cases_of_somebody_were_looked_at(
    other, examiner, lodged, custody, monkeypatch
):
    lodged(other, "p1", EARLIER)

    def found():
        return nextup.next_cases(examiner, at=LATER, custody=custody)

    assert not found().is_cut
    monkeypatch.setattr(nextup, "LOOKED_AT", 1)
    assert found().is_cut
    assert [each.row.case for each in found().cases] == [other.id]


def test_what_anybody_can_do_comes_after_what_only_some_can(
    case, claim, heard, examiner, next_of
):
    told = [(case.id, claim.id, "schedule"), (heard.id, "k1", "lodge")]

    assert next_of(examiner) == told


@pytest.mark.usefixtures("claim")
def test_what_waits_for_something_in_the_whole_file_is_not_next(
    case, examiner, lodged, waits, next_of
):
    """The other claim is a child's, and no guardian stands beside the child yet."""
    childs = lodged(case, "p2", MORNING)

    assert (childs.id, "schedule") in waits(examiner)
    assert next_of(examiner) == [(case.id, "c1", "schedule")]


@pytest.mark.usefixtures("claim")
def test_a_case_that_does_not_open_whole_is_nobodys_next(case, examiner, next_of):
    assert next_of(examiner)
    Compartment.objects.filter(case=case.id, name="testimony").update(sealed=b"x")

    assert next_of(examiner) == []


def test_whose_act_is_not_next_has_no_next_case(claim, works, next_of):
    assert next_of(works("legal_aid", "counsel")) == []
