"""Custody: who holds the keys that are not in the database, and what may be asked.

The database holds data keys, each wrapped. Whoever holds the keys to unwrap them is a
`Custody`: here a file and a passphrase, elsewhere a process of its own or hardware.

A ring holds the newest wrapping key and those before it. To rotate is to put a new one
in front; wrapped data keys are then wrapped again one by one, and when none is left
under an old key, the old ones are let go. Keep a rotated custody before using it.

Lost without its file, a custody is rebuilt from the shares of its wrapping key and from
`index_key_wrapped`, which may lie in the database. Without the latter the tokens have to
be made anew.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from asylon.security import indexes
from asylon.security.drawing import draw_secret
from asylon.security.envelopes import KEY_NAME_BYTES, WrappingKey, derived
from asylon.security.errors import CustodyError, SealError
from asylon.security.framing import framed
from asylon.security.shares import Share, split

_INDEX_KEY = "index key"
"""What the index key is wrapped as; no case is called so: it has a space."""

_MARK = "mark of a row"
"""What the key of marks is derived for."""


class Custody(Protocol):
    """What may be asked of whoever holds the keys."""

    def wrap(self, data_key: bytes, case: str) -> bytes:
        """Wrap the data key of a case under the newest wrapping key."""
        ...

    def unwrap(self, wrapped: bytes, case: str) -> bytes:
        """Unwrap the data key of a case, under whichever key it was wrapped."""
        ...

    def is_current(self, wrapped: bytes) -> bool:
        """Whether a data key is wrapped under the newest wrapping key."""
        ...

    def token(self, reading: str, birth_year: int) -> bytes:
        """Make the token by which a person is looked up."""
        ...

    def tokens_within(self, reading: str, cases: Sequence[str]) -> list[bytes]:
        """Make the tokens of a name without a year, another one within each case."""
        ...

    def mark(self, *parts: str) -> bytes:
        """Mark what has to be known as the house's own when its seal is gone."""
        ...

    def rotate(self) -> Custody:
        """Put a new wrapping key in front of those before it."""
        ...


@dataclass(frozen=True, slots=True)
class FileCustody:
    """Keys held in memory, read from a file that `keyfiles` seals by a passphrase."""

    ring: tuple[bytes, ...] = field(repr=False)
    """Wrapping keys, the newest first."""
    index_key: bytes = field(repr=False)
    _keys: tuple[WrappingKey, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.ring or len(set(self.ring)) < len(self.ring):
            message = "a custody has at least one wrapping key, and each of them once"
            raise CustodyError(message)
        object.__setattr__(self, "_keys", tuple(map(WrappingKey, self.ring)))

    @classmethod
    def draw(cls) -> FileCustody:
        """Draw the keys of a new deployment."""
        return cls((draw_secret(),), draw_secret())

    @classmethod
    def rebuilt(
        cls, *wrapping_keys: bytes, index_key_wrapped: bytes = b""
    ) -> FileCustody:
        """Rebuild a custody whose file was lost from the keys that shares brought back.

        Without the wrapped index key a new one is drawn.

        Raises:
            CustodyError: the index key was wrapped with none of the keys.
        """
        made = cls(wrapping_keys, draw_secret())
        if not index_key_wrapped:
            return made
        return replace(made, index_key=made.unwrap(index_key_wrapped, _INDEX_KEY))

    @property
    def index_key_wrapped(self) -> bytes:
        """The index key, to keep in the database for the day the file is lost."""
        return self.wrap(self.index_key, _INDEX_KEY)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the wrapping keys, the newest first, to print on shares."""
        return tuple(key.name.hex() for key in self._keys)

    @property
    def is_rotating(self) -> bool:
        """Whether a rotation was begun, and the key of before not let go yet."""
        return len(self.ring) > 1

    def has_index(self, wrapped: bytes) -> bool:
        """Whether these bytes are the index key, wrapped with one of the keys."""
        try:
            return self.unwrap(wrapped, _INDEX_KEY) == self.index_key
        except CustodyError:
            return False

    def wrap(self, data_key: bytes, case: str) -> bytes:
        """Wrap the data key of a case under the newest wrapping key."""
        return self._keys[0].wrap(data_key, case)

    def unwrap(self, wrapped: bytes, case: str) -> bytes:
        """Unwrap the data key of a case.

        Raises:
            CustodyError: its wrapping key is not here, it was altered, or it is
                another case's.
        """
        for key in self._keys:
            if key.has_wrapped(wrapped):
                try:
                    return key.unwrap(wrapped, case)
                except SealError as error:
                    message = f"a wrapped key does not open: {error}"
                    raise CustodyError(message) from None
        name = wrapped[:KEY_NAME_BYTES].hex()
        message = (
            f"the wrapping key {name} is not in custody; rebuild it from its "
            "shares, or restore the wrapped key if it was altered"
        )
        raise CustodyError(message)

    def rewrap(self, wrapped: bytes, case: str) -> bytes:
        """Wrap a data key again if it is not under the newest wrapping key."""
        if self.is_current(wrapped):
            return wrapped
        return self.wrap(self.unwrap(wrapped, case), case)

    def is_current(self, wrapped: bytes) -> bool:
        """Whether a data key is wrapped under the newest wrapping key."""
        return self._keys[0].has_wrapped(wrapped)

    def token(self, reading: str, birth_year: int) -> bytes:
        """Make the token by which a person is looked up."""
        return indexes.token(self.index_key, reading, birth_year)

    def tokens_within(self, reading: str, cases: Sequence[str]) -> list[bytes]:
        """Make the tokens of a name without a year, another one within each case."""
        return indexes.tokens_within(self.index_key, reading, cases)

    def mark(self, *parts: str) -> bytes:
        """Mark what has to be known as the house's own when its seal is gone."""
        key = derived(self.index_key, _MARK)
        return hmac.digest(key, framed(*parts), "sha256")

    def rotate(self) -> FileCustody:
        """Put a new wrapping key in front; shares of the old one do not bring it back."""
        return replace(self, ring=(draw_secret(), *self.ring))

    def let_go(self) -> FileCustody:
        """Keep only the newest wrapping key, once nothing is wrapped under another."""
        return replace(self, ring=self.ring[:1])

    def with_new_index(self) -> FileCustody:
        """Draw a new index key; every token then has to be made anew."""
        return replace(self, index_key=draw_secret())

    def shares(self, *, needed: int, of: int) -> tuple[Share, ...]:
        """Split the newest wrapping key into shares for paper."""
        return split(self.ring[0], needed=needed, of=of)
