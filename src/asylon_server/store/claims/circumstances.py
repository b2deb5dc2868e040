"""Circumstances of a claim: a child's guardian, what stops a time, and a call to come.

Nothing is written back in time that would make it run: an end is the day on which it is
written, and so is a call.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from asylon.casework import CaseClaim
from asylon.casework.decisions import Guardian
from asylon.casework.procedure.deadlines import Stop
from asylon.security.custody import Custody
from asylon_server.store.cases import reads
from asylon_server.store.claims import beside, steps
from asylon_server.store.claims.beside import Change
from asylon_server.store.rights import Actor
from asylon_server.store.rights.errors import NotThereError

T = TypeVar("T")
NAME, STOP, CALL = "name_guardian", "stop_time", "call"


@dataclass(frozen=True, slots=True)
class Written:
    """Something to write about a claim: by which right, how the record calls it, what."""

    verb: str
    act: str
    made: Callable[[CaseClaim, date], CaseClaim]


def guardian(named: Guardian) -> Written:
    """Name who stands beside a child."""

    def made(claim: CaseClaim, on: date) -> CaseClaim:
        if named in claim.guardians:
            return claim
        return replace(claim, guardians=(*claim.guardians, named))

    return Written(NAME, "guardian named", made)


def guardian_gone(number: int) -> Written:
    """Keep that somebody stands beside a child no more, from the next day on."""

    def made(claim: CaseClaim, on: date) -> CaseClaim:
        found = _numbered(claim.guardians, number)
        if not found.stands(on) or found.until == on:
            return claim
        gone = replace(found, until=on)
        return replace(claim, guardians=_put(claim.guardians, number, gone))

    return Written(NAME, "guardian gone", made)


def stopped(stop: Stop) -> Written:
    """Stop the times that run."""

    def made(claim: CaseClaim, on: date) -> CaseClaim:
        if any(e.why == stop.why and e.until is None for e in claim.stops):
            return claim
        return replace(claim, stops=(*claim.stops, stop))

    return Written(STOP, "time stopped", made)


def goes_on(number: int) -> Written:
    """Keep that what stopped the times is over; they run from the next day on."""

    def made(claim: CaseClaim, on: date) -> CaseClaim:
        found = _numbered(claim.stops, number)
        if found.until is not None:
            return claim
        ended = replace(found, until=max(on, found.since))
        return replace(claim, stops=_put(claim.stops, number, ended))

    return Written(STOP, "time goes on", made)


def called() -> Written:
    """Keep that somebody who is away was looked for, and called to come."""

    def made(claim: CaseClaim, on: date) -> CaseClaim:
        return claim if claim.called else replace(claim, called=on)

    return Written(CALL, "person called", made)


def came() -> Written:
    """Keep that somebody who was away is there: the time of the call runs no more."""

    def made(claim: CaseClaim, on: date) -> CaseClaim:
        return replace(claim, called=None)

    return Written(STOP, "person came", made)


def write(
    actor: Actor,
    case_id: UUID,
    claim_id: str,
    written: Written,
    *,
    at: datetime,
    custody: Custody,
) -> CaseClaim:
    """Write something about a claim, and give the claim as it stands after it.

    Raises:
        NotThereError: there is no such case, claim or number, or not for this account.
    """
    change = Change(
        written.verb, written.act, lambda claim: written.made(claim, at.date())
    )
    return beside.keep(actor, case_id, claim_id, change, at=at, custody=custody)


def guardians(
    actor: Actor, case_id: UUID, claim_id: str, *, at: datetime, custody: Custody
) -> tuple[Guardian, ...]:
    """Read who stands or stood beside a child; by name only for who may name one.

    Raises:
        NotThereError: there is no such case or claim, or not for this account.
    """
    case = reads.standing(case_id)
    if case is None:
        raise NotThereError
    thing = reads.thing(case, at=at, custody=custody)
    if not beside.may(actor, "act", thing):
        raise NotThereError
    _version, file = reads.whole(case, custody=custody)
    told = steps.of_file(file, claim_id).guardians
    if beside.may(actor, NAME, thing):
        return told
    return tuple(replace(each, name="") for each in told)


def _numbered(those: tuple[T, ...], number: int) -> T:
    if not 0 <= number < len(those):
        raise NotThereError
    return those[number]


def _put(those: tuple[T, ...], number: int, new: T) -> tuple[T, ...]:
    return (*those[:number], new, *those[number + 1 :])
