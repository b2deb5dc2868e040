"""Exceptions from guards that are not core: one person proposes, and another agrees.

What was agreed stands until the act is done that it is for, and never for a second one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from asylon.casework.actors import Actor
from asylon.casework.procedure import Course, Despite, Guard, procedure
from asylon.identity import RecordError


@dataclass(frozen=True, slots=True)
class Proposed:
    """An exception as it was proposed for an act, and what became of it.

    Attributes:
        act: the act, by its name in the table of the procedure.
        guards: the guards it is an exception from.
        answered_by: who agreed or declined.
        agreed: whether they agreed.
        used: the day on which the act was done by it.
    """

    id: str
    act: str
    guards: tuple[str, ...]
    by: Actor
    on: date
    reason: str
    answered_by: Actor | None = None
    answered: date | None = None
    agreed: bool = False
    used: date | None = None

    def __post_init__(self) -> None:
        if not self.reason.strip():
            problem = "an exception has no reason"
            raise RecordError("reason", problem, "Write why.")
        if self.answered_by and self.answered_by.person == self.by.person:
            problem = "it is answered by whoever proposed it"
            raise RecordError("answered_by", problem, "Somebody else answers.")
        if self.agreed and self.answered_by is None:
            problem = "nobody agreed"
            raise RecordError("answered_by", problem, "Say who agreed.")

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered."""
        return self.answered_by is None

    @property
    def stands(self) -> bool:
        """Whether it was agreed, and the act is not done yet."""
        return self.agreed and self.used is None

    @property
    def despite(self) -> Despite:
        """Give it as a step takes it."""
        both = (self.by, self.answered_by) if self.answered_by else (self.by,)
        return Despite(self.guards, both, self.reason)


def standing(proposed: Sequence[Proposed], act: str) -> Proposed | None:
    """Give the exception that was agreed for an act and not used, if there is one."""
    return next((each for each in proposed if each.stands and each.act == act), None)


def left(missing: Sequence[Guard], made: Proposed | None) -> tuple[Guard, ...]:
    """List what an act still waits for, in spite of an exception."""
    names = made.guards if made else ()
    return tuple(each for each in missing if each.core or each.id not in names)


def makes(course: Course, by: Actor) -> bool:
    """Whether somebody is one of those who make exceptions where a claim stands."""
    table = procedure()
    instance = course.standing(table).instance
    seats = table.seats(table.excepting, course.procedure, instance)
    return (by.organisation_kind, by.role) in seats


def is_open_to(course: Course, act: str, guards: Sequence[str]) -> bool:
    """Whether two people may make an exception from guards for an act now.

    The act is not adverse, each is a guard of it, and none of them is core.
    """
    table = procedure()
    now = course.standing(table)
    row = table.acts.get(act)
    if row is None or not guards or now.stage not in row.stages:
        return False
    outcome = table.outcomes.get(now.outcome)
    if row.is_adverse(outcome):
        return False
    asked = table.asked_of(row, outcome, now.instance)
    return set(guards) <= {each.id for each in asked if not each.core}
