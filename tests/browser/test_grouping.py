"""A hold for a group and a receipt code, in real browsers, wide and narrow."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.timezone import now

from asylon_server.store.entry import ways
from asylon_server.store.organisations.models import Account, Organisation
from tests.asylon_server.web.conftest import SECRET
from tests.browser.conftest import press
from tests.browser.test_holding import sign_in
from tests.browser.test_registering import PASSWORD, server

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
__all__ = ["server"]


@pytest.fixture
def unhcr(server):
    office = Organisation.objects.create(kind="unhcr", name="UNHCR")
    for name, role in (("Ahn", "protection"), ("Cho", "supervisor")):
        made = Account(name=name, organisation=office, role=role)
        made.set_unusable_password()
        made.save()
        ways.set_up(made, at=now(), password=PASSWORD, secret=SECRET)
    return server


@pytest.mark.parametrize("language", ["en", "ko", "zh-hans"])
def test_two_of_unhcr_declare_a_hold_for_a_group(unhcr, page, look, language):
    sign_in(unhcr, page, "Ahn", language)
    page.goto(unhcr + reverse("desk:group-propose"))
    press(page.locator("main form button"))
    look("g0-errors")
    page.select_option("[name=state]", "PRK")
    page.fill("[name=text]", "국경이 닫힌 뒤에 떠난 모든 사람")
    press(page.locator("main form button"))
    look("g1-proposed")
    press(page.locator("form[action*=sign-out] button"))
    sign_in(unhcr, page, "Cho", language)
    page.goto(unhcr + reverse("desk:groups"))
    look("g2-list")
    press(page.locator("main table a"))
    press(page.locator("[name=act][value=declare]"))
    look("g3-declared")
    page.select_option("[name=reason]", "durable_protection")
    page.fill("[name=words]", "안전이 확인됨")
    press(page.locator("[name=act][value=propose]"))
    look("g4-asked")
    assert page.locator("[name=act][value=decline]").count() == 1
    assert page.locator("[name=act][value=agree]").count() == 0


@pytest.mark.parametrize("language", ["en", "ko", "zh-hans"])
def test_a_code_is_given_for_a_wish(server, page, look, language):
    sign_in(server, page, "Mina", language)
    page.goto(server + reverse("desk:wish"))
    look("w0-wish")
    page.select_option("[name=feared]", "PRK")
    press(page.locator("[name=act][value=wish]"))
    look("w1-code")
    code = page.locator(".a-code code").inner_text()
    page.goto(server + reverse("desk:receipt-find"))
    page.fill("[name=code]", code)
    press(page.locator("main form button"))
    look("w2-found")
    press(page.locator("main .govuk-inset-text a"))
    page.goto(page.url + "receipt/")
    look("w3-another")
