"""Interviews: who can hold one, what is taken, and what cannot be done with it any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from asylon.identity import RecordError
from asylon_server.store.cases import reads
from asylon_server.store.cases.models import Assignment
from asylon_server.store.claims import (
    beside,
    counsels,
    interviews,
    planning,
)
from asylon_server.store.claims.asking import StepRefusedError
from asylon_server.store.claims.beside import Change
from asylon_server.store.claims.interviews import Begun, Where
from asylon_server.store.claims.models import Appointment
from asylon_server.store.organisations.models import Account
from asylon_server.store.rights.errors import NotThereError
from tests.asylon_server.claims.assessed import put_in
from tests.asylon_server.conftest import LATER, MORNING
from tests.asylon_server.interviewing import part, plan, reachable

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
TOMORROW = LATER + timedelta(days=1)
STATE = ("authority", "eligibility")


@pytest.fixture
def family(family):
    return reachable(family)


def codes(refused):
    return {each.code for each in refused.value.refusals}


@pytest.fixture
def interpreter(works):
    return works("unhcr", "interpreter")


@pytest.fixture
def fix(desk, interpreter):
    """Fix an interview."""

    def done(*, of=None, **more):
        wanted = plan(desk.examiner.account, interpreter.account, **more)
        which = (of or desk.case).id, desk.claim.id
        at = {"at": MORNING, "custody": desk.custody}
        return planning.fix(desk.examiner, *which, wanted, **at)

    return done


def of_another_claim(of=None):
    """Let another claim of a case have an interview of the same name, on another day."""
    row = Appointment.objects.filter(interview="i1").order_by("begins").first()
    row.case = of or row.case
    row.pk, row.claim = uuid4(), "c9"
    row.begins, row.ends = (each + timedelta(days=9) for each in (row.begins, row.ends))
    row.save(force_insert=True)


@pytest.fixture
def away(other, interpreter):
    """Let the interpreter work on another case as well."""
    Assignment.objects.create(case=other, account_id=interpreter.account, since=MORNING)
    return other


@pytest.fixture
def where(desk):
    return Where(*desk.which, "i1")


@pytest.fixture
def begin(desk, where):
    def done():
        told = Begun("ko", agreed=True)
        interviews.begin(desk.examiner, where, told, **desk.when)

    return done


@pytest.fixture
def say(desk, fix, begin, where):
    fix()
    begin()

    def done(told):
        return interviews.say(desk.examiner, where, told, **desk.when)

    return done


def test_the_page_of_an_interview_offers_each_only_what_they_can_do(
    desk, fix, begin, where
):
    fix()
    beside_them = desk.works("unhcr", "eligibility")
    reviewer = desk.works("unhcr", "reviewing")

    def offered(who):
        held = interviews.read(who, where, **desk.when)
        return held.may_begin, held.writes, held.may_take_over

    nothing = (False, False, False)
    assert offered(desk.examiner) == (True, False, False)
    assert offered(reviewer) == (True, False, False)
    assert offered(desk.counsel) == nothing
    begin()
    assert offered(desk.examiner) == (False, True, True)
    assert offered(beside_them) == (False, False, True)
    assert offered(reviewer) == nothing
    for told in (part("s1"), part("s2", "read_back", "")):
        interviews.say(desk.examiner, where, told, **desk.when)
    interviews.sign_off(desk.examiner, where, **desk.when)
    assert offered(desk.examiner) == nothing
    with pytest.raises(NotThereError):
        interviews.read(desk.works(*STATE), where, **desk.when)
    with pytest.raises(NotThereError):
        interviews.read(desk.examiner, replace(where, interview="i9"), **desk.when)


def test_an_interview_that_was_given_up_is_not_begun_or_given_up_again(
    desk, fix, begin, where, away
):
    fix()
    fix(begins=TOMORROW)
    fix(of=away, begins=TOMORROW + timedelta(days=1))
    for who, name in (
        (desk.examiner, "i9"),
        (desk.works("legal_aid", "counsel"), "i1"),
    ):
        with pytest.raises(NotThereError):
            planning.give_up(who, *desk.which, name, **desk.when)
    of_another_claim()
    planning.give_up(desk.examiner, *desk.which, "i1", **desk.when)

    assert not interviews.read(desk.examiner, where, **desk.when).may_begin
    for again in (
        begin,
        lambda: planning.give_up(desk.examiner, *desk.which, "i1", **desk.when),
    ):
        with pytest.raises(StepRefusedError) as refused:
            again()
        assert codes(refused) == {"interview.withdrawn"}
    stand = Appointment.objects.filter(withdrawn=None)
    assert {(e.case_id, e.claim, e.interview) for e in stand} == {
        (desk.case.id, "c1", "i2"),
        (desk.case.id, "c9", "i1"),
        (away.id, "c1", "i1"),
    }
    with pytest.raises(StepRefusedError) as refused:
        interviews.say(desk.examiner, where, part("s1"), **desk.when)
    assert codes(refused) == {"interview.withdrawn"}


def test_a_child_is_interviewed_with_a_guardian_beside_it(fix):
    planned, told = fix(), Begun("ko", agreed=True)

    alone = interviews._not_so_begun(planned, told, child=True)
    beside = interviews._not_so_begun(planned, replace(told, guardian="Li"), child=True)

    assert [each.code for each in alone] == ["procedure.guard.guardian"]
    assert list(beside) == []


def test_an_interview_that_has_begun_is_not_given_up(desk, say):
    say(part("s1"))

    with pytest.raises(StepRefusedError) as refused:
        planning.give_up(desk.examiner, *desk.which, "i1", **desk.when)

    assert codes(refused) == {"interview.begun"}


def test_what_was_held_without_a_plan_is_read_and_not_begun(desk, begin, where):
    put_in(desk.case, desk.claim, desk.custody)

    assert interviews.read(desk.examiner, where, **desk.when).interview
    with pytest.raises(StepRefusedError) as refused:
        interviews.say(desk.examiner, where, part("s9"), **desk.when)
    assert codes(refused) == {"interview.another-officer"}
    with pytest.raises(NotThereError):
        begin()
    with pytest.raises(NotThereError):
        interviews.take_over(
            desk.examiner, where, (None, None), "", id="s9", **desk.when
        )


def test_nothing_is_written_in_an_interview_that_is_not_there_or_not_begun(
    desk, fix, where
):
    fix()

    with pytest.raises(StepRefusedError) as refused:
        interviews.say(desk.examiner, where, part("s1"), **desk.when)
    assert codes(refused) == {"interview.not-begun"}
    away = replace(where, interview="i9")
    with pytest.raises(NotThereError):
        interviews.say(desk.examiner, away, part("s1"), **desk.when)


def test_what_is_said_stands_in_the_interview_in_which_it_was_said(
    desk, say, fix, where
):
    fix(begins=TOMORROW)
    second = replace(where, interview="i2")
    later = desk.when | {"at": TOMORROW}
    interviews.begin(desk.examiner, second, Begun("ko", agreed=True), **later)
    say(part("s1", "read_back", ""))
    interviews.say(desk.examiner, second, part("s2", "question", "왜?"), **later)
    interviews.say(desk.examiner, second, part("s3", "remark", "A break."), **later)
    interviews.say(desk.examiner, second, part("s4"), **later)

    one, two = desk.now().interviews
    assert [each.id for each in one.segments] == ["s1"]
    assert (one.segments[0].language, one.segments[0].into) == ("", "")
    assert [each.id for each in two.segments] == ["s2", "s3", "s4"]
    assert {each.into for each in two.segments} == {""}
    assert [each.answers for each in two.segments] == ["", "", "s2"]


def test_who_does_not_fit_goes_on_with_nothing(desk, say, where, fix, away):
    fix(begins=TOMORROW)
    fix(of=away, begins=TOMORROW + timedelta(days=1))
    of_another_claim()
    say(part("s1", "objection", ""))
    other = desk.works("unhcr", "interpreter", name="Han")

    def take_over(who=desk.examiner, id="s3", **told):
        now = plan(desk.examiner.account, other.account, interprets=told)
        staff = (now.officer, now.interpreter)
        interviews.take_over(who, where, staff, "", id=id, **desk.when)

    with pytest.raises(StepRefusedError):
        take_over(languages=("zh",))
    with pytest.raises(StepRefusedError):
        take_over(id="s1")
    with pytest.raises(NotThereError):
        take_over(desk.works("unhcr", "reviewing"))
    take_over()

    changed = Appointment.objects.filter(interpreter_id=other.account)
    assert [(e.case_id, e.interview) for e in changed] == [(desk.case.id, "i1")]


def test_what_is_taken_is_what_overlaps_in_the_same_office(desk, away, fix):
    fix(of=away)
    of_another_claim(of=desk.case)

    for begins in (LATER + timedelta(hours=1), LATER + timedelta(days=9)):
        with pytest.raises(StepRefusedError) as refused:
            fix(begins=begins)
        taken = {"room-taken", "officer-taken", "interpreter-taken"}
        assert {each.rpartition(".")[2] for each in codes(refused)} == taken
    for begins in (LATER + timedelta(hours=2), LATER - timedelta(hours=2)):
        assert fix(begins=begins)


def test_who_cannot_hold_or_interpret_is_not_among_those_who_can(
    desk, interpreter, somebody
):
    gone = desk.works("unhcr", "interpreter", name="Gone")
    Account.objects.filter(pk=gone.account).update(is_active=False)
    desk.works("unhcr", "reviewing")
    desk.works("unhcr", "registration")
    somebody("unhcr", "eligibility")
    somebody("unhcr", "interpreter")
    seen = reads.case_file(desk.examiner, desk.case.id, **desk.when)

    who = planning.available(desk.examiner, seen, desk.claim, **desk.when)

    assert set(who.officers) == {str(desk.examiner.account)}
    assert set(who.interpreters) == {str(interpreter.account)}
    stranger = desk.works("unhcr", "registration")
    theirs = reads.case_file(stranger, desk.case.id, **desk.when)
    with pytest.raises(NotThereError):
        planning.available(stranger, theirs, desk.claim, **desk.when)


def test_before_somebody_are_the_interviews_to_come_of_their_work(desk, away, fix):
    fix()
    fix(of=away, begins=TOMORROW)

    def coming(at):
        found = planning.coming(desk.examiner, **(desk.when | {"at": at}))
        return [(each.case, each.interview) for each in found]

    assert coming(LATER) == [(desk.case.id, "i1"), (away.id, "i1")]
    assert coming(TOMORROW) == [(away.id, "i1")]
    Assignment.objects.filter(case=away).update(until=LATER)
    assert coming(LATER) == [(desk.case.id, "i1")]


def test_what_was_said_is_not_left_out_beside_the_procedure(desk, say):
    say(part("s1"))
    bare = Change(
        counsels.DISCLOSE, "seen", lambda claim: replace(claim, interviews=())
    )

    with pytest.raises(RecordError):
        beside.keep(desk.examiner, *desk.which, bare, **desk.when)

    assert desk.now().interviews[0].segments


def test_a_room_of_another_office_that_is_called_the_same_is_free(away, fix, somebody):
    fix(of=away)
    theirs = somebody("legal_aid", "counsel")
    Appointment.objects.update(officer_id=theirs.account, interpreter=None)

    assert fix().interview == "i1"
