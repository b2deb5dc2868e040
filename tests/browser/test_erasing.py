"""A case is erased by two people of two organisations, in real browsers."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.timezone import now

from asylon.casework import File, Hold, Person
from asylon.identity import Name
from asylon_server.store.cases.acts import register
from asylon_server.store.cases.models import Assignment
from asylon_server.store.entry import ways
from asylon_server.store.keystore.models import WrappedKey
from asylon_server.store.organisations.models import Account, Organisation
from tests.asylon_server.web.conftest import SECRET
from tests.browser.conftest import press
from tests.browser.test_holding import sign_in
from tests.browser.test_registering import PASSWORD, server

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
__all__ = ["server"]


@pytest.fixture
def case(server):
    """A case that counsel of legal aid and an officer of UNHCR work on."""
    people = (Person("p1", names=(Name("김정숙", "Hang"),), feared=("PRK",)),)
    hold = Hold("PRK", now().date(), "wish_expressed")
    file = File("A-1", people=people, holds=(hold,))
    actor = Account.objects.get().actor
    made = register(
        actor, file, submission="s", at=now(), custody=settings.ASYLON_CUSTODY
    )
    unhcr = Organisation.objects.create(kind="unhcr", name="UNHCR")
    for name, office, role in (
        ("Ahn", made.organisation, "counsel"),
        ("Baek", unhcr, "protection"),
    ):
        account = Account(name=name, organisation=office, role=role)
        account.set_unusable_password()
        account.save()
        ways.set_up(account, at=now(), password=PASSWORD, secret=SECRET)
        Assignment.objects.create(case=made, account=account, since=now())
    return made


@pytest.mark.parametrize("language", ["en", "ko", "zh-hans"])
def test_two_organisations_erase_a_case(server, case, page, look, language):
    sign_in(server, page, "Ahn", language)
    page.goto(server + reverse("desk:erase", args=[case.id]))
    page.fill("[name=words]", "명단이 복사되었음")
    press(page.locator("[name=act][value=propose]"))
    look("e0-errors")
    page.select_option("[name=ground]", "danger")
    press(page.locator("[name=act][value=propose]"))
    look("e1-proposed")
    press(page.locator("form[action*=sign-out] button"))
    sign_in(server, page, "Baek", language)
    page.goto(server + reverse("desk:erasings"))
    look("e2-waiting")
    press(page.locator("main table a"))
    look("e3-asked")
    page.fill("[name=reference]", "A-1")
    press(page.locator("[name=act][value=agree]"))
    look("e4-erased")
    assert not WrappedKey.objects.exists()
