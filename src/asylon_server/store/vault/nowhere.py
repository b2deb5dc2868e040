"""What stands where the keys would be, in a deployment that may hold no identities.

There is no key, so whatever would seal, open, or look somebody up is refused, by
whichever page it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from asylon_server.store.vault.sealing import refuse_identities


class Nowhere:
    """Keys that nobody holds: to ask anything of them is refused."""

    def wrap(self, data_key: bytes, case: str) -> NoReturn:
        """Refuse to open a case."""
        refuse_identities()

    def unwrap(self, wrapped: bytes, case: str) -> NoReturn:
        """Refuse to open what was sealed."""
        refuse_identities()

    def is_current(self, wrapped: bytes) -> NoReturn:
        """Refuse to say anything of a data key."""
        refuse_identities()

    def token(self, reading: str, birth_year: int) -> NoReturn:
        """Refuse to look somebody up."""
        refuse_identities()

    def tokens_within(self, reading: str, cases: Sequence[str]) -> NoReturn:
        """Refuse to look somebody up."""
        refuse_identities()

    def mark(self, *parts: str) -> NoReturn:
        """Refuse to mark what only the house's own key may mark."""
        refuse_identities()

    def rotate(self) -> NoReturn:
        """Refuse to draw a key."""
        refuse_identities()
