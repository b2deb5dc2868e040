"""Beside a claim: who stands beside a child, what stops a time, exceptions of two."""

from __future__ import annotations

from datetime import timedelta

import pytest

from asylon.casework.actors import Actor
from asylon.casework.decisions import Guardian
from asylon.casework.exceptions import Proposed
from asylon.casework.procedure.deadlines import Stop
from asylon_server.store.claims import circumstances as store
from asylon_server.store.claims import excepting, steps
from asylon_server.store.claims.asking import StepRefusedError
from asylon_server.store.rights.errors import NotThereError
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
DAY = MORNING.date()
TOMORROW = LATER + timedelta(days=1)
GUARDIAN = Guardian("Mrs Li", DAY)


@pytest.fixture
def asked(case, claim, custody):
    return (case.id, claim.id), {"at": LATER, "custody": custody}


@pytest.fixture
def write(asked):
    which, when = asked

    def done(who, written, **more):
        return store.write(who, *which, written, **(when | more))

    return done


def test_who_names_a_guardian_reads_the_name_and_others_the_days(
    write, works, asked, examiner
):
    which, when = asked
    protection = works("unhcr", "protection")
    write(protection, store.guardian(GUARDIAN))

    assert store.guardians(protection, *which, **when) == (GUARDIAN,)
    assert store.guardians(examiner, *which, **when) == (Guardian("", DAY),)


def test_a_guardian_and_a_stop_end_on_the_day_that_it_is_written(write, works):
    who = works("legal_aid", "protection")
    write(who, store.guardian(GUARDIAN))
    write(who, store.stopped(Stop("contact_unsafe", DAY)))

    write(who, store.guardian_gone(0), at=TOMORROW)
    after = write(who, store.goes_on(0), at=TOMORROW)

    assert after.guardians[0].until == TOMORROW.date()
    assert after.stops == (Stop("contact_unsafe", DAY, TOMORROW.date()),)


def test_nobody_is_called_earlier_by_calling_again(write, works):
    who = works("unhcr", "protection")
    write(who, store.called())

    assert write(who, store.called(), at=TOMORROW).called == DAY
    assert write(who, store.came(), at=TOMORROW).called is None


@pytest.mark.parametrize(
    ("who", "written"),
    [
        (("authority", "eligibility"), store.stopped(Stop("contact_unsafe", DAY))),
        (("authority", "eligibility"), store.called()),
        (("legal_aid", "counsel"), store.called()),
        (("unhcr", "reviewing"), store.guardian(GUARDIAN)),
    ],
)
def test_who_does_not_answer_for_the_person_writes_none_of_it(
    write, works, who, written
):
    with pytest.raises(NotThereError):
        write(works(*who), written)


# Exceptions by two people.

NOBODY = Actor("", "", "", "")
NEW = Proposed("new", "examine", ("interview_first",), NOBODY, DAY, "Her group was.")


@pytest.fixture
def proposed(examiner, asked):
    which, when = asked
    return excepting.propose(examiner, *which, NEW, **when).exceptions[0]


@pytest.fixture
def answered(asked, proposed):
    which, when = asked

    def done(who, *, agreed=True):
        excepting.answer(who, *which, proposed.id, agreed=agreed, **when)

    return done


def test_what_two_people_agreed_on_is_done_once(answered, works, take, examiner):
    other = works("unhcr", "reviewing")
    answered(other)

    after = take(examiner, "examine")

    by = {each.person for each in after.steps[-1].despite.by}
    assert by == {str(examiner.account), str(other.account)}
    assert after.exceptions[0].used == DAY


def test_an_act_is_shown_without_what_two_people_agreed_on(
    answered, works, examiner, asked
):
    which, when = asked
    answered(works("unhcr", "reviewing"))

    offers = steps.looked_at(examiner, *which, **when).offers

    assert {e.act.id: e.missing for e in offers}["examine"] == ()


def test_what_was_declined_is_no_exception(answered, works, take, examiner):
    answered(works("unhcr", "reviewing"), agreed=False)

    with pytest.raises(StepRefusedError):
        take(examiner, "examine")


@pytest.mark.parametrize("role", ["eligibility", "counsel"])
def test_neither_the_first_nor_somebody_without_a_seat_agrees(
    answered, works, examiner, role
):
    who = examiner if role == "eligibility" else works("legal_aid", role)

    with pytest.raises(NotThereError):
        answered(who)


@pytest.mark.parametrize(
    ("act", "guard"),
    [
        ("examine", "hold"),
        ("schedule", "fit_people"),
        ("draft_closing", "absence"),
        ("appeal", "in_time"),
        ("withdraw", "guardian"),
    ],
)
def test_no_exception_is_made_from_what_protects_or_at_another_stage(
    examiner, asked, act, guard
):
    which, when = asked
    new = Proposed("new", act, (guard,), NOBODY, DAY, "Why not.")

    with pytest.raises(NotThereError):
        excepting.propose(examiner, *which, new, **when)
