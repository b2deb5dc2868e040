"""Whose session it is; how somebody comes in is said in `store.entry`."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.backends import BaseBackend

from asylon_server.store.organisations.accounts import holder
from asylon_server.store.organisations.models import Account


class Passwords(BaseBackend):
    """Finds the holder of a session, and lets nobody in by itself."""

    def get_user(self, user_id: UUID) -> Account | None:
        """Get whose session it is; nobody's once the account is closed."""
        return holder(user_id)
