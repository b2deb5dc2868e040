"""The cases of an office, for its supervisor: whose work each is, and whose it could be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from asylon.security.custody import Custody
from asylon_server.store.cases import reads
from asylon_server.store.cases.lists import PAGE, Page, Row, listed
from asylon_server.store.cases.models import Assignment, Case
from asylon_server.store.organisations.models import Account
from asylon_server.store.rights import Actor, Thing, can
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.rights.guarded import GuardedQuery
from asylon_server.store.rights.policy import is_assignable, is_feared

NOBODY, SOMEBODY = "nobody", "somebody"


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody whose work a case is, or could be, or who is kept away from it.

    Attributes:
        account: Whose account.
        name: Its name.
        role: Its role.
        office: The name of its organisation.
        kind: The kind of that organisation.
        released: What was released to them of the case, by class, with its end.
        is_open: Whether the account is open.
    """

    account: UUID
    name: str
    role: str
    office: str
    kind: str
    released: tuple[tuple[str, datetime], ...] = ()
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Work:
    """Who works on a case, who could, and who is kept away."""

    row: Row
    workers: tuple[Worker, ...]
    kept_away: tuple[tuple[Worker, bool], ...]
    could: tuple[Worker, ...]


def may_assign(actor: Actor) -> bool:
    """Whether somebody gives out the cases of their office."""
    here = Thing("case", organisation=actor.organisation)
    return can(actor, "assign", here) is not None


def caseload(
    actor: Actor,
    *,
    who: str = "",
    reference: str = "",
    number: int = 1,
    at: datetime,
    custody: Custody,
) -> Page:
    """Read one page of the cases of an office, the newest first.

    Args:
        actor: A supervisor of it.
        who: Only cases that `NOBODY` or `SOMEBODY` works on, or this account.
        reference: Only cases whose reference holds these characters.
        number: Which page.
        at: When.
        custody: Where the wrapping key is.

    Raises:
        NotThereError: they are not for this account.
    """
    if not may_assign(actor):
        raise NotThereError
    query = reads.seated(actor, Q(organisation_id=actor.organisation), custody=custody)
    query = _worked_on(query, who, at)
    if reference:
        query = query.filter(reference__icontains=reference)
    ordered = query.order_by("-opened", "pk")
    count = ordered.count()
    number = min(max(1, number), max(1, -(-count // PAGE)))
    shown = list(ordered[(number - 1) * PAGE : number * PAGE])
    rows = listed(actor, shown, "assign", "case listed", at=at, custody=custody)
    return Page(tuple(rows), count, number)


def workers(cases: list[UUID], *, at: datetime) -> dict[UUID, list[Worker]]:
    """Say whose work cases are now, with one look at the table."""
    rows = Assignment.objects.filter(_now(at), case__in=cases)
    told: dict[UUID, list[Worker]] = {}
    for each in rows.select_related("account__organisation").order_by("since", "pk"):
        told.setdefault(each.case_id, []).append(worker(each.account))
    return told


def work_on(actor: Actor, case_id: UUID, *, at: datetime, custody: Custody) -> Work:
    """Read who works on one case, who could, and who is kept away.

    Raises:
        NotThereError: there is no such case, or not for this account.
    """
    with transaction.atomic():
        case, _reached = reads.allowed(actor, "assign", case_id, at=at, custody=custody)
        # As in the list: it is told of here as well where its file does not open.
        [row] = listed(actor, [case], "assign", "case listed", at=at, custody=custody)
    seen = reads.thing(case, at=at, custody=custody)
    away = case.conflicts.filter(lifted=None).select_related("account__organisation")
    return Work(
        row,
        tuple(_with_releases(case, each, at) for each in _accounts(seen.assigned)),
        tuple((worker(e.account), e.declared_by_id != actor.account) for e in away),
        tuple(map(worker, _could(actor, seen))),
    )


def worker(account: Account) -> Worker:
    """Show an account as somebody who works, or could."""
    office = account.organisation
    return Worker(
        account.pk,
        account.name,
        account.role,
        office.name,
        office.kind,
        is_open=account.is_active,
    )


def staff(actor: Actor) -> list[Worker]:
    """List the open accounts of an office whose role works on cases."""
    rows = Account.objects.filter(
        organisation_id=actor.organisation, is_active=True
    ).select_related("organisation")
    return [
        worker(each)
        for each in rows.order_by("name")
        if is_assignable(each.organisation.kind, each.role)
    ]


def _worked_on(query: GuardedQuery[Case], who: str, at: datetime) -> GuardedQuery[Case]:
    rows = Assignment.objects.filter(_now(at), case=OuterRef("pk"))
    rows = rows.filter(account__is_active=True)
    match who:
        case "":
            return query
        case "nobody":
            return query.filter(~Exists(rows))
        case "somebody":
            return query.filter(Exists(rows))
        case _:
            return query.filter(Exists(rows.filter(account__name=who)))


def _now(at: datetime) -> Q:
    return Q(since__lte=at) & (Q(until=None) | Q(until__gt=at))


def _accounts(names: frozenset[UUID]) -> list[Account]:
    rows = Account.objects.filter(pk__in=names).select_related("organisation")
    return list(rows.order_by("organisation__name", "name"))


def _with_releases(case: Case, account: Account, at: datetime) -> Worker:
    grants = case.grants.filter(account=account, since__lte=at, until__gt=at)
    told = tuple(grants.order_by("released", "pk").values_list("released", "until"))
    return replace(worker(account), released=told)


def _could(actor: Actor, seen: Thing) -> list[Account]:
    """List who could be given a case: of the own office first."""
    rows = Account.objects.filter(is_active=True).select_related("organisation")
    rows = rows.exclude(pk__in=seen.assigned | seen.conflicted | {actor.account})
    able = [
        each
        for each in rows.order_by("organisation__name", "role", "name")
        if is_assignable(each.organisation.kind, each.role)
        and not is_feared(each.organisation.kind, each.organisation.state, seen.feared)
    ]
    return sorted(able, key=lambda e: e.organisation_id != actor.organisation)
