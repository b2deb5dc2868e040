"""On claims: what is not there, what is somebody else's, and what was so before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from asylon.casework import CaseClaim
from asylon.casework.actors import Actor as Hand
from asylon.casework.assessments import Link, MaterialFact, Remaining, Source
from asylon.casework.counsel import Appearance
from asylon.casework.decisions import Guardian
from asylon.casework.exceptions import Proposed
from asylon.casework.procedure import Step
from asylon.casework.procedure.deadlines import Stop
from asylon.logic import FALSE, TRUE
from asylon_server.store.cases import reads
from asylon_server.store.cases.models import Assignment, ComplaintNotice
from asylon_server.store.claims import (
    answering,
    asking,
    assessing,
    beside,
    circumstances,
    complaints,
    counsels,
    earlier,
    excepting,
    steps,
)
from asylon_server.store.claims.assessing import WrittenMeanwhileError
from asylon_server.store.claims.beside import Change
from asylon_server.store.rights.errors import NotThereError
from tests.asylon_server.claims import files
from tests.asylon_server.claims.assessed import FEAR, put_in
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
DAY, TOMORROW = MORNING.date(), LATER + timedelta(days=1)
STATE = ("authority", "eligibility")


# Of an assessment.


def test_nobody_writes_over_what_they_have_not_read(desk):
    name = put_in(desk.case, desk.claim, desk.custody).id
    there = MaterialFact("f1", "Worded anew.", (FEAR,))
    unread = [
        assessing.of_fact(there, read=0),
        assessing.of_source(Source("d1", "Another"), read=0),
    ]
    of_nothing = [
        assessing.of_fact(replace(there, id="f9")),
        assessing.of_source(Source("d9", "Another")),
        assessing.of_link("f9", Link("d1", "for", "It says so.")),
    ]

    def write(writing):
        return assessing.write(
            desk.examiner, desk.case.id, name, writing, at=LATER, custody=desk.custody
        ).assessment

    for each in unread:
        with pytest.raises(WrittenMeanwhileError):
            write(each)
    for each in of_nothing:
        with pytest.raises(NotThereError):
            write(each)
    write(assessing.of_remaining([Remaining("origin", "Great.")], read=0))
    with pytest.raises(WrittenMeanwhileError):
        write(assessing.of_remaining([Remaining("departure", "Great.")], read=0))
    now = write(assessing.of_link("f1", Link("i1/s3", "for", "It is the lunar day.")))
    assert [each.of for each in now.standing_facts["f1"].links] == ["i1/s2", "i1/s3"]


# Beside a claim.


def test_on_a_case_that_is_not_there_nothing_is_kept_or_read(desk):
    nowhere = (uuid4(), desk.claim.id)
    change = Change(counsels.DISCLOSE, "seen", lambda claim: claim)
    asks = (
        lambda: beside.keep(desk.examiner, *nowhere, change, **desk.when),
        lambda: circumstances.guardians(desk.examiner, *nowhere, **desk.when),
        lambda: complaints.of_claim(desk.counsel, *nowhere, **desk.when),
        lambda: complaints.settle(desk.counsel, uuid4(), "Done.", **desk.when),
        lambda: counsels.receipt(desk.counsel, *nowhere, "s1", **desk.when),
        lambda: steps.looked_at(desk.examiner, *nowhere, **desk.when),
        lambda: steps.take(
            desk.examiner, *nowhere, asking.Asked("examine"), **desk.when
        ),
    )
    for each in asks:
        with pytest.raises(NotThereError):
            each()


def test_who_takes_no_part_reads_nothing_beside_a_claim(desk):
    made = counsels.submit(
        desk.counsel, *desk.which, "A letter", "From her aunt.", **desk.when
    )
    for who in (
        desk.works("unhcr", "registration"),
        desk.works("unhcr", "interpreter"),
    ):
        for asks in (
            lambda: circumstances.guardians(who, *desk.which, **desk.when),  # noqa: B023
            lambda: complaints.of_claim(who, *desk.which, **desk.when),  # noqa: B023
            lambda: counsels.receipt(who, *desk.which, made.id, **desk.when),  # noqa: B023
        ):
            with pytest.raises(NotThereError):
                asks()


def test_each_stop_and_each_guardian_ends_by_itself(desk):
    who = desk.works("unhcr", "protection")

    def write(written, at=LATER):
        return circumstances.write(
            who, *desk.which, written, **(desk.when | {"at": at})
        )

    first, second = Stop("contact_unsafe", DAY), Stop("custody_without_counsel", DAY)
    write(circumstances.stopped(first))
    write(circumstances.stopped(first))
    both = write(circumstances.stopped(second))
    write(circumstances.goes_on(0), TOMORROW)
    again = write(circumstances.stopped(replace(first, since=TOMORROW.date())))

    assert both.stops == (first, second)
    assert [each.is_open for each in again.stops] == [False, True, True]
    write(circumstances.guardian(Guardian("Mrs Li", DAY)))
    for number in (-1, 3):
        for written in (circumstances.goes_on, circumstances.guardian_gone):
            with pytest.raises(NotThereError):
                write(written(number))


NOBODY = Hand("", "", "", "")
NEW = Proposed("new", "examine", ("interview_first",), NOBODY, DAY, "Her group was.")


def test_of_two_exceptions_one_is_answered_and_a_declined_one_proposed_again(desk):
    reviewer = desk.works("unhcr", "reviewing")
    first = excepting.propose(desk.examiner, *desk.which, NEW, **desk.when).exceptions[
        0
    ]
    excepting.answer(reviewer, *desk.which, first.id, agreed=False, **desk.when)
    again = excepting.propose(desk.examiner, *desk.which, NEW, **desk.when).exceptions[
        -1
    ]

    after = excepting.answer(reviewer, *desk.which, again.id, agreed=True, **desk.when)

    assert [each.agreed for each in after.exceptions] == [False, True]


def test_a_step_uses_the_exception_that_was_agreed_for_it_and_no_other():
    by, other = replace(NOBODY, person="a"), replace(NOBODY, person="b")
    agreed = replace(NEW, by=by, answered_by=other, answered=DAY, agreed=True)
    beside_it = (
        replace(agreed, agreed=False),
        replace(agreed, act="schedule"),
        replace(agreed, reason="Another one."),
    )
    step = Step("examine", by, DAY, despite=agreed.despite)

    told = steps._used((agreed, *beside_it), step)

    assert [each.used for each in told] == [DAY, None, None, None]


def test_a_claim_is_named_beside_those_that_others_named(desk):
    there = replace(desk.now(), id="from-elsewhere")
    files.put(desk.case, desk.custody, there)
    told = CaseClaim("new", "p2", wish_heard=DAY)

    made = steps.lodge(
        desk.examiner, desk.case.id, told, at=LATER, custody=desk.custody
    )

    assert made.id == "c1"


def test_a_claim_of_earlier_is_found_by_its_name(desk):
    beside_it = replace(desk.claim, id="c9", person="p2")
    _version, file = reads.whole(desk.case, custody=desk.custody)
    file = replace(file, claims=(beside_it, desk.claim))

    assert earlier._claim(file, desk.claim.id) == desk.claim


def test_who_has_no_seat_proposes_no_exception(desk):
    with pytest.raises(NotThereError):
        excepting.propose(desk.counsel, *desk.which, NEW, **desk.when)


# Of complaints.


def test_only_the_same_complaint_of_the_same_person_while_it_is_open_is_one(
    desk, somebody
):
    beside_them = desk.works("legal_aid", "counsel")
    auditor = somebody("legal_aid", "auditor")
    made = [
        desk.complain(desk.counsel, desk.examiner),
        desk.complain(desk.counsel, desk.examiner, "He shouted again."),
        desk.complain(beside_them, desk.examiner),
        desk.complain(desk.counsel, desk.works("unhcr", "interpreter")),
    ]
    told = complaints.open_ones(auditor, **desk.when)
    second = next(each for each in told if each.complaint == made[1])
    complaints.settle(auditor, second.id, "Done.", **desk.when)
    anew = desk.complain(desk.counsel, desk.examiner, "He shouted again.")

    assert len({each.id for each in (*made, anew)}) == 5
    left = [each.complaint for each in complaints.open_ones(auditor, **desk.when)]
    assert sorted(left, key=str) == sorted([made[0], *made[2:], anew], key=str)
    with pytest.raises(NotThereError):
        complaints.settle(auditor, second.id, "Once more.", **desk.when)


def test_nobody_reads_a_complaint_beside_which_they_do_not_stand(desk):
    desk.complain(desk.examiner, desk.counsel, "Late.")
    desk.complain(desk.counsel, desk.counsel, "I was late.")

    for who in (
        desk.counsel,
        desk.works("unhcr", "reviewing"),
        desk.works("legal_aid", "protection"),
    ):
        assert complaints.of_claim(who, *desk.which, **desk.when) == []


def test_a_complaint_that_cannot_be_opened_is_settled_by_nobody(desk, somebody):
    desk.complain(desk.counsel, desk.examiner)
    ComplaintNotice.objects.update(sealed=b"altered")

    assert complaints.open_ones(somebody("legal_aid", "auditor"), **desk.when) == []


def test_nobody_of_another_case_is_named_to_complain_about(desk, other, somebody):
    away = somebody("unhcr", "reviewing")
    Assignment.objects.create(case=other, account_id=away.account, since=MORNING)

    told = complaints.could_be_about(desk.counsel, desk.case.id, desk.claim)

    assert str(away.account) not in {id for id, _name, _office in told}


def test_a_complaint_that_was_settled_keeps_nobody_from_acting(desk):
    desk.complain(desk.counsel, desk.examiner)
    _version, file = reads.whole(desk.case, custody=desk.custody)

    def accused(claim):
        asked = asking.Asked("examine")
        return answering.answers(
            desk.examiner, desk.case, file, claim, asked, steps=(), **desk.when
        )["accused"]

    [claim] = file.claims
    over = replace(claim.complaints[0], settled=DAY, by=NOBODY)
    assert accused(claim) is TRUE
    assert accused(replace(claim, complaints=(over,))) is FALSE


# Of counsel.


def test_each_counsel_appears_and_ends_by_themselves(desk):
    beside_them = desk.works("legal_aid", "counsel", name="An")
    counsels.appear(desk.counsel, *desk.which, DAY, **desk.when)
    counsels.appear(desk.counsel, *desk.which, DAY, **desk.when)
    counsels.appear(beside_them, *desk.which, DAY, **desk.when)
    counsels.end(desk.counsel, *desk.which, str(desk.counsel.account), **desk.when)
    tomorrow = desk.when | {"at": TOMORROW}

    counsels.appear(desk.counsel, *desk.which, DAY, **tomorrow)
    after = counsels.end(
        desk.counsel, *desk.which, str(desk.counsel.account), **tomorrow
    )

    there = [(each.account, each.until) for each in after.appearances]
    me, them = str(desk.counsel.account), str(beside_them.account)
    assert there == [(me, DAY), (them, None), (me, TOMORROW.date())]


def test_no_time_runs_by_counsel_who_ended_it(desk):
    gone = desk.works("legal_aid", "counsel")
    Assignment.objects.filter(account_id=desk.counsel.account).update(until=MORNING)
    ended = Appearance(str(gone.account), "An", DAY, DAY, until=DAY)
    stands = Appearance(str(desk.counsel.account), "Wei", DAY, DAY)
    claim = replace(desk.claim, counsel="Wei", appearances=(ended, stands))

    assert answering._with_counsel_there(desk.case, claim, LATER).counsel == ""


def test_what_else_is_handed_in_is_kept_beside_the_first(desk):
    first = counsels.submit(
        desk.counsel, *desk.which, "A letter", "From her aunt.", **desk.when
    )
    second = counsels.submit(
        desk.counsel, *desk.which, "A letter", "From her uncle.", **desk.when
    )

    assert first.receipt != second.receipt


def test_a_source_is_disclosed_and_none_beside_it(desk):
    name = put_in(desk.case, desk.claim, desk.custody).id
    told = assessing.of_source(Source("", "Another"))
    assessing.write(desk.examiner, desk.case.id, name, told, **desk.when)

    after = counsels.disclose(desk.examiner, desk.case.id, name, "d1", **desk.when)

    shown = [each.disclosed for each in after.assessment.sources]
    assert shown == [DAY, None]


def test_the_end_of_a_case_is_not_that_of_another(desk, other):
    until = LATER + timedelta(days=9)
    Assignment.objects.filter(case=other).update(until=until)

    assert counsels.access(desk.examiner, desk.case.id, at=LATER) is None
    assert counsels.access(desk.examiner, other.id, at=LATER) == until
