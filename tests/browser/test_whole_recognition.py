"""One claim, whole, in a real browser: from lodging to a recognition that counsel replays."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from asylon.invented.stories import NO, YES, stories
from asylon_server.store.claims import letters
from tests.browser.claims import (
    Desk,
    letters_can_be_printed,
    registered,
    seated,
    texts_of,
)
from tests.browser.test_registering import server

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
__all__ = ["server"]

ASYLON = Path(sys.executable).with_name("asylon")
STORY = stories()["left_without_permission"]
CARRIES = tuple(
    f"nationalities.PRK.{each}"
    for each in (
        "national",
        "outside",
        "fears_return",
        "risk_at_departure",
        "serious_harm",
        "for_political_opinion",
        "unable_to_use_protection",
    )
)
REST = {path: value for path, value in STORY.findings.items() if value == NO}
WRITTEN = (
    "귀하는 아버지가 잡혀간 뒤 떠났습니다. "
    "돌아가면 처벌받는다는 것을 의심하지 않습니다."
)
SAYS = "귀하가 들려준 말은 자세하고, 그 나라에 관하여 알려진 것과 들어맞습니다."


@pytest.fixture
def case(server):
    """A case of somebody of North Korea, whom those of UNHCR and counsel help."""
    letters_can_be_printed()
    made = registered("PRK")
    seated(
        made,
        ("unhcr", "eligibility", "Noor"),
        ("unhcr", "interpreter", "Han"),
        ("unhcr", "reviewing", "Ana"),
        ("legal_aid", "counsel", "Wei"),
    )
    return made


@pytest.fixture
def desk(server, case, chromium):
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    yield Desk(page, server, case, "recognition")
    context.close()


def test_a_claim_goes_from_lodging_to_a_recognition_that_counsel_replays(
    desk, tmp_path
):
    desk.sits("Noor")
    desk.lodges("mandate")
    desk.holds_an_interview("Han", STORY.said)
    weighs(desk)
    for path in CARRIES:
        desk.finds(path, YES, SAYS, ["f1", "f2"])
    desk.sends_findings(REST, SAYS, "f1")
    desk.pictured("assessment")
    assert desk.sees("On these findings the definition is met.")
    desk.follows("The claim")
    desk.follows("Draft")
    desk.drafts("recognise", "귀하의 두려움", WRITTEN)

    desk.sits("Ana")
    desk.agrees()

    desk.sits("Noor")
    desk.follows("Sign the decision")
    desk.presses("Sign the decision")
    desk.pictured("signed")
    printed = letter(desk)
    desk.tells()
    desk.looks("recognised")

    header, kept = letters.opened(desk.case, "c1", 1, custody=settings.ASYLON_CUSTODY)
    assert printed == kept
    for words in (SAYS, WRITTEN):
        assert any("".join(words.split()) in each for each in texts_of(printed))
    assert desk.stage() == "recognised"
    assert not desk.sees("Last day:")

    desk.sits("Wei")
    told = explained(takes_away(desk, tmp_path))
    assert told["reasons"] == header["reasons"]["tree"]
    assert told["definition"] == "true"


def letter(desk):
    link = desk.page.locator("main a", has_text="Letter 1")
    return desk.page.request.get(f"{desk.server}{link.get_attribute('href')}").body()


def takes_away(desk, folder):
    desk.follows("Counsel")
    desk.follows("Take the file away")
    with desk.page.expect_download() as taken:
        desk.page.locator("main form button").click()
    file = folder / "file.json"
    taken.value.save_as(file)
    return file


def explained(file):
    """Ask the command, which has neither a server nor a connection, why."""
    command = [ASYLON, "explain", file, "--json", "--lang", "ko"]
    said = subprocess.run(command, capture_output=True, check=True)
    return json.loads(said.stdout)


def weighs(desk):
    desk.follows("Facts and findings")
    for fact in STORY.facts:
        desk.writes_a_fact(fact)
    for said in STORY.said[:2]:
        fact = next(each for each in STORY.facts if each.id == said.supports)
        desk.links(said, fact, "for")
