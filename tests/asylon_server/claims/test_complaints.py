"""Complaints: who reads one, who settles one, and what waits meanwhile."""

from __future__ import annotations

import pytest

from asylon_server.store.cases import history
from asylon_server.store.cases.models import Conflict
from asylon_server.store.claims import complaints, steps
from asylon_server.store.rights.errors import NotThereError
from tests.asylon_server.conftest import LATER

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def counsel(works):
    return works("legal_aid", "counsel", name="Wei of legal aid")


@pytest.fixture
def asked(case, claim, custody):
    return (case.id, claim.id), {"at": LATER, "custody": custody}


@pytest.fixture
def made(counsel, examiner, asked):
    """Counsel complained about the officer of UNHCR."""
    which, when = asked
    about = str(examiner.account)
    return complaints.complain(counsel, *which, about, "He shouted.", **when)


@pytest.fixture
def people(counsel, somebody):
    return counsel, somebody("legal_aid", "auditor")


@pytest.fixture
def open_to(custody):
    return lambda who: complaints.open_ones(who, at=LATER, custody=custody)


@pytest.fixture
def settled(custody):
    """Settle a complaint."""

    def done(who, row, answer="Done."):
        return complaints.settle(who, row, answer, at=LATER, custody=custody)

    return done


def read_by(who, asked):
    which, when = asked
    return [each.complaint for each in complaints.of_claim(who, *which, **when)]


def test_who_complained_and_counsel_read_it_and_nobody_it_is_about(
    made, counsel, examiner, works, asked
):
    other = works("unhcr", "reviewing")
    beside = works("legal_aid", "counsel")

    assert read_by(counsel, asked) == read_by(beside, asked) == [made]
    assert read_by(examiner, asked) == read_by(other, asked) == []


def test_counsel_reads_none_about_their_own_organisation(
    counsel, examiner, works, asked
):
    which, when = asked
    beside = works("legal_aid", "counsel")
    complaints.complain(examiner, *which, str(counsel.account), "Late.", **when)

    assert read_by(counsel, asked) == read_by(beside, asked) == []


@pytest.mark.usefixtures("made")
def test_no_page_of_the_claim_tells_of_it(examiner, asked, case):
    which, when = asked

    found = steps.looked_at(examiner, *which, **when)

    assert [each.act for each in found.claim.steps] == ["lodge"]
    assert found.claim.complaints == ()
    told = history.timeline(examiner, case.id, at=LATER).entries
    assert "claim complain" not in {each.act for each in told}


def test_an_auditor_of_another_organisation_settles_it(
    made, open_to, settled, asked, people
):
    counsel, auditor = people
    [told] = open_to(auditor)

    settled(auditor, told.id, "He was told off.")

    assert (told.complaint, told.about[1]) == (made, "unhcr")
    [after] = read_by(counsel, asked)
    assert (after.is_open, after.answer) == (False, "He was told off.")
    assert open_to(auditor) == []


@pytest.mark.usefixtures("made")
def test_nobody_of_the_organisation_it_is_about_settles_it(
    somebody, open_to, settled, case
):
    auditor = somebody("unhcr", "auditor")

    assert open_to(auditor) == []
    with pytest.raises(NotThereError):
        settled(auditor, case.complaints.get().id)


@pytest.mark.parametrize("kind", ["authority", "appeal_body", "agency"])
@pytest.mark.usefixtures("made")
def test_no_auditor_of_a_body_of_a_state_learns_of_it(somebody, open_to, kind):
    with pytest.raises(NotThereError):
        open_to(somebody(kind, "auditor"))


@pytest.mark.usefixtures("made")
def test_whom_a_conflict_keeps_away_settles_nothing(open_to, case, people):
    _counsel, auditor = people
    Conflict.objects.create(case=case, account_id=auditor.account)

    assert open_to(auditor) == []


@pytest.mark.usefixtures("made")
def test_a_complaint_about_the_own_office_does_not_stop_who_settles_another(
    examiner, open_to, settled, asked, people
):
    counsel, auditor = people
    which, when = asked
    complaints.complain(examiner, *which, str(counsel.account), "Late.", **when)

    [told] = open_to(auditor)
    settled(auditor, told.id)

    assert read_by(counsel, asked)[0].settled


def test_the_same_complaint_twice_is_one(made, counsel, asked, case):
    which, when = asked

    again = complaints.complain(counsel, *which, made.about, made.words, **when)

    assert again == made
    assert case.complaints.count() == 1


@pytest.mark.usefixtures("made")
def test_who_comes_after_it_is_not_told_that_somebody_acted(take, examiner, claim):
    after = take(examiner, "submit", read=len(claim.steps))

    assert [each.act for each in after.steps] == ["lodge", "complain", "submit"]


def test_whom_it_can_be_about_are_those_who_work_on_the_case(
    counsel, examiner, case, claim, somebody
):
    somebody("unhcr", "reviewing")

    told = complaints.could_be_about(counsel, case.id, claim)

    assert str(examiner.account) in {id for id, _name, _office in told}
    assert str(counsel.account) not in {id for id, _name, _office in told}
    assert len(told) == 2
