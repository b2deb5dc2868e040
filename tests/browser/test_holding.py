"""A hold is lifted by two people of two organisations, in real browsers."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.timezone import now

from asylon.casework import File, Hold, Person
from asylon.identity import Name
from asylon_server.store.cases import holds
from asylon_server.store.cases.acts import register
from asylon_server.store.cases.models import Assignment, StandingHold
from asylon_server.store.entry import ways
from asylon_server.store.organisations.models import Account, Organisation
from tests.asylon_server.web.conftest import SECRET, shown
from tests.browser.conftest import press
from tests.browser.test_registering import PASSWORD, send, server

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
__all__ = ["server"]


@pytest.fixture
def case(server):
    """A case that an officer of legal aid and one of UNHCR work on."""
    people = (Person("p1", names=(Name("김정숙", "Hang"),), feared=("PRK",)),)
    hold = Hold("PRK", now().date(), "wish_expressed")
    file = File("A-1", people=people, holds=(hold,))
    actor = Account.objects.get().actor
    made = register(
        actor, file, submission="s", at=now(), custody=settings.ASYLON_CUSTODY
    )
    unhcr = Organisation.objects.create(kind="unhcr", name="UNHCR")
    for name, office, role in (
        ("Ahn", unhcr, "protection"),
        ("Baek", made.organisation, "supervisor"),
    ):
        guard = Account(name=name, organisation=office, role=role)
        guard.set_unusable_password()
        guard.save()
        ways.set_up(guard, at=now(), password=PASSWORD, secret=SECRET)
        Assignment.objects.create(case=made, account=guard, since=now())
    return made


@pytest.mark.parametrize("language", ["en", "ko", "zh-hans"])
def test_two_organisations_lift_a_hold(server, case, page, look, language):
    sign_in(server, page, "Ahn", language)
    page.goto(server + reverse("desk:holds", args=[case.id]))
    look("h0-holds")
    press(page.locator(".a-hold a"))
    page.select_option("[name=reason]", "withdrawal")
    page.fill("[name=words]", "서울에서 직접 만났음")
    press(page.locator("main form button"))
    look("h1-never-lifts")
    page.select_option("[name=reason]", "left_safely")
    press(page.locator("main form button"))
    look("h2-proposed")
    press(page.locator("form[action*=sign-out] button"))
    sign_in(server, page, "Baek", language)
    look("h3-work")
    press(page.locator("main section a").first)
    press(page.locator(".a-hold a"))
    look("h4-asked")
    assert [each.stands for each in told(case)] == [True]
    press(page.locator("[name=act][value=agree]"))
    look("h5-lifted")
    assert [each.stands for each in told(case)] == [False]
    assert page.locator("[href*='/lift/']").count() == 0


def test_a_hold_is_placed_by_hand(server, case, page, look):
    sign_in(server, page, "Ahn", "en")
    page.goto(server + reverse("desk:hold-place", args=[case.id]))
    page.fill("[name=begun]", "yesterday")
    press(page.locator("main form button"))
    look("h6-place-errors")
    page.select_option("[name=destination]", "any")
    page.select_option("[name=ground]", "report_of_detention")
    page.fill("[name=begun]", "")
    press(page.locator("main form button"))
    look("h7-placed")
    assert StandingHold.objects.count() == 2


def told(case):
    custody = settings.ASYLON_CUSTODY
    return [e.hold for e in holds.standing(case, custody=custody)]


def sign_in(server, page, name, language):
    page.goto(server)
    press(page.locator(f"button[value={language}]"))
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=code]", shown(SECRET, now()))
    send(page)
    press(page.locator(f"button[value={language}]"))
