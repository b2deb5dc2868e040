"""The holds of a case on the desk: placed by hand, proposed to be lifted, answered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from asylon_server.store.cases import holds
from asylon_server.store.cases.acts import register
from asylon_server.store.cases.models import LiftingProposal
from asylon_server.web.common.stepping import CONFIRMED
from tests.asylon_server.conftest import MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
PROPOSED = {"reason": "left_safely", "words": "Seen in Ottawa by our office."}


@pytest.fixture
def case(officer, family, custody):
    return register(officer, family, submission="s", at=MORNING, custody=custody)


@pytest.fixture
def on_the_case(case, account, enter):
    """Sign in somebody whose work the case is."""

    def made(kind, role, **named):
        who = account(kind, role, **named)
        case.assignments.create(account=who, since=MORNING)
        return enter(who)

    return made


@pytest.fixture
def one(on_the_case):
    return on_the_case("unhcr", "protection", name="Ahn of UNHCR")


@pytest.fixture
def other(on_the_case):
    return on_the_case("legal_aid", "supervisor", name="Baek of legal aid")


@pytest.fixture
def page(case):
    def got(client, name="holds", told=None, **more):
        address = reverse(f"desk:{name}", kwargs={"case": case.id, **more})
        answer = (
            client.get(address)
            if told is None
            else client.post(address, told, follow=True)
        )
        return answer.content.decode()

    return got


@pytest.fixture
def proposal(one, page):
    page(one, "hold-lift", PROPOSED, number=1)
    return LiftingProposal.objects.get().pk


@pytest.fixture
def stands(case, custody):
    return lambda: [e.hold.stands for e in holds.standing(case, custody=custody)]


def test_the_page_says_what_the_hold_does_here_and_where_that_is_known_from(
    one, page, settings
):
    here = settings.ASYLON_DEPLOYMENT
    settings.ASYLON_DEPLOYMENT = replace(here, state="CHN")

    shown = page(one)

    assert "Not recognised" in shown
    assert "12 August 1986" in shown
    assert "A/HRC/25/CRP.1" in shown


def test_a_hold_is_placed_by_hand(one, page, stands):
    told = {"destination": "KOR", "person": "p2", "ground": "report_of_detention"}

    shown = page(one, "hold-place", told | {"begun": "2026-11-01"})

    assert stands() == [True, True]
    assert "1 November 2026" in shown


def test_a_day_that_is_none_is_said_beside_the_field_and_kept(one, page, stands):
    told = {"destination": "KOR", "ground": "receipt_code", "begun": "yesterday"}

    shown = page(one, "hold-place", told)

    assert "Write the day as 2026-11-24." in shown
    assert 'value="yesterday"' in shown
    assert stands() == [True]


def test_only_unhcr_is_offered_the_ground_of_a_group(one, other, page):
    assert "group_hold" in page(one, "hold-place")
    assert "group_hold" not in page(other, "hold-place")


def test_two_organisations_lift_a_hold(other, page, proposal, stands):
    asked = page(other, "hold-answer", proposal=proposal)
    assert "Seen in Ottawa" in asked
    assert "Ahn of UNHCR" in asked

    shown = page(other, "hold-answer", {"act": "agree"}, proposal=proposal)

    assert "The hold is lifted." in shown
    assert stands() == [False]


def test_whoever_proposed_it_cannot_agree_and_is_told_why(one, page, proposal, stands):
    shown = page(one, "hold-answer", {"act": "agree"}, proposal=proposal)

    assert "One person alone never lifts a hold." in shown
    assert stands() == [True]


def test_a_no_without_a_reason_is_refused_and_one_with_it_is_shown(
    one, other, page, proposal, stands
):
    assert "Write why you decline." in page(
        other, "hold-answer", {"act": "decline"}, proposal=proposal
    )

    told = {"act": "decline", "why": "Nobody of us has seen her."}
    page(other, "hold-answer", told, proposal=proposal)

    assert "Nobody of us has seen her." in page(one)
    assert stands() == [True]


def test_a_reason_that_never_lifts_is_refused_by_its_name(one, page):
    shown = page(one, "hold-lift", PROPOSED | {"reason": "withdrawal"}, number=1)

    assert "This never lifts a hold." in shown
    assert "Seen in Ottawa by our office." in shown
    assert not LiftingProposal.objects.exists()


def test_work_shows_the_proposal_to_whoever_has_to_answer(one, other, proposal, case):
    assert proposal
    for client, is_asked in ((one, False), (other, True)):
        work = client.get("/desk/").content.decode()
        assert ("wait for your answer" in work) is is_asked
        assert (f"{case.id}/holds/#hold1" in work) is is_asked


def test_a_body_of_the_state_sees_neither_proposal_nor_words(
    on_the_case, page, proposal
):
    shown = page(on_the_case("authority", "eligibility"))

    assert proposal
    assert "Holds" in shown
    assert "Ottawa" not in shown
    assert "Proposed" not in shown


def test_lifting_asks_anew_who_is_there(other, page, proposal, stands):
    session = other.session
    session[CONFIRMED] = "2020-01-01T00:00:00+00:00"
    session.save()

    shown = page(other, "hold-answer", {"act": "agree"}, proposal=proposal)

    assert "Show that it is you" in shown
    assert stands() == [True]


def test_who_lifts_none_does_not_come_to_a_proposal(on_the_case, case, proposal):
    address = reverse("desk:hold-answer", args=[case.id, proposal])
    client = on_the_case("legal_aid", "counsel")

    assert client.get(address).status_code == 404
    assert client.post(address, {"act": "agree"}).status_code == 404


def test_an_answer_that_is_none_answers_nothing(other, case, proposal, stands):
    address = reverse("desk:hold-answer", args=[case.id, proposal])

    assert other.post(address, {"act": "perhaps"}).status_code == 404
    assert stands() == [True]


def test_each_hold_is_lifted_by_its_number_and_once(one, other, page, case, proposal):
    page(one, "hold-place", {"destination": "KOR", "ground": "report_of_detention"})
    ways = [reverse("desk:hold-lift", args=[case.id, number]) for number in (1, 2)]
    shown = [one.get(each).context["held"].number for each in ways]

    page(other, "hold-answer", {"act": "agree"}, proposal=proposal)

    assert shown == [1, 2]
    assert [one.get(each).status_code for each in ways] == [404, 200]


def test_somebodys_page_shows_the_holds_over_them_and_no_lifted_one(
    one, other, page, proposal
):
    told = {"destination": "KOR", "person": "p2", "ground": "report_of_detention"}
    page(one, "hold-place", told)
    before = [page(one, "person", person=each) for each in ("p1", "p2")]

    page(other, "hold-answer", {"act": "agree"}, proposal=proposal)

    assert ["omebody reported that" in each for each in before] == [False, True]
    assert "No hold is shown." not in before[0]
    assert "No hold is shown." in page(one, "person", person="p1")


def test_reasons_that_never_lift_a_hold_stand_apart(one, case):
    page = one.get(reverse("desk:hold-lift", args=[case.id, 1]))

    _none, *groups = page.context["form"].fields["reason"].choices
    lawful, never = ({code for code, _name in each} for _title, each in groups)
    assert "left_safely" in lawful - never
    assert "withdrawal" in never - lawful
