"""Interviews: what is said is only ever added, and a plan that does not fit says all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from asylon.identity import RecordError
from asylon_server.store.cases import erasing, history, reads
from asylon_server.store.cases.models import Assignment, Conflict
from asylon_server.store.claims import interviews, planning
from asylon_server.store.claims.asking import StepRefusedError
from asylon_server.store.claims.interviews import Begun, Where
from asylon_server.store.claims.models import Appointment
from asylon_server.store.record.checking import Check
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.vault.models import Compartment
from tests.asylon_server.claims.test_steps import codes, events
from tests.asylon_server.conftest import LATER, MORNING
from tests.asylon_server.interviewing import part, plan, reachable

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def family(family):
    return reachable(family)


@pytest.fixture
def interpreter(works):
    return works("unhcr", "interpreter")


@pytest.fixture
def fix(case, claim, examiner, interpreter, custody):
    """Fix an interview."""

    def done(who=None, *, at=MORNING, **more):
        wanted = plan(examiner.account, interpreter.account, **more)
        return planning.fix(
            who or examiner, case.id, claim.id, wanted, at=at, custody=custody
        )

    return done


@pytest.fixture
def where(case, claim):
    return Where(case.id, claim.id, "i1")


@pytest.fixture
def begin(fix, where, examiner, custody):
    """Begin the interview that was fixed."""

    def done(who=None, *, at=LATER, **more):
        told = Begun(**{"language": "ko", "agreed": True, **more})
        interviews.begin(who or examiner, where, told, at=at, custody=custody)

    fix()
    return done


@pytest.fixture
def say(begin, where, examiner, custody):
    """Say something in the interview that has begun."""

    def done(told, who=None, *, at=LATER, **more):
        claim = interviews.say(
            who or examiner, where, told, at=at, custody=custody, **more
        )
        return claim.interviews[0]

    begin()
    return done


@pytest.fixture
def render(where, examiner, custody):
    def done(words):
        interviews.render(examiner, where, "s1", words, at=LATER, custody=custody)

    return done


def kept(case, custody):
    _version, file = reads.whole_said(case, custody=custody)
    return file.claims[0]


def test_a_plan_is_kept_and_what_it_takes_names_nobody(case, fix, custody):
    new = fix()

    assert kept(case, custody).plans == (new,)
    row = Appointment.objects.get()
    assert (row.room, row.interview, row.begins) == ("Room 2", "i1", LATER)


def test_a_plan_that_does_not_fit_says_all_of_it(fix):
    fix()
    others = {"languages": ("zh",), "promised": False, "tied": True}

    with pytest.raises(StepRefusedError) as refused:
        fix(room=" room  2", interprets=others)

    told = {each.rpartition(".")[2] for each in codes(refused)}
    taken = {"room-taken", "officer-taken", "interpreter-taken"}
    assert told == {"language", "undertaking", "tie"} | taken
    assert Appointment.objects.count() == 1


def test_what_is_given_up_is_free_again(case, claim, fix, examiner, custody):
    fix()
    planning.give_up(examiner, case.id, claim.id, "i1", at=MORNING, custody=custody)

    assert fix().interview == "i2"
    assert [e.interview for e in coming(examiner, custody)] == ["i2"]


def coming(who, custody):
    return planning.coming(who, at=MORNING, custody=custody)


def test_who_interprets_has_it_before_them_and_nobody_else(
    fix, interpreter, works, custody
):
    fix()

    assert [e.interview for e in coming(interpreter, custody)] == ["i1"]
    assert coming(works("unhcr", "eligibility"), custody) == []
    with pytest.raises(NotThereError):
        coming(works("unhcr", "registration"), custody)


def test_an_interpreter_who_withdrew_is_told_of_before_it_begins(
    case, begin, interpreter
):
    Assignment.objects.filter(account_id=interpreter.account).update(until=MORNING)

    with pytest.raises(StepRefusedError) as refused:
        begin()

    assert codes(refused) == ["interview.interpreter-gone"]


def test_a_conflict_of_the_interpreter_that_came_to_light_stops_it(
    case, begin, interpreter
):
    Conflict.objects.create(case=case, account_id=interpreter.account, since=MORNING)

    with pytest.raises(StepRefusedError) as refused:
        begin()

    assert "interview.tie" in codes(refused)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"language": "zh"}, "interview.language"),
        ({"agreed": False}, "interview.not-agreed"),
    ],
)
def test_it_does_not_begin_so(begin, told, code):
    with pytest.raises(StepRefusedError) as refused:
        begin(**told)

    assert codes(refused) == [code]


def test_what_was_kept_in_a_row_is_one_line_of_the_timeline(case, say, examiner):
    for id in ("s1", "s2", "s3"):
        say(part(id))

    told = history.timeline(examiner, case.id, at=LATER).entries

    assert [e.act for e in told].count("interview part kept") == 1


def test_what_is_said_is_kept_part_by_part_and_the_file_stays_as_it_is(
    case, say, custody
):
    before = Compartment.objects.filter(case=case.id, name="testimony").count()
    say(part("s1", "question", "언제 떠나셨습니까?"))
    say(part("s2"))

    [interview] = kept(case, custody).interviews
    assert [e.words for e in interview.segments] == [
        "언제 떠나셨습니까?",
        "그때는 몰랐습니다.",
    ]
    assert interview.segments[1].answers == "s1"
    assert interview.segments[1].language == "ko"
    assert len(Compartment.objects.filter(name="interview-c1-i1")) == 2
    assert Compartment.objects.filter(case=case.id, name="testimony").count() == before


def test_the_same_part_sent_twice_is_one(say):
    say(part("s1"))
    assert len(say(part("s1")).segments) == 1
    assert len(events("interview part kept")) == 1


def test_what_was_said_is_never_overwritten(case, say, take, examiner, custody):
    say(part("s1"))

    with pytest.raises(StepRefusedError) as refused:
        say(part("s1", words="아무 말도 안 했습니다."))

    assert codes(refused) == ["interview.twice"]
    bare = lambda claim: replace(claim, interviews=())  # noqa: E731
    with pytest.raises(RecordError):
        take(examiner, "submit", change=bare)
    assert kept(case, custody).interviews[0].segments[0].words == "그때는 몰랐습니다."


def test_what_the_interpreter_says_is_added_once(case, say, render, custody):
    say(part("s1"))
    render("I did not know then.")
    render("I did not know then.")
    with pytest.raises(StepRefusedError) as refused:
        render("I knew.")

    [found] = kept(case, custody).interviews[0].segments
    assert (found.rendered, found.into) == ("I did not know then.", "en")
    assert codes(refused) == ["interview.rendered-already"]


def test_a_part_that_waited_has_its_time_and_stands_in_order(say):
    say(part("s1"), at=LATER)
    told = say(part("s2"), at=LATER + timedelta(minutes=9), ago=timedelta(minutes=4))
    told = say(part("s3"), at=LATER + timedelta(minutes=9), ago=timedelta(hours=40))

    assert [e.at[11:] for e in told.segments] == ["10:00:00", "10:05:00", "10:05:00"]


def test_nobody_but_who_holds_it_writes(say, works):
    with pytest.raises(StepRefusedError) as refused:
        say(part("s1"), works("unhcr", "eligibility"))
    with pytest.raises(NotThereError):
        say(part("s1"), works("unhcr", "protection"))

    assert codes(refused) == ["interview.another-officer"]


def test_it_is_signed_off_once_it_was_read_back(case, say, where, examiner, custody):
    def close():
        interviews.sign_off(examiner, where, at=LATER, custody=custody)

    say(part("s1"))
    with pytest.raises(StepRefusedError) as refused:
        close()
    say(part("s2", "read_back", ""))
    close()

    assert codes(refused) == ["procedure.guard.read-back"]
    claim = kept(case, custody)
    assert claim.interviews[0].signed_off == LATER.date()
    assert claim.steps[-1].act == "sign_off"
    with pytest.raises(StepRefusedError):
        say(part("s3"))


def test_after_an_objection_nothing_is_said_until_somebody_else_goes_on(say):
    say(part("s1", "objection", ""))

    with pytest.raises(StepRefusedError) as refused:
        say(part("s2"))

    assert codes(refused) == ["interview.objection"]


def test_somebody_who_fits_goes_on(say, where, examiner, works, custody):
    say(part("s1", "objection", ""))
    other = works("unhcr", "interpreter", name="Han")
    now = plan(examiner.account, other.account)
    staff = (now.officer, now.interpreter)
    interviews.take_over(examiner, where, staff, "", id="s3", at=LATER, custody=custody)

    told = say(part("s4"))

    assert [e.kind for e in told.segments] == ["objection", "replaced", "answer"]
    assert Appointment.objects.get().interpreter_id == other.account


def test_pages_of_the_case_open_no_part_of_an_interview(case, say, examiner, custody):
    say(part("s1"))
    Compartment.objects.filter(name="interview-c1-i1").update(sealed=b"altered")

    seen = reads.case_file(examiner, case.id, at=LATER, custody=custody)

    assert seen.file.claims[0].interviews[0].segments == ()


def test_each_look_and_each_part_is_in_the_record(say, where, examiner, custody):
    say(part("s1"))
    interviews.read(examiner, where, at=LATER, custody=custody)

    named = [
        each["details"]
        for act in ("interview begun", "interview part kept", "interview read")
        for each in events(act)
    ]
    assert [each["interview"] for each in named] == ["i1", "i1", "i1"]


def test_what_was_said_goes_with_the_case(case, say, sealer):
    say(part("s1"))

    erasing.erase(None, case.id, at=LATER)

    assert not Appointment.objects.exists()
    assert not Compartment.objects.exists()
    faults = Check(sealer.public).faults()
    assert [e for e in faults if e.where.startswith(("claims", "vault"))] == []
