"""A decision in a real browser: drafted, sent back, drafted anew, signed and told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from asylon.casework import File, Hold, Person
from asylon.identity import Name
from asylon_server.letters import FacesError, faces
from asylon_server.store.cases.acts import register
from asylon_server.store.cases.models import Assignment
from asylon_server.store.organisations.models import Account, Organisation
from asylon_server.web.common.stepping import CONFIRMED
from tests.asylon_server.claims import files
from tests.browser.conftest import missing, press
from tests.browser.test_registering import server

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
__all__ = ["server"]

FOUND = "강을 건넌 날을 음력으로 말하였고, 두 번의 면담에서 같게 말하였다."
WRITTEN = (
    "귀하는 겨울에 강을 건넜습니다. 귀하가 어디 출신인지 의심하지 않습니다.",
    "귀하는 음력 정월에 강을 건넜습니다. 귀하가 어디 출신인지 의심하지 않습니다.",
)


@pytest.fixture
def case(server):
    """A claim that was examined, which two people of UNHCR decide."""
    try:
        faces.chosen(faces.installed().families())
    except FacesError:
        missing("A face with Korean and Chinese letters")
    person = Person("p1", names=(Name("김정숙", "Hang"),), feared=("PRK",))
    hold = Hold("PRK", now().date(), "wish_expressed")
    file = File("A-1", people=(person,), holds=(hold,))
    custody, actor = settings.ASYLON_CUSTODY, Account.objects.get().actor
    made = register(actor, file, submission="s", at=now(), custody=custody)
    unhcr = Organisation.objects.create(kind="unhcr", name="UNHCR")
    for name, role in (("Noor", "eligibility"), ("Ana", "reviewing")):
        account = Account.objects.create(
            name=name, organisation=unhcr, role=role, settled=now()
        )
        Assignment.objects.create(case=made, account=account, since=now())
    files.put(made, custody, _found(Account.objects.get(name="Noor").actor))
    return made


def _found(by):
    claim = files.examined(by)
    first, *others = claim.assessment.findings
    findings = (replace(first, reasons=FOUND), *others)
    return replace(claim, assessment=replace(claim.assessment, findings=findings))


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_decision_is_drafted_reviewed_signed_and_told(
    server, case, page, look, language
):
    def at(who, name, **more):
        as_one(page, server, who, language)
        page.goto(address(name, **more))

    def address(name, **more):
        return server + reverse(
            f"desk:claim-{name}", args=[case.id, "c1", *more.values()]
        )

    at("Noor", "draft")
    look("d0-draft")
    drafts(page, WRITTEN[0])
    look("d1-drafted")
    at("Ana", "review")
    press(page.locator("button[value=send_back]"))
    look("d2-nothing-is-missing")
    page.fill("[name=words]", "언제 떠났는지 적어 주십시오.")
    press(page.locator("button[value=send_back]"))
    look("d3-sent-back")
    at("Noor", "draft")
    look("d4-draft-again")
    drafts(page, WRITTEN[1])
    at("Ana", "review")
    look("d5-what-changed")
    assert page.locator("ins").first.inner_text() == "음력 정월에"
    press(page.locator("button[value=endorse]"))
    page.goto(address("sign"))
    look("d6-sign")
    press(page.locator("main form button"))
    look("d7-signed")
    opened = page.request.get(address("letter", number=1))
    assert opened.body().startswith(b"%PDF")
    page.goto(address("tell"))
    look("d8-tell")
    page.select_option("[name=way]", "read_out")
    page.check("[name=understood]")
    press(page.locator("main form button"))
    look("d9-told")


def as_one(page, server, who, language):
    """Let somebody who has just signed in look at the pages, in a language."""
    client = Client()
    client.force_login(Account.objects.get(name=who))
    session = client.session
    session[CONFIRMED] = now().isoformat()
    session.save()
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookies = {"asylon-language": language, settings.SESSION_COOKIE_NAME: kept}
    page.context.clear_cookies()
    page.context.add_cookies(
        [{"name": n, "value": v, "url": server} for n, v in cookies.items()]
    )


def drafts(page, words):
    page.select_option("[name=outcome]", "recognise")
    page.fill("[name=heading-0]", "귀하의 출신")
    page.fill("[name=words-0]", words)
    press(page.locator("button[value=draft]"))
