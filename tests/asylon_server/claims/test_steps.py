"""Steps on a claim: asked of the procedure, done and recorded in one transaction."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from asylon.casework import CaseClaim
from asylon.casework.procedure import procedure
from asylon.logic import TRUE
from asylon_server.store.cases import acts, reads
from asylon_server.store.cases.models import Assignment
from asylon_server.store.claims import steps
from asylon_server.store.claims.asking import ActedMeanwhileError, StepRefusedError
from asylon_server.store.record.models import Event
from asylon_server.store.rights.errors import NotThereError
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def codes(refused):
    return [each.code for each in refused.value.refusals]


def stage(claim):
    return claim.course.standing(procedure()).stage


def kept(case, custody):
    _version, file = reads.whole(case, custody=custody)
    return file.claims


def events(act):
    told = (json.loads(bytes(each.content)) for each in Event.objects.all())
    return [each for each in told if each["act"] == act]


@pytest.fixture
def examiner_of(officer, somebody, custody):
    """Register a family, and make somebody who examines its claims."""

    def made(file):
        case = acts.register(officer, file, submission="t", at=MORNING, custody=custody)
        who = somebody("unhcr", "eligibility")
        Assignment.objects.create(case=case, account_id=who.account, since=MORNING)
        return case, who

    return made


def test_a_claim_that_is_lodged_stands_in_the_file(case, claim, custody):
    assert kept(case, custody) == (claim,)
    assert (claim.id, claim.lodged, stage(claim)) == ("c1", MORNING.date(), "lodged")


def test_nobody_has_two_claims(case, claim, examiner, custody):
    again = CaseClaim("new", claim.person)

    with pytest.raises(StepRefusedError) as refused:
        steps.lodge(examiner, case.id, again, at=LATER, custody=custody)

    assert codes(refused) == ["procedure.claim-is-there"]


def test_a_wish_that_was_heard_becomes_the_claim_that_is_lodged(
    family, examiner_of, custody
):
    heard = CaseClaim("k1", "p1", wish_heard=MORNING.date(), receipt_code="R")
    case, examiner = examiner_of(replace(family, claims=(heard,)))
    told = CaseClaim("new", "p1", procedure="joint", state="CHN")

    claim = steps.lodge(examiner, case.id, told, at=LATER, custody=custody)

    assert (claim.id, claim.procedure, claim.receipt_code) == ("k1", "joint", "R")
    assert kept(case, custody) == (claim,)


def test_no_authority_lodges_alone_what_unhcr_works_on(case, works, custody):
    authority = works("authority", "eligibility")
    works("unhcr", "protection")
    alone = CaseClaim("new", "p1", procedure="national", state="CHN")

    with pytest.raises(StepRefusedError) as refused:
        steps.lodge(authority, case.id, alone, at=LATER, custody=custody)

    assert codes(refused) == ["procedure.not-theirs"]
    together = replace(alone, procedure="joint")
    assert steps.lodge(authority, case.id, together, at=LATER, custody=custody)


def test_a_claim_is_lodged_for_nobody_who_is_not_on_the_case(case, examiner, custody):
    told = CaseClaim("new", "p9")

    with pytest.raises(NotThereError):
        steps.lodge(examiner, case.id, told, at=LATER, custody=custody)


def test_a_step_is_recorded_with_what_it_wrote(case, claim, take, works):
    take(works("legal_aid", "counsel"), "submit")

    [event] = events("claim submit")
    assert event["details"] == {"claim": claim.id, "steps": 2}
    assert len(event["rows"]) == 2


def test_a_step_that_is_refused_says_all_that_is_missing_and_writes_nothing(
    case, claim, examiner, take, custody
):
    before = Event.objects.count()

    with pytest.raises(StepRefusedError) as refused:
        take(examiner, "examine")

    assert codes(refused) == ["procedure.guard.interview-first"]
    assert kept(case, custody) == (claim,)
    assert Event.objects.count() == before


def test_whose_work_it_is_not_takes_no_step(case, claim, take, somebody):
    with pytest.raises(NotThereError):
        take(somebody("unhcr", "eligibility"), "submit")


def test_whose_work_it_is_no_longer_takes_no_step(claim, take, examiner):
    Assignment.objects.filter(account_id=examiner.account).update(until=MORNING)

    with pytest.raises(NotThereError):
        take(examiner, "submit", at=LATER)


@pytest.mark.parametrize("role", ["registration", "interpreter", "supervisor"])
def test_a_role_without_a_part_in_the_procedure_takes_no_step(claim, take, works, role):
    with pytest.raises(NotThereError):
        take(works("unhcr", role), "submit")


def test_a_body_of_a_state_that_is_feared_takes_no_step(case, take, works, claim):
    who = works("authority", "eligibility")
    organisation = Assignment.objects.get(account_id=who.account).account.organisation
    organisation.state = "PRK"
    organisation.save()

    with pytest.raises(NotThereError):
        take(Assignment.objects.get(account_id=who.account).account.actor, "submit")


def test_of_two_who_act_at_once_the_second_is_told_of_the_first(claim, take, works):
    one, other = works("legal_aid", "counsel"), works("unhcr", "protection")
    read = len(claim.steps)
    take(one, "submit", read=read)

    with pytest.raises(ActedMeanwhileError) as late:
        take(other, "submit", read=read)

    assert late.value.step.by.person == str(one.account)


def test_a_withdrawal_needs_the_wish_and_somebody_who_vouches(case, claim, take, works):
    with pytest.raises(StepRefusedError) as refused:
        take(works("legal_aid", "counsel"), "withdraw", wished=TRUE)

    # Nobody has said where the person is: they may be held.
    assert "procedure.guard.free" in codes(refused)


def test_what_is_open_is_shown_with_what_it_waits_for(case, claim, examiner, custody):
    found = steps.looked_at(examiner, case.id, claim.id, at=LATER, custody=custody)

    offers = {each.act.id: [e.id for e in each.missing] for each in found.offers}
    assert offers["submit"] == []
    assert offers["examine"] == ["interview_first"]
    assert "appeal" not in offers


def test_who_only_reads_is_offered_nothing(case, claim, works, custody):
    reader = works("unhcr", "resettlement")

    found = steps.looked_at(reader, case.id, claim.id, at=LATER, custody=custody)

    assert found.offers == ()


def test_a_claim_that_is_not_there_and_one_of_others_are_alike(
    case, claim, somebody, examiner, custody
):
    for who, name in ((examiner, "c9"), (somebody("unhcr", "eligibility"), "c1")):
        with pytest.raises(NotThereError):
            steps.looked_at(who, case.id, name, at=LATER, custody=custody)
