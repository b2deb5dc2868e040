"""What can go wrong with a formula.

LogicError
└── FormulaError    a formula cannot be read: it says where and why
"""

from __future__ import annotations


class LogicError(Exception):
    """Something is wrong with a formula or its use."""

    code = "logic"


class FormulaError(LogicError):
    """A formula cannot be read; the spot is shown under its text."""

    code = "logic.formula"

    def __init__(self, problem: str, text: str, column: int) -> None:
        """Keep the problem in words, the whole text and the column (from 0)."""
        self.problem, self.text, self.column = problem, text, column
        line, spot = _line_at(text, column)
        super().__init__(f"{problem}\n    {line}\n    {' ' * spot}^")


def _line_at(text: str, column: int) -> tuple[str, int]:
    start = text.rfind("\n", 0, column) + 1
    end = text.find("\n", column)
    return text[start : end if end >= 0 else None], column - start
