"""Interviews as they are fixed: with whom, where and when, and how one is given up.

All that does not fit is told at once. That officer, interpreter and room are taken
stands in a table that names nobody of the case; everything else is sealed with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q

from asylon.casework import CaseClaim
from asylon.casework.holds import Refusal
from asylon.casework.procedure import open_to, procedure
from asylon.casework.scheduling import Plan, Planned, fits, misfits, standing
from asylon.security.custody import Custody
from asylon_server.store.cases import acts, reads
from asylon_server.store.cases.models import Case
from asylon_server.store.cases.placing import hand
from asylon_server.store.cases.reads import Seen
from asylon_server.store.claims import staffing, steps
from asylon_server.store.claims.asking import Asked, StepRefusedError
from asylon_server.store.claims.models import Appointment
from asylon_server.store.claims.staffing import Staffing
from asylon_server.store.claims.steps import SCHEDULE
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor
from asylon_server.store.rights.errors import NotThereError

MARKED = ("procedure.guard.fit-people", "procedure.guard.fit-means")
"""The guards that say to look at what is marked, beside which it is said itself."""

NO_SUCH = Refusal("interview.withdrawn")
BEGUN = Refusal("interview.begun")


@dataclass(frozen=True, slots=True)
class Coming:
    """An interview that somebody has before them; it says nothing of whose it is."""

    id: UUID
    case: UUID
    claim: str
    interview: str
    room: str
    begins: datetime
    ends: datetime


def available(
    actor: Actor, seen: Seen, claim: CaseClaim, *, at: datetime, custody: Custody
) -> Staffing:
    """Find who can hold an interview and interpret, for whoever may plan one.

    Raises:
        NotThereError: there is no such case, or not for this account.
    """
    case = reads.standing(seen.case)
    if case is None or not steps.may_act(actor, seen):
        raise NotThereError
    return staffing.of(case, claim, at=at, custody=custody)


def fix(
    actor: Actor,
    case_id: UUID,
    claim_id: str,
    wanted: Plan,
    *,
    read: int | None = None,
    at: datetime,
    custody: Custody,
) -> Planned:
    """Fix an interview, if everybody and everything fits.

    Args:
        actor: Who plans.
        case_id: The case.
        claim_id: The claim.
        wanted: The plan; who has an account in it is named by that.
        read: How many steps the claim had when it was read.
        at: When.
        custody: Where the wrapping key is.

    Raises:
        NotThereError: there is no such case or claim, or not for this account.
        ActedMeanwhileError: somebody else acted since the claim was read.
        StepRefusedError: something does not fit; it says all of it.
    """
    with transaction.atomic():
        case = steps.allowed(actor, case_id, at=at, custody=custody)
        _version, file = reads.whole_said(case, custody=custody)
        claim = steps.of_file(file, claim_id)
        staff = staffing.of(case, claim, at=at, custody=custody)
        plan = replace(staff.named(wanted), counsel=claim.counsel)
        staffing.held_by(plan)
        new = Planned(f"i{len(standing(claim.plans)) + 1}", plan)
        person = file.person(claim.person)
        taken = staffing.booked(case, claim.id, new.interview, plan)
        spelled = replace(plan, room=staffing.spelled(plan.room))
        missing = [*staff.gone(plan), *misfits(spelled, person, taken)]
        asked = Asked(
            SCHEDULE,
            read=read,
            fits=fits(missing),
            change=lambda claim: replace(claim, plans=(*claim.plans, new)),
            beside=(_made(case, claim.id, new),),
        )
        try:
            steps.take(actor, case_id, claim_id, asked, at=at, custody=custody)
        except StepRefusedError as error:
            others = [e for e in error.refusals if e.code not in MARKED]
            raise StepRefusedError(*missing, *others) from None
    return new


def give_up(
    actor: Actor,
    case_id: UUID,
    claim_id: str,
    interview: str,
    *,
    at: datetime,
    custody: Custody,
) -> None:
    """Give up an interview that has not begun, so that people and room are free again.

    Raises:
        NotThereError: there is no such interview, or not for this account.
        StepRefusedError: it was given up before, or has begun.
    """
    with transaction.atomic():
        case = steps.allowed(actor, case_id, at=at, custody=custody)
        version, file = reads.whole_said(case, custody=custody)
        claim = steps.of_file(file, claim_id)
        planned = staffing.plan_of(claim, interview)
        if planned is None or not may_fix(actor, claim):
            raise NotThereError
        if any(each.id == interview for each in claim.interviews):
            raise StepRefusedError(BEGUN)
        if planned.withdrawn:
            raise StepRefusedError(NO_SUCH)
        over = replace(planned, withdrawn=at.date())
        new = replace(claim, plans=(*claim.plans, over))
        wrote: list[models.Model] = [
            *acts.keep_file(
                case,
                steps.with_claim(file, new),
                follows=version,
                at=at,
                custody=custody,
            ),
            *_given_up(case, claim.id, interview, at),
        ]
        details = {"claim": claim.id, "interview": interview}
        record(
            "interview given up",
            actor,
            at=at,
            case=case.id,
            wrote=wrote,
            details=details,
        )


def may_fix(actor: Actor, claim: CaseClaim) -> bool:
    """Whether the table gives somebody to fix interviews on a claim now."""
    return any(each.id == SCHEDULE for each in open_to(claim.course, hand(actor)))


def takes_part(actor: Actor) -> bool:
    """Whether somebody's role holds interviews, or interprets in them."""
    if actor.role == staffing.INTERPRETER:
        return True
    table, by = procedure(), hand(actor)
    seats = (
        table.seats(table.acts[staffing.SIGN_OFF].by, kind, instance)
        for kind in table.kinds
        for instance in ("first", "appeal")
    )
    return any((by.organisation_kind, by.role) in each for each in seats)


def coming(actor: Actor, *, at: datetime, custody: Custody) -> list[Coming]:
    """Give the interviews that somebody holds or interprets from now on, the next first.

    Raises:
        NotThereError: their role has no part in interviews.
    """
    if not takes_part(actor):
        raise NotThereError
    mine = reads.cases_of(actor, at=at, custody=custody)
    rows = Appointment.objects.filter(
        Q(officer_id=actor.account) | Q(interpreter_id=actor.account),
        withdrawn=None,
        ends__gte=at,
        case__in=mine.values("pk"),
    ).order_by("begins", "pk")
    return [
        Coming(e.pk, e.case_id, e.claim, e.interview, e.room, e.begins, e.ends)
        for e in rows
    ]


def _made(case: Case, claim: str, new: Planned) -> Appointment:
    plan = new.plan
    interpreter = plan.interpreter.account if plan.interpreter else ""
    return Appointment.objects.create(
        case=case,
        claim=claim,
        interview=new.interview,
        officer_id=UUID(plan.officer.account),
        interpreter_id=UUID(interpreter) if interpreter else None,
        room=plan.room,
        begins=plan.begins,
        ends=plan.ends,
    )


def _given_up(
    case: Case, claim: str, interview: str, at: datetime
) -> list[Appointment]:
    rows = Appointment.objects.filter(case=case, claim=claim, interview=interview)
    ended = list(rows.select_for_update())
    for each in ended:
        each.withdrawn = at
        each.save(update_fields=["withdrawn"])
    return ended
