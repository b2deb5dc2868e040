"""Erasing a case: its key, its seals and its tokens; the case itself stays, as a number.

The key is destroyed last. Should the machine stop before, the case is marked already,
and erasing it again finishes what was begun.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from asylon_server.store.cases.models import Case
from asylon_server.store.keystore.models import WrappedKey
from asylon_server.store.record import rows
from asylon_server.store.record.acts import record
from asylon_server.store.record.checking import ERASED
from asylon_server.store.rights import Actor
from asylon_server.store.vault import sealing
from asylon_server.store.vault.models import Compartment


def erase(actor: Actor | None, case_id: UUID, *, at: datetime) -> Case:
    """Erase a case. Who may ask for it is asked where the act is asked for."""
    with transaction.atomic():
        case = Case.objects.within(Q(pk=case_id)).select_for_update().get()
        sealed = Compartment.objects.filter(case=case.id)
        removed = [*map(rows.name, sealed), *map(rows.name, case.tokens.all())]
        sealed.delete()
        case.tokens.all().delete()
        case.erased = case.erased or at
        case.save(update_fields=["erased"])
        # What stays is named again, so that the events before can be emptied.
        left = [*case.assignments.all(), *case.holds.all(), *case.grants.all()]
        wrote = [case, *left, *case.conflicts.all()]
        record(ERASED, actor, at=at, case=case.id, wrote=wrote, removed=removed)
    sealing.erase(case.id)
    return case


def erase_without_key(*, at: datetime) -> list[UUID]:
    """Erase the cases whose key is gone: an old backup brought back what it sealed.

    Returns:
        The cases that were erased.
    """
    keys = set(WrappedKey.objects.values_list("case", flat=True))
    open_ = Case.objects.within(Q(erased=None)).values_list("pk", flat=True)
    gone = [case for case in open_ if case not in keys]
    return [erase(None, case, at=at).id for case in gone]
