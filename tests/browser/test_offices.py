"""A supervisor, an officer in an emergency, an auditor and an administrator at work."""

from __future__ import annotations

import pytest
from django.utils.timezone import now

from asylon.casework import File, Hold, Person
from asylon.dates import read
from asylon.identity import Name
from asylon.security.custody import FileCustody
from asylon_server.store.cases.acts import register
from asylon_server.store.entry import ways
from asylon_server.store.organisations.models import Account, Organisation
from tests.asylon_server.web.conftest import SECRET, shown
from tests.browser.conftest import press

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])

PASSWORD = "correct horse battery"  # noqa: S105  of nobody
PEOPLE = {
    "Legal aid": ["registration", "protection", "supervisor", "administrator"],
    "UNHCR": ["eligibility", "auditor"],
}


@pytest.fixture
def server(live_server, settings):
    settings.ASYLON_CUSTODY = custody = FileCustody.draw()
    settings.ALLOWED_HOSTS = ["*"]
    for office, kind in (("Legal aid", "legal_aid"), ("UNHCR", "unhcr")):
        made = Organisation.objects.create(kind=kind, name=office)
        for role in PEOPLE[office]:
            account = Account(name=role.title(), organisation=made, role=role)
            account.set_unusable_password()
            account.save()
            ways.set_up(account, at=now(), password=PASSWORD, secret=SECRET)
    who = Account.objects.get(role="registration").actor
    for number in (1, 2):
        person = Person("p1", names=(Name("김정숙", "Hang"),), born=(read("1989"),))
        hold = Hold("PRK", now().date(), "wish_expressed")
        file = File(f"A-{number}", people=(person,), holds=(hold,))
        register(who, file, submission=f"s{number}", at=now(), custody=custody)
    return live_server.url


@pytest.mark.parametrize("language", ["en", "ko", "zh-hans"])
def test_an_office_is_run(server, page, look, language):
    as_(page, server, "Supervisor", language)
    look("1-office")
    supervise(page, look)
    as_(page, server, "Protection", language)
    protect(page, look, server)
    as_(page, server, "Auditor", language)
    look("7-audit")
    page.goto(f"{server}/desk/emergencies/")
    look("8-emergencies")
    press(page.locator("[name=finding][value=justified]"))
    look("9-reviewed")
    as_(page, server, "Administrator", language)
    look("10-people")
    press(page.locator("[name=act][value=open]"))
    look("11-people-error")
    assert page.locator(".govuk-error-summary").count() == 1


def as_(page, server, name, language):
    page.context.clear_cookies()
    page.goto(server)
    press(page.locator(f"button[value={language}]"))
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=code]", shown(SECRET, now()))
    press(page.locator("main form button").last)


def supervise(page, look):
    press(page.locator("a.a-reference").first)
    look("2-office-case")
    press(page.locator("[name=act][value=assign]"))
    look("3-office-case-error")
    option = page.locator("#to option", has_text="Protection").first
    page.select_option("#to", option.get_attribute("value"))
    press(page.locator("[name=act][value=assign]"))
    page.locator("#whom").select_option(index=1)
    page.locator("[name=class][value=narrative]").check()
    page.locator("#purpose").select_option(index=2)
    page.fill("#until", now().date().isoformat())
    press(page.locator("[name=act][value=give]"))
    page.locator("#away").select_option(index=3)
    press(page.locator("[name=act][value=declare]"))
    look("4-office-case-full")


def protect(page, look, server):
    press(page.locator("a.a-reference").first)
    page.goto(page.url + "conflict/")
    look("5-conflict")
    page.goto(f"{server}/desk/emergency/")
    press(page.locator("main form button").last)
    look("6-emergency-error")
    page.fill("[name=reference]", "A-1")
    page.locator("#id_purpose").select_option(index=1)
    page.fill("[name=reason]", "She is on the bus to the border, and nobody answers.")
    page.locator("[name=classes]").first.check()
    press(page.locator("main form button").last)
    look("6-opened")
    page.goto(f"{server}/desk/emergency/")
    look("6-emergency")
