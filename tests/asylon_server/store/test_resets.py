"""A new way in for somebody of one's own office, by two people, for two days."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from asylon_server.store.entry import offices, resets
from asylon_server.store.organisations import links
from asylon_server.store.organisations.models import Account, Notice, Reset
from asylon_server.store.rights.errors import NotThereError
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(somebody):
    """Make an account that is in use."""

    def one(role, kind="legal_aid", office="", **named):
        found = Account.objects.get(
            pk=somebody(
                kind, role, office=office, name=f"{office} {role} {uuid4()}"[:60]
            ).account
        )
        Account.objects.filter(pk=found.pk).update(**{"settled": MORNING, **named})
        found.refresh_from_db()
        return found

    return one


@pytest.fixture
def lost(made):
    return made("registration")


@pytest.fixture
def clerk(made):
    return made("administrator")


@pytest.fixture
def head(made):
    return made("supervisor")


@pytest.fixture
def elsewhere(made):
    """The same office in another place, with somebody who lost their way in too."""
    return made("registration", office="Elsewhere"), made(
        "administrator", office="Elsewhere"
    )


def proposed(by, account, at=MORNING):
    return resets.propose(by.actor, str(account.pk), at=at)


def pending(who, at=LATER):
    return [each.account for each in resets.proposed(who.actor, at=at)]


def test_an_office_sees_its_own_accounts_and_resets_alone(lost, clerk, elsewhere):
    there, other = elsewhere
    proposed(clerk, lost)
    proposed(other, there)

    assert resets.office(clerk.actor) == sorted([lost, clerk], key=lambda a: a.name)
    assert pending(clerk) == [lost]
    with pytest.raises(NotThereError):
        resets.office(lost.actor)


def test_a_proposal_ends_after_two_days_or_by_another_one(lost, clerk, head):
    first = proposed(clerk, lost)
    late = MORNING + resets.LASTS
    assert pending(head, late) == []
    with pytest.raises(NotThereError):
        resets.agree(head.actor, str(first.pk), at=late)

    proposed(clerk, lost, at=LATER)

    assert pending(head) == [lost]
    with pytest.raises(NotThereError):
        resets.agree(head.actor, str(first.pk), at=LATER)


def test_another_proposal_ends_those_of_the_same_account_alone(lost, clerk, head):
    before = proposed(clerk, head)
    first = proposed(clerk, lost)
    second = proposed(clerk, lost, at=LATER)
    third = proposed(clerk, lost, at=LATER + timedelta(hours=1))

    ended = {each.pk: each.ended for each in Reset.objects.all()}
    assert (ended[before.pk], ended[third.pk]) == (None, None)
    assert ended[first.pk] == second.proposed
    assert ended[second.pk] == third.proposed


def test_the_proposal_that_was_read_is_agreed_to(lost, clerk, head, made):
    other = made("protection")
    them = {proposed(clerk, each).pk: each for each in (lost, other)}

    for pk, account in them.items():
        secret = resets.agree(head.actor, str(pk), at=LATER)
        assert links.redeem(secret, at=LATER) == account
    with pytest.raises(NotThereError):
        resets.agree(head.actor, str(uuid4()), at=LATER)


def test_another_office_agrees_to_nothing(lost, clerk, elsewhere):
    made = proposed(clerk, lost)

    with pytest.raises(NotThereError):
        resets.agree(elsewhere[1].actor, str(made.pk), at=LATER)


def test_nobody_agrees_to_what_they_proposed_or_to_their_own(clerk, head):
    made = proposed(clerk, head)

    for who in (clerk, head):
        with pytest.raises(resets.ResetError, match="another person"):
            resets.agree(who.actor, str(made.pk), at=LATER)


@pytest.mark.parametrize("changed", [{"is_active": False}, {"settled": None}])
def test_an_account_that_is_closed_or_was_never_used_is_not_reset(changed, clerk, made):
    account = made("registration", **changed)

    with pytest.raises(resets.ResetError, match="closed, or was never used"):
        proposed(clerk, account)


def test_only_who_could_reset_it_on_a_page_keeps_an_account_from_the_prompt(
    lost, clerk, made, elsewhere
):
    made("supervisor", is_active=False)
    made("supervisor", settled=None)
    made("protection")

    assert resets.alone(lost, at=LATER, lasts=links.LASTS)
    assert Account.objects.get(pk=elsewhere[0].pk).epoch == 0


def test_who_lost_their_way_in_is_not_one_of_two(clerk, head):
    assert resets.alone(clerk, at=LATER, lasts=links.LASTS)


def test_everybody_in_the_office_is_told_and_nobody_else(lost, clerk, made, elsewhere):
    made("protection", is_active=False)

    resets.alone(lost, at=LATER, lasts=links.LASTS)

    assert {each.account for each in Notice.objects.all()} == {lost, clerk}


def test_an_account_is_opened_in_the_office_of_who_opens_it(clerk, elsewhere):
    for who in (clerk, elsewhere[1]):
        made = offices.open_one(who.actor, f"New {who.pk}"[:20], "protection", at=LATER)
        assert made.organisation == who.organisation


def test_who_opened_one_account_draws_the_first_link_of_another(clerk, made, head):
    other = made("administrator", name="Other")
    offices.open_one(clerk.actor, "Kim", "protection", at=MORNING)
    lee = offices.open_one(other.actor, "Lee", "protection", at=MORNING)

    assert resets.draw_link(clerk.actor, str(lee.pk), at=LATER)
