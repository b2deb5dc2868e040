"""Erasing a case: its key, its seals and its tokens; the case itself stays, as a number.

The key is destroyed last. Should the machine stop before, the case is marked already,
and `finish`, at the next start, destroys what was left. Only what somebody asked to
erase is erased: a key that is missing without a tombstone was lost, and is a fault.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q

from asylon_server.store.cases.finding import take_tokens
from asylon_server.store.cases.models import Case
from asylon_server.store.keystore.leaving import cut_off
from asylon_server.store.keystore.models import Tombstone, WrappedKey
from asylon_server.store.record import rows
from asylon_server.store.record.acts import record
from asylon_server.store.record.checking import ERASED
from asylon_server.store.record.models import Event
from asylon_server.store.rights import Actor
from asylon_server.store.vault import sealing
from asylon_server.store.vault.models import Compartment


def erase(actor: Actor | None, case_id: UUID, *, at: datetime) -> Case:
    """Erase a case that was to be erased before; two people are asked in `erasures`."""
    with transaction.atomic():
        case = Case.objects.within(Q(pk=case_id)).select_for_update().get()
        mark(case, actor, at=at)
    destroy(case.id, at=at)
    return case


def mark(
    case: Case,
    actor: Actor | None,
    *,
    at: datetime,
    wrote: Iterable[models.Model] = (),
    details: Mapping[str, object] | None = None,
) -> None:
    """Take away what is in the tables of a case, in the transaction of the caller.

    Args:
        case: The case, locked.
        actor: Who erases it.
        at: When.
        wrote: Rows that the act changed beside.
        details: Codes that belong to it; all that was said before is emptied.
    """
    before = list(Event.objects.filter(case=case.id, content__isnull=False))
    sealed = Compartment.objects.filter(case=case.id)
    times = case.appointments.all()
    removed = [*map(rows.name, (*sealed, *times)), *take_tokens(case)]
    sealed.delete()
    times.delete()
    case.erased = case.erased or at
    case.save(update_fields=["erased"])
    # What stays is named again, so that the events before can be emptied.
    left = [case, *_still_there(before, {*removed, rows.name(case)}), *wrote]
    record(
        ERASED,
        actor,
        at=at,
        case=case.id,
        wrote=left,
        removed=removed,
        details=details,
    )
    _empty(before)


def destroy(case_id: UUID, *, at: datetime) -> None:
    """Destroy the key of a case that is marked, after that was committed."""
    sealing.erase(case_id, on=at.date())
    cut_off("keys", "default")


def finish(*, at: datetime) -> list[UUID]:
    """Finish what an erasing had begun, and erase again what a backup brought back.

    Returns:
        The cases of a backup that were erased again.
    """
    keys = set(WrappedKey.objects.values_list("case", flat=True))
    marked = Case.objects.within(~Q(erased=None)).values_list("pk", flat=True)
    for case in marked:
        if case in keys:
            sealing.erase(case, on=at.date())
    stones = set(Tombstone.objects.values_list("case", flat=True))
    again = [erase(None, case, at=at).id for case in _open() if case in stones]
    cut_off("keys", "default")
    return again


def unfinished() -> list[UUID]:
    """Name the cases whose erasing was begun and not finished."""
    keys = set(WrappedKey.objects.values_list("case", flat=True))
    marked = Case.objects.within(~Q(erased=None)).values_list("pk", flat=True)
    stones = set(Tombstone.objects.values_list("case", flat=True))
    begun = [case for case in marked if case in keys]
    return begun + [case for case in _open() if case in stones]


def without_key() -> list[UUID]:
    """Name the cases whose key was lost: nobody erased them, and nobody can open them."""
    keys = set(WrappedKey.objects.values_list("case", flat=True))
    stones = set(Tombstone.objects.values_list("case", flat=True))
    return [case for case in _open() if case not in keys | stones]


def _open() -> list[UUID]:
    return list(Case.objects.within(Q(erased=None)).values_list("pk", flat=True))


def _still_there(events: Iterable[Event], known: set[str]) -> Iterator[models.Model]:
    """Find the rows that events named, and that no other event may name any more."""
    told = [json.loads(bytes(each.content or b"{}")) for each in events]
    for name in sorted({name for said in told for name in said["rows"]} - known):
        row = rows.found(name)
        if row is not None:
            yield row


def _empty(events: Iterable[Event]) -> None:
    """Empty the events of a case, but for those that say it was erased."""
    for each in events:
        if json.loads(bytes(each.content or b"{}"))["act"] != ERASED:
            each.content = each.salt = None
            each.save(update_fields=["content", "salt"])
