"""Envelopes: AES-256-GCM around what could kill if it were read.

Each case has a data key, and under it one envelope for each compartment. The place of
an envelope is sealed with it, so that it opens nowhere else: not in another case, not
as another compartment, not as an older or newer version.

An envelope is: one byte for the format, a nonce of 96 bits, what was sealed, and 128
bits that betray any change. A data key is wrapped in the same way under a key that is
not in the database, after eight bytes that name that key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from asylon.security.drawing import KEY_BYTES, NONCE_BYTES, draw_nonce
from asylon.security.errors import SealError
from asylon.security.framing import framed

FORMAT = b"\x01"
KEY_NAME_BYTES = 8

_TAG_BYTES = 16
_HEAD = len(FORMAT) + NONCE_BYTES
_VERSIONS = range(1 << 32)
"""So often a nonce of 96 bits can be drawn under one key."""
_COMPARTMENT = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an envelope belongs: in a case, as a compartment, in a version."""

    case: str
    compartment: str
    version: int

    def __post_init__(self) -> None:
        if not self.case or not _COMPARTMENT.fullmatch(self.compartment):
            message = "an envelope belongs to a case and to a compartment named a-z"
            raise SealError(message)
        if self.version not in _VERSIONS:
            message = "there is no such version; after the last draw a new data key"
            raise SealError(message)

    @property
    def stated(self) -> bytes:
        """What is sealed along with the content."""
        return framed("place", self.case, self.compartment, str(self.version))


def seal(data_key: bytes, content: bytes, place: Place) -> bytes:
    """Seal content at its place.

    Raises:
        SealError: the key is none.
    """
    return enclosed(_compartment_key(data_key, place), content, place.stated)


def opened(data_key: bytes, envelope: bytes, place: Place) -> bytes:
    """Open an envelope found at a place.

    Raises:
        SealError: it was altered, belongs elsewhere, or has another key.
    """
    return disclosed(_compartment_key(data_key, place), envelope, place.stated)


def enclosed(key: bytes, content: bytes, stated: bytes) -> bytes:
    """Seal content, and bind to it what is stated beside."""
    nonce = draw_nonce()
    return FORMAT + nonce + _cipher(key).encrypt(nonce, content, FORMAT + stated)


def disclosed(key: bytes, envelope: bytes, stated: bytes) -> bytes:
    """Open what `enclosed` made, if the same is stated.

    Raises:
        SealError: it does not open.
    """
    if len(envelope) < _HEAD + _TAG_BYTES or not envelope.startswith(FORMAT):
        message = (
            "sealed bytes are too short, or of a format this edition does not know"
        )
        raise SealError(message)
    nonce, hidden = envelope[len(FORMAT) : _HEAD], envelope[_HEAD:]
    try:
        return _cipher(key).decrypt(nonce, hidden, FORMAT + stated)
    except InvalidTag:
        message = (
            "sealed bytes do not open: they were altered, belong elsewhere, or were "
            "sealed with another key"
        )
        raise SealError(message) from None


class WrappingKey:
    """A key that seals data keys, with its name; what it derives is derived once."""

    def __init__(self, secret: bytes) -> None:
        """Take a secret that was drawn, or that shares brought back."""
        self.name = derived(secret, "name")[:KEY_NAME_BYTES]
        self._key = derived(secret, "wrap")

    def wrap(self, data_key: bytes, case: str) -> bytes:
        """Seal the data key of a case; the name of this key goes before."""
        _check_key(data_key)
        return self.name + enclosed(self._key, data_key, framed("wrap", case))

    def unwrap(self, wrapped: bytes, case: str) -> bytes:
        """Open the data key of a case.

        Raises:
            SealError: it was altered, belongs to another case, or has another key.
        """
        if not self.has_wrapped(wrapped):
            message = "the data key was wrapped with another key, or altered"
            raise SealError(message)
        return disclosed(self._key, wrapped[KEY_NAME_BYTES:], framed("wrap", case))

    def has_wrapped(self, wrapped: bytes) -> bool:
        """Whether wrapped bytes begin with the name of this key."""
        return wrapped.startswith(self.name)


def derived(key: bytes, purpose: str) -> bytes:
    """Derive a key for one purpose (HKDF with SHA-256), from which none leads back."""
    _check_key(key)
    info = framed("asylon", purpose)
    return HKDFExpand(algorithm=SHA256(), length=KEY_BYTES, info=info).derive(key)


def _compartment_key(data_key: bytes, place: Place) -> bytes:
    return derived(data_key, f"compartment {place.compartment}")


def _cipher(key: bytes) -> AESGCM:
    _check_key(key)
    return AESGCM(key)


def _check_key(key: bytes) -> None:
    if len(key) != KEY_BYTES:
        message = f"a key has {KEY_BYTES} bytes, not {len(key)}"
        raise SealError(message)
