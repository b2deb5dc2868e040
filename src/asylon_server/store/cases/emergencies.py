"""Opening a case in an emergency, only so that its people are protected.

Somebody is about to be sent back, and nobody whose work the case is can be reached. A
protection officer then sees named fields for some hours, and says why; another
organisation is told at once, and reviews it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q, QuerySet

from asylon.security.custody import Custody
from asylon_server.store.cases import reads
from asylon_server.store.cases.models import Case, Emergency
from asylon_server.store.cases.refusals import WorkRefusedError
from asylon_server.store.organisations.models import Account, Notice, Organisation
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor, Thing, can, shipped_table
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.vault import sealing

KIND = "emergency"
PURPOSES = ("removal", "detention", "danger", "illness", "child")
"""Protective ones only: what for a case may be opened by who does not work on it."""

LONGEST = 8
SHORTEST_REASON, LONGEST_REASON = 10, 1_000
JUSTIFIED, NOT_JUSTIFIED = "justified", "not-justified"
FINDINGS = (JUSTIFIED, NOT_JUSTIFIED)
REVIEWERS = ("auditor", "supervisor")

PURPOSE = "emergency.purpose"
REASON = "emergency.reason"
CLASSES = "emergency.classes"
HOURS = "emergency.hours"
NOBODY = "emergency.nobody-to-tell"
FOUND_WRONG = "emergency.found-wrong"
FINDING = "emergency.finding"
REVIEWED = "emergency.reviewed"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody says who opens a case in an emergency.

    Attributes:
        purpose: What for, one of `PURPOSES`.
        reason: Why, in words; it is sealed with the case.
        classes: Which fields are needed.
        hours: For how many hours.
    """

    purpose: str
    reason: str
    classes: frozenset[str]
    hours: int


def may_open(actor: Actor) -> bool:
    """Whether somebody may open any case in an emergency."""
    return can(actor, "open", Thing(KIND)) is not None


def reviews(actor: Actor) -> bool:
    """Whether somebody reviews what their organisation is told of."""
    here = Thing(KIND, organisation=actor.organisation)
    return can(actor, "review", here) is not None


def break_open(
    actor: Actor, reference: str, asked: Asked, *, at: datetime, custody: Custody
) -> Emergency:
    """Open a case; another organisation is told in the same transaction.

    Raises:
        NotThereError: there is no such case, or not for this. That it was asked for is
            in the record all the same.
        WorkRefusedError: a protective purpose, a reason, fields or hours are missing,
            nobody else could be told, or it was found not justified before.
    """
    if not may_open(actor):
        raise NotThereError
    _check(asked)
    try:
        with transaction.atomic():
            return _opened(actor, reference, asked, at=at, custody=custody)
    except NotThereError:
        with transaction.atomic():
            record("emergency refused", actor, at=at)
        raise


def review(actor: Actor, which: UUID, finding: str, *, at: datetime) -> Emergency:
    """Say whether it was justified, for the organisation that was told.

    Where it was not, it ends at once.

    Raises:
        NotThereError: there is none that this account reviews.
        WorkRefusedError: there is no such finding, or another one was made already.
    """
    with transaction.atomic():
        rows = Emergency.objects.select_for_update(of=("self",))
        row = rows.select_related("case").filter(pk=which).first()
        if row is None or not may_review(actor, row, at=at):
            raise NotThereError
        if finding not in FINDINGS:
            raise WorkRefusedError(FINDING)
        if row.finding:
            if row.finding != finding:
                raise WorkRefusedError(REVIEWED)
            return row
        row.finding, row.reviewed, row.reviewed_by_id = finding, at, actor.account
        if finding == NOT_JUSTIFIED:
            row.until = min(row.until, at)
        row.save()
        record(
            "emergency reviewed",
            actor,
            at=at,
            case=row.case_id,
            wrote=[row],
            details={"finding": finding},
        )
    return row


def may_review(actor: Actor, row: Emergency, *, at: datetime) -> bool:
    """Whether somebody is to review one: of another organisation, and not conflicted."""
    seen = replace(reads.thing(row.case, at=at), kind=KIND, organisation=row.told_id)
    return can(actor, "review", seen) is not None


@dataclass(frozen=True, slots=True)
class Told:
    """An emergency as the organisation that was told of it sees it.

    Attributes:
        row: The row.
        reference: Of the case.
        by: Who opened it.
        office: Of which organisation.
        reason: Why, in their words; empty where the case was erased since.
    """

    row: Emergency
    reference: str
    by: str
    office: str
    reason: str


def told(actor: Actor, *, at: datetime, custody: Custody) -> list[Told]:
    """Read what an organisation was told of, those to review first.

    Raises:
        NotThereError: it is not for this account.
    """
    if not reviews(actor):
        raise NotThereError
    with transaction.atomic():
        rows = [e for e in _told_to(actor) if may_review(actor, e, at=at)]
        for each in rows:
            record("emergency read", actor, at=at, case=each.case_id)
    return [_shown(each, custody) for each in rows]


def to_review(actor: Actor) -> int:
    """Count what waits for a review by somebody's organisation."""
    return _told_to(actor).filter(finding="").count()


def open_to(actor: Actor, *, at: datetime) -> list[Emergency]:
    """List what somebody opened, and may still read."""
    rows = Emergency.objects.select_related("case", "told").filter(
        account_id=actor.account, since__lte=at, until__gt=at, case__erased=None
    )
    return [
        each
        for each in rows.order_by("-since", "-pk")
        if can(actor, "read", reads.thing(each.case, at=at)) is not None
    ]


def _opened(
    actor: Actor, reference: str, asked: Asked, *, at: datetime, custody: Custody
) -> Emergency:
    found = Case.objects.within(Q(reference=reference, erased=None))
    case = found.select_for_update().first()
    if case is None:
        raise NotThereError
    if can(actor, "open", replace(reads.thing(case, at=at), kind=KIND)) is None:
        raise NotThereError
    mine = case.emergencies.filter(account_id=actor.account)
    if mine.filter(finding=NOT_JUSTIFIED).exists():
        raise WorkRefusedError(FOUND_WRONG)
    classes = " ".join(sorted(asked.classes))
    there = mine.filter(until__gt=at, classes=classes, purpose=asked.purpose).first()
    if there:
        return there
    return _written(actor, case, asked, classes, at=at, custody=custody)


def _written(
    actor: Actor,
    case: Case,
    asked: Asked,
    classes: str,
    *,
    at: datetime,
    custody: Custody,
) -> Emergency:
    other = _whom_to_tell(actor, case)
    name = uuid4()
    reason = sealing.seal_row(
        case.id, _name(name), 1, asked.reason.strip().encode(), custody=custody
    )
    row = Emergency.objects.create(
        id=name,
        case=case,
        account_id=actor.account,
        purpose=asked.purpose,
        classes=classes,
        reason=reason,
        told=other,
        since=at,
        until=at + timedelta(hours=asked.hours),
    )
    by = Organisation.objects.get(pk=actor.organisation).name[:150]
    notices = [
        Notice.objects.create(account=each, kind=KIND, about=by, at=at)
        for each in _reviewers().filter(organisation=other)
    ]
    said = {"purpose": asked.purpose, "classes": classes.split(), "told": str(other.id)}
    record(
        "emergency opened",
        actor,
        at=at,
        case=case.id,
        wrote=[row, *notices],
        details=said,
    )
    return row


def _check(asked: Asked) -> None:
    words = len(asked.reason.strip())
    faults = {
        PURPOSE: asked.purpose not in PURPOSES,
        REASON: not SHORTEST_REASON <= words <= LONGEST_REASON,
        CLASSES: not asked.classes or not asked.classes <= shipped_table().emergency,
        HOURS: not 1 <= asked.hours <= LONGEST,
    }
    for code, is_so in faults.items():
        if is_so:
            raise WorkRefusedError(code)


def _whom_to_tell(actor: Actor, case: Case) -> Organisation:
    """Choose another organisation, that of the case first, which has who reviews.

    Raises:
        WorkRefusedError: there is none.
    """
    others = Organisation.objects.exclude(pk=actor.organisation).exclude(
        kind__in=shipped_table().state_bodies
    )
    able = others.filter(pk__in=_reviewers().values("organisation_id"))
    chosen = min(
        able,
        key=lambda e: (e.pk != case.organisation_id, e.kind != "unhcr", e.name),
        default=None,
    )
    if chosen is None:
        raise WorkRefusedError(NOBODY)
    return chosen


def _reviewers() -> QuerySet[Account]:
    return Account.objects.filter(is_active=True, role__in=REVIEWERS)


def _told_to(actor: Actor) -> QuerySet[Emergency]:
    rows = Emergency.objects.filter(
        ~reads.kept_away(actor, "case"), told=actor.organisation
    )
    wide = rows.select_related("case", "account__organisation", "reviewed_by")
    return wide.order_by(F("reviewed").asc(nulls_first=True), "-since", "-pk")


def _shown(row: Emergency, custody: Custody) -> Told:
    sealed = (row.case_id, _name(row.id), 1, bytes(row.reason))
    [reason] = sealing.open_rows([sealed], custody=custody)
    by = row.account
    text = (reason or b"").decode()
    return Told(row, row.case.reference, by.name, by.organisation.name, text)


def _name(which: UUID) -> str:
    return f"{KIND} {which}"
