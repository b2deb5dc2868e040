"""The record of one case: what was done, and who has read it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from asylon_server.store.cases.reads import allowed
from asylon_server.store.organisations.models import Account
from asylon_server.store.record.acts import record
from asylon_server.store.record.models import Event
from asylon_server.store.rights import Actor
from asylon_server.store.rights.errors import NotThereError

READING = frozenset(
    {
        "case read",
        "case listed",
        "case found",
        "record read",
        "certificate opened",
        "certificate confirmed",
    }
)
"""Acts that only look."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened to a case.

    Attributes:
        act: What was done.
        at: When.
        by: The name of the account; empty where the system itself did it.
        office: The organisation of that account.
        is_sealed: Whether it is under a signed head, so that nobody can take it back.
    """

    act: str
    at: datetime
    by: str
    office: str
    is_sealed: bool

    @property
    def is_reading(self) -> bool:
        """Whether it only looked."""
        return self.act in READING


def history(actor: Actor, case_id: UUID, *, at: datetime) -> list[Entry]:
    """Read the record of a case, the newest first.

    Raises:
        NotThereError: there is no such case, or its record is not for this account.
    """
    with transaction.atomic():
        case, reached = allowed(actor, "read", case_id, at=at)
        if "record" not in reached:
            raise NotThereError
        record("record read", actor, at=at, case=case.id)
    events = Event.objects.filter(case=case.id).select_related("leaf")
    told = [(json.loads(bytes(e.content)), e) for e in events if e.content is not None]
    names = account_names({said["by"] for said, _ in told if said["by"]})
    entries = [_entry(said, event, names) for said, event in told]
    return sorted(entries, key=lambda each: each.at, reverse=True)


def _entry(
    said: dict[str, str], event: Event, names: dict[str, tuple[str, str]]
) -> Entry:
    by, office = names.get(said["by"], ("", ""))
    sealed = hasattr(event, "leaf")
    return Entry(said["act"], datetime.fromisoformat(said["at"]), by, office, sealed)


def account_names(accounts: set[str]) -> dict[str, tuple[str, str]]:
    """Name accounts and their organisations."""
    rows = Account.objects.filter(pk__in=accounts).select_related("organisation")
    return {str(each.pk): (each.name, each.organisation.name) for each in rows}
