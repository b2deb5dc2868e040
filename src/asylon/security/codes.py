"""Codes of six digits that an app on a telephone shows, and codes on paper.

The app and the system share a secret, and both make of it and of the moment the same
code (RFC 6238: SHA-1, six digits, thirty seconds, as every app reads them).
"""

from __future__ import annotations

import hmac
from base64 import b32encode
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from asylon.security.envelopes import derived
from asylon.security.framing import framed

DIGITS = 6
STEP_SECONDS = 30
STEP = timedelta(seconds=STEP_SECONDS)
LEEWAY = (0, -1, 1)
"""A clock may be one step behind or ahead."""

SHARED_BYTES = 20
"""So long is what an app expects of a secret, of which the rest is not used."""


def spelled(secret: bytes) -> str:
    """Spell a secret as it is typed into an app."""
    return b32encode(secret[:SHARED_BYTES]).decode()


def address(secret: bytes, *, name: str, office: str) -> str:
    """Give what an app reads from a picture."""
    return _totp(secret).get_provisioning_uri(name, office)


def step_of(secret: bytes, typed: str, at: datetime) -> int | None:
    """Find the step of time that a code belongs to; none where the code is wrong.

    Every step of the leeway is compared, so that the time it takes says nothing. Whoever
    lets somebody in by a code notes the step, and takes it once.
    """
    told = "".join(typed.split()).encode("utf-8", "replace")
    steps = [int((at + STEP * each).timestamp()) // STEP_SECONDS for each in LEEWAY]
    fitting = [each for each in steps if _fits(secret, told, each)]
    return fitting[0] if fitting else None


def _fits(secret: bytes, told: bytes, step: int) -> bool:
    try:
        _totp(secret).verify(told, step * STEP_SECONDS)
    except InvalidToken:
        return False
    return True


def keyed(key: bytes, purpose: str, parts: Iterable[str]) -> str:
    """Make a keyed digest, by which something is found again but not guessed at."""
    told = framed(purpose, *parts)
    return hmac.new(derived(key, f"digest {purpose}"), told, sha256).hexdigest()


def _totp(secret: bytes) -> TOTP:
    # Apps know this hash and hardly another; what breaks it elsewhere is no use here.
    shared = secret[:SHARED_BYTES]
    return TOTP(shared, DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303
