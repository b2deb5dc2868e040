"""Signatures by Ed25519, read and written in exactly one way.

What is signed is a purpose and the exact bytes, so that a signature made for one
purpose never passes for another. Texts of keys and signatures are base64 in its one
canonical form: what decodes to the same bytes but is written otherwise is refused.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from asylon.security.errors import KeyFileError
from asylon.security.framing import framed

_KEY_BYTES = 32
_SIGNATURE_BYTES = 64
_HOUSE = b"asylon"
_TRIALS = 64
_NOBODYS = bytes([1]) + bytes(_SIGNATURE_BYTES - 1)
"""A signature that needs no private key, and that only a degenerate key accepts."""


def fingerprint(content: bytes) -> str:
    """Give a short name for bytes that people can read out to one another.

    >>> fingerprint(b"")
    'e3b0 c442 98fc 1c14 9afb f4c8 996f b924'
    """
    return grouped(sha256(content).hexdigest())


def grouped(digest: str) -> str:
    """Give the first half of a SHA-256 in groups of four."""
    return " ".join(digest[start : start + 4] for start in range(0, 32, 4))


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key: its 32 bytes."""

    raw: bytes

    @classmethod
    def of(cls, text: str) -> PublicKey:
        """Read a key from its one canonical text.

        Raises:
            KeyFileError: it is no such text, or a key for which anyone can sign.
        """
        raw = _decoded(text, _KEY_BYTES)
        if raw is None:
            message = (
                "a public key is 32 bytes in base64, 44 characters that end with `=`; "
                "copy it from what `asylon law key show` prints"
            )
            raise KeyFileError(message)
        if _is_degenerate(raw):
            message = "anyone could sign for this public key; draw another one"
            raise KeyFileError(message)
        return cls(raw)

    @property
    def text(self) -> str:
        """The key in base64."""
        return base64.b64encode(self.raw).decode()

    @property
    def fingerprint(self) -> str:
        """What to compare with the other side, read out or on paper."""
        return fingerprint(self.raw)


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A private key; it leaves only as PEM, and is never shown."""

    _key: Ed25519PrivateKey

    @property
    def public(self) -> PublicKey:
        """The public key that belongs to it."""
        made = self._key.public_key()
        return PublicKey(made.public_bytes(Encoding.Raw, PublicFormat.Raw))

    def pem(self, passphrase: str = "") -> bytes:
        """Write the key as PEM (PKCS8), locked if there is a passphrase."""
        lock: KeySerializationEncryption = NoEncryption()
        if passphrase:
            lock = BestAvailableEncryption(passphrase.encode())
        return self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)

    def sign(self, message: bytes) -> bytes:
        """Sign bytes as they are; `sign` below says for what purpose."""
        return self._key.sign(message)

    def derived(self, purpose: str) -> bytes:
        """Derive a secret for one purpose (HKDF with SHA-256), from which none leads back."""
        info = framed("asylon", "from a key to sign with", purpose)
        expanding = HKDFExpand(algorithm=SHA256(), length=_KEY_BYTES, info=info)
        return expanding.derive(self._key.private_bytes_raw())


def private_key(pem: bytes, passphrase: str = "") -> PrivateKey:
    """Read a private key.

    Raises:
        KeyFileError: it is none, is of another kind, or the passphrase does not fit.
    """
    try:
        key = load_pem_private_key(pem, passphrase.encode() or None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        message = "no private key in PEM (PKCS8), or the passphrase does not open it"
        raise KeyFileError(message) from None
    if not isinstance(key, Ed25519PrivateKey):
        message = "a private key, but not of Ed25519; `asylon law key new` draws one"
        raise KeyFileError(message)
    return PrivateKey(key)


def is_locked(pem: bytes) -> bool:
    """Whether a private key asks for a passphrase."""
    return b"ENCRYPTED" in pem.partition(b"\n")[0]


def sign(key: PrivateKey, purpose: str, message: bytes) -> str:
    """Sign bytes for a purpose."""
    return base64.b64encode(key.sign(_framed(purpose, message))).decode()


def is_signed(key: PublicKey, purpose: str, message: bytes, signature: str) -> bool:
    """Whether a signature over exactly these bytes, for this purpose, is the key's."""
    raw = _decoded(signature, _SIGNATURE_BYTES)
    return raw is not None and _verifies(key.raw, raw, _framed(purpose, message))


def _framed(purpose: str, message: bytes) -> bytes:
    named = purpose.encode()
    head = b"%s\x00%d\x00%s\x00%d\x00" % (_HOUSE, len(named), named, len(message))
    return head + message


def _decoded(text: str, size: int) -> bytes | None:
    """Decode base64 that is written as it would be written again."""
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    same = len(raw) == size and base64.b64encode(raw).decode() == text
    return raw if same else None


def _verifies(key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@cache
def _is_degenerate(key: bytes) -> bool:
    """Whether a key accepts a signature that nobody made.

    A point of small order does so for one message in eight at least; a key that was
    drawn never does.
    """
    trials = (b"%d" % number for number in range(_TRIALS))
    return any(_verifies(key, _NOBODYS, trial) for trial in trials)
