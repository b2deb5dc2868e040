"""Lists of cases: somebody's work, and who is found by name and year of birth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from asylon.casework import File
from asylon.identity.lookup import AROUND, folded
from asylon.security.custody import Custody
from asylon_server.store.cases.holds import of_cases
from asylon_server.store.cases.models import Case
from asylon_server.store.cases.reads import cases_of, opened, thing
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor, Thing, can
from asylon_server.store.rights.errors import NotThereError

PAGE = 25
ORDERS = ("opened", "-opened", "reference", "-reference")


@dataclass(frozen=True, slots=True)
class Row:
    """A case in a list.

    Attributes:
        case: Its name.
        opened: When it was opened.
        file: What is reached of its file.
        readable: Whether whoever looks may open it.
    """

    case: UUID
    opened: datetime
    file: File
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: the rows shown, and how many there are in all."""

    rows: tuple[Row, ...]
    count: int
    number: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.count // PAGE))


def worklist(
    actor: Actor,
    *,
    order: str = "-opened",
    destination: str = "",
    reference: str = "",
    number: int = 1,
    at: datetime,
    custody: Custody,
) -> Page:
    """Read one page of somebody's work; only the files on it are opened.

    Args:
        actor: Whose work.
        order: One of `ORDERS`.
        destination: Only cases with a hold against this destination.
        reference: Only cases whose reference holds these characters.
        number: Which page.
        at: When.
        custody: Where the wrapping key is.
    """
    query = cases_of(actor, at=at)
    if destination:
        held = _held(actor, at=at, custody=custody)
        query = query.filter(pk__in=held.get(destination, frozenset()))
    if reference:
        query = query.filter(reference__icontains=reference)
    ordered = query.order_by(order if order in ORDERS else ORDERS[1], "pk")
    with transaction.atomic():
        count = ordered.count()
        number = min(max(1, number), max(1, -(-count // PAGE)))
        shown = ordered[(number - 1) * PAGE : number * PAGE]
        rows = tuple(_rows(actor, list(shown), at=at, custody=custody))
    return Page(rows, count, number)


def destinations(actor: Actor, *, at: datetime, custody: Custody) -> list[str]:
    """Name the destinations of the holds over somebody's work."""
    return sorted(_held(actor, at=at, custody=custody))


def _held(actor: Actor, *, at: datetime, custody: Custody) -> dict[str, set[UUID]]:
    """Say by destination over which of somebody's cases a hold stands.

    Whoever does not reach the holds of a case learns nothing of them by a filter.
    """
    mine = cases_of(actor, at=at)
    own = Thing("case", assigned=frozenset({actor.account}))
    if "hold" not in (can(actor, "read", own) or ()):
        released = Q(grants__account_id=actor.account, grants__released="hold")
        mine = mine.filter(released, grants__since__lte=at, grants__until__gt=at)
    told: dict[str, set[UUID]] = {}
    for each in of_cases(mine, custody=custody):
        if each.hold.stands:
            told.setdefault(each.hold.destination, set()).add(each.row.case_id)
    return told


def found(
    actor: Actor, name: str, born: Iterable[int], *, at: datetime, custody: Custody
) -> list[Row]:
    """Find cases of the actor's office by a name and years of birth, or near ones.

    Raises:
        NotThereError: the actor searches for nobody.
    """
    if can(actor, "search", Thing("case", organisation=actor.organisation)) is None:
        raise NotThereError
    years = {year + step for year in born for step in range(-AROUND, AROUND + 1)}
    reading = folded(name)
    tokens = [custody.token(reading, y) for y in sorted(years)] if reading else []
    scope = Q(organisation_id=actor.organisation, tokens__token__in=tokens, erased=None)
    with transaction.atomic():
        cases = Case.objects.within(scope).distinct().order_by("reference")
        rows = list(_matches(actor, list(cases), at=at, custody=custody))
        record("people searched", actor, at=at, details={"found": len(rows)})
    return rows


def _rows(
    actor: Actor, cases: list[Case], *, at: datetime, custody: Custody
) -> Iterator[Row]:
    for case in cases:
        reached = can(actor, "read", thing(case, at=at, custody=custody))
        if reached is not None:
            file = _opened(actor, case, reached, "case listed", at=at, custody=custody)
            yield Row(case.id, case.opened, file)


def _matches(
    actor: Actor, cases: list[Case], *, at: datetime, custody: Custody
) -> Iterator[Row]:
    for case in cases:
        seen = thing(case, at=at, custody=custody)
        reached = can(actor, "search", seen)
        if reached is not None:
            file = _opened(actor, case, reached, "case found", at=at, custody=custody)
            readable = can(actor, "read", seen) is not None
            yield Row(case.id, case.opened, file, readable)


def _opened(
    actor: Actor,
    case: Case,
    reached: frozenset[str],
    act: str,
    *,
    at: datetime,
    custody: Custody,
) -> File:
    """Open a file for a list; the record says so before it is shown."""
    details = {"classes": sorted(reached)}
    record(act, actor, at=at, case=case.id, details=details)
    _version, file = opened(case, reached, custody=custody)
    return file
