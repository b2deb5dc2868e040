"""A wish handed over at the desk: the code is shown once, and finds the case again."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from asylon_server.store.cases.models import Case, ReceiptCode
from asylon_server.store.cases.reads import Q
from tests.asylon_server.web.conftest import KEPT

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
CODE = re.compile(r"<code>([A-Z2-9]{5}-[A-Z2-9]{5})</code>")
ADDRESS = "/desk/wish/"


@pytest.fixture
def form(registrar):
    page = registrar.get(ADDRESS).content.decode()
    told = {"feared": "PRK", "words": "Do not send me back."}
    return {"submission": KEPT.search(page)[1], "act": "wish", **told}


@pytest.fixture
def code(registrar, form):
    page = registrar.post(ADDRESS, form).content.decode()
    return CODE.search(page)[1]


def test_the_code_is_shown_once_and_finds_the_case(registrar, code):
    case = Case.objects.within(Q()).get()

    found = registrar.post("/desk/receipts/", {"code": code}).content.decode()

    assert f"/desk/cases/{case.pk}/" in found
    for path in (f"/desk/cases/{case.pk}/", f"/desk/cases/{case.pk}/holds/"):
        assert code not in registrar.get(path).content.decode()


def test_the_button_pressed_twice_leads_to_another_code_for_one_case(
    registrar, form, code
):
    again = registrar.post(ADDRESS, form, follow=True).content.decode()
    assert code not in again
    assert "its code is kept nowhere" in again
    case = Case.objects.within(Q()).get()

    page = registrar.post(reverse("desk:receipt", args=[case.pk])).content.decode()

    assert CODE.search(page)[1] != code
    assert ReceiptCode.objects.count() == 2


def test_a_code_that_nobody_gave_says_nothing_of_whoever_shows_it(registrar):
    page = registrar.post("/desk/receipts/", {"code": "AAAAA-AAAAA"}).content.decode()

    assert "This office gave no such code." in page


def test_a_missing_code_is_said_beside_the_field(registrar):
    answer = registrar.post("/desk/receipts/", {"code": ""})

    assert answer.status_code == 422
    assert answer.content.decode().count("Enter the receipt code.") == 2


def test_other_words_in_a_wish_that_was_kept_are_shown_and_can_be_sent_anew(
    registrar, form, code
):
    answer = registrar.post(ADDRESS, form | {"words": "Not to anybody."})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Not to anybody." in page
    assert code not in page
    assert KEPT.search(page)[1] != form["submission"]
