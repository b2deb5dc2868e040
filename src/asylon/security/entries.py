"""Entries: what ties an event to its case, its place in the log, and its house.

Whoever has every right on a database can write a well-formed event of a change that
nobody made. So each event bears a code under a key that is in no database; it is made
over the commitment, and therefore still fits when the event itself was emptied. The
case stands in the entry as well: the event of a case that was not erased cannot pass
for one of a case that was.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from asylon.security.errors import CommitmentError
from asylon.security.framing import framed
from asylon.security.merkle import leaf_hash
from asylon.security.signatures import PrivateKey

FORM = 2
"""The form that entries have now; those of the first hold a commitment alone."""

FIRST_FORM = 1


def code_key(sealer: PrivateKey) -> bytes:
    """Derive the key of codes from the key that seals the log: no file more to lose."""
    return sealer.derived("codes of entries")


@dataclass(frozen=True, slots=True)
class Entry:
    """What of an event is in the log, or is bound to it.

    Attributes:
        id: The name of the event.
        case: The case that it is about, or nothing.
        commitment: What `commitments` made of the event and its salt.
        form: The form of the entry.
    """

    id: str
    case: str
    commitment: bytes
    form: int = FORM

    def code(self, key: bytes) -> bytes:
        """Make the code by which the house knows its own event again."""
        return hmac.digest(key, self._stated("code"), "sha256")

    def has_code(self, key: bytes, code: bytes) -> bool:
        """Whether a code is that of this entry."""
        return hmac.compare_digest(self.code(key), code)

    def leaf(self, number: int) -> bytes:
        """Give the hash that it has as a leaf of the log, under its number.

        Raises:
            CommitmentError: this edition knows no such form.
        """
        match self.form:
            case 1:
                return leaf_hash(self.commitment)
            case 2:
                content = framed(self._stated("leaf"), str(number))
                return leaf_hash(bytes([self.form]) + content)
            case _:
                message = f"there is no entry of the form {self.form}"
                raise CommitmentError(message)

    def _stated(self, use: str) -> bytes:
        return framed(use, str(self.form), self.id, self.case, self.commitment)
