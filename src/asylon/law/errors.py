"""What can go wrong with the law book.

LawError
├── DocumentError       a document cannot be read: which file, which key, why
├── UnknownNameError    a name the law book does not have; the nearest it has
├── DuplicateError      one identifier stands for two things
├── CircularError       a provision is defined by itself
└── NotInForceError     nothing governs the day asked about
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

FEW = 8
"""So many names can be listed in an error."""


class LawError(Exception):
    """Something is wrong with the law book or with what is asked of it."""

    code = "law"


class DocumentError(LawError):
    """A document cannot be read."""

    code = "law.document"

    def __init__(self, where: str, problem: str, remedy: str = "") -> None:
        """Say where (file and key), what is wrong, and what to do."""
        self.where, self.problem, self.remedy = where, problem, remedy
        super().__init__(" ".join(filter(None, (f"{where}: {problem}.", remedy))))


class UnknownNameError(DocumentError):
    """A name that the law book does not have."""

    code = "law.unknown-name"

    def __init__(self, where: str, kind: str, name: str, known: Iterable[str]) -> None:
        """Keep the name and offer the nearest one there is, or the few there are."""
        self.name = name
        names = sorted(known)
        near = get_close_matches(name, names, n=1, cutoff=0.5)
        remedy = "`asylon law list` shows all."
        if near:
            remedy = f"Did you mean `{near[0]}`?"
        elif 0 < len(names) <= FEW:
            remedy = f"There is {', '.join(f'`{each}`' for each in names)}."
        super().__init__(where, f"there is no {kind} `{name}`", remedy)


class DuplicateError(DocumentError):
    """One identifier stands for two things."""

    code = "law.duplicate"


class CircularError(DocumentError):
    """A provision is defined by itself."""

    code = "law.circular"


class NotInForceError(LawError):
    """No text of a provision governs the day asked about, or none of the law book.

    Its parts are kept, so that it can be told in the reader's language.
    """

    code = "law.not-in-force"

    def __init__(
        self, citation: str, on: date, first: date, last: date | None = None
    ) -> None:
        """Say what was asked for (nothing: the whole law book), and its days."""
        self.citation, self.on, self.first, self.last = citation, on, first, last
        message = (
            f"nothing is in force on {on}: the first text of the law book has governed "
            f"since {first}. Ask about a later day."
        )
        if citation:
            end = f" and its last was {last}" if last else ""
            message = (
                f"{citation} has no text in force on {on}; its first day is {first}"
                f"{end}. Ask about another day, or add the text."
            )
        super().__init__(message)
