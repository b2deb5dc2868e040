"""What can go wrong with a record of a person or of a case.

IdentityError
└── RecordError     a record cannot be read or made: where, what, what to do

A message names keys and kinds, and never repeats what was recorded about a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class IdentityError(Exception):
    """Something is wrong with a record."""

    code = "identity"


class RecordError(IdentityError):
    """A record cannot be read, or says what it cannot mean."""

    code = "identity.record"

    def __init__(self, where: str, problem: str, remedy: str) -> None:
        """Say where (the path within the file), what is wrong, and what to do."""
        self.where, self.problem, self.remedy = where, problem, remedy
        super().__init__(f"{where}: {problem}. {remedy}")

    def within(self, where: str) -> RecordError:
        """Say the same from further out."""
        inner = f".{self.where}" if self.where[:1] not in {"", "["} else self.where
        return RecordError(f"{where}{inner}", self.problem, self.remedy)


def unknown_word(
    where: str, kind: str, known: Iterable[str], given: str
) -> RecordError:
    """Refuse a word that a table does not have, and offer the nearest it has."""
    names = sorted(known)
    near = get_close_matches(given, names, n=1, cutoff=0.6)
    listed = ", ".join(f"`{each}`" for each in names)
    remedy = f"Did you mean `{near[0]}`?" if near else f"There is {listed}."
    return RecordError(where, f"there is no such {kind}", remedy)
