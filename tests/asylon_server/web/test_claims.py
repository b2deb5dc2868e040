"""The pages of claims: what is open, what it waits for, and a step taken there."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from asylon.casework import CaseClaim
from asylon_server.store.cases import acts
from asylon_server.store.claims import steps
from tests.asylon_server.conftest import MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def case(officer, family, custody):
    return acts.register(officer, family, submission="s", at=MORNING, custody=custody)


@pytest.fixture
def on_the_case(case, account, enter):
    """Sign in somebody whose work the case is."""

    def made(kind, role, **named):
        who = account(kind, role, **named)
        case.assignments.create(account=who, since=MORNING)
        client = enter(who)
        client.actor = who.actor
        return client

    return made


@pytest.fixture
def officer_of_unhcr(on_the_case):
    return on_the_case("unhcr", "eligibility", name="Noor of UNHCR")


@pytest.fixture
def claim(case, officer_of_unhcr, custody):
    told = CaseClaim("new", "p1", wish_heard=MORNING.date())
    who = officer_of_unhcr.actor
    return steps.lodge(who, case.id, told, at=MORNING, custody=custody)


@pytest.fixture
def page(case):
    def got(client, name, told=None, **more):
        address = reverse(f"desk:{name}", kwargs={"case": case.id, **more})
        if told is None:
            return client.get(address)
        return client.post(address, told, follow=True)

    return got


def test_a_claim_is_lodged_on_a_page_and_shown(case, officer_of_unhcr, page):
    sent = {"person": "p1", "procedure": "mandate", "state": "CHN"}

    answer = page(officer_of_unhcr, "claim-lodge", sent).content.decode()

    assert "The claim is lodged." in answer
    assert "The claim of 김정숙" in answer


def test_a_form_without_a_person_says_so_and_keeps_what_was_chosen(
    officer_of_unhcr, page
):
    answer = page(officer_of_unhcr, "claim-lodge", {"procedure": "joint"})

    assert answer.status_code == 422
    assert "Choose one." in answer.content.decode()
    assert '<option value="joint" selected>' in answer.content.decode()


def test_what_is_open_says_what_it_waits_for(claim, officer_of_unhcr, page):
    answer = page(officer_of_unhcr, "claim", claim=claim.id).content.decode()

    assert "Begin to examine" in answer
    assert "The person was not interviewed." in answer


def test_a_step_that_is_refused_says_why_and_nothing_is_done(
    claim, officer_of_unhcr, page
):
    answer = page(
        officer_of_unhcr, "claim-act", {"read": "1"}, claim=claim.id, act="examine"
    )

    assert answer.status_code == 422
    assert "The person was not interviewed." in answer.content.decode()


def test_who_comes_second_sees_who_came_first(
    claim, officer_of_unhcr, on_the_case, page
):
    other = on_the_case("legal_aid", "counsel", name="Wei of legal aid")
    sent = {"title": "A letter", "words": "From her aunt."}
    page(other, "claim-submit", sent, claim=claim.id)

    answer = page(
        officer_of_unhcr, "claim-act", {"read": "1"}, claim=claim.id, act="examine"
    )

    assert "Wei of legal aid acted meanwhile" in answer.content.decode()
    shown = page(officer_of_unhcr, "claim", claim=claim.id).content.decode()
    assert shown.count("Hand in evidence or a submission</strong>") == 1


def test_an_act_of_another_stage_is_not_there(claim, officer_of_unhcr, page):
    answer = page(officer_of_unhcr, "claim-act", claim=claim.id, act="sign")

    assert answer.status_code == 404


def test_who_reaches_no_claims_finds_none(claim, on_the_case, page):
    registrar = on_the_case("unhcr", "registration")

    for name, more in (("claims", {}), ("claim", {"claim": claim.id})):
        assert page(registrar, name, **more).status_code == 404


def test_a_body_of_the_state_sees_the_stage_and_no_name(claim, on_the_case, page):
    authority = on_the_case("authority", "eligibility")

    answer = page(authority, "claim", claim=claim.id).content.decode()

    assert "The claim of Person 1" in answer
    assert "김정숙" not in answer


def test_counsel_appears_on_a_page_and_is_shown(claim, on_the_case, page):
    counsel = on_the_case("legal_aid", "counsel", name="Wei of legal aid")
    refused = page(counsel, "claim-counsel", {"consented": ""}, claim=claim.id)

    sent = {"consented": "2026-11-24", "asked": "on"}
    answer = page(counsel, "claim-counsel", sent, claim=claim.id).content.decode()

    assert refused.status_code == 422
    assert "<strong>Wei of legal aid</strong>" in answer
    assert "This case is your work, and no end is set." in answer


def test_what_is_handed_in_gets_a_receipt_without_its_words(claim, on_the_case, page):
    counsel = on_the_case("legal_aid", "counsel")
    sent = {"title": "A letter", "words": "From her aunt."}

    answer = page(counsel, "claim-submit", sent, claim=claim.id).content.decode()

    assert "Something was handed in at this office." in answer
    assert "aunt" not in answer
    shown = page(counsel, "claim-counsel", claim=claim.id).content.decode()
    assert "From her aunt." in shown


def test_the_file_taken_away_names_nobody_in_its_name(claim, on_the_case, page, case):
    counsel = on_the_case("legal_aid", "counsel")

    answer = page(counsel, "claim-take-away", {}, claim=claim.id)

    assert answer["Content-Disposition"] == 'attachment; filename="file.json"'
    assert "김정숙" in answer.content.decode()


def test_a_complaint_is_made_on_a_page_and_settled_by_an_auditor(
    claim, on_the_case, page, account, enter
):
    counsel = on_the_case("legal_aid", "counsel")
    about = str(on_the_case("unhcr", "reviewing", name="Kim of UNHCR").actor.account)
    sent = {"about": about, "words": "She shouted."}
    answer = page(counsel, "claim-complain", sent, claim=claim.id).content.decode()
    assert "The claim goes on." in answer
    auditor = enter(account("legal_aid", "auditor"))

    listed = auditor.get("/desk/complaints/").content.decode()
    [row] = re.findall(r'href="(/desk/complaints/[^"]+/)"', listed)
    settled = auditor.post(row, {"answer": "She was told off."}, follow=True)

    assert "Kim of UNHCR, unhcr" in listed
    assert "The complaint is settled." in settled.content.decode()
    assert "No complaint waits for you." in settled.content.decode()
    shown = page(counsel, "claim-complain", claim=claim.id).content.decode()
    assert "She was told off." in shown


def test_a_time_is_stopped_and_goes_on_again_on_a_page(claim, on_the_case, page):
    counsel = on_the_case("legal_aid", "counsel")
    sent = {"act": "stop", "why": "contact_unsafe", "stopped": "2026-11-24"}
    shown = page(counsel, "claim-times", sent, claim=claim.id).content.decode()
    assert "No safe way to reach the person" in shown

    sent = {"act": "goes-on", "number": "0"}
    shown = page(counsel, "claim-times", sent, claim=claim.id).content.decode()

    assert "It is over today" not in shown


def test_a_form_of_a_guardian_that_is_not_right_is_shown_again(
    claim, on_the_case, page
):
    counsel = on_the_case("legal_aid", "counsel")
    sent = {"act": "guardian", "name": "Mrs Li", "since": "2026-11-24"}

    answer = page(counsel, "claim-times", sent | {"until": "2026-01-01"}, claim="c1")

    assert answer.status_code == 422
    assert "This is before the day it begins." in answer.content.decode()


def test_an_exception_is_proposed_by_one_and_agreed_to_by_another(
    claim, officer_of_unhcr, on_the_case, page
):
    other = on_the_case("unhcr", "reviewing", name="Kim of UNHCR")
    sent = {"what": "examine interview_first", "reason": "Her group was recognised."}
    page(officer_of_unhcr, "claim-exceptions", sent, claim=claim.id)

    sent = {"exception": "x1", "act": "agree"}
    shown = page(other, "claim-exceptions", sent, claim=claim.id).content.decode()

    assert "Agreed. The step can be taken now." in shown
    done = page(
        officer_of_unhcr, "claim-act", {"read": "1"}, claim=claim.id, act="examine"
    )
    assert "Done: begin to examine." in done.content.decode()


def test_the_first_page_and_the_next_case_say_what_waits(
    claim, officer_of_unhcr, case, page
):
    work = officer_of_unhcr.get("/desk/").content.decode()
    shown = officer_of_unhcr.get("/desk/next/").content.decode()

    assert "Next: fix an interview" in work
    assert f"/desk/cases/{case.id}/claims/{claim.id}/" in shown
    assert "Fix an interview" in shown
