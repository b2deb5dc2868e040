"""Exceptions from guards that are not core: one person proposes, and another agrees.

What was agreed stands until the act is done that it is for, and never for a second one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from asylon.casework.actors import Actor
from asylon.casework.procedure import Despite
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
