"""What the guards of a step ask, answered: by the file, the law, the record and who acts.

Whatever whoever acts is shown of a claim, the whole of it answers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import cache

from asylon import instruments
from asylon.casework import CaseClaim, File, vouches
from asylon.casework.explaining import told_by
from asylon.casework.lawful import NOTHING, Engine
from asylon.casework.procedure import Step, asks_the_law
from asylon.casework.proceedings import Moment, told
from asylon.logic import FALSE, TRUE, UNKNOWN, Truth
from asylon.security.custody import Custody
from asylon_server.store.cases import history, reads
from asylon_server.store.cases.models import Case
from asylon_server.store.cases.placing import hand
from asylon_server.store.claims import staffing
from asylon_server.store.claims.asking import Asked
from asylon_server.store.organisations.models import Account
from asylon_server.store.rights import Actor


@cache
def engine() -> Engine:
    """Give the law book that ships, at work; it is loaded once in each process."""
    return Engine(instruments.book())


def answers(
    actor: Actor,
    case: Case,
    file: File,
    claim: CaseClaim,
    asked: Asked,
    *,
    steps: Iterable[Step],
    at: datetime,
    custody: Custody,
    witnessed: date | None = None,
) -> dict[str, Truth]:
    """Answer what the guards ask: from the file, the law, the record and who acts."""
    law = NOTHING
    if any(asks_the_law(claim.course, each) for each in steps):
        states = told_by(file.person(claim.person), engine().book)
        law = engine().law(claim, states, on=at.date())
    fits = asked.fits
    if fits is None:
        fits = staffing.fitness(file, claim, case, at=at, custody=custody)
    moment = Moment(
        on=at.date(),
        witnessed=witnessed,
        vouched=TRUE if vouches(hand(actor)) else UNKNOWN,
        wished=asked.wished if vouches(hand(actor)) else UNKNOWN,
        opened=TRUE if history.has_opened(actor, case, claim.id) else FALSE,
        confirmed=TRUE if asked.confirmed else FALSE,
        accused=_accused(actor, claim, asked.complaint),
        new=asked.new,
        telling=asked.telling,
        **fits,
    )
    return dict(told(file, _with_counsel_there(case, claim, at), law, moment))


def _with_counsel_there(case: Case, claim: CaseClaim, at: datetime) -> CaseClaim:
    """Leave out counsel whose work the case is no longer: no time runs by them."""
    if not claim.appearances:
        return claim
    there = {str(each) for each in reads.thing(case, at=at).assigned}
    stands = any(e.stands and e.account in there for e in claim.appearances)
    return claim if stands else replace(claim, counsel="")


def _accused(actor: Actor, claim: CaseClaim, complaint: str) -> Truth:
    """Whether a complaint is about whoever acts, or about somebody of their organisation.

    Everybody in one organisation is held to be in one line of command.
    """
    about = {
        each.about
        for each in claim.complaints
        if each.is_open and complaint in {"", each.id}
    }
    return TRUE if about and is_of_office(about, actor) else FALSE


def is_of_office(accounts: Collection[str], actor: Actor) -> bool:
    """Whether one of some accounts belongs to the organisation of somebody."""
    theirs = Account.objects.filter(organisation_id=actor.organisation)
    return theirs.filter(pk__in=accounts).exists()
