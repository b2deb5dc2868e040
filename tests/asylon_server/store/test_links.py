"""A link signs one person in, once, and for a while."""

from __future__ import annotations

from datetime import timedelta

import pytest

from asylon_server.store.organisations import acts, links
from asylon_server.store.organisations.links import LinkError
from asylon_server.store.organisations.models import SignInLink
from asylon_server.store.record.models import Event
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    office = acts.open_organisation(
        None, name="Office", kind="legal_aid", state="CHN", at=MORNING
    )
    return acts.open_account(
        None, name="Kim", role="registration", organisation=office, at=MORNING
    )


@pytest.fixture
def secret(account):
    return links.issue(None, account, at=MORNING, lasts=timedelta(hours=2))


def test_a_link_signs_in_once(account, secret):
    assert links.redeem(secret, at=LATER) == account

    with pytest.raises(LinkError):
        links.redeem(secret, at=LATER)


def test_a_new_link_ends_the_one_before(account, secret):
    newer = links.issue(None, account, at=MORNING)

    with pytest.raises(LinkError):
        links.redeem(secret, at=MORNING)
    assert links.redeem(newer, at=MORNING) == account


def test_every_refusal_is_the_same(account, secret):
    told = set()
    for wrong, at in [
        ("", LATER),
        (secret[:-1], LATER),
        (secret, MORNING + timedelta(hours=2)),
        (secret, MORNING - timedelta(seconds=1)),
        ("\ud800", LATER),
    ]:
        with pytest.raises(LinkError) as refused:
            links.redeem(wrong, at=at)
        told.add(str(refused.value))
    acts.close_account(None, account.pk, at=LATER)
    with pytest.raises(LinkError) as refused:
        links.redeem(secret, at=LATER)

    assert told == {str(refused.value)}


def test_only_a_hash_is_kept(secret):
    [link] = SignInLink.objects.all()
    events = b"".join(bytes(each.content) for each in Event.objects.all())

    assert secret.encode() not in bytes(link.secret_hash) + events


def test_an_account_without_a_password_is_opened_by_nothing_else(account):
    assert not account.has_usable_password()
