"""An officer weighs what was said, and finds: the pages in a real browser."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.timezone import now

from asylon.casework import CaseClaim, File, Hold, Person
from asylon.casework.assessments import Link, MaterialFact
from asylon.identity import Name, NationalityClaim
from asylon_server.store.cases.acts import register
from asylon_server.store.cases.models import Assignment
from asylon_server.store.claims import assessing, steps
from asylon_server.store.entry import ways
from asylon_server.store.organisations.models import Account, Organisation
from tests.asylon_server.claims.assessed import FEAR, interview, put_in
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
    said = tuple(interview(name, times=10) for name in ("i1", "i2", "i3"))
    put_in(made, claim, custody, interviews=said)
    for number in range(3):
        fact = MaterialFact(
            "",
            f"She crossed the river in winter ({number}).",
            (FEAR,),
            links=(Link("i1/s6", "for", "Told at once."),),
        )
        assessing.write(
            noor.actor,
            made.id,
            "c1",
            assessing.of_fact(fact),
            at=now(),
            custody=custody,
        )
    return made


@pytest.mark.parametrize("language", ["en", "ko"])
def test_an_officer_finds_on_an_element(server, case, page, look, language):
    sign_in(server, page, "Noor", language)
    named = [case.id, "c1"]
    page.goto(server + reverse("desk:assessment", args=named))
    look("a0-assessment")
    for name, more in (
        ("fact-add", []),
        ("fact", ["f1"]),
        ("fact-link", ["f1"]),
        ("source-add", []),
        ("remaining", []),
        ("screening", []),
        ("point-put", []),
        ("element-close", [FEAR]),
    ):
        page.goto(server + reverse(f"desk:{name}", args=[*named, *more]))
        look(f"a-{name}")
    page.goto(server + reverse("desk:element", args=[*named, FEAR]))
    look("a1-element")
    page.check("[name=value][value=false]")
    page.fill("[name=reasons]", "The dates differ, and it was not explained.")
    page.check("[name=facts][value=f1]")
    press(page.locator("main form button"))
    look("a2-found")
    page.goto(server + reverse("desk:element", args=[*named, FEAR]))
    look("a3-found-element")
    page.goto(server + reverse("desk:claim-whole", args=named))
    look("a4-whole")
