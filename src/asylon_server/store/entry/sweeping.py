"""Taking away what is over: sessions, forms nobody came back for, spent codes, failures.

Pages take such rows away when they come by; a desk that stands still over a weekend
has no pages, and what is over must not wait for Monday in a file that can be stolen.
Links stay: each is a row of the record, of which only a hash is kept.
"""

from __future__ import annotations

from datetime import datetime

from asylon_server.store.entry import keeping, tries
from asylon_server.store.entry.models import Session, Spent, Tries


def sweep(*, at: datetime) -> None:
    """Take away what is over at a moment."""
    Session.objects.filter(until__lte=at).delete()
    keeping.sweep(at=at)
    Spent.objects.filter(until__lte=at).delete()
    Tries.objects.filter(last__lt=at - tries.FORGOTTEN).delete()
