"""Exceptions by two people: one proposes it with a reason, another agrees or declines.

The act itself is done afterwards by whose it is; the exception goes with that one step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from asylon.casework import CaseClaim
from asylon.casework.exceptions import Proposed, is_open_to, makes
from asylon.casework.waiting import unanswered
from asylon.security.custody import Custody
from asylon_server.store.cases.placing import hand
from asylon_server.store.claims import beside
from asylon_server.store.claims.beside import Change
from asylon_server.store.rights import Actor
from asylon_server.store.rights.errors import NotThereError

ACT = "act"


def propose(
    actor: Actor,
    case_id: UUID,
    claim_id: str,
    exception: Proposed,
    *,
    at: datetime,
    custody: Custody,
) -> CaseClaim:
    """Propose an exception; the same one, while it is open, is proposed once.

    Args:
        actor: Who proposes.
        case_id: The case.
        claim_id: The claim.
        exception: For which act, from which guards, and why; it gets its own name.
        at: When.
        custody: Where the wrapping key is.

    Raises:
        NotThereError: there is no such case or claim, or not for this account; or no
            exception is made from this.
    """
    by = hand(actor)

    def change(claim: CaseClaim) -> CaseClaim:
        course = claim.course
        is_open = is_open_to(course, exception.act, exception.guards)
        if not is_open or not makes(course, by):
            raise NotThereError
        asked = exception.act, exception.guards
        there = [e for e in claim.exceptions if e.is_open or e.stands]
        if any((each.act, each.guards) == asked for each in there):
            return claim
        name = f"x{len(claim.exceptions) + 1}"
        new = replace(exception, id=name, by=by, on=at.date())
        return replace(claim, exceptions=(*claim.exceptions, new))

    made = Change(ACT, "exception proposed", change)
    return beside.keep(actor, case_id, claim_id, made, at=at, custody=custody)


def answer(
    actor: Actor,
    case_id: UUID,
    claim_id: str,
    exception: str,
    *,
    agreed: bool,
    at: datetime,
    custody: Custody,
) -> CaseClaim:
    """Agree to an exception that somebody else proposed, or decline it.

    Raises:
        NotThereError: there is no such case or claim, or not for this account; or
            nothing is open there for them to answer.
    """
    by = hand(actor)

    def answered(each: Proposed) -> Proposed:
        return replace(each, answered_by=by, answered=at.date(), agreed=agreed)

    word = "exception agreed" if agreed else "exception declined"
    made = Change(ACT, word, _answering(actor, exception, answered))
    return beside.keep(actor, case_id, claim_id, made, at=at, custody=custody)


def waits_for(actor: Actor, claim: CaseClaim) -> list[Proposed]:
    """List the exceptions that somebody may answer."""
    return unanswered(claim, hand(actor))


def _answering(
    actor: Actor, exception: str, answered: Callable[[Proposed], Proposed]
) -> Callable[[CaseClaim], CaseClaim]:
    def change(claim: CaseClaim) -> CaseClaim:
        if exception not in {each.id for each in waits_for(actor, claim)}:
            raise NotThereError
        those = (answered(e) if e.id == exception else e for e in claim.exceptions)
        return replace(claim, exceptions=tuple(those))

    return change
