"""An officer weighs what was said, and finds: the pages in a real browser."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.timezone import now

from asylon.casework import CaseClaim, File, Hold, Person
from asylon.identity import Name, NationalityClaim
from asylon_server.store.cases.acts import register
from asylon_server.store.cases.models import Assignment
from asylon_server.store.claims import steps
from asylon_server.store.entry import ways
from asylon_server.store.organisations.models import Account, Organisation
from tests.asylon_server.claims.assessed import put_in
from tests.asylon_server.web.conftest import SECRET
from tests.browser.conftest import press
from tests.browser.test_holding import sign_in
from tests.browser.test_registering import PASSWORD, server

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
__all__ = ["server"]


@pytest.fixture
def case(server):
    """A claim under examination, which somebody of UNHCR works on."""
    person = Person(
        "p1",
        names=(Name("김정숙", "Hang"),),
        nationalities=(NationalityClaim("PRK", "asserted"),),
        feared=("PRK",),
    )
    hold = Hold("PRK", now().date(), "wish_expressed")
    file = File("A-1", people=(person,), holds=(hold,))
    custody, actor = settings.ASYLON_CUSTODY, Account.objects.get().actor
    made = register(actor, file, submission="s", at=now(), custody=custody)
    unhcr = Organisation.objects.create(kind="unhcr", name="UNHCR")
    noor = Account(name="Noor", organisation=unhcr, role="eligibility")
    noor.set_unusable_password()
    noor.save()
    ways.set_up(noor, at=now(), password=PASSWORD, secret=SECRET)
    Assignment.objects.create(case=made, account=noor, since=now())
    told = CaseClaim("new", "p1")
    claim = steps.lodge(noor.actor, made.id, told, at=now(), custody=custody)
    put_in(made, claim, custody)
    return made


def test_an_officer_weighs_what_was_said_and_finds(server, case, page, look):
    sign_in(server, page, "Noor", "ko")
    named = [case.id, "c1"]
    page.goto(server + reverse("desk:fact-link", args=[*named, "f1"]))
    page.check("[name=of][value='i1/s4']")
    page.check("[name=side][value=for]")
    page.fill("[name=why]", "음력 날짜로 말하였다.")
    look("a0-link")
    press(page.locator("main form button"))
    look("a1-assessment")
    press(page.locator("a[href*='risk_at_departure']").first)
    page.check("[name=value][value=true]")
    page.fill("[name=reasons]", "진술이 자세하고 알려진 사정과 들어맞는다.")
    page.check("[name=facts][value=f1]")
    look("a2-element")
    press(page.locator("main form button"))
    assert page.locator(".a-elements .a-tag--calm").count() == 1
    page.goto(server + reverse("desk:claim-whole", args=named))
    look("a3-whole")
    assert page.locator("[lang=ko]", has_text="음력이었습니다.").count() > 0
