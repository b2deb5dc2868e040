"""The pages of interviews: planned, begun, said part by part, and signed off."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from asylon_server.store.claims import interviews, planning
from asylon_server.store.claims.interviews import Begun, Where
from tests.asylon_server.interviewing import plan, reachable
from tests.asylon_server.web.test_claims import (
    case,
    claim,
    officer_of_unhcr,
    on_the_case,
    page,
)

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
__all__ = ["case", "claim", "officer_of_unhcr", "on_the_case", "page"]


@pytest.fixture
def family(family):
    return reachable(family)


@pytest.fixture
def interpreter(on_the_case):
    return on_the_case("unhcr", "interpreter", name="Han")


@pytest.fixture
def form(officer_of_unhcr, interpreter):
    """Fill the form of a plan into which everybody fits."""
    return {
        "read": "1",
        "on": f"{now() + timedelta(days=3):%Y-%m-%d}",
        "begins": "09:00",
        "ends": "11:00",
        "room": "Room 2",
        "officer": str(officer_of_unhcr.actor.account),
        "officer_languages": "English",
        "officer_sex": "female",
        "interpreter": str(interpreter.actor.account),
        "interpreter_languages": "한국어, English",
        "interpreter_dialects": "Hamgyong",
        "interpreter_sex": "female",
        "promised": "on",
        "untied": "on",
    }


@pytest.fixture
def planned(case, claim, officer_of_unhcr, interpreter, custody):
    """An interview that is fixed."""
    who, at = officer_of_unhcr.actor, now()
    wanted = plan(who.account, interpreter.actor.account, begins=at)
    planning.fix(who, case.id, claim.id, wanted, at=at, custody=custody)
    return {"claim": claim.id, "interview": "i1"}


@pytest.fixture
def begun(case, officer_of_unhcr, planned, custody):
    """An interview that has begun."""
    where = Where(case.id, planned["claim"], "i1")
    who, told = officer_of_unhcr.actor, Begun("ko", agreed=True)
    interviews.begin(who, where, told, at=now(), custody=custody)
    return planned


@pytest.fixture
def post(case, officer_of_unhcr, begun):
    """Send a part as the script of the page does."""

    def sent(id, kind="question", words="언제 떠나셨습니까?", **more):
        told = {"id": id, "kind": kind, "speaker": "officer", "words": words, **more}
        address = reverse("desk:interview", kwargs={"case": case.id, **begun})
        answer = officer_of_unhcr.post(
            address, told, headers={"Accept": "application/json"}
        )
        return answer.status_code, json.loads(answer.content)

    return sent


def test_an_interview_is_fixed_begun_and_told_to_who_holds_it(
    claim, officer_of_unhcr, page, form
):
    where = {"claim": claim.id, "interview": "i1"}
    page(officer_of_unhcr, "interview-plan", form, claim=claim.id)
    told = {"act": "begin", "language": "한국어", "agreed": "on"}
    answer = page(officer_of_unhcr, "interview-begin", told, **where).content.decode()

    assert "What was said" in answer
    coming = officer_of_unhcr.get("/desk/interviews/").content.decode()
    assert "Room 2" in coming
    assert "김정숙" not in coming


def test_a_plan_that_does_not_fit_says_all_and_keeps_what_was_typed(
    claim, officer_of_unhcr, page, form
):
    told = {**form, "interpreter_languages": "中文", "promised": "", "untied": ""}

    answer = page(officer_of_unhcr, "interview-plan", told, claim=claim.id)

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "does not speak a language of the person" in shown
    assert "has not promised secrecy" in shown
    assert "Somebody is tied" in shown
    assert 'value="Room 2"' in shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends": "08:00"},
        {"on": "2020-01-01"},
        {"on": "tomorrow"},
        {"officer": "nobody"},
        {"interpreter": "outside"},
        {"interpreter_name": "Somebody else"},
    ],
)
def test_a_plan_that_cannot_be_read_is_shown_again(
    claim, officer_of_unhcr, page, form, wrong
):
    answer = page(officer_of_unhcr, "interview-plan", form | wrong, claim=claim.id)

    assert answer.status_code == 422


def test_what_keeps_an_interview_from_beginning_is_said_with_what_to_do(
    case, officer_of_unhcr, interpreter, page, planned
):
    case.assignments.filter(account_id=interpreter.actor.account).update(until=now())
    told = {"act": "begin", "language": "中文"}

    answer = page(officer_of_unhcr, "interview-begin", told, **planned)
    agreed = {**told, "agreed": "on"}
    again = page(officer_of_unhcr, "interview-begin", agreed, **planned)

    assert "Nobody is interviewed who has not agreed." in answer.content.decode()
    assert "Give this interview up, and plan another one" in again.content.decode()
    assert "does not speak a language of the person" in again.content.decode()


def test_who_could_not_sign_it_off_has_no_page_to_go_on_with_it(
    on_the_case, page, begun
):
    counsel = on_the_case("legal_aid", "counsel")

    assert page(counsel, "interview", **begun).status_code == 200
    for name in ("begin", "take-over", "sign-off"):
        assert page(counsel, f"interview-{name}", **begun).status_code == 404


def test_a_part_is_kept_without_a_script(officer_of_unhcr, page, begun):
    told = {
        "id": "abcdef",
        "kind": "question",
        "speaker": "officer",
        "words": "<b>언제</b>",
    }

    answer = page(officer_of_unhcr, "interview", told, **begun)

    assert answer.redirect_chain
    assert "&lt;b&gt;언제&lt;/b&gt;" in answer.content.decode()


def test_the_same_part_sent_twice_is_one_and_others_are_shown(post):
    post("aaaaaa")
    post("bbbbbb", words="왜 떠나셨습니까?")
    status, told = post("aaaaaa")

    assert (status, told["kept"], told["count"]) == (200, "aaaaaa", 2)
    assert len(told["others"]) == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"id": "../x"}, "valid"),
        ({"kind": "verdict"}, "valid choice"),
        ({"words": " "}, "Write it as it was said."),
        ({"topic": "origin"}, "Origin is asked about only"),
        ({"corrects": "nothing"}, "not in the record"),
        ({"ago": "-1"}, "greater"),
    ],
)
def test_what_is_not_kept_says_why(post, wrong, says):
    status, told = post(**{"id": "aaaaaa", **wrong})

    assert status == 422
    assert says in " ".join(told["refused"])


def test_what_is_still_to_be_asked_about_is_said_with_each_part(post):
    _status, told = post("aaaaaa", topic="fear_since")
    assert "fear at departure and fear since" in told["asks"]

    _status, told = post("bbbbbb", kind="answer", speaker="person")
    assert told["asks"] == "To be asked about, and answered: fear at departure."


def test_a_correction_stands_beside_what_it_corrects(
    officer_of_unhcr, page, post, begun
):
    post("aaaaaa", words="열두 번")
    post("bbbbbb", words="두 번", corrects="aaaaaa", speaker="person")

    shown = page(officer_of_unhcr, "interview", **begun).content.decode()

    assert "열두 번" in shown
    assert re.search(r"Corrected at [0-9:]+:</strong> 두 번", shown)


def test_it_is_not_signed_off_before_it_was_read_back(
    officer_of_unhcr, page, post, begun
):
    post("aaaaaa")
    early = page(officer_of_unhcr, "interview-sign-off", {}, **begun)
    post("bbbbbb", kind="read_back", act="press")
    late = page(officer_of_unhcr, "interview-sign-off", {}, **begun)

    assert early.status_code == 422
    assert "was not read back" in early.content.decode()
    assert "The record is signed off." in late.content.decode()


def test_who_does_not_reach_what_was_said_finds_no_interview(on_the_case, page, begun):
    for kind, role in (("unhcr", "protection"), ("unhcr", "interpreter")):
        client = on_the_case(kind, role, name=f"Another {role}")
        assert page(client, "interview", **begun).status_code == 404


def test_the_calendar_names_nobody(officer_of_unhcr, begun):
    told = officer_of_unhcr.get("/desk/interviews/times.ics").content.decode()

    assert "LOCATION:Room 2\r\n" in told
    assert "김정숙" not in told
