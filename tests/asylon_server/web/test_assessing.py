"""The pages of an assessment: what stands, what follows, and what is written there."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from asylon.casework import CaseClaim
from asylon.casework.assessments import Found
from asylon_server.store.cases import acts, reads
from asylon_server.store.claims import assessing, steps
from tests.asylon_server.claims.assessed import FEAR, put_in
from tests.asylon_server.conftest import MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def case(officer, family, custody):
    return acts.register(officer, family, submission="s", at=MORNING, custody=custody)


@pytest.fixture
def on_the_case(case, account, enter):
    """Sign in somebody whose work the case is."""

    def made(kind, role, **named):
        who = account(kind, role, **named)
        case.assignments.create(account=who, since=MORNING)
        client = enter(who)
        client.actor = who.actor
        return client

    return made


@pytest.fixture
def desk(on_the_case):
    return on_the_case("unhcr", "eligibility", name="Noor of UNHCR")


@pytest.fixture(autouse=True)
def claim(case, desk, custody):
    told = CaseClaim("new", "p1", wish_heard=MORNING.date())
    made = steps.lodge(desk.actor, case.id, told, at=MORNING, custody=custody)
    return put_in(case, made, custody)


@pytest.fixture
def page(case):
    """Ask for a page of the assessment, or send it what is told."""

    def got(client, name="assessment", told=None, **more):
        named = {"case": case.id, "claim": "c1", **more}
        address = reverse(f"desk:{name}", kwargs=named)
        if told is None:
            return client.get(address)
        return client.post(address, told, follow=True)

    return got


@pytest.fixture
def now(case, custody):
    """Read the assessment as it is kept."""

    def read():
        _version, file = reads.whole(case, custody=custody)
        return file.claims[0].assessment

    return read


def text(answer):
    return answer.content.decode()


def test_the_page_shows_facts_with_what_stands_beside_them_and_what_follows(desk, page):
    shown = text(page(desk))

    assert "She was listed for the camp." in shown
    assert "잡혀갈까 봐 떠났습니다." in shown
    assert "On these findings the definition is open." in shown
    assert "Hold: North Korea" in shown


def test_a_point_that_was_not_put_is_listed_until_it_is(desk, page, now):
    assert "1 not put" in text(page(desk))

    sent = {"point": "f1|i1/s3", "part": "i1/s3|i1/s4"}
    answer = page(desk, "point-put", sent)

    assert answer.status_code == 200
    assert "none that was not put" in text(answer)
    assert [(e.put, e.answered) for e in now().points] == [("i1/s3", "i1/s4")]


def test_of_two_fears_the_one_that_was_not_asked_about_is_named(desk, page):
    shown = text(page(desk))

    assert "Fear at departure</span> asked and answered" in shown
    assert "Fear since</span> not asked yet" in shown


def test_no_value_is_chosen_before_an_officer_chooses_one(desk, page, now):
    shown = text(page(desk, "element", element=FEAR))

    assert "Not found yet" in shown
    assert " checked" not in shown
    answer = page(desk, "element", {"read": "0", "reasons": "…"}, element=FEAR)
    assert answer.status_code == 422
    assert "Choose one." in text(answer)
    assert now().findings == ()


def test_a_finding_is_kept_with_the_standard_that_applies_and_what_is_answered(
    desk, page, now
):
    sent = {"read": "0", "value": "false", "reasons": "Doubted.", "facts": ["f1"]}

    page(desk, "element", sent | {"answer-i1/s2": "It was late."}, element=FEAR)

    [found] = now().findings
    assert (found.value, found.facts, found.by.person) == (
        "false",
        ("f1",),
        str(desk.actor.account),
    )
    assert [e.parameter for e in found.under] == ["risk_standard", "doubt_rule"]
    assert [e.of for e in found.answers] == ["i1/s2"]
    again = text(page(desk, "element", element=FEAR))
    assert "A point against the person was not put to them and answered." in again
    assert 'value="false" checked' not in again


@pytest.fixture
def found_by_another(case, on_the_case, custody):
    other = on_the_case("unhcr", "eligibility", name="Mira of UNHCR")
    theirs = assessing.of_finding(
        lambda by, on: Found(FEAR, "true", by, on, reasons="Theirs."), read=0
    )
    assessing.write(other.actor, case.id, "c1", theirs, at=MORNING, custody=custody)


@pytest.mark.usefixtures("found_by_another")
def test_who_finds_second_sees_both_and_loses_nothing(desk, page, now):
    sent = {"read": "0", "value": "unknown", "reasons": "Mine."}

    answer = page(desk, "element", sent, element=FEAR)

    assert answer.status_code == 409
    assert "Mira of UNHCR" in text(answer)
    assert "Theirs." in text(answer)
    assert "Mine.</textarea>" in text(answer)
    page(desk, "element", sent | {"read": "1"}, element=FEAR)
    assert [each.reasons for each in now().findings] == ["Theirs.", "Mine."]


def test_a_fact_that_is_not_accepted_says_what_was_looked_at(desk, page, now):
    sent = {"words": "She hid.", "accepted": "not_accepted", "read": "0"}

    answer = page(desk, "fact-add", sent)

    assert answer.status_code == 422
    assert "Say what was looked at, and what it shows." in text(answer)
    page(desk, "fact-add", sent | {"indicator-detail": "Little."})
    assert now().standing_facts["f2"].words == "She hid."


WRITTEN = (
    (
        "fact-link",
        {"fact": "f1"},
        {"of": "d1", "side": "against", "why": "It says so."},
    ),
    (
        "source",
        {"source": "d1"},
        {"title": "A report", "disclosed": "2026-11-24", "read": "1"},
    ),
    ("source-add", {}, {"title": "Another"}),
    ("remaining", {}, {"origin": "Great.", "read": "0"}),
    ("screening", {}, {"no-exclusion-indicated": "clear"}),
    (
        "element-close",
        {"element": FEAR},
        {"put": "i1/s1", "enquiries": "Asked.", "doubt": "No.", "read": "0"},
    ),
)


@pytest.mark.parametrize("written", WRITTEN, ids=lambda each: each[0])
def test_each_thing_is_written_on_a_page_of_its_own(desk, page, now, written):
    name, more, sent = written
    before = now()
    assert page(desk, name, **more).status_code == 200

    answer = page(desk, name, sent, **more)

    assert answer.redirect_chain, text(answer)
    assert now() != before


def test_a_state_that_nobody_named_can_be_looked_at(desk, page):
    address = page(desk).wsgi_request.path

    shown = text(desk.get(f"{address}?list=nationalities&state=CHN"))

    assert "nationalities.CHN.national" in shown
    assert "nationalities.CHN.national" not in text(desk.get(address))


def test_a_body_of_the_state_without_a_release_finds_no_page(
    case, claim, on_the_case, page, custody
):
    put_in(case, claim, custody, procedure="joint", state="CHN")
    authority = on_the_case("authority", "eligibility")

    for name in ("assessment", "claim-whole", "fact-add", "point-put"):
        assert page(authority, name).status_code == 404
    shown = text(page(authority, "claim"))
    assert "What was said has to be released to you first." in shown
    assert "/assessment/" not in shown


def test_who_reads_and_does_not_decide_is_offered_no_form(on_the_case, page):
    counsel = on_the_case("legal_aid", "counsel")

    shown = text(page(counsel))

    assert "She was listed for the camp." in shown
    assert "Word it anew" not in shown
    for name in ("fact-add", "remaining"):
        assert page(counsel, name).status_code == 404


def test_the_whole_record_shows_all_that_was_said(desk, page):
    shown = text(page(desk, "claim-whole"))

    assert shown.count("음력이었습니다.") == 1
    assert "I left so as not to be taken." in shown


def test_what_was_said_is_carried_from_the_record_to_the_fact_it_is_linked_to(
    desk, page
):
    record = text(page(desk, "claim-whole"))
    address = re.search(r'href="([^"]*)\?of=i1/s4#facts"', record)[1]

    assessment = text(desk.get(f"{address}?of=i1/s4"))
    assert "Choose the fact that this is linked to." in assessment
    address = re.search(r'href="([^"]*/facts/f1/link/\?of=i1/s4)"', assessment)[1]
    assert 'value="i1/s4" id="of-i1s4-1-4" checked' in text(desk.get(address))
