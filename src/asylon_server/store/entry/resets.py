"""A new way in for somebody who lost theirs: one proposes it, and another agrees.

A link lets whoever holds it be the holder of the account. So nobody draws one alone
for an account in use, neither on a page nor at the prompt.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from asylon_server.store.entry import ways
from asylon_server.store.organisations import links
from asylon_server.store.organisations.models import Account, Notice, Opening, Reset
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor, Thing, can
from asylon_server.store.rights.errors import NotThereError

LASTS = timedelta(days=2)
_KIND = "account"
RESET, ALONE, LINK = "reset", "reset_alone", "link"


class ResetError(Exception):
    """A reset cannot be done as it was asked for."""


def may(actor: Actor, verb: str) -> bool:
    """Whether somebody may do something to the accounts of their own office."""
    thing = Thing(_KIND, organisation=actor.organisation)
    return can(actor, verb, thing) is not None


def office(actor: Actor) -> list[Account]:
    """List the accounts of somebody's office.

    Raises:
        NotThereError: they are not for this account.
    """
    if not may(actor, "reset"):
        raise NotThereError
    rows = Account.objects.filter(organisation_id=actor.organisation)
    return list(rows.order_by("name"))


def proposed(actor: Actor, *, at: datetime) -> list[Reset]:
    """List the resets of somebody's office that wait for another person."""
    rows = Reset.objects.filter(
        account__organisation_id=actor.organisation, ended=None, proposed__gt=at - LASTS
    )
    return list(
        rows.select_related("account", "proposed_by").order_by("proposed", "pk")
    )


def draw_link(actor: Actor, account: str, *, at: datetime) -> str:
    """Draw a link for an account of the office that was never used.

    Who opened an account draws no link of it: they could be its holder themself. Who
    draws it could, too, so that others are told whom to ask.

    Raises:
        LinkError: it is in use, or closed, or who opened it asks.
        NotThereError: it is not there for this account.
    """
    found = theirs(actor, account, "link")
    if Opening.objects.filter(account=found, by_id=actor.account).exists():
        message = "another person than who opened the account draws its first link"
        raise links.LinkError(message)
    with transaction.atomic():
        told = _told_of_link(actor, found, at)
        return links.issue(actor, found, at=at, told=told)


def propose(actor: Actor, account: str, *, at: datetime) -> Reset:
    """Propose a new way in for somebody.

    Raises:
        NotThereError: the account is not there for this one.
        ResetError: the account is closed, or was never used.
    """
    found = theirs(actor, account, "reset")
    if not found.is_active or not found.settled:
        message = "the account is closed, or was never used"
        raise ResetError(message)
    with transaction.atomic():
        before = _end(found, at)
        made = Reset.objects.create(
            account=found, proposed_by_id=actor.account, proposed=at
        )
        record("reset proposed", actor, at=at, wrote=[made, *before])
    return made


def agree(actor: Actor, reset: str, *, at: datetime) -> str:
    """Agree to a new way in, as another person than who proposed it.

    Returns:
        The secret of the link.

    Raises:
        NotThereError: there is none for this account.
        ResetError: it is one's own proposal or one's own account, or whoever proposed
            it may do so no longer.
    """
    with transaction.atomic():
        rows = Reset.objects.select_for_update(of=("self",)).filter(
            pk=reset, ended=None, proposed__gt=at - LASTS
        )
        row = rows.select_related("account", "proposed_by__organisation").first()
        if row is None:
            raise NotThereError
        account = theirs(actor, str(row.account_id), "reset")
        if actor.account in {row.proposed_by_id, row.account_id}:
            message = "another person has to agree"
            raise ResetError(message)
        theirs_too = Thing(_KIND, organisation=account.organisation_id)
        if can(row.proposed_by.actor, "reset", theirs_too) is None:
            message = "whoever proposed it may do so no longer"
            raise ResetError(message)
        row.agreed_by_id, row.ended = actor.account, at
        row.save(update_fields=["agreed_by", "ended"])
        _cleared(actor, account, row, at)
        told = _told_of_link(actor, account, at)
        return links.issue(actor, account, at=at, agreed=True, told=told)


def alone(account: Account, *, at: datetime, lasts: timedelta) -> str:
    """Reset an account at the prompt, where its office has nobody else to do it.

    Everybody of the office is told at their next sign-in.

    Raises:
        ResetError: there are two people in the office who can do it.
    """
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=account.pk)
        able = _able(account)
        if len(able) > 1:
            names = ", ".join(each.name for each in able)
            message = f"two people of the office reset it on its pages: {names}"
            raise ResetError(message)
        told = _cleared(None, account, None, at)
        record("account reset by one alone", None, at=at, wrote=told)
        return links.issue(None, account, at=at, lasts=lasts, agreed=True)


def _able(account: Account) -> list[Account]:
    """List who of the office could reset an account; not its holder."""
    others = Account.objects.select_related("organisation").filter(
        organisation=account.organisation, settled__isnull=False
    )
    return [each for each in others.exclude(pk=account.pk) if may(each.actor, "reset")]


def _cleared(
    actor: Actor | None, account: Account, row: Reset | None, at: datetime
) -> list[Notice]:
    """Take every way in away, and tell the holder, or the whole office."""
    removed = ways.clear(account)
    whom = [account] if row else list(_office_of(account))
    kind = RESET if row else ALONE
    told = [
        Notice.objects.create(account=each, kind=kind, about=account.name, at=at)
        for each in whom
    ]
    wrote = [account, *told, *([row] if row else [])]
    record("account reset", actor, at=at, wrote=wrote, removed=removed)
    return told


def _told_of_link(actor: Actor, account: Account, at: datetime) -> list[Notice]:
    """Tell others who holds the link of an account: they ask its holder for it.

    These are whoever resets accounts of the office or reads its record; where there is
    none but who draws it, everybody of the office.
    """
    apart = {actor.account, account.pk}
    others = [each for each in _office_of(account) if each.pk not in apart]
    record_ = Thing("record", organisation=account.organisation_id)
    watching = [
        each
        for each in others
        # Whoever never signed in is told by nothing.
        if each.settled
        and (may(each.actor, "reset") or can(each.actor, "read", record_) is not None)
    ]
    return [
        Notice.objects.create(
            account=each, kind=LINK, about=account.name, by_id=actor.account, at=at
        )
        for each in watching or others
    ]


def _office_of(account: Account) -> list[Account]:
    """List who works in the office of an account, and its holder.

    Applicants are of the office too, and who else is in it is not for them.
    """
    rows = Account.objects.filter(organisation=account.organisation, is_active=True)
    rows = rows.filter(~Q(role="applicant") | Q(pk=account.pk))
    return list(rows.select_related("organisation"))


def _end(account: Account, at: datetime) -> list[Reset]:
    before = list(Reset.objects.filter(account=account, ended=None))
    for each in before:
        each.ended = at
        each.save(update_fields=["ended"])
    return before


def theirs(actor: Actor, account: str, verb: str) -> Account:
    """Find an account of somebody's office that they may do something to.

    Raises:
        NotThereError: it is not there for this account.
    """
    rows = Account.objects.select_related("organisation")
    found = rows.filter(pk=account).first()
    if found is None:
        raise NotThereError
    if can(actor, verb, Thing(_KIND, organisation=found.organisation_id)) is None:
        raise NotThereError
    return found
