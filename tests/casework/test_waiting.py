"""What waits on a claim for somebody, as its steps and days show it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from asylon.casework import Actor, CaseClaim
from asylon.casework.decisions import Telling
from asylon.casework.exceptions import Proposed
from asylon.casework.procedure import Step, procedure
from asylon.casework.procedure.deadlines import Stop
from asylon.casework.waiting import waiting

DAY = date(2026, 6, 1)
OFFICER = Actor("o", "u", "unhcr", "eligibility_officer")
REVIEWER = Actor("r", "u", "unhcr", "reviewing_officer")
APPEALS = Actor("a", "b", "appeal_body", "appeal_officer")
COUNSEL = Actor("c", "l", "legal_aid", "counsel")
LODGED = [("lodge", OFFICER)]
INTERVIEWED = [*LODGED, ("schedule", OFFICER), ("sign_off", OFFICER)]
EXAMINED = [*INTERVIEWED, ("examine", OFFICER)]
DRAFTED = [*EXAMINED, ("draft", OFFICER, "refuse")]
SIGNED = [*DRAFTED, ("endorse", REVIEWER), ("sign", OFFICER)]
REFUSED = [*SIGNED, ("tell", OFFICER)]
APPEALED = [*REFUSED, ("appeal", COUNSEL)]


def claim(steps, **more):
    taken = tuple(
        Step(act, by, DAY, *(outcome or ("",)), words="Ask again.")
        for act, by, *outcome in steps
    )
    return CaseClaim("c1", "p1", steps=taken, **more)


@pytest.mark.parametrize(
    ("steps", "who", "act"),
    [
        ([], COUNSEL, "lodge"),
        (LODGED, OFFICER, "schedule"),
        (LODGED, COUNSEL, ""),
        (INTERVIEWED, OFFICER, "examine"),
        (EXAMINED, OFFICER, "draft"),
        (EXAMINED, REVIEWER, ""),
        (DRAFTED, OFFICER, ""),
        (DRAFTED, REVIEWER, "endorse"),
        (SIGNED, COUNSEL, "tell"),
        (REFUSED, COUNSEL, ""),
        (APPEALED, OFFICER, ""),
        (APPEALED, APPEALS, "draft"),
    ],
)
def test_the_next_act_is_theirs_and_waits_for_nothing_that_the_steps_show(
    steps, who, act
):
    assert waiting(claim(steps), who, DAY).act == act


def test_what_came_back_is_told_until_it_is_drafted_anew():
    back = [*DRAFTED, ("send_back", REVIEWER)]

    assert waiting(claim(back), OFFICER, DAY).back.words == "Ask again."
    again = claim([*back, ("draft", OFFICER, "recognise")])
    assert waiting(again, REVIEWER, DAY).back is None


def test_what_was_remitted_came_back_by_the_signature_of_the_appeal():
    remitted = [*APPEALED, ("draft", APPEALS, "remit"), ("sign", APPEALS)]

    assert waiting(claim(remitted), OFFICER, DAY).back.act == "sign"


def test_the_time_to_appeal_is_ahead_until_it_is_over_or_stands_still():
    told = Telling("read_out", DAY, OFFICER, "ko", understood=True)
    refused = claim(REFUSED, state="CHN", tellings=(told,))
    [(name, last)] = waiting(refused, COUNSEL, DAY).ends

    assert (name, last >= DAY + timedelta(30)) == ("appeal", True)
    assert waiting(refused, COUNSEL, last + timedelta(1)).ends == ()
    stopped = replace(refused, stops=(Stop("contact_unsafe", DAY),))
    assert waiting(stopped, COUNSEL, DAY).ends == ()
    appealed = replace(refused, steps=claim(APPEALED).steps)
    assert waiting(appealed, COUNSEL, DAY).ends == ()


def test_a_claim_that_goes_on_is_long_untouched_and_one_that_ended_is_not():
    late = DAY + timedelta(procedure().measures["untouched_days"] + 1)

    assert waiting(claim(EXAMINED), OFFICER, late).untouched == DAY
    withdrawn = claim([*LODGED, ("withdraw", COUNSEL)])
    assert waiting(withdrawn, OFFICER, late).untouched is None


def test_an_exception_waits_for_somebody_else_who_makes_them():
    asked = Proposed("x1", "examine", ("interview_first",), OFFICER, DAY, "Her group.")
    lodged = claim(LODGED, exceptions=(asked,))

    told = [waiting(lodged, by, DAY).excepts for by in (OFFICER, REVIEWER, COUNSEL)]

    assert told == [False, True, False]
