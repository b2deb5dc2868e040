"""A report that somebody is held: a case and a hold from the first word on.

Nothing is required but that somebody is held. Where the person is and who says so is
sealed; the protection officers of the office find the case among their work at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from asylon.casework import ANY, File, Hold, Person
from asylon.identity import Name, Place, Stay
from asylon.security.custody import Custody
from asylon_server.store.cases import acts
from asylon_server.store.cases.models import Case
from asylon_server.store.organisations.models import Account
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor, Thing, can
from asylon_server.store.rights.errors import NotThereError

HELD = "report_of_detention"
UNTOLD_SCRIPT = "Zyyy"
UNTOLD_PLACE = "…"
"""In place of where somebody is held, where nobody knows it."""

WHO = "p1"
PROTECTION = "protection"


@dataclass(frozen=True, slots=True)
class Report:
    """What is reported; each of it may be empty.

    Attributes:
        name: What is known of the name.
        where: Where the person is held, in the words of whoever reports it.
        reporter: Who reports it, and how that person is reached safely.
        script: In which letters the name is written.
    """

    name: str = ""
    where: str = ""
    reporter: str = ""
    script: str = UNTOLD_SCRIPT


def may_report(actor: Actor) -> bool:
    """Whether somebody takes reports for their office."""
    here = Thing("hold", organisation=actor.organisation)
    return can(actor, "report", here) is not None


def report(
    actor: Actor,
    told: Report,
    *,
    reference: str,
    submission: str,
    at: datetime,
    custody: Custody,
) -> Case:
    """Open a case for somebody who is held, with a hold against every state.

    Args:
        actor: Who was called.
        told: What was said.
        reference: The reference of the case.
        submission: The name of the form that was sent; sent again, it gives its case.
        at: When.
        custody: Where the wrapping key is.

    Raises:
        NotThereError: the actor takes no reports here.
        ToldOtherwiseError: the form made a case before, and says something else now.
    """
    if not may_report(actor):
        raise NotThereError
    file = _file(told, reference, at.date())
    try:
        return _reported(actor, file, submission, at=at, custody=custody)
    except IntegrityError:
        # The same form was sent twice at once, and the other one came first.
        again = acts.sent_before(actor, submission)
        if again is None:
            raise
        return again


def _reported(
    actor: Actor, file: File, submission: str, *, at: datetime, custody: Custody
) -> Case:
    with transaction.atomic():
        is_new = acts.sent_before(actor, submission) is None
        case = acts.opened_case(
            actor,
            file,
            submission,
            at=at,
            custody=custody,
            others=guards(actor.organisation),
        )
        if is_new:
            record("person reported held", actor, at=at, case=case.id)
    return case


def guards(organisation: UUID) -> list[UUID]:
    """Give the protection officers of an office, who find such a case at once."""
    return [each.pk for each in _guards(organisation)]


def next_to_call(actor: Actor) -> list[str]:
    """Name the protection officers of an office, whom somebody on duty calls next."""
    return [each.name for each in _guards(actor.organisation)]


def _guards(organisation: UUID) -> list[Account]:
    them = Account.objects.filter(
        organisation_id=organisation, role=PROTECTION, is_active=True
    )
    return list(them.order_by("name"))


def _file(told: Report, reference: str, on: date) -> File:
    name = told.name.strip()
    names = (Name(name, told.script, told_by="reporter"),) if name else ()
    place = Place(told.where.strip() or UNTOLD_PLACE)
    stays = (Stay("held", place, note=told.reporter.strip()),)
    hold = Hold(ANY, on, HELD)
    return File(reference, (Person(WHO, names=names, stays=stays),), (hold,), opened=on)
