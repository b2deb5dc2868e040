"""A report at night: one button, the hold, what it does here, and whom to call."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from asylon_server.store.cases.models import StandingHold
from tests.asylon_server.web.conftest import KEPT

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ADDRESS = "/desk/report/"


@pytest.fixture(autouse=True)
def in_china(settings):
    here = settings.ASYLON_DEPLOYMENT
    settings.ASYLON_DEPLOYMENT = replace(here, state="CHN", telephone="+00 000 0000")


@pytest.fixture
def duty(account, enter):
    return enter(account(role="counsel"))


@pytest.fixture
def form(duty):
    page = duty.get(ADDRESS).content.decode()
    return {"submission": KEPT.search(page)[1], "act": "report"}


def test_an_empty_report_is_enough_and_says_what_the_hold_does_here(
    duty, form, account
):
    account(role="protection", name="Guard Choe")

    page = duty.post(ADDRESS, form, follow=True).content.decode()

    assert StandingHold.objects.count() == 1
    assert "The hold stands" in page
    assert "Not recognised" in page
    assert "Do not rely on it" in page
    assert "+00 000 0000" in page
    assert "Guard Choe" in page


def test_the_button_pressed_twice_makes_one_case(duty, form):
    first = duty.post(ADDRESS, form)
    again = duty.post(ADDRESS, form)

    assert first["Location"] == again["Location"]


def test_other_words_in_a_form_that_was_kept_are_shown_and_can_be_sent_anew(duty, form):
    duty.post(ADDRESS, form | {"name": "김정숙"})
    page = duty.post(ADDRESS, form | {"name": "김영희"}).content.decode()

    assert "김영희" in page
    assert StandingHold.objects.count() == 1
    anew = form | {"submission": KEPT.search(page)[1], "name": "김영희"}
    assert duty.post(ADDRESS, anew).status_code == 302
    assert StandingHold.objects.count() == 2


def test_too_many_words_are_said_beside_the_field_and_kept(duty, form):
    answer = duty.post(ADDRESS, form | {"where": "x" * 2001})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in page
    assert "x" * 2001 in page
    assert not StandingHold.objects.exists()


def test_a_form_of_nobody_places_nothing_and_shows_a_new_one(duty):
    page = duty.post(ADDRESS, {"act": "report", "submission": "made up"})

    assert page.status_code == 200
    assert not StandingHold.objects.exists()


def test_where_nobody_may_be_known_no_report_is_taken(duty, form, settings):
    here = settings.ASYLON_DEPLOYMENT
    settings.ASYLON_DEPLOYMENT = replace(here, identities=False)

    assert duty.post(ADDRESS, form).status_code == 403
    assert reverse("desk:report") not in duty.get("/desk/").content.decode()


@pytest.mark.parametrize("path", ["report", "wish"])
def test_what_is_shown_again_is_not_sent(duty, path):
    page = duty.get(f"/desk/{path}/").content.decode()
    told = {"submission": KEPT.search(page)[1], "act": "typed", "name": "x" * 201}

    answer = duty.post(f"/desk/{path}/", told)

    assert answer.status_code == 200
    assert "x" * 201 in answer.content.decode()
    assert duty.post(f"/desk/{path}/", told | {"act": path}).status_code == 422
    assert duty.post(f"/desk/{path}/", told | {"name": ""}).status_code == 200
    assert not StandingHold.objects.exists()


@pytest.mark.parametrize("path", ["report", "wish"])
def test_the_form_of_one_account_is_no_use_to_another(duty, account, enter, path):
    page = duty.get(f"/desk/{path}/").content.decode()
    told = {"submission": KEPT.search(page)[1], "act": path, "name": "김정숙"}

    answer = enter(account(role="protection")).post(f"/desk/{path}/", told)

    assert answer.status_code == 200
    assert "김정숙" not in answer.content.decode()
    assert not StandingHold.objects.exists()
