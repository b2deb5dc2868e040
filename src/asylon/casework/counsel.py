"""Counsel of somebody: who has appeared for them, and what was handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from asylon.casework.actors import Actor
from asylon.identity import RecordError


@dataclass(frozen=True, slots=True)
class Appearance:
    """Counsel who appeared for the person, who agreed to it.

    Attributes:
        account: who it is, as steps name people.
        consented: the day on which the person agreed.
        until: the last day, where they act no more.
    """

    account: str
    name: str
    since: date
    consented: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.consented > self.since:
            problem = "counsel appeared before the person agreed"
            raise RecordError("consented", problem, "Ask the person first.")

    @property
    def stands(self) -> bool:
        """Whether they still act for the person."""
        return self.until is None


@dataclass(frozen=True, slots=True)
class Submission:
    """Something that was handed in, in the words of whoever did.

    Attributes:
        receipt: the number on its receipt, drawn by chance; it leads to no case.
    """

    id: str
    on: date
    by: Actor
    title: str
    words: str
    receipt: str = ""

    def __post_init__(self) -> None:
        for name in ("title", "words"):
            if not getattr(self, name).strip():
                problem = "there are no words"
                raise RecordError(name, problem, "Write what is handed in.")
