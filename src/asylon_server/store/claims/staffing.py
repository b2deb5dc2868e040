"""Who can hold an interview on a case, who is gone since, and what is taken at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from asylon.casework import CaseClaim, File
from asylon.casework.holds import Refusal
from asylon.casework.procedure import open_to
from asylon.casework.scheduling import Plan, Planned, Staff, fits, misfits, standing
from asylon.logic import TRUE, Truth
from asylon.security.custody import Custody
from asylon_server.store.cases import reads
from asylon_server.store.cases.models import Case
from asylon_server.store.cases.placing import hand
from asylon_server.store.claims.models import Appointment
from asylon_server.store.organisations.models import Account, Organisation
from asylon_server.store.rights import Thing, can

SIGN_OFF = "sign_off"
INTERPRETER = "interpreter"
FITS = {"fit_people": TRUE, "fit_means": TRUE}
TIED = Refusal("interview.tie")
OFFICER_GONE = Refusal("interview.officer-gone")
INTERPRETER_GONE = Refusal("interview.interpreter-gone")


@dataclass(frozen=True, slots=True)
class Staffing:
    """The accounts that work on a case, by what they can do in an interview."""

    officers: Mapping[str, str]
    interpreters: Mapping[str, str]
    conflicted: frozenset[UUID] = frozenset()

    def named(self, plan: Plan) -> Plan:
        """Give a plan whose accounts go by their names."""
        officer = _called(plan.officer, self.officers)
        interpreter = plan.interpreter and _called(plan.interpreter, self.interpreters)
        return replace(plan, officer=officer, interpreter=interpreter)

    def gone(self, plan: Plan) -> Iterator[Refusal]:
        """Say who of a plan does not work on the case, or no longer."""
        if plan.officer.account not in self.officers:
            yield OFFICER_GONE
        account = plan.interpreter.account if plan.interpreter else ""
        if account and account not in self.interpreters:
            yield INTERPRETER_GONE

    def tied(self, plan: Plan) -> Iterator[Refusal]:
        """Say whether a conflict of interest was declared of somebody since."""
        there = {e.account for e in (plan.officer, plan.interpreter) if e}
        if there & {str(each) for each in self.conflicted}:
            yield TIED


def of(case: Case, claim: CaseClaim, *, at: datetime, custody: Custody) -> Staffing:
    """Find who works on a case, and can hold an interview on a claim or interpret."""
    seen = reads.thing(case, at=at, custody=custody)
    accounts = Account.objects.filter(pk__in=seen.assigned, is_active=True)
    them = list(accounts.select_related("organisation").order_by("name"))
    return Staffing(
        {str(e.pk): e.name for e in them if _holds(e, seen, claim)},
        {str(e.pk): e.name for e in them if _interprets(e, seen)},
        seen.conflicted,
    )


def booked(case: Case, claim: str, interview: str, plan: Plan) -> list[Plan]:
    """Give what is taken by other interviews while one is to be held.

    A room of another office that is called the same is another room.
    """
    rows = Appointment.objects.filter(
        withdrawn=None, begins__lt=plan.ends, ends__gt=plan.begins
    ).exclude(case=case, claim=claim, interview=interview)
    house = Organisation.objects.filter(accounts__pk=plan.officer.account).first()
    return [
        Plan(
            each.begins,
            each.ends,
            Staff(each.officer.name),
            Staff(each.interpreter.name) if each.interpreter else None,
            spelled(each.room) if each.officer.organisation == house else "",
        )
        for each in rows.select_related("officer__organisation", "interpreter")
    ]


def spelled(room: str) -> str:
    """Spell a room so that it is one, however it was typed."""
    return " ".join(room.split()).casefold()


def held_by(plan: Plan) -> None:
    """Keep everybody else from planning with the same people, or in the same office.

    Only in a transaction, and after the case was locked.
    """
    there = [plan.officer, *([plan.interpreter] if plan.interpreter else [])]
    ids = sorted(each.account for each in there if each.account)
    offices = Organisation.objects.filter(accounts__pk__in=ids).order_by("pk")
    list(Organisation.objects.select_for_update().filter(pk__in=offices.values("pk")))


def fitness(
    file: File, claim: CaseClaim, case: Case, *, at: datetime, custody: Custody
) -> dict[str, Truth]:
    """Say whether who holds the latest interview fits; nothing where none was planned."""
    if not claim.interviews:
        return {}
    planned = plan_of(claim, claim.interviews[-1].id)
    if planned is None:
        return {}
    staff = of(case, claim, at=at, custody=custody)
    missing = misfits(planned.plan, file.person(claim.person))
    return fits([*missing, *staff.tied(planned.plan)])


def plan_of(claim: CaseClaim, interview: str) -> Planned | None:
    """Find the plan of an interview that stands."""
    return standing(claim.plans).get(interview)


def _called(staff: Staff, names: Mapping[str, str]) -> Staff:
    return replace(staff, name=names.get(staff.account, staff.name))


def _holds(account: Account, seen: Thing, claim: CaseClaim) -> bool:
    if can(account.actor, "act", replace(seen, kind="claim")) is None:
        return False
    acts = open_to(claim.course, hand(account.actor))
    return any(each.id == SIGN_OFF for each in acts)


def _interprets(account: Account, seen: Thing) -> bool:
    return account.role == INTERPRETER and can(account.actor, "read", seen) is not None
