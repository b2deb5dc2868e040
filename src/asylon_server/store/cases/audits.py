"""The record of an office, for its auditor: who did or read what, and when.

An auditor reads no case. Cases stand here by a part of the name drawn by chance, which
says nothing of anybody.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from asylon_server.store.cases.history import account_names
from asylon_server.store.cases.models import Case
from asylon_server.store.organisations.models import Account
from asylon_server.store.record.acts import record
from asylon_server.store.record.models import Event
from asylon_server.store.rights import Actor, Thing, can, shipped_table
from asylon_server.store.rights.errors import NotThereError

PAGE = 50
SEARCHED = 20_000
"""So many events are gone through for one page; a page further back goes on there."""

_STEP = 1_000
_SHORT = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One event of the record.

    Attributes:
        number: Its place among all.
        act: What was done.
        at: When.
        by: The name of the account; empty where the system itself did it.
        office: The organisation of that account.
        case: The first characters of the random name of the case, if any.
        is_sealed: Whether it is under a signed head.
    """

    number: int
    act: str
    at: datetime
    by: str
    office: str
    case: str
    is_sealed: bool


@dataclass(frozen=True, slots=True)
class Lines:
    """Some events, and from where on there are older ones."""

    lines: tuple[Line, ...]
    before: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What an auditor looks for; empty is all.

    Attributes:
        by: The name of an account.
        act: What was done.
        day: On which day.
        before: Only events before this number.
    """

    by: str = ""
    act: str = ""
    day: date | None = None
    before: int | None = None


def may_audit(actor: Actor) -> bool:
    """Whether somebody reads the record of their office."""
    return (
        can(actor, "read", Thing("record", organisation=actor.organisation)) is not None
    )


def office_record(actor: Actor, asked: Asked, *, at: datetime) -> Lines:
    """Read the record of an office, the newest first.

    It is what people of the office did, and what anybody did to cases of the office; of
    a body of a state only the former, as it may not know all of its cases.

    Raises:
        NotThereError: it is not for this account.
    """
    if not may_audit(actor):
        raise NotThereError
    with transaction.atomic():
        record("office record read", actor, at=at, details={"act": asked.act})
    found: list[tuple[Event, dict[str, Any]]] = []
    last = None
    for gone_through, (event, said) in enumerate(_events(actor, asked), 1):
        last = event.number
        if said and _fits(said, asked):
            found.append((event, said))
        if len(found) == PAGE or gone_through == SEARCHED:
            break
    else:
        last = None
    return Lines(tuple(_lines(found)), last)


def people(actor: Actor) -> list[str]:
    """Name the accounts of an office, open or closed."""
    rows = Account.objects.filter(organisation_id=actor.organisation)
    return list(rows.order_by("name").values_list("name", flat=True))


def _events(
    actor: Actor, asked: Asked
) -> Iterator[tuple[Event, dict[str, Any] | None]]:
    """Go through the events, the newest first; None stands for those of others."""
    by = Account.objects.filter(name=asked.by).values_list("pk", flat=True).first()
    before = asked.before
    while True:
        rows = Event.objects.select_related("leaf").order_by("-number")
        if before is not None:
            rows = rows.filter(number__lt=before)
        batch = list(rows[:_STEP])
        own = _own_cases(actor, {e.case for e in batch if e.case})
        for event in batch:
            said = json.loads(bytes(event.content)) if event.content else {}
            theirs = said.get("for") == str(actor.organisation) or event.case in own
            wanted = not asked.by or said.get("by") == str(by)
            yield event, said if theirs and wanted else None
        if len(batch) < _STEP:
            return
        before = batch[-1].number


def _own_cases(actor: Actor, cases: set[UUID]) -> set[UUID]:
    if actor.kind in shipped_table().state_bodies:
        return set()
    scope = Q(organisation_id=actor.organisation, pk__in=cases)
    return set(Case.objects.within(scope).values_list("pk", flat=True))


def _fits(said: dict[str, Any], asked: Asked) -> bool:
    on = datetime.fromisoformat(said["at"]).date()
    return asked.act in {"", said["act"]} and asked.day in {None, on}


def _lines(found: list[tuple[Event, dict[str, Any]]]) -> Iterator[Line]:
    names = account_names({said["by"] for _event, said in found if said["by"]})
    for event, said in found:
        by, office = names.get(said["by"], ("", ""))
        yield Line(
            event.number,
            said["act"],
            datetime.fromisoformat(said["at"]),
            by,
            office,
            str(event.case)[:_SHORT] if event.case else "",
            hasattr(event, "leaf"),
        )
