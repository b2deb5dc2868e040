"""Failures to sign in: each makes the next wait longer, by name and by address.

Nobody is locked out for good: the wait ends, what is tried meanwhile does not lengthen
it, and a passkey, which cannot be guessed, never waits for a name.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from asylon_server.store.entry.keys import digest
from asylon_server.store.entry.models import Spent, Tries

FORGOTTEN = timedelta(minutes=15)
LONGEST = timedelta(minutes=5)
FREE = {"name": 4, "address": 30}
"""So many failures are free; more from an address, which an office shares."""


def must_wait(kind: str, what: str, *, at: datetime) -> bool:
    """Whether it failed so often under a name or from an address that nothing is heard."""
    row = Tries.objects.filter(pk=_token(kind, what)).first()
    return row is not None and at < row.last + wait(kind, row.failures)


def wait(kind: str, failures: int) -> timedelta:
    """Say how long to wait after so many failures: twice as long after each."""
    over = failures - FREE[kind]
    if over <= 0:
        return timedelta()
    return min(timedelta(seconds=2 ** min(over, 20)), LONGEST)


def failed(kind: str, what: str, *, at: datetime) -> None:
    """Count a failure, and forget those of long ago."""
    with transaction.atomic():
        Tries.objects.filter(last__lt=at - FORGOTTEN).delete()
        Tries.objects.get_or_create(pk=_token(kind, what), defaults={"last": at})
        row = Tries.objects.select_for_update().get(pk=_token(kind, what))
        row.failures, row.last = row.failures + 1, at
        row.save(update_fields=["failures", "last"])


def succeeded(what: str) -> None:
    """Forget the failures under a name, once its holder is in."""
    Tries.objects.filter(pk=_token("name", what)).delete()


def spend(kind: str, *what: str, at: datetime) -> bool:
    """Use up a code or a challenge; False where it was used before."""
    Spent.objects.filter(until__lt=at).delete()
    until = at + FORGOTTEN
    token = digest(f"spent {kind}", *what)
    return Spent.objects.get_or_create(pk=token, defaults={"until": until})[1]


def _token(kind: str, what: str) -> str:
    return digest(f"tries {kind}", what.strip().casefold())
