"""Acts on organisations and accounts; each is written down as it is done.

Here nobody is asked for their rights: who may open an account is asked where the act is
asked for. From the prompt of the machine itself there is no actor.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from asylon.casework import has_seat
from asylon_server.store.kept import Kept
from asylon_server.store.organisations.models import (
    Account,
    Opening,
    Organisation,
    SignInLink,
)
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor, shipped_table

_OFFICE = Kept(Organisation, lambda name: Organisation.objects.filter(name=name))


class AccountError(Exception):
    """An account or an organisation cannot be opened as it was asked for."""


def open_organisation(
    actor: Actor | None,
    *,
    name: str,
    kind: str,
    state: str,
    at: datetime,
    invented: bool = False,
) -> Organisation:
    """Let an organisation take part.

    Args:
        actor: Who opens it; None at the prompt of the machine.
        name: Its name.
        kind: Its kind.
        state: The state that it works in, or is a body of.
        at: When.
        invented: Whether all in the deployment that begins with it is invented. It is
            sealed in the record, so that no real one is taken for it.

    Raises:
        AccountError: there is one of that name, no such kind, or it has no seat.
    """
    kinds = shipped_table().organisations
    if kind not in kinds:
        message = f"`{kind}` is no kind of organisation; there is {_listed(kinds)}"
        raise AccountError(message)
    if not has_seat(kind, state):
        message = (
            f"a body of the state `{state}` has no seat: people flee from there. "
            "Nothing is opened for it"
        )
        raise AccountError(message)
    with transaction.atomic():
        if _OFFICE(name):
            message = f"there is an organisation named `{name}` already"
            raise AccountError(message)
        made = Organisation.objects.create(name=name, kind=kind, state=state)
        details = {"invented": True} if invented else {}
        record("organisation opened", actor, at=at, wrote=[made], details=details)
    return made


def open_account(
    actor: Actor | None,
    *,
    name: str,
    role: str,
    organisation: Organisation,
    at: datetime,
) -> Account:
    """Open an account that has no password yet.

    Raises:
        AccountError: the name is taken, or the organisation gives no such role.
    """
    roles = shipped_table().organisations[organisation.kind]
    if role not in roles:
        message = (
            f"an organisation of the kind `{organisation.kind}` gives no role `{role}`; "
            f"it gives {_listed(roles)}"
        )
        raise AccountError(message)
    with transaction.atomic():
        if Account.objects.filter(name=name).exists():
            message = f"there is an account named `{name}` already; choose another name"
            raise AccountError(message)
        made = Account(name=name, role=role, organisation=organisation)
        made.set_unusable_password()
        made.save(force_insert=True)
        wrote: list[models.Model] = [made]
        if actor is not None:
            wrote.append(Opening.objects.create(account=made, by_id=actor.account))
        record("account opened", actor, at=at, wrote=wrote)
    return made


def close_account(actor: Actor | None, account: UUID, *, at: datetime) -> Account:
    """Close an account, and the links that would open it."""
    with transaction.atomic():
        found = Account.objects.select_for_update().get(pk=account)
        found.is_active = False
        found.epoch += 1
        found.save(update_fields=["is_active", "epoch"])
        unused = list(SignInLink.objects.filter(account=found, used=None))
        for link in unused:
            link.used = at
            link.save(update_fields=["used"])
        record("account closed", actor, at=at, wrote=[found, *unused])
    return found


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))
