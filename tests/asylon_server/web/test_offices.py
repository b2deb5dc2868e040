"""The pages of supervisors, auditors and administrators, and of emergencies."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils.timezone import now

from asylon_server.store.cases import assigning
from asylon_server.store.cases.acts import register
from asylon_server.store.cases.models import Conflict, Emergency, Grant
from asylon_server.store.organisations.models import Account
from asylon_server.store.vault.models import Compartment
from asylon_server.web.common.stepping import CONFIRMED
from asylon_server.web.desk import roles
from tests.asylon_server.conftest import MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def case(officer, family, custody):
    return register(officer, family, submission="s", at=MORNING, custody=custody)


@pytest.fixture
def head(account, enter):
    client = enter(account("legal_aid", "supervisor", name="Head Han"))
    client.account = Account.objects.get(name="Head Han")
    return client


@pytest.fixture
def guard(account, enter):
    client = enter(account("legal_aid", "protection", name="Guard Gu"))
    client.account = Account.objects.get(name="Guard Gu")
    return client


def text(answer):
    return answer.content.decode()


def send(client, case, act, **fields):
    return client.post(f"/desk/office/{case.id}/", {"act": act} | fields, follow=True)


@pytest.mark.parametrize("role", sorted(roles.WITH_A_PAGE))
def test_everybody_comes_to_the_first_page_of_their_role(role, account, enter):
    kinds = {"eligibility": "unhcr", "reviewing": "unhcr", "resettlement": "unhcr"}
    kind = {"appeal": "appeal_body"}.get(role, kinds.get(role, "legal_aid"))

    answer = enter(account(kind, role)).get("/", follow=True)

    assert answer.status_code == 200
    assert answer.redirect_chain


def test_who_has_no_page_is_told_so_and_not_refused(account, enter):
    answer = enter(account("legal_aid", "applicant")).get("/", follow=True)

    assert answer.status_code == 200
    assert "no page for your role yet" in text(answer)


def test_a_supervisor_sees_who_works_on_each_case(case, head, officer):
    shown = text(head.get("/desk/office/"))

    assert case.reference in shown
    assert Account.objects.get(pk=officer.account).name in shown
    assert "김정숙" not in shown


def test_cases_that_nobody_works_on_are_found(case, head, officer, custody):
    assert case.reference not in text(head.get("/desk/office/?who=nobody"))

    send(head, case, "unassign", whom=officer.account)

    assert case.reference in text(head.get("/desk/office/?who=nobody"))
    assert case.reference not in text(head.get("/desk/office/?who=somebody"))


@pytest.mark.parametrize("page", ["", "{}/"])
def test_a_supervisor_is_told_that_a_file_does_not_open(case, head, page):
    Compartment.objects.filter(case=case.id).update(sealed=b"altered")

    shown = text(head.get(f"/desk/office/{page.format(case.id)}"))

    assert "This file cannot be opened" in shown
    assert case.reference in shown


def test_a_case_is_assigned_on_its_page(case, head, guard):
    answer = send(head, case, "assign", whom=guard.account.pk)

    assert "The case is assigned." in text(answer)
    assert case.reference in text(guard.get("/desk/"))


def test_a_refusal_is_said_beside_the_field_and_on_top(case, head):
    answer = send(head, case, "assign", whom=head.account.pk)

    assert answer.status_code == 422
    assert text(answer).count("Nobody gives a case to themself.") == 2


def test_nobody_chosen_is_said(case, head):
    assert "Choose somebody." in text(send(head, case, "assign", whom=""))


def test_fields_are_released_and_taken_back(case, head, officer):
    fields = {"whom": officer.account, "class": ["narrative"], "purpose": "interview"}
    day = (now()).date().isoformat()

    assert "released" in text(send(head, case, "give", until=day, **fields))
    assert Grant.objects.filter(until__gt=now()).count() == 1
    send(head, case, "revoke", whom=officer.account)
    assert not Grant.objects.filter(until__gt=now()).exists()


def test_whoever_releases_fields_shows_again_that_it_is_they(case, head, officer):
    session = head.session
    session[CONFIRMED] = (now() - timedelta(minutes=6)).isoformat()
    session.save()
    fields = {"whom": officer.account, "class": ["narrative"], "purpose": "interview"}

    answer = send(head, case, "give", until=now().date().isoformat(), **fields)

    assert answer.status_code == 403
    assert not Grant.objects.exists()


def test_a_release_without_an_end_keeps_what_was_ticked(case, head, officer):
    answer = send(
        head, case, "give", whom=officer.account, until="soon", **{"class": "narrative"}
    )

    assert answer.status_code == 422
    assert re.search(r'value="narrative"[^>]* checked', text(answer))


def test_an_officer_says_that_their_interests_meet_a_case(case, head, guard):
    assigning.assign(
        head.account.actor, case.id, guard.account.pk, at=MORNING, custody=None
    )

    answer = guard.post(f"/desk/cases/{case.id}/conflict/", follow=True)

    assert "You are kept away" in text(answer)
    assert guard.get(f"/desk/cases/{case.id}/").status_code == 404
    send(head, case, "lift", whom=guard.account.pk)
    assert Conflict.objects.get().lifted


def emergency(case, **changed):
    return {
        "reference": case.reference,
        "purpose": "removal",
        "reason": "She is on the bus to the border.",
        "classes": ["identity", "contact"],
        "hours": "2",
    } | changed


def test_an_emergency_opens_the_case_and_is_reviewed_elsewhere(
    case, guard, account, enter
):
    auditor = enter(account("unhcr", "auditor"))

    answer = guard.post("/desk/emergency/", emergency(case), follow=True)

    assert "김정숙" in text(answer)
    shown = text(auditor.get("/desk/emergencies/"))
    assert "bus to the border" in shown
    which = Emergency.objects.get().pk
    auditor.post("/desk/emergencies/", {"which": which, "finding": "not-justified"})
    assert guard.get(f"/desk/cases/{case.id}/").status_code == 404


def test_an_unknown_case_and_a_missing_field_are_said_beside_the_field(case, guard):
    answer = guard.post("/desk/emergency/", emergency(case, reference="A-9"))
    assert text(answer).count("No case can be opened by this reference.") == 2

    answer = guard.post("/desk/emergency/", emergency(case, reason="", classes=[]))
    assert answer.status_code == 422
    assert "Say in a sentence or two why." in text(answer)
    assert not Emergency.objects.exists()


def test_the_auditor_reads_the_record_of_the_office(case, officer, account, enter):
    auditor = enter(account("legal_aid", "auditor"))
    name = Account.objects.get(pk=officer.account).name

    shown = text(auditor.get("/desk/audit/", {"by": name, "act": "case opened"}))

    assert "Case opened" in shown
    assert str(case.id)[:8] in shown
    assert case.reference not in shown
    none = text(auditor.get("/desk/audit/", {"by": name, "act": "hold placed"}))
    assert "Nothing in the record is like this." in none
    assert auditor.get("/desk/audit/", {"day": "yesterday"}).status_code == 422
    day = MORNING.date().isoformat()
    assert str(case.id)[:8] in text(auditor.get("/desk/audit/", {"day": day}))


def test_the_record_of_an_office_is_not_that_of_another(case, account, enter):
    for kind in ("unhcr", "authority"):
        shown = text(enter(account(kind, "auditor")).get("/desk/audit/"))
        assert str(case.id)[:8] not in shown


def test_an_account_is_opened_by_one_and_let_in_by_another(account, enter, head):
    clerk = enter(account("legal_aid", "administrator"))

    clerk.post(
        "/account/people/", {"act": "open", "name": "New Na", "role": "protection"}
    )

    made = Account.objects.get(name="New Na")
    link = {"act": "link", "which": made.pk}
    assert clerk.post("/account/people/", link).status_code == 404
    assert "/sign-in/link/" in text(head.post("/account/people/", link))
    clerk.post("/account/people/", {"act": "close", "which": made.pk})
    made.refresh_from_db()
    assert not made.is_active


def test_roles_are_offered_by_their_names(account, enter):
    clerk = enter(account("legal_aid", "administrator"))

    shown = text(clerk.get("/account/people/"))

    assert re.search(r'<option value="supervisor"[^>]*>supervisor<', shown)
    assert re.search(r'<option value="protection"[^>]*>protection officer<', shown)


def test_an_account_without_a_name_is_refused_and_keeps_what_was_typed(account, enter):
    clerk = enter(account("legal_aid", "administrator"))

    answer = clerk.post(
        "/account/people/", {"act": "open", "name": "", "role": "protection"}
    )

    assert answer.status_code == 422
    assert text(answer).count("Enter a name of at most 60 characters.") == 2
    assert 'value="protection" selected' in text(answer)


def stale(client):
    session = client.session
    session[CONFIRMED] = (now() - timedelta(minutes=6)).isoformat()
    session.save()
    return client


def test_whoever_opens_an_emergency_shows_again_that_it_is_they(case, guard):
    seen = stale(guard).get("/desk/emergency/")

    assert seen.status_code == 200
    assert guard.post("/desk/emergency/", emergency(case)).status_code == 403
    assert not Emergency.objects.exists()


def test_nothing_but_a_release_asks_anew_who_gives_a_case(case, head, guard):
    answer = send(stale(head), case, "assign", whom=guard.account.pk)

    assert "The case is assigned." in text(answer)


def test_a_release_of_more_days_than_may_be_is_refused(case, head, officer):
    day = (now() + timedelta(days=400)).date().isoformat()
    fields = {"whom": officer.account, "class": ["narrative"], "purpose": "interview"}

    assert send(head, case, "give", until=day, **fields).status_code == 422
    assert not Grant.objects.exists()


def test_an_act_that_is_none_is_absent(case, head, guard):
    assert send(head, case, "rule", whom=guard.account.pk).status_code == 404


@pytest.mark.parametrize("page", ["x", "²", ""])
def test_a_page_of_cases_that_is_none_is_the_first(case, head, page):
    assert case.reference in text(head.get("/desk/office/", {"page": page}))


def test_a_place_in_the_record_that_is_none_is_its_end(case, account, enter):
    auditor = enter(account("legal_aid", "auditor"))

    shown = text(auditor.get("/desk/audit/", {"before": "x"}))

    assert str(case.id)[:8] in shown
    assert "before=None" not in shown
