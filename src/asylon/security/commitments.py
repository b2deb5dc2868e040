"""Commitments: what the log holds of an event, which says nothing without its salt.

The entry of an event is a hash of a salt and the event. A proof about the log shows
hashes only, and who destroys the salt takes the meaning from the entry while the log
stays whole: not even who guesses the event can then show that it was this one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import TypeAlias

from asylon.security.drawing import SALT_BYTES
from asylon.security.errors import CommitmentError

Event: TypeAlias = Mapping[str, object]

_PURPOSE = b"asylon\x00commitment\x001\x00"


def canonical(event: Event) -> bytes:
    """Write an event in the one way in which it is committed to.

    That is JSON with sorted keys, without spaces and beyond ASCII in escapes.

    >>> canonical({"verb": "read", "at": 3})
    b'{"at":3,"verb":"read"}'

    Raises:
        CommitmentError: it holds something that could be written in two ways.
    """
    _check(event)
    return json.dumps(event, sort_keys=True, separators=(",", ":")).encode()


def commitment(salt: bytes, content: bytes) -> bytes:
    """Commit to the canonical bytes of an event; `merkle.leaf_hash` takes the result.

    Raises:
        CommitmentError: the salt is none that was drawn for this.
    """
    if len(salt) != SALT_BYTES:
        message = f"a salt has {SALT_BYTES} bytes, not {len(salt)}"
        raise CommitmentError(message)
    return sha256(_PURPOSE + salt + content).digest()


def _check(value: object) -> None:
    match value:
        case None | bool() | int() | str():
            return
        case list():
            for each in value:
                _check(each)
        case dict():
            for key, each in value.items():
                if not isinstance(key, str):
                    message = f"a key of an event is a text, not {type(key).__name__}"
                    raise CommitmentError(message)
                _check(each)
        case _:
            message = (
                f"an event holds texts, whole numbers, true, false, null, lists and "
                f"tables, and no {type(value).__name__}"
            )
            raise CommitmentError(message)
