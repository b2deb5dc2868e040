"""The pages of erasing: said plainly, confirmed anew, and done by the second alone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils.timezone import now

from asylon_server.store.cases.acts import register
from asylon_server.store.cases.models import Assignment, ErasingProposal
from asylon_server.store.keystore.models import WrappedKey
from asylon_server.web.common.stepping import CONFIRMED
from tests.asylon_server.conftest import MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

KEPT = re.compile(r'name="proposal" value="([^"]+)"')
PROPOSAL = {"act": "propose", "ground": "danger", "words": "A list was copied."}
AGREED = {"act": "agree", "reference": "a-1"}


def answer(client, page, **typed):
    """Answer the proposal that the page shows."""
    found = KEPT.search(client.get(page).content.decode())
    return client.post(
        page, {"proposal": found[1] if found else ""} | typed, follow=True
    )


@pytest.fixture
def case(account, family, custody):
    officer = account().actor
    return register(officer, family, submission="s1", at=MORNING, custody=custody)


@pytest.fixture
def at_work(account, enter, case):
    def opened(kind, role):
        found = account(kind, role)
        Assignment.objects.create(case=case, account=found, since=MORNING)
        return enter(found)

    return opened


@pytest.fixture
def counsel(at_work):
    return at_work("legal_aid", "counsel")


@pytest.fixture
def protection(at_work):
    return at_work("unhcr", "protection")


@pytest.fixture
def page(case):
    return f"/desk/cases/{case.id}/erase/"


def test_one_proposes_and_another_agrees(counsel, protection, page):
    proposed = counsel.post(page, PROPOSAL, follow=True).content.decode()
    agreed = answer(protection, page, **AGREED).content.decode()

    assert "A list was copied." in proposed
    assert "The case is erased." in agreed
    assert not WrappedKey.objects.exists()
    assert counsel.get(page).status_code == 404
    assert "Erased" in counsel.get("/desk/erasings/").content.decode()


def test_whoever_proposed_gets_no_way_to_agree(counsel, page):
    counsel.post(page, PROPOSAL)

    shown = counsel.get(page).content.decode()
    refused = answer(counsel, page, **AGREED)

    assert 'value="agree"' not in shown
    assert refused.status_code == 422
    assert WrappedKey.objects.exists()


def test_another_reference_erases_nothing(counsel, protection, page):
    counsel.post(page, PROPOSAL)

    refused = answer(protection, page, act="agree", reference="A-2")

    assert refused.status_code == 422
    assert "another reference" in refused.content.decode()
    assert WrappedKey.objects.exists()


def test_what_was_typed_is_kept_where_something_is_missing(counsel, page):
    refused = counsel.post(page, PROPOSAL | {"ground": ""})

    assert refused.status_code == 422
    told = refused.content.decode()
    assert "Choose why." in told
    assert "A list was copied." in told
    assert not ErasingProposal.objects.exists()


def test_nobody_agrees_to_a_proposal_that_they_did_not_read(
    counsel, protection, at_work, page
):
    counsel.post(page, PROPOSAL)
    read = KEPT.search(protection.get(page).content.decode())[1]
    answer(counsel, page, act="decline", why="Taken back.")
    other = at_work("legal_aid", "protection")
    other.post(page, PROPOSAL | {"words": "Something else."})

    told = protection.post(page, AGREED | {"proposal": read}, follow=True)

    assert "Read it first." in told.content.decode()
    assert WrappedKey.objects.exists()


@pytest.mark.parametrize("sent", [PROPOSAL, AGREED])
def test_whoever_did_not_show_lately_that_it_is_they_is_asked(counsel, page, sent):
    session = counsel.session
    session[CONFIRMED] = (now() - timedelta(minutes=6)).isoformat()
    session.save()

    assert counsel.post(page, sent).status_code == 403
    assert not ErasingProposal.objects.exists()


def test_a_proposal_is_declined_with_a_reason(counsel, protection, page):
    counsel.post(page, PROPOSAL)

    silent = answer(protection, page, act="decline")
    told = answer(protection, page, act="decline", why="It is safe.")

    assert silent.status_code == 422
    assert "Nothing is erased" in told.content.decode()
    assert protection.post(page, AGREED).status_code == 404
    assert WrappedKey.objects.exists()


@pytest.mark.parametrize(
    ("kind", "role"), [("authority", "eligibility"), ("unhcr", "supervisor")]
)
def test_others_find_no_such_page(kind, role, at_work, page):
    other = at_work(kind, role)

    assert other.get(page).status_code == 404
    assert other.post(page, PROPOSAL).status_code == 404
    assert other.get("/desk/erasings/").status_code == 404
    assert "erasings" not in other.get("/desk/").content.decode()


def test_an_answer_that_is_none_answers_nothing(counsel, protection, page):
    counsel.post(page, PROPOSAL)

    told = answer(protection, page, act="perhaps", why="It is safe.", reference="a-1")

    assert told.status_code == 404
    assert ErasingProposal.objects.get().answered is None
