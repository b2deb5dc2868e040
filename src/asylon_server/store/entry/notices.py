"""What somebody has to be told when they sign in next."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from asylon_server.store.organisations.models import Account, Notice
from asylon_server.store.record.acts import record


def waiting(account: Account) -> list[Notice]:
    """List what an account was not told yet."""
    rows = Notice.objects.filter(account=account, seen=None).select_related("by")
    return list(rows.order_by("at", "pk"))


def seen(account: Account, *, at: datetime) -> None:
    """Write down that an account was told."""
    with transaction.atomic():
        rows = waiting(account)
        for each in rows:
            each.seen = at
            each.save(update_fields=["seen"])
        record("notices seen", account.actor, at=at, wrote=rows)
