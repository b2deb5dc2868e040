"""Whose a session is, as each page asks."""

from __future__ import annotations

from uuid import UUID

from asylon_server.store.kept import Kept
from asylon_server.store.organisations.models import Account, Organisation

_ACCOUNT = Kept(Account, lambda account: Account.objects.filter(pk=account))
_OFFICE = Kept(Organisation, lambda office: Organisation.objects.filter(pk=office))


def holder(account: UUID) -> Account | None:
    """Find an account that is open, with its organisation; none once it is closed."""
    found = next((each for each in _ACCOUNT(account) if each.is_active), None)
    if found is not None:
        [found.organisation] = _OFFICE(found.organisation_id)
    return found
