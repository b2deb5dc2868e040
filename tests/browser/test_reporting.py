"""A call at night: the one on duty places a hold in a real browser, on a phone too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from asylon_server.store.cases.models import StandingHold
from asylon_server.store.organisations.models import Account
from tests.browser.conftest import press
from tests.browser.test_registering import enter, server

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
__all__ = ["server"]


@pytest.fixture
def at_night(server, settings):
    here = settings.ASYLON_DEPLOYMENT
    settings.ASYLON_DEPLOYMENT = replace(here, state="CHN", telephone="+00 000 0000")
    office = Account.objects.get().organisation
    guard = Account(name="Choe", organisation=office, role="protection")
    guard.save()
    return server


@pytest.mark.parametrize("language", ["en", "ko", "zh-hans"])
def test_a_report_at_night_places_the_hold(at_night, page, look, language):
    enter(at_night, page, lambda _name: None, language)
    press(page.locator(".a-nav a").nth(2))
    look("r0-report")
    page.fill("[name=where]", "x" * 2001)
    press(page.locator("main form button"))
    look("r1-too-long")
    page.fill("[name=name]", "김정숙")
    page.fill("[name=where]", "다리 옆 파출소")
    press(page.locator("main form button"))
    look("r2-reported")
    assert StandingHold.objects.count() == 1
    assert page.locator(".a-effect--weak").count() == 1
    assert page.locator("a[href='tel:+000000000']").count() == 1
    press(page.locator("main p a").first)
    look("r3-case")
    assert "김정숙" in page.content()
