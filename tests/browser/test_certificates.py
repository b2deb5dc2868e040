"""A certificate is talked about, issued, opened and ended in a real browser."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils.timezone import now

from asylon.casework import File, Person
from asylon.identity import Name
from asylon_server.letters import FacesError, faces
from asylon_server.store.cases.acts import register
from asylon_server.store.organisations.models import Account
from tests.browser.conftest import missing, press
from tests.browser.test_registering import enter, server

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
__all__ = ["server"]


@pytest.fixture
def case(server, settings):
    try:
        faces.chosen(faces.installed().families())
    except FacesError:
        missing("A face with Korean and Chinese letters")
    here = replace(settings.ASYLON_DEPLOYMENT, telephone="+00 000 0000")
    settings.ASYLON_DEPLOYMENT = here
    names = (Name("김정숙", "Hang"), Name("Kim Jong Suk", "Latn"))
    file = File("A-1", people=(Person("p1", names=names),))
    actor = Account.objects.get().actor
    keys = settings.ASYLON_CUSTODY
    return register(actor, file, submission="s", at=now(), custody=keys)


@pytest.mark.parametrize("language", ["en", "ko", "zh-hans"])
def test_a_certificate_is_issued_and_opened(server, case, page, look, language):
    enter(server, page, lambda _name: None, language)
    page.goto(server + reverse("desk:certificates", args=[case.id]))
    look("c0-certificates")
    press(page.locator("main section a").first)
    press(page.locator("main form button"))
    look("c1-talk-error")
    page.fill("main [name=language]", "한국어")
    page.select_option("[name=wish]", "carry")
    page.check("[name=read_back]")
    press(page.locator("main form button"))
    press(page.locator("main section a").nth(1))
    page.check("[name=names] >> nth=0")
    look("c2-issue")
    press(page.locator("main form button"))
    look("c3-issued")
    opens(page)
    ends(page, look)


def opens(page):
    address = page.locator("main table a").first.get_attribute("href")
    origin = "/".join(page.url.split("/")[:3])
    answer = page.request.get(origin + address)
    assert answer.ok
    assert answer.body().startswith(b"%PDF")
    assert answer.headers["cache-control"] == "no-store"


def ends(page, look):
    press(page.locator("main table a").nth(1))
    look("c4-end")
    page.select_option("[name=why]", "lost")
    press(page.locator("main form button"))
    look("c5-ended")
    press(page.locator(".a-nav a").last)
    page.fill("[name=number]", "AAAAA-AAAAA")
    page.fill("[name=check_code]", "AAAAA-AAAAA")
    press(page.locator("main form button"))
    look("c6-confirm")
