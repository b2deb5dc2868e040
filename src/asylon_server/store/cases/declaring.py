"""Declaring a hold for a group: two people of UNHCR, for all who fear a state."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from asylon.casework import Hold
from asylon.casework.actors import Actor as Hand
from asylon.security.custody import Custody
from asylon_server.store.cases import groups
from asylon_server.store.cases.groups import Group
from asylon_server.store.cases.lifting import (
    ALONE,
    PROPOSER_GONE,
)
from asylon_server.store.cases.models import GroupHold
from asylon_server.store.cases.placing import HoldRefusedError, hand
from asylon_server.store.organisations.models import Account
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor, Thing, can
from asylon_server.store.rights.errors import NotThereError

GROUP = Thing("group")
DECLARE, READ = "declare", "read"
DECLARED_ALREADY = "hold.declared-already"


def may(actor: Actor, verb: str) -> bool:
    """Whether somebody may do something with holds for groups."""
    return can(actor, verb, GROUP) is not None


def listed(actor: Actor, *, at: datetime, custody: Custody) -> list[Group]:
    """List the holds for groups. They name no case, and the reading is recorded.

    Raises:
        NotThereError: they are not for this account.
    """
    demand(actor, READ)
    with transaction.atomic():
        record("group holds read", actor, at=at)
    return groups.read(custody=custody)


def propose(
    actor: Actor,
    state: str,
    since: date,
    text: str,
    *,
    at: datetime,
    custody: Custody,
) -> GroupHold:
    """Propose a hold for all who fear a state; a second person of UNHCR declares it.

    Returns:
        The row; the same one where it was proposed so before.
    """
    demand(actor, DECLARE)
    hold = Hold(state, min(since, at.date()), groups.GROUND, note=text.strip())
    with transaction.atomic():
        for each in groups.read(custody=custody):
            if each.hold == hold:
                return each.row
        row = GroupHold(id=uuid4(), proposed=at)
        groups.keep(row, hold, [hand(actor)], custody=custody)
        record("group hold proposed", actor, at=at, wrote=[row])
    return row


def declare(actor: Actor, group: UUID, *, at: datetime, custody: Custody) -> None:
    """Declare a hold that another person of UNHCR proposed; from now on it stands.

    Raises:
        NotThereError: there is none, or not for this account.
        HoldRefusedError: the same person proposed it, or it is declared already.
    """
    demand(actor, DECLARE)
    with transaction.atomic():
        found = group_of(group, custody)
        if found.by and found.by[-1] == hand(actor) and found.is_declared:
            return
        if found.is_declared:
            raise HoldRefusedError(DECLARED_ALREADY)
        [first] = found.by
        if first.person == str(actor.account):
            raise HoldRefusedError(ALONE)
        check_proposer(first, DECLARE)
        groups.keep(found.row, found.hold, [first, hand(actor)], custody=custody)
        record("group hold declared", actor, at=at, wrote=[found.row])


def demand(actor: Actor, verb: str) -> None:
    """Refuse whoever may not, as if there were nothing."""
    if not may(actor, verb):
        raise NotThereError


def group_of(group: UUID, custody: Custody) -> Group:
    """Find a hold for a group, which nobody else changes meanwhile."""
    row = GroupHold.objects.select_for_update().filter(pk=group).first()
    if row is None:
        raise NotThereError
    return groups.one(row, custody=custody)


def check_proposer(first: Hand, verb: str) -> None:
    """Refuse what somebody proposed who could not propose it any more."""
    account = Account.objects.select_related("organisation").get(pk=first.person)
    if not may(account.actor, verb):
        raise HoldRefusedError(PROPOSER_GONE)
