"""An officer registers a family in a real browser, in each language, wide and narrow."""

from __future__ import annotations

import pytest
from django.utils.timezone import now

from asylon.security.custody import FileCustody
from asylon_server.store.entry import ways
from asylon_server.store.organisations.models import Account, Organisation
from tests.asylon_server.web.conftest import SECRET, shown
from tests.browser.conftest import press

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
    press(page.locator("[name=act][value=register]"))
    look("6-case")
    assert "김정숙" in page.content()
    reach(page, look)


def enter(server, page, look, language):
    page.goto(server)
    press(page.locator(f"button[value={language}]"))
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
    press(page.locator(f"button[value={language}]"))
    look("1-work-empty")


def search(page, look):
    press(page.locator(".a-nav a").nth(1))
    look("2-search")
    page.fill("[name=name]", "김정숙")
    page.fill("[name=born]", "1989년 봄")
    send(page)
    look("3-not-found")


def tell(page, look):
    press(page.locator("[name=act][value=begin]"))
    look("4-family")
    page.fill("[name=p1-name]", "")
    press(page.locator("[name=act][value=check]").last)
    look("4-family-error")
    page.fill("[name=p1-name]", "김정숙")
    page.fill("[name=p1-other_name]", "Kim Jong Suk")
    page.select_option("[name=p1-sex]", "female")
    page.select_option("[name=p1-feared]", "PRK")
    page.fill("[name=p1-first_language]", "한국어")
    page.fill("[name=p1-dialect]", "함경북도")
    press(page.locator("[name=act][value=add]"))
    page.fill("[name=p2-name]", "김별")
    page.fill("[name=p2-born]", "음력 2019년 5월")
    page.select_option("[name=p2-kin]", "mother")
    press(page.locator("[name=act][value=check]").last)
    look("5-check")


def reach(page, look):
    sections = page.locator(".a-sections")
    press(sections.locator("a[href$='/kin/']"))
    assert page.locator("svg rect").count() == 2
    look("7-family")
    press(sections.locator("a[href$='/holds/']"))
    look("7-holds")
    press(sections.locator("a[href$='/timeline/']"))
    look("8-timeline")
    press(sections.locator("a[href$='/record/']"))
    look("9-record")
    press(sections.locator("a").first)
    press(page.locator("main dt a").first)
    look("9-person")
    on_paper(page)
    press(page.locator(".a-nav a").first)
    look("a-work")
    page.goto(page.url + "cases/00000000-0000-0000-0000-000000000000/")
    look("b-absent")


def on_paper(page):
    """Look at what would be printed: an address there would tell the number of the case."""
    page.emulate_media(media="print")
    told = "e => e.map(a => getComputedStyle(a, '::after').content)"
    assert set(page.eval_on_selector_all("main a", told)) == {"none"}
    page.emulate_media(media="screen")


def send(page):
    """Send the form as people do who do not reach for the mouse."""
    with page.expect_navigation():
        page.keyboard.press("Enter")
