"""What must not be forged, read or rewritten: keys, seals, shares and the log.

Gathered here are the names for signing; the rest is asked of its module:
`envelopes`, `custody` and its `keyfiles`, `shares`, `indexes`, `merkle`, `heads`,
`commitments`. What is drawn by chance comes from `drawing`.
"""

from asylon.security.drawing import draw_key
from asylon.security.errors import KeyFileError, SecurityError
from asylon.security.signatures import (
    PrivateKey,
    PublicKey,
    fingerprint,
    is_signed,
    private_key,
    sign,
)

__all__ = [
    "KeyFileError",
    "PrivateKey",
    "PublicKey",
    "SecurityError",
    "draw_key",
    "fingerprint",
    "is_signed",
    "private_key",
    "sign",
]
