"""Pages of a claim: for whom, at which stage and for which names there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import now

from asylon.languages import catalogue
from asylon_server.store.cases import acts
from asylon_server.store.claims import complaints, counsels
from asylon_server.web.common.stepping import CONFIRMED
from asylon_server.web.desk import urls
from asylon_server.web.desk.claims import showing
from tests.asylon_server.claims import files
from tests.asylon_server.claims.assessed import FEAR, FOUND, interview
from tests.asylon_server.conftest import MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

OURS = ("claims", "complaints", "interviews")
NAMED = {"act": "examine", "submission": "s9", "fact": "f9", "element": FEAR}
NAMED |= {"source": "d9", "interview": "i9", "number": "9"}


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
        client.actor, client.case = who.actor, case.id
        return client

    return made


@pytest.fixture
def examiner(on_the_case):
    return on_the_case("unhcr", "eligibility")


@pytest.fixture
def counsel(on_the_case):
    return on_the_case("legal_aid", "counsel")


@pytest.fixture
def stands(case, custody, examiner):
    """Let a claim stand in the file as it is given, examined where none is."""

    def made(claim=None):
        made = claim or files.examined(examiner.actor, assessment=FOUND)
        files.put(case, custody, replace(made, interviews=(interview(),)))
        return made

    return made


@pytest.fixture
def status(case):
    """Say how a page of the claim is answered."""

    def told(client, name, sent=None, **named):
        address = reverse(f"desk:{name}", args=[case.id, "c1", *named.values()])
        ask = client.get if sent is None else client.post
        return ask(address, sent).status_code

    return told


def confirmed(client, at):
    session = client.session
    session[CONFIRMED] = at.isoformat()
    session.save()
    return client


def stale(client):
    return confirmed(client, now() - timedelta(hours=2))


def fresh(client):
    return confirmed(client, now())


def test_nobody_gets_any_page_of_a_claim_without_signing_in(client, case, stands):
    stands()
    known = {**NAMED, "case": case.id, "claim": "c1", "complaint": uuid4()}
    asked = 0
    for each in urls.urlpatterns:
        if any(word in str(each.pattern) for word in OURS) or each.name == "next":
            args = [known[name] for name in each.pattern.converters]
            address = reverse(f"desk:{each.name}", args=args)
            for answer in (client.get(address), client.post(address)):
                assert answer["Location"].startswith("/sign-in/"), address
            asked += 1
    assert asked > 40


def test_what_is_not_there_has_no_page(examiner, counsel, stands, status):
    stands()

    nothing = [
        ("fact", {"fact": "f9"}),
        ("fact-link", {"fact": "f9"}),
        ("source", {"source": "d9"}),
        ("element", {"element": "nationalities.PRK.manner"}),
        ("element-close", {"element": "nationalities.PRK.left_without_leave"}),
        ("claim-review", {}),
        ("claim-tell", {}),
        ("claim-sign", {}),
        ("claim-letter", {"number": 1}),
        ("claim-preview", {"number": 1}),
        ("claim-document", {"number": 9}),
        ("claim-receipt", {"submission": "s9"}),
        ("interview", {"interview": "i9"}),
        ("interview-begin", {"interview": "i1"}),
        ("interview-take-over", {"interview": "i1"}),
    ]
    for name, named in nothing:
        assert status(examiner, name, **named) == 404, name
    assert status(counsel, "claim-draft") == 404
    assert status(counsel, "element", {"value": "true"}, element=FEAR) == 404
    assert status(counsel, "element", element=FEAR) == 200
    assert status(examiner, "claim-act", {"read": "3"}, act="no-such") == 404


def test_no_page_is_shown_to_whom_it_does_not_belong(
    on_the_case, stands, status, account, enter
):
    stands()
    interpreter = on_the_case("unhcr", "interpreter")
    authority = on_the_case("authority", "eligibility")
    reviewer = on_the_case("unhcr", "reviewing")
    stranger = enter(account("unhcr", "supervisor"))

    for name in ("claim", "claim-times", "claim-counsel", "claim-decision"):
        assert status(interpreter, name) == 404
        assert status(stranger, name) == 404
    for name in ("interviews", "claim-counsel", "assessment", "claim-whole"):
        assert status(authority, name) == 404
    protection = on_the_case("unhcr", "protection")
    assert status(protection, "claim-take-away") == 404
    assert status(reviewer, "claim-exceptions") == 200
    assert status(protection, "claim-exceptions") == 404
    for name, sent in (("complaints", None), ("complaint", uuid4())):
        args = [sent] if sent else []
        address = reverse(f"desk:{name}", args=args)
        assert reviewer.get(address).status_code == 404


def test_who_only_reads_a_claim_is_offered_no_page_to_act_on_it(
    on_the_case, stands, status
):
    stands()
    reader = on_the_case("unhcr", "resettlement")

    assert status(reader, "claim") == 200
    for name in ("claim-times", "claim-counsel", "claim-exceptions", "claim-complain"):
        assert status(reader, name) == 404, name
    for client in (reader, on_the_case("unhcr", "interpreter")):
        address = reverse("desk:claim-lodge", args=[reader.case])
        assert client.get(address).status_code == 404
        assert client.get(reverse("desk:next")).status_code == 404


def test_a_step_leads_back_to_the_claim_and_one_with_a_page_has_no_other(
    examiner, stands, status
):
    before = files.examined(examiner.actor)
    stands(replace(before, steps=before.steps[:-1]))

    assert status(stale(examiner), "claim-act", {"read": "2"}, act="examine") == 403
    assert status(examiner, "claim-act", act="examine") == 200
    assert status(fresh(examiner), "claim-act", {"read": "2"}, act="examine") == 302
    assert status(examiner, "claim-act", act="draft") == 404
    assert status(examiner, "claim-draft") == 200


def test_a_draft_is_reviewed_by_an_act_that_is_open(
    examiner, on_the_case, stands, status
):
    stands(files.drafted(files.examined(examiner.actor), examiner.actor))
    reviewer = on_the_case("unhcr", "reviewing")

    assert status(reviewer, "claim-review") == 200
    for number in (0, 2):
        assert status(examiner, "claim-document", number=number) == 404
    assert status(examiner, "claim-document", number=1) == 200
    assert status(reviewer, "claim-review", {"read": "4", "act": "sign"}) == 404
    assert status(reviewer, "claim-review", {"read": "9", "act": "send_back"}) == 422
    for read in ("x", "²"):
        assert status(reviewer, "claim-review", {"read": read, "act": "endorse"}) == 422
    assert status(reviewer, "claim-review", {"read": "4", "act": "send_back"}) == 422
    back = {"read": "4", "act": "send_back", "words": "Say why."}
    assert status(reviewer, "claim-review", back) == 302


def test_a_form_beside_a_claim_that_says_nothing_is_shown_again(
    on_the_case, stands, status
):
    stands()
    protection = on_the_case("unhcr", "protection")

    for act in ("guardian", "stop", "call"):
        assert status(protection, "claim-times", {"act": act}) == 422, act


def test_counsel_who_ended_it_can_appear_again(case, counsel, stands, custody):
    stands()
    who, when = (counsel.actor, case.id, "c1"), {"at": now(), "custody": custody}
    address = reverse("desk:claim-counsel", args=[case.id, "c1"])

    def offers():
        return b'name="consented"' in counsel.get(address).content

    counsels.appear(*who, MORNING.date(), **when)
    assert not offers()
    counsels.end(*who, str(counsel.actor.account), **when)
    assert offers()


def test_without_a_rule_for_a_time_none_is_over(monkeypatch, examiner):
    monkeypatch.setattr(showing, "rule_for", lambda *_asked: None)
    claim = files.examined(examiner.actor, called=MORNING.date())

    [[told]] = showing.times(claim, MORNING.date(), catalogue())

    assert told.startswith("No rule for this time is known here")


def test_a_page_that_is_only_looked_at_points_at_nothing(
    examiner, counsel, stands, status
):
    drafted = files.drafted(files.examined(examiner.actor), examiner.actor)
    stands()
    for name in ("claim-draft", "claim-exceptions", "claim-times", "remaining"):
        assert status(examiner, name) == 200, name
    for name in ("claim-counsel", "claim-submit", "claim-complain"):
        assert status(counsel, name) == 200, name
    for name, named in (("fact", "f1"), ("fact-link", "f1"), ("source", "d1")):
        assert status(examiner, name, named=named) == 200, name
    for act in ("more", "fill"):
        sent = {"act": act, "language": "xx", "parts": "1", "read": "3"}
        assert status(examiner, "claim-draft", sent) == 200
    stands(files.stepped(drafted, examiner.actor, "endorse", "sign"))
    assert status(examiner, "claim-tell") == 200


@pytest.fixture
def auditor(account, enter):
    return enter(account("legal_aid", "auditor"))


@pytest.fixture
def complaint(case, examiner, counsel, stands, custody):
    """Let counsel have complained about the officer, and say where that is settled."""
    stands()
    told = case.id, "c1", str(examiner.actor.account), "He shouted."
    complaints.complain(counsel.actor, *told, at=now(), custody=custody)
    return reverse("desk:complaint", args=[case.complaints.get().id])


def test_what_weighs_is_done_by_who_has_just_shown_that_it_is_they(
    complaint, examiner, counsel, auditor, status
):
    sent = {"answer": "Done."}
    assert auditor.get(reverse("desk:complaint", args=[uuid4()])).status_code == 404
    assert stale(auditor).get(complaint).status_code == 200
    assert auditor.post(complaint, sent).status_code == 403
    assert status(stale(counsel), "claim-take-away") == 200
    assert status(counsel, "claim-take-away", {}) == 403
    off = {"interview": "i1"}
    assert status(stale(examiner), "interview-sign-off", {"read": "1"}, **off) == 403
    assert status(examiner, "interview-sign-off", **off) == 200
