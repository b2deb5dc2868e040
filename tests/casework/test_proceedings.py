"""What a file answers to the procedure: what nobody entered is not known, and protects."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asylon.casework import ANY, Actor, CaseClaim, File, Hold, Need, Person, Speech
from asylon.casework.assessments import Source
from asylon.casework.decisions import (
    Complaint,
    Draft,
    Guardian,
    Reasoning,
    Telling,
    fingerprint,
)
from asylon.casework.procedure import Step, Taken, procedure, taken
from asylon.casework.procedure.deadlines import Stop
from asylon.casework.proceedings import Law, Moment, in_custody, is_child, told
from asylon.dates import kept, read
from asylon.identity import Period, Place, RecordError, Stay
from asylon.logic import FALSE, TRUE, UNKNOWN
from tests.casework import records
from tests.casework.test_assessments import FEARS, SIGNS, WHOLE

DAY = date(2026, 9, 1)
OFFICER = Actor("officer", "unhcr", "unhcr", "eligibility_officer")
REVIEWER = Actor("reviewer", "unhcr", "unhcr", "reviewing_officer")
OTHER = Actor("other", "unhcr", "unhcr", "supervisor")
HERE = Stay("now", Place("…", "CHN"))
PERSON = Person(
    "p1",
    born=(read("1989"),),
    feared=("PRK",),
    stays=(HERE,),
    languages=(Speech("ko"),),
)
HOLD = Hold("PRK", DAY, "wish_expressed")
FOUND = replace(WHOLE, sources=(Source("c1", "…", disclosed=DAY),))
LAW = Law(SIGNS, (), definition=FALSE, excluded=FALSE, complementary=FALSE)
INTERVIEWS = tuple(replace(e, signed_off=DAY, consented=DAY) for e in FEARS)
DRAFT = Draft(
    "refuse",
    OFFICER,
    DAY,
    "en",
    (Reasoning("…", "…"),),
    rests_on=fingerprint(INTERVIEWS, FOUND),
)
TOLD = Telling("read_out", DAY, OFFICER, "ko", "interpreter", understood=True)
CLAIM = CaseClaim(
    "k1",
    "p1",
    "mandate",
    "CHN",
    interviews=INTERVIEWS,
    assessment=FOUND,
    steps=tuple(
        Step(act, by, DAY, outcome)
        for act, by, outcome in (
            ("lodge", OFFICER, ""),
            ("sign_off", OFFICER, ""),
            ("examine", OFFICER, ""),
            ("draft", OFFICER, "refuse"),
            ("endorse", REVIEWER, ""),
        )
    ),
    drafts=(DRAFT,),
    tellings=(TOLD,),
)
MOMENT = Moment(DAY, witnessed=DAY, vouched=TRUE, opened=TRUE, confirmed=TRUE)


def facts(claim=CLAIM, moment=MOMENT, person=PERSON, holds=(HOLD,)):
    file = File("R-1", (person,), holds, (claim,))
    return told(file, claim, LAW, moment)


def test_every_fact_of_the_file_and_of_the_moment_is_answered():
    asked = {
        name
        for name, each in procedure().facts.items()
        if each.origin in {"file", "law", "actor"}
    }
    by_steps = {"own_draft", "own_first", "own_house_first", "own_signature"}

    assert set(facts()) == asked - by_steps


@pytest.mark.parametrize(
    ("feared", "holds", "stands"),
    [
        (("PRK",), (HOLD,), TRUE),
        (("PRK", "CHN"), (HOLD,), FALSE),
        (("PRK", "CHN"), (Hold(ANY, DAY, "wish_expressed"),), TRUE),
        (("PRK",), (), FALSE),
        ((), (HOLD,), FALSE),
        ((), (Hold(ANY, DAY, "wish_expressed"),), TRUE),
        (("PRK",), (replace(HOLD, person="p2"),), FALSE),
    ],
)
def test_a_hold_stands_against_every_state_that_is_feared(feared, holds, stands):
    person = replace(PERSON, feared=feared)
    file = File("R-1", (person, Person("p2")), holds, (CLAIM,))

    assert told(file, CLAIM, LAW, MOMENT)["hold"] is stands


@pytest.mark.parametrize(
    ("born", "answer"),
    [
        (("1989",), FALSE),
        (("2008-08-31",), FALSE),
        (("2008-09-01",), FALSE),
        (("2008-09-02",), TRUE),
        (("2008",), TRUE),
        (("1989", "2010"), TRUE),
        (("1989", "2010/.."), UNKNOWN),
        ((), UNKNOWN),
    ],
)
def test_whose_age_is_in_dispute_is_a_child(born, answer):
    person = replace(PERSON, born=tuple(map(read, born)))

    assert is_child(person, DAY) is answer


def test_a_birth_of_which_nobody_knows_the_day_leaves_it_open():
    assert is_child(replace(PERSON, born=(kept("…"),)), DAY) is UNKNOWN
    assert is_child(replace(PERSON, born=(*PERSON.born, kept("…"))), DAY) is UNKNOWN


@pytest.mark.parametrize("need", ["CR", "SC"])
def test_somebody_with_a_need_of_children_is_a_child(need):
    assert is_child(replace(PERSON, needs=(Need(need),)), DAY) is TRUE


def stay(until=None, kind="held"):
    period = Period(until=read(until) if until else None)
    return Stay(kind, Place("…", "CHN"), period)


@pytest.mark.parametrize(
    ("stays", "answer"),
    [
        ((stay(),), TRUE),
        ((stay(), HERE), TRUE),
        ((stay("2026-08"), HERE), FALSE),
        ((stay("2026-08"),), UNKNOWN),
        ((stay("2026-09-02"), HERE), TRUE),
        ((stay("2026-09-01"), HERE), TRUE),
        ((stay("2020", "now"),), UNKNOWN),
        ((), UNKNOWN),
        ((HERE,), FALSE),
    ],
)
def test_somebody_is_held_until_it_is_told_that_it_ended(stays, answer):
    assert in_custody(replace(PERSON, stays=stays), DAY) is answer


@pytest.mark.parametrize(
    ("days", "answer"), [(0, TRUE), (7, TRUE), (8, FALSE), (-1, FALSE), (None, FALSE)]
)
def test_a_signature_of_unhcr_counts_for_seven_days(days, answer):
    last = None if days is None else DAY - timedelta(days)

    assert facts(moment=replace(MOMENT, witnessed=last))["witnessed"] is answer


def test_a_draft_is_current_until_something_else_was_said_or_found():
    later = replace(CLAIM, assessment=replace(FOUND, remaining=()))

    assert facts()["current"] is TRUE
    assert facts(later)["current"] is FALSE
    assert facts(replace(CLAIM, drafts=()))["current"] is FALSE


@pytest.mark.parametrize(
    "drafts", [(DRAFT, DRAFT), (replace(DRAFT, outcome="exclude"),), ()]
)
def test_what_is_signed_is_what_was_drafted_by_the_last_step(drafts):
    assert facts(replace(CLAIM, drafts=drafts))["current"] is FALSE


@pytest.mark.parametrize("lacks", [{"signed_off": None}, {"consented": None}])
def test_an_interview_counts_once_it_was_agreed_to_and_signed_off(lacks):
    one = replace(
        CLAIM, interviews=(*INTERVIEWS, replace(INTERVIEWS[0], id="i2", **lacks))
    )

    assert facts()["recorded"] is TRUE
    assert facts(replace(CLAIM, interviews=()))["recorded"] is FALSE
    assert facts(one)["recorded"] is FALSE


def test_beside_a_child_a_guardian_stood_in_the_interview():
    child = replace(PERSON, born=(read("2010"),))
    beside = tuple(replace(each, guardian="…") for each in INTERVIEWS)

    assert facts(person=child)["recorded"] is FALSE
    assert facts(replace(CLAIM, interviews=beside), person=child)["recorded"] is TRUE


def test_it_is_told_in_a_language_that_the_person_speaks():
    for told_, answer in (
        (TOLD, TRUE),
        (replace(TOLD, language="de"), FALSE),
        (replace(TOLD, language=""), FALSE),
        (replace(TOLD, understood=False), FALSE),
        (None, FALSE),
    ):
        assert facts(moment=replace(MOMENT, telling=told_))["understood"] is answer


def test_no_time_is_over_for_a_child_alone_or_somebody_held_without_counsel():
    later = replace(MOMENT, on=date(2026, 10, 9))
    child = replace(PERSON, born=(read("2010"),))
    held = replace(PERSON, stays=(stay(),))

    assert facts(moment=later)["late"] is TRUE
    assert facts(moment=later, person=child)["late"] is UNKNOWN
    assert facts(moment=later, person=held)["late"] is UNKNOWN
    with_counsel = replace(CLAIM, counsel="…")
    assert facts(with_counsel, later, person=held)["late"] is TRUE


def test_the_time_to_appeal_runs_from_what_was_understood():
    later = replace(MOMENT, on=date(2026, 10, 9))
    unheard = replace(CLAIM, tellings=(replace(TOLD, understood=False),))

    assert facts()["late"] is FALSE
    assert facts(moment=later)["late"] is TRUE
    assert facts(unheard, later)["late"] is UNKNOWN


def test_it_stands_still_while_the_person_cannot_be_reached_safely():
    stopped = replace(CLAIM, stops=(Stop("contact_unsafe", DAY),))

    assert facts(stopped, replace(MOMENT, on=date(2027, 6, 1)))["late"] is FALSE


def test_somebody_was_looked_for_once_the_time_to_come_is_over():
    called = replace(CLAIM, interviews=(), called=DAY)

    assert facts(called)["searched"] is FALSE
    later = replace(MOMENT, on=date(2026, 10, 14))
    came = replace(INTERVIEWS[0], on=date(2026, 9, 20))
    assert facts(called, later)["searched"] is TRUE
    assert facts(replace(called, interviews=(came,)), later)["searched"] is FALSE
    assert facts()["searched"] is UNKNOWN


def test_a_guardian_stands_for_a_time():
    claim = replace(CLAIM, guardians=(Guardian("…", DAY, DAY + timedelta(30)),))

    assert facts(claim)["guardian"] is TRUE
    assert facts(claim, replace(MOMENT, on=DAY + timedelta(31)))["guardian"] is FALSE


def test_a_complaint_is_open_until_somebody_else_settled_it():
    made = Complaint("b1", OFFICER.person, DAY, "…")
    settled = replace(made, settled=DAY, by=OTHER)

    assert facts(replace(CLAIM, complaints=(made,)))["complaint"] is TRUE
    assert facts(replace(CLAIM, complaints=(settled,)))["complaint"] is FALSE
    with pytest.raises(RecordError, match="whom it is about"):
        replace(made, settled=DAY, by=OFFICER)
    with pytest.raises(RecordError, match="nobody"):
        replace(made, settled=DAY)


def test_a_way_that_is_not_safe_cannot_be_written_down():
    with pytest.raises(RecordError):
        replace(TOLD, way="post")


def test_a_whole_file_lets_a_refusal_be_signed_and_one_without_a_hold_does_not():
    now = Step("sign", OFFICER, DAY)

    assert isinstance(taken(CLAIM.course, now, facts()), Taken)
    refused = taken(CLAIM.course, now, facts(holds=()))
    assert [each.code for each in refused] == ["procedure.guard.hold"]


@given(records.files(), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_every_file_answers_without_a_fault(file, on):
    for claim in file.claims:
        found = told(file, claim, LAW, Moment(on))

        assert set(found) == set(facts())
