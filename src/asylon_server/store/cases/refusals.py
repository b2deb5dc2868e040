"""Acts on work that the rules refuse, by permanent codes."""

from __future__ import annotations


class WorkRefusedError(Exception):
    """What was asked is refused; the code says why, and nothing of a person.

    Attributes:
        code: One of those in docs/reference/errors.md; permanent once used.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
