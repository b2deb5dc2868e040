"""Organisations and accounts are opened as the table of rights has them, or not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from asylon_server.store.organisations import acts, links
from asylon_server.store.organisations.accounts import holder
from asylon_server.store.organisations.models import SignInLink
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db

LATE = LATER + timedelta(hours=2)


@pytest.fixture
def office():
    return acts.open_organisation(
        None, name="Office", kind="legal_aid", state="CHN", at=MORNING
    )


@pytest.fixture
def opened(office):
    def made(name, role="registration"):
        return acts.open_account(
            None, name=name, role=role, organisation=office, at=MORNING
        )

    return made


@pytest.mark.parametrize(
    ("name", "kind", "state"),
    [
        ("Other", "police", "CHN"),
        ("Other", "authority", "PRK"),
        ("Office", "unhcr", "CHN"),
    ],
    ids=["no kind", "no seat", "no second of the name"],
)
def test_what_has_no_seat_or_a_name_that_is_taken_is_not_opened(
    name, kind, state, office
):
    with pytest.raises(acts.AccountError):
        acts.open_organisation(None, name=name, kind=kind, state=state, at=LATER)


@pytest.mark.parametrize(
    ("name", "role"), [("Lee", "eligibility"), ("Kim", "registration")]
)
def test_a_role_that_is_not_given_or_a_name_that_is_taken_opens_no_account(
    name, role, opened
):
    opened("Kim")

    with pytest.raises(acts.AccountError):
        opened(name, role)


def test_whose_account_is_closed_holds_no_session(opened):
    kim = opened("Kim")
    assert holder(kim.pk) == kim

    acts.close_account(None, kim.pk, at=LATER)

    assert holder(kim.pk) is None


def test_closing_ends_the_links_of_one_account_that_were_not_used(opened):
    kim, lee = opened("Kim"), opened("Lee")
    links.redeem(links.issue(None, kim, at=MORNING), at=MORNING)
    for each in (kim, lee):
        links.issue(None, each, at=MORNING)

    acts.close_account(None, kim.pk, at=LATER)

    assert _used() == [MORNING, LATER, None]


def test_a_new_link_ends_those_of_one_account_that_were_not_used(opened):
    kim, lee = opened("Kim"), opened("Lee")
    links.redeem(links.issue(None, kim, at=MORNING), at=MORNING)
    for each in (kim, lee):
        links.issue(None, each, at=MORNING)

    links.issue(None, kim, at=LATER)

    assert _used() == [MORNING, LATER, None, None]


def test_no_link_is_drawn_for_a_closed_account(opened):
    kim = opened("Kim")
    acts.close_account(None, kim.pk, at=LATER)

    with pytest.raises(links.LinkError):
        links.issue(None, kim, at=LATER)


def test_a_link_for_an_account_in_use_takes_two_people(opened):
    kim = opened("Kim")
    kim.settled = MORNING
    kim.save()

    with pytest.raises(links.LinkError):
        links.issue(None, kim, at=LATER)
    assert links.issue(None, kim, at=LATER, agreed=True)


def test_a_link_of_an_account_that_is_closed_signs_nobody_in(opened):
    kim = opened("Kim")
    secret = links.issue(None, kim, at=LATER)
    kim.is_active = False
    kim.save()

    with pytest.raises(links.LinkError):
        links.redeem(secret, at=LATER)


def test_only_links_that_could_be_used_are_ended(opened):
    kim, lee, may = (opened(each) for each in ("Kim", "Lee", "May"))
    links.redeem(links.issue(None, kim, at=LATER), at=LATER)
    links.issue(None, lee, at=MORNING, lasts=timedelta(minutes=1))
    links.issue(None, may, at=LATER)

    [ended] = links.end_all(at=LATER)

    assert ended.account_id == may.pk
    assert ended.until == LATER


def _used():
    return list(SignInLink.objects.order_by("pk").values_list("used", flat=True))
