"""Wrapping every data key again, under the newest wrapping key."""

from __future__ import annotations

from django.db import router, transaction

from asylon.security.custody import Custody
from asylon.security.errors import CustodyError
from asylon_server.store.keystore.models import WrappedKey

CHUNK = 500
"""So many are wrapped again at once; what was done stays done where it stops."""


def rewrap(custody: Custody) -> int:
    """Wrap every data key again that is not under the newest wrapping key.

    One that does not open is left as it is: it was altered, and may come back.

    Returns:
        How many did not open.
    """
    names = list(WrappedKey.objects.order_by("case").values_list("case", flat=True))
    closed = 0
    for start in range(0, len(names), CHUNK):
        with transaction.atomic(using=router.db_for_write(WrappedKey)):
            rows = WrappedKey.objects.filter(case__in=names[start : start + CHUNK])
            closed += sum(not _is_rewrapped(each, custody) for each in rows)
    return closed


def _is_rewrapped(row: WrappedKey, custody: Custody) -> bool:
    wrapped, case = bytes(row.wrapped), str(row.case)
    if custody.is_current(wrapped):
        return True
    try:
        row.wrapped = custody.wrap(custody.unwrap(wrapped, case), case)
    except CustodyError:
        return False
    row.save(update_fields=["wrapped"])
    return True
