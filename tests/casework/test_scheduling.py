"""An interview is fixed where everybody fits; all that does not is told at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from asylon.casework import Contact, Person, Speech
from asylon.casework.interviews import refusals
from asylon.casework.scheduling import (
    MEANS,
    Plan,
    Planned,
    Staff,
    fits,
    misfits,
    standing,
)
from asylon.identity import Name, RecordError, as_dict, from_dict
from asylon.logic import FALSE, TRUE

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
PERSON = Person(
    "p1",
    names=(Name("…", "Hang"),),
    sex="female",
    languages=(Speech("ko", "Hamgyong"),),
    contacts=(Contact("phone", "…"),),
)
OFFICER = Staff("officer", languages=("en",), sex="female")
INTERPRETER = Staff(
    "interpreter", ("ko", "en"), ("Hamgyong",), sex="female", promised=True
)
PLAN = Plan(
    NOON,
    NOON + timedelta(hours=2),
    OFFICER,
    INTERPRETER,
    room="1",
    same_sex=True,
    counsel="counsel",
    counsel_told=True,
)


def codes(plan, person=PERSON, booked=()):
    return {each.code.partition(".")[2] for each in misfits(plan, person, booked)}


def without(**more):
    return replace(INTERPRETER, **more)


def test_a_plan_in_which_everybody_fits_has_nothing_missing():
    assert codes(PLAN) == set()


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"interpreter": None}, {"no-interpreter"}),
        ({"interpreter": without(languages=("zh",))}, {"language"}),
        ({"interpreter": without(dialects=("Seoul",))}, {"dialect"}),
        ({"interpreter": without(promised=False)}, {"undertaking"}),
        ({"interpreter": without(tied=True)}, {"tie"}),
        ({"interpreter": without(sex="male")}, {"sex"}),
        ({"officer": replace(OFFICER, sex="male")}, {"sex"}),
        ({"officer": replace(OFFICER, tied=True)}, {"tie"}),
        ({"counsel_told": False}, {"counsel-not-told"}),
    ],
)
def test_whatever_does_not_fit_is_told(change, missing):
    assert codes(replace(PLAN, **change)) == missing


def test_an_officer_who_speaks_the_language_needs_no_interpreter():
    officer = replace(OFFICER, languages=("ko",))

    assert codes(replace(PLAN, officer=officer, interpreter=None)) == set()


def test_a_plan_goes_through_a_file_as_it_is():
    new = Planned("i1", PLAN, withdrawn=NOON.date())

    assert from_dict(Planned, as_dict(new)) == new
    assert standing([replace(new, withdrawn=None), new]) == {"i1": new}


@pytest.mark.parametrize("wrong", ["noon", "2026-11-30T12:00", 12, None])
def test_a_moment_of_a_plan_says_how_far_it_is_from_utc(wrong):
    told = {**as_dict(PLAN), "begins": wrong}

    with pytest.raises(RecordError, match="moment"):
        from_dict(Plan, told)


def test_somebody_who_did_not_ask_for_it_is_not_given_their_own_sex():
    officer = replace(OFFICER, sex="male")

    assert codes(replace(PLAN, officer=officer, same_sex=False)) == set()


@pytest.mark.parametrize("gone", ["names", "languages", "contacts"])
def test_a_file_that_is_not_complete_waits(gone):
    assert "file-incomplete" in codes(PLAN, replace(PERSON, **{gone: ()}))


def test_nobody_is_in_two_interviews_at_once():
    meanwhile = replace(PLAN, begins=NOON + timedelta(hours=1))

    assert codes(PLAN, booked=[meanwhile]) == {
        "room-taken",
        "officer-taken",
        "interpreter-taken",
    }


def test_one_may_begin_when_another_ends():
    later = replace(PLAN, begins=PLAN.ends, ends=PLAN.ends + timedelta(hours=1))

    assert codes(later, booked=[PLAN]) == set()


def test_all_that_does_not_fit_is_told_at_once():
    plan = replace(PLAN, interpreter=without(promised=False), counsel_told=False)

    assert codes(plan, replace(PERSON, contacts=())) == {
        "undertaking",
        "counsel-not-told",
        "file-incomplete",
    }


def test_every_refusal_has_a_sentence():
    every = misfits(replace(PLAN, counsel_told=False), PERSON)

    assert {each.code for each in every} <= set(refusals())


@pytest.mark.parametrize(
    ("change", "people", "means"),
    [
        ({}, TRUE, TRUE),
        ({"interpreter": without(tied=True)}, FALSE, TRUE),
        ({"interpreter": without(dialects=("Seoul",))}, TRUE, FALSE),
        ({"interpreter": without(tied=True, dialects=("Seoul",))}, FALSE, FALSE),
    ],
)
def test_people_and_means_are_answered_apart(change, people, means):
    missing = misfits(replace(PLAN, **change), PERSON)

    assert fits(missing) == {"fit_people": people, "fit_means": means}


def test_every_means_is_a_refusal_there_is():
    assert {f"interview.{each}" for each in MEANS} <= set(refusals())
