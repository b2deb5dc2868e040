"""The accounts of an office: opened by one person, let in by another."""

from __future__ import annotations

import pytest

from asylon_server.store.entry import offices, resets
from asylon_server.store.organisations.links import LinkError
from asylon_server.store.organisations.models import Account, Notice
from asylon_server.store.rights.errors import NotThereError
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(somebody):
    return somebody("legal_aid", "administrator")


def test_who_opened_an_account_does_not_draw_its_link(clerk, somebody):
    made = offices.open_one(clerk, "Kim", "protection", at=MORNING)

    with pytest.raises(LinkError):
        resets.draw_link(clerk, str(made.pk), at=LATER)
    head = somebody("legal_aid", "supervisor")
    assert resets.draw_link(head, str(made.pk), at=LATER)


def settle(*names):
    Account.objects.filter(name__in=names).update(settled=MORNING)


def told_of_links():
    rows = Notice.objects.filter(kind="link").select_related("account", "by")
    return {(each.account.name, each.about, each.by.name) for each in rows}


def test_who_watches_over_accounts_is_told_who_holds_a_first_link(clerk, somebody):
    head = somebody("legal_aid", "supervisor", name="Head")
    somebody("legal_aid", "auditor", name="Auditor")
    somebody("legal_aid", "protection", name="Guard")
    somebody("unhcr", "supervisor", name="Elsewhere")
    opener = Account.objects.get(pk=clerk.account).name
    settle(opener, "Auditor", "Guard")
    made = offices.open_one(clerk, "Kim", "protection", at=MORNING)

    resets.draw_link(head, str(made.pk), at=LATER)

    assert told_of_links() == {(opener, "Kim", "Head"), ("Auditor", "Kim", "Head")}


def test_where_nobody_else_watches_the_whole_office_is_told(somebody):
    head = somebody("appeal_body", "supervisor", name="Head")
    somebody("appeal_body", "appeal", name="Judge")
    new = somebody("appeal_body", "appeal", name="Kim")

    resets.draw_link(head, str(new.account), at=LATER)

    assert told_of_links() == {("Judge", "Kim", "Head")}


def test_who_never_signed_in_watches_over_nothing(somebody):
    head = somebody("appeal_body", "supervisor", name="Head")
    somebody("appeal_body", "auditor", name="Nobody yet")
    somebody("appeal_body", "appeal", name="Judge")
    new = somebody("appeal_body", "appeal", name="Kim")

    resets.draw_link(head, str(new.account), at=LATER)

    assert ("Judge", "Kim", "Head") in told_of_links()


def test_applicants_are_told_of_nobody_elses_link(somebody):
    head = somebody("legal_aid", "supervisor", name="Head")
    somebody("legal_aid", "counsel", name="Counsel")
    somebody("legal_aid", "applicant", name="Applicant")
    new = somebody("legal_aid", "counsel", name="Kim")

    resets.draw_link(head, str(new.account), at=LATER)

    assert told_of_links() == {("Counsel", "Kim", "Head")}


def test_an_applicant_whose_ways_in_one_alone_took_away_is_told(somebody):
    somebody("legal_aid", "applicant", name="Another")
    theirs = somebody("legal_aid", "applicant", name="Applicant")
    account = Account.objects.get(pk=theirs.account)

    resets.alone(account, at=LATER, lasts=resets.LASTS)

    assert [each.account for each in Notice.objects.all()] == [account]


@pytest.mark.parametrize(
    ("name", "role", "code"),
    [
        ("", "protection", "account.name"),
        ("x" * 61, "protection", "account.name"),
        ("Ki\x00m", "protection", "account.name"),
        ("Kim", "eligibility", "account.role"),
        ("Lee", "protection", "account.name-taken"),
    ],
)
def test_what_cannot_be_opened_is_refused_by_a_code(name, role, code, clerk, somebody):
    somebody("unhcr", "protection", name="Lee")

    with pytest.raises(offices.AccountRefusedError) as told:
        offices.open_one(clerk, name, role, at=MORNING)

    assert told.value.code == code


def test_only_the_administrator_opens_and_closes(somebody, officer):
    for role in ("supervisor", "registration", "auditor"):
        who = somebody("legal_aid", role)
        with pytest.raises(NotThereError):
            offices.open_one(who, "Kim", "protection", at=MORNING)
        with pytest.raises(NotThereError):
            offices.close_one(who, str(officer.account), at=MORNING)


def test_a_closed_account_is_closed(clerk, officer):
    offices.close_one(clerk, str(officer.account), at=LATER)

    assert not Account.objects.get(pk=officer.account).is_active


def test_nobody_closes_their_own_account_or_one_elsewhere(clerk, somebody):
    with pytest.raises(offices.AccountRefusedError):
        offices.close_one(clerk, str(clerk.account), at=LATER)
    with pytest.raises(NotThereError):
        offices.close_one(clerk, str(somebody("unhcr", "protection").account), at=LATER)
