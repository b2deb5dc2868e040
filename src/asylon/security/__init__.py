"""What must not be forged: signatures over exact bytes, by keys held outside."""

from asylon.security.signatures import (
    KeyFileError,
    PrivateKey,
    PublicKey,
    SecurityError,
    draw_key,
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
