"""Signing in by a password."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from asylon_server.store.organisations.models import Account


class Passwords(BaseBackend):
    """Finds an account by its name and password."""

    def authenticate(
        self,
        request: HttpRequest | None,
        name: str = "",
        password: str = "",
        **_others: Any,
    ) -> Account | None:
        """Find the account, taking as long where there is none."""
        account = Account.objects.filter(name=name).first()
        if account is None:
            make_password(password)
            return None
        is_right = account.check_password(password)
        return account if is_right and account.is_active else None

    def get_user(self, user_id: UUID) -> Account | None:
        """Get whose session it is; nobody's once the account is closed."""
        found = Account.objects.select_related("organisation").filter(pk=user_id)
        return found.filter(is_active=True).first()
