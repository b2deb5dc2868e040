"""Chance: the one module that draws keys, nonces, salts and shares.

Everything else of the library gives the same answer every time. What is drawn here
comes from the operating system, and is secret or never used twice.
"""

from __future__ import annotations

import secrets

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from asylon.security.signatures import PrivateKey

KEY_BYTES = 32
NONCE_BYTES = 12
SALT_BYTES = 32
PAPER_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
PAPER_HALF = 5


def draw_key() -> PrivateKey:
    """Draw a key to sign with."""
    return PrivateKey(Ed25519PrivateKey.generate())


def draw_secret() -> bytes:
    """Draw a key to seal with, of 256 bits."""
    return secrets.token_bytes(KEY_BYTES)


def draw_nonce() -> bytes:
    """Draw what makes two seals under one key differ, of 96 bits."""
    return secrets.token_bytes(NONCE_BYTES)


def draw_salt() -> bytes:
    """Draw what keeps a commitment, or a passphrase, from being guessed at in bulk."""
    return secrets.token_bytes(SALT_BYTES)


def draw_paper_code() -> str:
    """Draw a code to be kept on paper, of 50 bits, in letters that are not mistaken."""
    letters = [secrets.choice(PAPER_LETTERS) for _ in range(2 * PAPER_HALF)]
    return "".join((*letters[:PAPER_HALF], "-", *letters[PAPER_HALF:]))


def draw_shares(secret: bytes, *, needed: int, of: int) -> list[str]:
    """Split a secret into shares as words; `shares.split` says what may be asked."""
    # Its word list would slow the start of every command.
    import shamir_mnemonic  # noqa: PLC0415

    [group] = shamir_mnemonic.generate_mnemonics(1, [(needed, of)], secret)
    return group
