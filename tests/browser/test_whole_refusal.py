"""One claim, whole, on a narrow screen: a refusal that two organisations answer for.

It is reviewed by the other organisation, signed while UNHCR sees the record, appealed on
a bare notice, and remitted by others to whoever decided first.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from django.conf import settings
from django.utils.timezone import now

from asylon.invented.stories import stories
from asylon.security import PrivateKey, draw_key
from asylon.security.heads import Head, SealedHead
from asylon_server.settings.witnessed import ENDING, FOLDER
from asylon_server.store.cases.models import Grant
from asylon_server.store.organisations.models import Account
from tests.browser.claims import Desk, letters_can_be_printed, registered, seated
from tests.browser.test_registering import server

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
__all__ = ["server"]

STORY = stories()["national_of_another_state"]
ELEMENT = "nationalities.CHN.outside"
ADVERSE = (ELEMENT, "nationalities.CHN.national", "nationalities.PRK.national")
REST = {path: told for path, told in STORY.findings.items() if path not in ADVERSE}
SAYS = "학교와 호적, 말씨가 모두 연길을 가리킵니다."
WRITTEN = "귀하는 연길에서 태어났다고 말하였고, 회령은 외가라고 하였습니다."


@pytest.fixture
def case(server):
    """A case of a joint procedure, with those of each body who take part in it."""
    letters_can_be_printed()
    made = registered("PRK", "CHN")
    seated(
        made,
        ("unhcr", "eligibility", "Noor"),
        ("unhcr", "interpreter", "Han"),
        ("authority", "reviewing", "Zhou"),
        ("legal_aid", "counsel", "Wei"),
        ("appeal_body", "appeal", "Song"),
        ("appeal_body", "appeal", "Min"),
    )
    for name, purpose in (
        ("Zhou", "examination"),
        ("Song", "appeal"),
        ("Min", "appeal"),
    ):
        for klass in ("identity", "narrative"):
            Grant.objects.create(
                case=made,
                account=Account.objects.get(name=name),
                released=klass,
                purpose=purpose,
                since=now(),
                until=now() + timedelta(days=1),
            )
    return made


@pytest.fixture
def desk(server, case, chromium):
    context = chromium.new_context(viewport={"width": 375, "height": 812})
    page = context.new_page()
    yield Desk(page, server, case, "refusal")
    context.close()


@pytest.fixture
def witness(server, tmp_path):
    """Let UNHCR sign the head of the record so many days ago."""
    key: PrivateKey = draw_key()
    here = settings.ASYLON_DEPLOYMENT
    settings.ASYLON_DEPLOYMENT = replace(
        here, folder=tmp_path, unhcr_witness=key.public.text
    )
    (tmp_path / FOLDER).mkdir()

    def signed(days_ago):
        at = (now() - timedelta(days=days_ago)).astimezone(UTC).replace(microsecond=0)
        head = SealedHead.made(Head(1, b"r" * 32, at, "A log"), key).witness(key)
        (tmp_path / FOLDER / f"last{ENDING}").write_bytes(head.written())

    yield signed
    settings.ASYLON_DEPLOYMENT = here


def test_a_refusal_is_reviewed_elsewhere_appealed_and_remitted(desk, witness):
    witness(0)
    desk.sits("Noor")
    desk.lodges("joint")
    desk.holds_an_interview("Han", STORY.said)
    weighs(desk)
    finds(desk)
    desk.follows("The claim")
    desk.follows("Draft")
    desk.drafts("refuse", "귀하의 국적", WRITTEN)
    desk.sits("Zhou")
    desk.agrees()
    assert desk.sees("Zhou, authority")

    witness(8)
    desk.sits("Noor")
    signs(desk)
    desk.pictured("witness-is-old")
    assert desk.sees("UNHCR has not signed the head of the record for more than seven")
    witness(0)
    desk.presses("Sign the decision")
    desk.tells()
    desk.looks("refused")
    assert desk.stage() == "refused, open to appeal"
    assert desk.sees("Last day:")

    desk.sits("Wei")
    desk.follows("Appeal")
    desk.presses("Appeal")
    remits(desk)

    desk.sits("Noor")
    desk.looks("came-back")
    assert desk.stage() == "being examined"
    assert desk.sees("Sent back by the appeal body")
    assert not desk.sees("Last day:")
    desk.follows("Outside (China)")
    assert desk.sees("Your finding", SAYS)


def remits(desk):
    desk.sits("Song")
    desk.follows("Draft")
    desk.page.check(f"[name=elements][value='{ELEMENT}']")
    desk.drafts("remit", "다시 살펴볼 것", "호적이 누구의 것인지 확인되지 않았습니다.")
    desk.sits("Min")
    desk.agrees()
    desk.sits("Song")
    desk.follows("Sign the decision")
    desk.presses("Sign the decision")


def weighs(desk):
    [fact] = STORY.facts
    desk.follows("Facts and findings")
    desk.writes_a_fact(fact)
    for said in STORY.said:
        if said.supports or said.against:
            desk.links(said, fact, "for" if said.supports else "against")
    desk.follows("Say where it was put")
    desk.page.locator("[name=part]").last.check()
    desk.presses("Write it down")
    desk.follows("Find what risk remains")
    for each in ("origin", "departure", "absence"):
        desk.page.fill(f"[name={each}]", "It is not known to be any.")
    desk.presses("Write it down")


def finds(desk):
    for path in ADVERSE:
        desk.finds(path, STORY.findings[path], SAYS, ["f1"], against=True)
    [fact] = desk.claim().assessment.standing_facts.values()
    speaks = [each.of for each in fact.links if each.side == "for"]
    desk.sends_findings(REST, SAYS, "f1", speaks)
    assert desk.sees("On these findings the definition is not met.")


def signs(desk):
    desk.follows("Sign the decision")
    desk.follows("Read the whole record")
    desk.follows("Decision")
    desk.follows("Sign the decision")
    desk.presses("Sign the decision")
