"""Lists of cases: somebody's work, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from asylon.casework import File
from asylon.security.custody import Custody
from asylon_server.store.cases import groups, waiting
from asylon_server.store.cases.models import Case
from asylon_server.store.cases.opening import Opened, files, keyring
from asylon_server.store.cases.reads import cases_of, states, work_of
from asylon_server.store.cases.ties import things
from asylon_server.store.cases.waiting import NOTHING, Waits
from asylon_server.store.record.acts import record_all
from asylon_server.store.rights import Actor, Thing, can
from asylon_server.store.rights.guarded import GuardedQuery

PAGE = 25
ORDERS = ("opened", "-opened", "reference", "-reference")
URGENT = "urgent"
LOOKED_AT = 1_000
"""Of so many cases the holds are opened to filter by them; more would take too long."""

WIDE = 2_000
"""Of more cases than these the database is asked in another way, which scales."""


@dataclass(frozen=True, slots=True)
class Row:
    """A case in a list.

    Attributes:
        case: Its name.
        opened: When it was opened.
        file: What is reached of its file.
        readable: Whether whoever looks may open it.
        opens: Whether it can be opened at all; else the file has only its holds.
        waits: What waits on it, as far as whoever looks may do something about it.
    """

    case: UUID
    opened: datetime
    file: File
    readable: bool = True
    opens: bool = True
    waits: Waits = NOTHING


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list.

    Attributes:
        rows: The rows shown.
        count: How many there are in all.
        number: Which page it is.
        order: In which order: one of `ORDERS`, or `URGENT`.
        is_cut: Whether there may be more, which were not looked at.
    """

    rows: tuple[Row, ...]
    count: int
    number: int
    order: str = URGENT
    is_cut: bool = False

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.count // PAGE))


def worklist(
    actor: Actor,
    *,
    order: str = "",
    destination: str = "",
    reference: str = "",
    number: int = 1,
    at: datetime,
    custody: Custody,
) -> Page:
    """Read one page of somebody's work; only the files on it are opened.

    Args:
        actor: Whose work.
        order: One of `ORDERS`, or by urgency; where so many cases are somebody's work
            that this takes long, and another order was not asked for, the newest first.
        destination: Only cases with a hold against this destination, among the first
            `LOOKED_AT` of the rest: against which state a hold stands is sealed.
        reference: Only cases whose reference holds these characters.
        number: Which page.
        at: When.
        custody: Where the wrapping key is.
    """
    is_wide = work_of(actor, at=at)[: WIDE + 1].count() > WIDE
    query = cases_of(actor, at=at, custody=custody, is_wide=is_wide)
    if reference:
        query = query.filter(reference__icontains=reference)
    if order not in {*ORDERS, URGENT}:
        order = ORDERS[1] if is_wide else URGENT
    ordered = _ordered(query, actor, order, at=at)
    more = False
    if destination:
        looked = list(ordered[: LOOKED_AT + 1])
        more = len(looked) > LOOKED_AT
        some = _held(actor, looked[:LOOKED_AT], destination, at=at, custody=custody)
        count, number = len(some), _within(number, len(some))
        shown = some[(number - 1) * PAGE : number * PAGE]
    else:
        count = ordered.count()
        number = _within(number, count)
        shown = list(ordered[(number - 1) * PAGE : number * PAGE])
    rows = listed(actor, shown, "read", "case listed", at=at, custody=custody)
    return Page(tuple(rows), count, number, order, is_cut=more)


def _ordered(
    query: GuardedQuery[Case], actor: Actor, order: str, *, at: datetime
) -> GuardedQuery[Case]:
    if order == URGENT:
        return waiting.by_urgency(query, actor, at=at)
    return query.order_by(order, "pk")


def _within(number: int, count: int) -> int:
    return min(max(1, number), max(1, -(-count // PAGE)))


def _held(
    actor: Actor,
    cases: Sequence[Case],
    destination: str,
    *,
    at: datetime,
    custody: Custody,
) -> list[Case]:
    """Keep the cases over which a hold stands against a destination.

    Whoever does not reach the holds of a case learns nothing of them by a filter.
    """
    ring = keyring(cases, custody=custody)
    against = {case.id: states(ring.held[case.id]) for case in cases}
    seen = things(cases, against, at=at, account=actor.account)
    declared = groups.standing(actor, custody=custody)
    # One that was lifted for a case still says that the case is in the group.
    is_for_group = destination in {each.destination for each in declared}
    return [
        case
        for case in cases
        if "hold" in (can(actor, "read", seen[case.id]) or ())
        and any(
            (each.hold.stands or is_for_group) and each.hold.destination == destination
            for each in ring.held[case.id]
        )
    ]


def listed(
    actor: Actor,
    cases: Sequence[Case],
    verb: str,
    act: str,
    *,
    at: datetime,
    custody: Custody,
) -> list[Row]:
    """Open files for a list. The record says of each that it is, before it is shown."""
    ring = keyring(cases, custody=custody)
    against = {case.id: states(ring.held[case.id]) for case in cases}
    seen = things(cases, against, at=at, account=actor.account)
    asked = {case.id: can(actor, verb, seen[case.id]) for case in cases}
    reached = {case: classes for case, classes in asked.items() if classes is not None}
    with transaction.atomic():
        record_all(
            act,
            actor,
            {case: {"classes": sorted(each)} for case, each in reached.items()},
            at=at,
        )
    opened = files(cases, reached, ring, groups.standing(actor, custody=custody))
    waits = _waits(actor, cases, seen, opened, at=at) if verb == "read" else {}
    return [
        Row(
            case.id,
            case.opened,
            opened[case.id].file,
            readable=verb == "read" or can(actor, "read", seen[case.id]) is not None,
            opens=not opened[case.id].closed,
            waits=waits.get(case.id, NOTHING),
        )
        for case in cases
        if case.id in reached
    ]


def _waits(
    actor: Actor,
    cases: Sequence[Case],
    seen: Mapping[UUID, Thing],
    opened: Mapping[UUID, Opened],
    *,
    at: datetime,
) -> dict[UUID, Waits]:
    """Say what waits on cases, of what the actor writes and reads both."""
    unasked = {
        case: waiting.of_all(each.file, can(actor, "write", seen[case]) or frozenset())
        for case, each in opened.items()
        if not each.closed
    }
    claims = {
        case: waiting.of_claims(actor, seen[case], each.file, at=at)
        for case, each in opened.items()
        if not each.closed
    }
    those = [case for case in cases if case.id in opened]
    return waiting.of(actor, those, unasked, claims, at=at)
