"""What a file of claims holds, entry by entry: a decision, or why it is refused."""

from __future__ import annotations

from dataclasses import dataclass

from asylon.determination.claims import Claim
from asylon.logic.truth import Truth


@dataclass(frozen=True, slots=True)
class Decision:
    """One published decision, as the file has it, with the claim it makes.

    `expected` and `strict` are the results the file gives, if it gives any.
    """

    claim: Claim
    name: str
    turned_on: str
    expected: Truth | None
    strict: Truth | None
    outcome: str
    country: str


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that could not be read, and why."""

    id: str
    problem: str
