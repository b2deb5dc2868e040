"""Opening and closing the accounts of one's own office."""

from __future__ import annotations

from datetime import datetime

from asylon_server.store.entry import resets
from asylon_server.store.organisations.acts import close_account, open_account
from asylon_server.store.organisations.models import Account, Organisation
from asylon_server.store.rights import Actor, shipped_table
from asylon_server.store.rights.errors import NotThereError

LONGEST_NAME = 60

NAME = "account.name"
TAKEN = "account.name-taken"
ROLE = "account.role"
ONESELF = "account.oneself"


class AccountRefusedError(Exception):
    """An account is not opened or closed as it was asked for; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def roles(actor: Actor) -> list[str]:
    """List the roles that somebody's office gives."""
    return sorted(shipped_table().organisations.get(actor.kind, ()))


def open_one(actor: Actor, name: str, role: str, *, at: datetime) -> Account:
    """Open an account in one's own office; another person draws its first link.

    Raises:
        NotThereError: the actor opens none.
        AccountRefusedError: the name is missing, too long or taken, or there is no
            such role in the office.
    """
    if not resets.may(actor, "open"):
        raise NotThereError
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise AccountRefusedError(NAME)
    if role not in roles(actor):
        raise AccountRefusedError(ROLE)
    if Account.objects.filter(name=name).exists():
        raise AccountRefusedError(TAKEN)
    office = Organisation.objects.get(pk=actor.organisation)
    return open_account(actor, name=name, role=role, organisation=office, at=at)


def close_one(actor: Actor, account: str, *, at: datetime) -> Account:
    """Close an account of one's own office, with its links and sessions.

    Raises:
        NotThereError: it is not there for this account.
        AccountRefusedError: it is one's own.
    """
    found = resets.theirs(actor, account, "close")
    if found.pk == actor.account:
        raise AccountRefusedError(ONESELF)
    return close_account(actor, found.pk, at=at) if found.is_active else found
