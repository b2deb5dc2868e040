"""What somebody asks for when they take a step on a claim, and why it is not taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db import models

from asylon.casework import CaseClaim, File
from asylon.casework.decisions import Telling
from asylon.casework.holds import Refusal
from asylon.casework.procedure import Step
from asylon.logic import UNKNOWN, Truth
from asylon_server.store.cases.models import Case


class StepRefusedError(Exception):
    """The procedure does not let a step be taken; the refusals say all that is missing."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(", ".join(each.code for each in refusals))
        self.refusals = refusals


class ActedMeanwhileError(Exception):
    """Somebody else took a step since the claim was read; `step` is theirs."""

    def __init__(self, step: Step) -> None:
        super().__init__("somebody acted on the claim meanwhile")
        self.step = step


def unchanged(claim: CaseClaim) -> CaseClaim:
    """Write nothing beside the step."""
    return claim


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept beside the file in a step: rows, and what the record says of it."""

    rows: tuple[models.Model, ...] = ()
    details: Mapping[str, object] = field(default_factory=dict)


def nothing(_case: Case, _file: File, _claim: CaseClaim) -> Kept:
    """Keep nothing beside the file."""
    return Kept()


@dataclass(frozen=True, slots=True)
class Asked:
    """A step that somebody asks for, and what only they can say about it.

    Attributes:
        act: Its name in the table of the procedure.
        read: How many steps the claim had when it was read; None where none was.
        outcome, words: As with a step.
        wished, new: Whether the person asks for it; whether something is new.
        confirmed: Whether whoever asks has just shown that it is they.
        fits: Whether a plan of an interview fits, by fact; see `scheduling.fits`. What
            stands in the file is asked where nothing is given.
        telling: How a decision is told.
        complaint: Which complaint it is about, by its name within the claim.
        change: What is written into the claim beside the step.
        beside: Rows of other tables that were written for it.
        keeps: What is kept beside the file, once the step is taken; what it raises
            undoes the step.
        reaches: The field classes that nobody takes the step without.
    """

    act: str
    read: int | None = None
    outcome: str = ""
    words: str = ""
    wished: Truth = UNKNOWN
    new: Truth = UNKNOWN
    confirmed: bool = False
    fits: Mapping[str, Truth] | None = None
    telling: Telling | None = None
    complaint: str = ""
    beside: tuple[models.Model, ...] = ()
    change: Callable[[CaseClaim], CaseClaim] = unchanged
    keeps: Callable[[Case, File, CaseClaim], Kept] = nothing
    reaches: frozenset[str] = frozenset()
