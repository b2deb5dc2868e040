"""Holds: nobody is sent to a place from the first sign that they fear it.

A hold declares what the law already says, so it begins before any registration and never
ends by itself. No function here takes today's date to let a hold run out, and none takes
away a hold: a lifted one is kept, with those who lifted it and what showed that it could
be. Whatever the rules do not allow by name is refused, and says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from asylon.casework.actors import Actor, rules, vouches
from asylon.identity import RecordError
from asylon.law.jurisdictions import STATES
from asylon.logic.truth import FALSE, Truth

ANY = "any"
"""Every destination."""

TOGETHER = 2
"""So many people, of as many organisations, lift a hold."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something has no effect: a permanent code, told by `sentences.refused`."""

    code: str


@dataclass(frozen=True, slots=True)
class Lifting:
    """Who lifted a hold, when, for which reason, and what showed it."""

    on: date
    reason: str
    shown_by: str
    by: tuple[Actor, ...]


@dataclass(frozen=True, slots=True)
class Hold:
    """Nobody whom it covers is sent to the destination.

    Attributes:
        destination: a state, or `ANY`.
        begun: the day of the first ground there was.
        person: whom it covers, of the people of the file; everybody, where it is empty.
    """

    destination: str
    begun: date
    ground: str
    person: str = ""
    note: str = ""
    lifted: Lifting | None = None

    def __post_init__(self) -> None:
        refusal = _unfounded(self.destination, self.ground)
        if refusal:
            problem = rules("refusal")[refusal.code].name
            raise RecordError("hold", problem.rstrip("."), "See the page on holds.")
        if self.lifted:
            refusal = _not_theirs(self, self.lifted)
            if refusal:
                problem = f"a lifting that the rules refuse (`{refusal.code}`)"
                raise RecordError("lifted", problem, "Take it out: the hold stands.")

    @property
    def stands(self) -> bool:
        """Whether it was not lifted: there is no other way for it to end."""
        return self.lifted is None

    def covers(self, person: str, destination: str) -> bool:
        """Whether it keeps a person from being sent to a destination, now."""
        theirs = self.person in {"", person}
        return self.stands and theirs and self.destination in {ANY, destination}


@dataclass(frozen=True, slots=True)
class Lifted:
    """A hold that was lifted by the rules."""

    hold: Hold


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What is said to end a claim or to be a voluntary return, and how it came about."""

    on: date
    in_custody: Truth
    present: tuple[Actor, ...] = ()


def placed(
    holds: Sequence[Hold], new: Hold, *, by: Actor | None = None
) -> tuple[Hold, ...] | Refusal:
    """Place a hold; where one stands for the same, it keeps the earlier of the days.

    Args:
        holds: those of the file.
        new: the hold, on the day of its ground, which may come to be known late.
        by: whose word it is; only a hold for a group asks who declared it.
    """
    only_by = rules("ground")[new.ground].only_by
    if only_by and (by is None or by.organisation_kind != only_by):
        return Refusal("casework.hold.not-theirs-to-declare")
    if not new.stands:
        return Refusal("casework.hold.lifted-already")
    for place, each in enumerate(holds):
        same = (each.destination, each.person) == (new.destination, new.person)
        if each.stands and same:
            earlier = replace(each, begun=new.begun, ground=new.ground)
            first = earlier if new.begun < each.begun else each
            return (*holds[:place], first, *holds[place + 1 :])
    return (*holds, new)


def lifting(
    hold: Hold, by: Sequence[Actor], reason: str, *, shown_by: str, on: date
) -> Lifted | Refusal:
    """Lift a hold, if the rules let these people do it for this reason.

    Args:
        hold: the hold.
        by: those who act together.
        reason: one of the reasons; most of those that people give never lift a hold.
        shown_by: what shows it.
        on: the day.
    """
    if not hold.stands:
        return Refusal("casework.hold.lifted-already")
    lifted = Lifting(on, reason, shown_by, tuple(by))
    refusal = _not_theirs(hold, lifted)
    return refusal or Lifted(replace(hold, lifted=lifted))


def has_effect(withdrawal: Withdrawal) -> Refusal | None:
    """Say why a withdrawal or a voluntary return has no effect; None where it has.

    One that has effect ends a claim or records a departure, and lifts no hold.
    """
    if withdrawal.in_custody is not FALSE:
        return Refusal("casework.withdrawal.in-custody")
    if not any(map(vouches, withdrawal.present)):
        return Refusal("casework.withdrawal.nobody-present")
    return None


def protected(holds: Sequence[Hold], person: str, destination: str) -> bool:
    """Whether any hold keeps a person from being sent to a destination."""
    return any(each.covers(person, destination) for each in holds)


def _unfounded(destination: str, ground: str) -> Refusal | None:
    if ground not in rules("ground"):
        return Refusal("casework.hold.no-such-ground")
    if destination != ANY and destination not in STATES:
        return Refusal("casework.hold.no-such-destination")
    return None


def _not_theirs(hold: Hold, lifted: Lifting) -> Refusal | None:
    """Say why these people may not lift a hold that stands, for this reason."""
    if lifted.on < hold.begun:
        return Refusal("casework.hold.before-it-began")
    return (
        _no_reason(lifted.reason, lifted.shown_by)
        or _no_seat(lifted.by)
        or _too_few(lifted.by)
        or _without_whose_it_is(hold, lifted.by)
    )


def _without_whose_it_is(hold: Hold, by: Sequence[Actor]) -> Refusal | None:
    """Refuse to lift what one kind of organisation declares, without that kind."""
    only_by = rules("ground")[hold.ground].only_by
    if only_by and all(each.organisation_kind != only_by for each in by):
        return Refusal("casework.hold.not-without-who-declared")
    return None


def _no_reason(reason: str, shown_by: str) -> Refusal | None:
    if reason not in rules("reason"):
        return Refusal("casework.hold.no-such-reason")
    if not rules("reason")[reason].lawful:
        return Refusal("casework.hold.reason-never-lifts")
    if not shown_by.strip():
        return Refusal("casework.hold.nothing-shown")
    return None


def _no_seat(by: Sequence[Actor]) -> Refusal | None:
    kinds, roles = rules("organisation"), rules("role")
    if not all(each.person.strip() and each.organisation.strip() for each in by):
        return Refusal("casework.hold.nobody-named")
    if any(each.organisation_kind not in kinds for each in by):
        return Refusal("casework.hold.no-such-organisation")
    seats = {(each.organisation, each.organisation_kind) for each in by}
    if len(seats) > len({organisation for organisation, _ in seats}):
        return Refusal("casework.hold.two-kinds")
    if any(each.role not in roles or not roles[each.role].may_lift for each in by):
        return Refusal("casework.hold.role-may-not")
    return None


def _too_few(by: Sequence[Actor]) -> Refusal | None:
    """Refuse those who are one person, act for one organisation, or of whom none vouches.

    Who acts for two organisations is one person still. With two people and two
    organisations, one of which vouches, there is always somebody of it and another
    person of another organisation.
    """
    if len({each.person for each in by}) < TOGETHER:
        return Refusal("casework.hold.one-person")
    if len({each.organisation for each in by}) < TOGETHER:
        return Refusal("casework.hold.one-organisation")
    return None if any(map(vouches, by)) else Refusal("casework.hold.nobody-vouches")
