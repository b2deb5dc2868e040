"""What waits on cases: answers to proposals, certificates that end, and parts not told.

The first two stand in the tables and sort a caseload. What was not told yet is known
only of a file that was opened, and is shown beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OrderBy, OuterRef, QuerySet, Subquery

from asylon.casework import File
from asylon.casework.waiting import Waiting, waiting
from asylon_server.store.cases.changes import values
from asylon_server.store.cases.fields import CLASS_OF
from asylon_server.store.cases.models import Case, Certificate, LiftingProposal
from asylon_server.store.cases.placing import hand
from asylon_server.store.rights import Actor, Thing, can
from asylon_server.store.rights.guarded import GuardedQuery

SOON = timedelta(days=21)
"""A certificate that ends within this time waits for a new talk."""

LATELY = timedelta(days=60)
"""One that ended within this time, and was not replaced, waits as well."""

ASKED = ("names", "born", "languages", "nationalities", "kin", "contacts", "needs")
"""The parts that are asked of everybody, though each of them can wait."""


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits on a case.

    Attributes:
        answers: Until when a proposal to lift a hold can be answered.
        ends: When the first certificate ends, or ended.
        unasked: The parts that somebody on the file was not asked for yet.
        claims: What waits on its claims, for whoever takes part in their procedure.
    """

    answers: datetime | None = None
    ends: date | None = None
    unasked: tuple[str, ...] = ()
    claims: tuple[Waiting, ...] = ()


NOTHING = Waits()


def by_urgency(
    query: GuardedQuery[Case], actor: Actor, *, at: datetime
) -> GuardedQuery[Case]:
    """Sort cases: what waits for an answer, what ends soon, and then the newest."""
    order: list[OrderBy] = []
    here = OuterRef("pk")
    if _may(actor, "hold", "agree_to_lifting"):
        asked = _proposals(actor, at).filter(hold__case=here)
        order.append(OrderBy(Exists(asked), descending=True))
    if _may(actor, "certificate", "read"):
        ending = (
            _ending(at).filter(case=here).order_by("expires", "pk").values("expires")
        )
        order.append(OrderBy(Subquery(ending[:1]), nulls_last=True))
    return query.order_by(*order, "-opened", "pk")


def of(
    actor: Actor,
    cases: Sequence[Case],
    unasked: Mapping[UUID, tuple[str, ...]],
    claims: Mapping[UUID, tuple[Waiting, ...]],
    *,
    at: datetime,
) -> dict[UUID, Waits]:
    """Say what waits on cases that somebody may read.

    Args:
        actor: Who looks.
        cases: The cases.
        unasked: What was not told yet, by case.
        claims: What waits on claims, by case.
        at: When.
    """
    named = [case.id for case in cases]
    answers: dict[UUID, datetime] = {}
    if _may(actor, "hold", "agree_to_lifting"):
        asked = (
            _proposals(actor, at).filter(hold__case__in=named).order_by("-until", "pk")
        )
        answers = dict(asked.values_list("hold__case", "until"))
    ends: dict[UUID, date] = {}
    if _may(actor, "certificate", "read"):
        ending = _ending(at).filter(case__in=named).order_by("-expires", "pk")
        ends = dict(ending.values_list("case", "expires"))
    return {
        each: Waits(
            answers.get(each),
            ends.get(each),
            unasked.get(each, ()),
            claims.get(each, ()),
        )
        for each in named
    }


def _may(actor: Actor, kind: str, verb: str) -> bool:
    mine = Thing(kind, actor.organisation, frozenset({actor.account}))
    return can(actor, verb, mine) is not None


def _proposals(actor: Actor, at: datetime) -> QuerySet[LiftingProposal]:
    """Ask for proposals that wait for another organisation than the one they came from."""
    waiting = LiftingProposal.objects.filter(answered=None, until__gt=at)
    return waiting.exclude(by__organisation_id=actor.organisation)


def _ending(at: datetime) -> QuerySet[Certificate]:
    day = at.date()
    return Certificate.objects.filter(
        ended=None, expires__gte=day - LATELY, expires__lte=day + SOON
    )


def unasked(file: File, classes: Set[str]) -> Iterator[tuple[str, list[str]]]:
    """Name of each person the parts that were not told, as far as they are reached."""
    parts = [each for each in ASKED if CLASS_OF[each] in classes]
    for person in file.people:
        missing = [each for each in parts if not values(person, each)]
        if missing:
            yield person.id, missing


def of_claims(
    actor: Actor, seen: Thing, file: File, *, at: datetime
) -> tuple[Waiting, ...]:
    """Say what waits on the claims of a file, for who takes part in their procedure."""
    if can(actor, "act", replace(seen, kind="claim")) is None:
        return ()
    by, on = hand(actor), at.date()
    told = (waiting(each, by, on) for each in file.claims)
    return tuple(each for each in told if each.is_something)


def of_all(file: File, classes: Set[str]) -> tuple[str, ...]:
    """Name the parts that somebody on a file was not asked for yet."""
    missing = {part for _person, parts in unasked(file, classes) for part in parts}
    return tuple(each for each in ASKED if each in missing)
