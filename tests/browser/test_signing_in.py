"""Signing in by a passkey and by an app, with the authenticator that Chromium plays."""

from __future__ import annotations

import re
from base64 import b32decode

import pytest
from django.utils.timezone import now

from asylon.security.codes import STEP
from asylon.security.custody import FileCustody
from asylon_server.store.organisations import links
from asylon_server.store.organisations.models import Account, Organisation
from tests.asylon_server.web.conftest import shown
from tests.browser.conftest import press

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])

PASSWORD = "nine quiet herons wade"  # noqa: S105  of nobody
LANGUAGES = pytest.mark.parametrize("language", ["en", "ko", "zh-hans"])


@pytest.fixture
def link(live_server, settings):
    settings.ASYLON_CUSTODY = FileCustody.draw()
    settings.ALLOWED_HOSTS = ["*"]
    office = Organisation.objects.create(kind="legal_aid", name="Legal aid")
    account = Account(name="Mina", organisation=office, role="administrator")
    account.set_unusable_password()
    account.save()
    path = links.PATH.format(secret=links.issue(None, account, at=now()))
    return live_server.url + path


@pytest.fixture
def device(page):
    """A device that holds passkeys, and whose holder always touches it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def come(page, link, look, language):
    page.goto(link)
    press(page.locator(f"button[value={language}]"))
    look("0-link")
    press(page.locator("main form button").first)
    assert not page.locator("[data-failed]").first.is_visible()
    look("1-begin")


@LANGUAGES
def test_a_passkey_is_set_up_and_signs_in(page, link, device, look, language):
    come(page, link, look, language)
    press(page.locator("form[data-passkey=create] button").first)
    look("2-papers")
    press(page.locator("main a.govuk-button").first)
    press(page.locator("header form button:not([name])").first)
    look("3-sign-in")
    press(page.locator("form[data-passkey=get] button").first)
    assert page.url.endswith("/account/people/")

    press(page.locator("header a.a-linkbutton"))
    look("4-account")


@LANGUAGES
def test_an_app_is_set_up_and_signs_in(page, link, look, language):
    come(page, link, look, language)
    spelled = page.locator(".a-spelled").inner_text().replace(" ", "")
    page.fill("#password", "password1234")
    page.fill("#code", "000000")
    press(page.locator("form:has(#code) button").first)
    look("5-begin-wrong")
    page.fill("#password", PASSWORD)
    page.fill("#code", code(spelled, 0))
    press(page.locator("form:has(#code) button").first)
    assert len(re.findall(r'class="a-spelled"', page.content())) == 10
    press(page.locator("main a.govuk-button").first)
    press(page.locator("header form button:not([name])").first)
    page.fill("[name=name]", "Mina")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=code]", code(spelled, 1))
    press(page.locator("form:has([name=code]) button").first)
    assert page.url.endswith("/account/people/")
    look("6-people")


def code(spelled, ahead):
    return shown(b32decode(spelled), now() + ahead * STEP)
