"""The record of one case: what was done, and who has read it, a page at a time.

Whoever does not reach what an act was about sees neither the act nor a number that
counts it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import transaction

from asylon_server.store.cases import fields
from asylon_server.store.cases.models import Case
from asylon_server.store.cases.reads import allowed, thing
from asylon_server.store.organisations.models import Account
from asylon_server.store.record.acts import record
from asylon_server.store.record.models import Event, Leaf
from asylon_server.store.rights import Actor, can
from asylon_server.store.rights.errors import NotThereError

READING = frozenset(
    {
        "case read",
        "case listed",
        "case found",
        "hold proposals read",
        "group holds read",
        "emergency read",
        "receipt looked up",
        "record read",
        "releases read",
        "certificate opened",
        "certificate confirmed",
        "claim record read",
        "claim taken away",
        "complaint read",
        "interview read",
        "decision opened",
    }
)
"""Acts that only look."""

CERTIFICATE = "certificate"
PART_KEPT = "interview part kept"
CLAIM_READ = "claim record read"
ABOUT: Mapping[str, str] = MappingProxyType(
    {
        "case opened": "",
        "case amended": "",
        "case assigned": "record",
        "case unassigned": "record",
        "hold": "hold",
        "person reported held": "hold",
        "receipt": "hold",
        "certificate": CERTIFICATE,
        "conflict": "record",
        "fields released": "record",
        "release ended": "record",
        "consent to release": "consent",
        "emergency": "record",
        "erasing": "record",
        "claim complain": fields.NOBODY,
        "claim settle": fields.NOBODY,
        "claim": fields.CLAIM,
        "interview": fields.NARRATIVE,
        "index made anew": "record",
    }
)
"""What has to be reached to be told of an act, by the words that the act begins with: a
field class, the right to read certificates, or nothing more than the case. An act that
is not here is on no timeline."""

PAGE = 20
EVENTS, AT_ONCE = 20_000, 500
"""So many of the latest events of a case are gone through; no case has as many acts.
So many are read at once."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened to a case.

    Attributes:
        act: What was done.
        at: When.
        by: The name of the account; empty where the system itself did it.
        office: The organisation of that account.
        is_sealed: Whether it is under a signed head, so that nobody can take it back.
        parts: The parts of what was told that it changed, as far as they are reached.
    """

    act: str
    at: datetime
    by: str
    office: str
    is_sealed: bool
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entries:
    """One page of the record of a case, the newest first: which page, and of how many."""

    entries: tuple[Entry, ...]
    number: int
    last: int


@dataclass(frozen=True, slots=True)
class _Told:
    """An event that was read, and its number among all."""

    number: int
    said: Mapping[str, Any]
    parts: tuple[str, ...] = ()

    @property
    def act(self) -> str:
        return str(self.said["act"])


def timeline(actor: Actor, case_id: UUID, *, number: int = 1, at: datetime) -> Entries:
    """Read what was done to a case, without what the actor does not reach.

    Raises:
        NotThereError: there is no such case, or its record is not for this account.
    """
    case, reached = _opened(actor, case_id, at)
    seen = replace(thing(case, at=at), kind=CERTIFICATE)
    if can(actor, "read", seen) is not None:
        reached |= {CERTIFICATE}
    acts = [e for e in _events(case) if e.act not in READING]
    return _page([*_in_one(_reached(acts, reached))], number)


def readings(actor: Actor, case_id: UUID, *, number: int = 1, at: datetime) -> Entries:
    """Read who has looked at a case.

    Raises:
        NotThereError: there is no such case, or its record is not for this account.
    """
    case, _reached = _opened(actor, case_id, at)
    return _page([each for each in _events(case) if each.act in READING], number)


def _opened(actor: Actor, case_id: UUID, at: datetime) -> tuple[Case, frozenset[str]]:
    with transaction.atomic():
        case, reached = allowed(actor, "read", case_id, at=at)
        if "record" not in reached:
            raise NotThereError
        record("record read", actor, at=at, case=case.id)
    return case, reached


def _events(case: Case) -> Iterator[_Told]:
    """Go through the events of a case, the latest first, and read no more than is asked."""
    kept = Event.objects.filter(case=case.id, content__isnull=False)
    rows = kept.order_by("-number").values_list("number", "content")
    read, some = 0, list(rows[:AT_ONCE])
    while some and read < EVENTS:
        for number, content in some:
            yield _Told(number, json.loads(bytes(content or b"{}")))
        read += len(some)
        some = list(rows.filter(number__lt=some[-1][0])[:AT_ONCE])


def _reached(acts: Iterable[_Told], reached: frozenset[str]) -> Iterator[_Told]:
    for each in acts:
        needed = about(each.act)
        if needed is None or (needed and needed not in reached):
            continue
        if each.act == "case amended":
            parts = _parts(each.said["details"].get("parts", ()), reached)
            if parts is not None:
                yield replace(each, parts=parts)
        else:
            yield each


def _in_one(acts: Iterable[_Told]) -> Iterator[_Told]:
    """Tell what somebody kept of one interview, part after part, by the last of it."""
    before = None
    for each in acts:
        details = each.said["details"]
        which = (each.said["by"], details.get("claim"), details.get("interview"))
        now = which if each.act == PART_KEPT else None
        if now is None or now != before:
            yield each
        before = now


def has_opened(actor: Actor, case: Case, claim: str) -> bool:
    """Whether somebody has opened the record of a claim since it last changed.

    Whoever has not, signs nothing: see the guard `opened` of the procedure.
    """
    for each in _events(case):
        if each.said["details"].get("claim") != claim:
            continue
        if each.act not in READING:
            return False
        if each.act == CLAIM_READ and each.said["by"] == str(actor.account):
            return True
    return False


def about(act: str) -> str | None:
    """Say what has to be reached to be told of an act; None where it is not told."""
    for words, needed in ABOUT.items():
        if act == words or act.startswith(f"{words} "):
            return needed
    return None


def _parts(named: Sequence[str], reached: frozenset[str]) -> tuple[str, ...] | None:
    """Keep the parts that are reached; None where there are none.

    What does not say which parts it changed may have changed any.
    """
    if not named:
        every = {*fields.CLASS_OF.values(), fields.CLAIM}
        return () if every <= reached else None
    classes = {**fields.CLASS_OF, "person": "identity", "claims": fields.CLAIM}
    kept = tuple(e for e in named if classes.get(e, "nothing") in reached)
    return kept or None


def _page(told: Sequence[_Told], number: int) -> Entries:
    last = max(1, -(-len(told) // PAGE))
    number = min(max(1, number), last)
    shown = told[(number - 1) * PAGE : number * PAGE]
    names = account_names({each.said["by"] for each in shown if each.said["by"]})
    sealed = Leaf.objects.filter(event__in=[each.number for each in shown])
    under = set(sealed.values_list("event_id", flat=True))
    return Entries(tuple(_entry(each, names, under) for each in shown), number, last)


def _entry(
    told: _Told, names: Mapping[str, tuple[str, str]], sealed: set[int]
) -> Entry:
    by, office = names.get(told.said["by"], ("", ""))
    at = datetime.fromisoformat(told.said["at"])
    return Entry(told.act, at, by, office, told.number in sealed, told.parts)


def account_names(accounts: set[str]) -> dict[str, tuple[str, str]]:
    """Name accounts and their organisations."""
    rows = Account.objects.filter(pk__in=accounts).select_related("organisation")
    return {str(each.pk): (each.name, each.organisation.name) for each in rows}
