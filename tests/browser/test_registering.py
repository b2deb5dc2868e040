"""An officer registers a family in a real browser, in each language, wide and narrow."""

from __future__ import annotations

import pytest
from django.utils.timezone import now

from asylon.security.custody import FileCustody
from asylon_server.store.entry import ways
from asylon_server.store.organisations.models import Account, Organisation
from tests.asylon_server.web.conftest import SECRET, shown

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])

PASSWORD = "correct horse battery"  # noqa: S105  of nobody


@pytest.fixture
def server(live_server, settings):
    settings.ASYLON_CUSTODY = FileCustody.draw()
    settings.ALLOWED_HOSTS = ["*"]
    office = Organisation.objects.create(kind="legal_aid", name="Legal aid")
    account = Account(name="Mina", organisation=office, role="registration")
    account.set_unusable_password()
    account.save()
    ways.set_up(account, at=now(), password=PASSWORD, secret=SECRET)
    return live_server.url


@pytest.mark.parametrize("language", ["en", "ko", "zh-hans"])
def test_a_family_is_registered(server, page, look, language):
    enter(server, page, look, language)
    search(page, look)
    tell(page, look)
    page.locator("[name=act][value=register]").click()
    look("6-case")
    assert "김정숙" in page.content()
    reach(page, look)


def enter(server, page, look, language):
    page.goto(server)
    page.locator(f"button[value={language}]").click()
    look("0-sign-in")
    page.fill("[name=name]", "Mina")
    page.fill("[name=password]", "wrong")
    page.fill("[name=code]", "000000")
    send(page)
    look("0-sign-in-wrong")
    page.fill("[name=name]", "Mina")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=code]", shown(SECRET, now()))
    send(page)
    page.locator(f"button[value={language}]").click()
    look("1-work-empty")


def search(page, look):
    page.locator(".a-nav a").nth(1).click()
    look("2-search")
    page.fill("[name=name]", "김정숙")
    page.fill("[name=born]", "1989년 봄")
    send(page)
    look("3-not-found")


def tell(page, look):
    page.locator("[name=act][value=begin]").click()
    look("4-family")
    page.fill("[name=p1-name]", "")
    page.locator("[name=act][value=check]").last.click()
    look("4-family-error")
    page.fill("[name=p1-name]", "김정숙")
    page.fill("[name=p1-other_name]", "Kim Jong Suk")
    page.select_option("[name=p1-sex]", "female")
    page.select_option("[name=p1-feared]", "PRK")
    page.fill("[name=p1-first_language]", "한국어")
    page.fill("[name=p1-dialect]", "함경북도")
    page.locator("[name=act][value=add]").click()
    page.fill("[name=p2-name]", "김별")
    page.fill("[name=p2-born]", "음력 2019년 5월")
    page.select_option("[name=p2-kin]", "mother")
    page.locator("[name=act][value=check]").last.click()
    look("5-check")


def reach(page, look):
    sections = page.locator(".a-sections a")
    sections.nth(1).click()
    assert page.locator("svg rect").count() == 2
    look("7-family")
    sections.nth(2).click()
    look("7-holds")
    sections.nth(3).click()
    look("8-record")
    sections.nth(0).click()
    page.locator("main h2 a").first.click()
    look("9-person")
    page.locator(".a-nav a").first.click()
    look("a-work")
    page.goto(page.url + "cases/00000000-0000-0000-0000-000000000000/")
    look("b-absent")


def send(page):
    """Send the form as people do who do not reach for the mouse."""
    with page.expect_navigation():
        page.keyboard.press("Enter")
