"""Keys of coming in, all made from the one secret that is in no table."""

from __future__ import annotations

from hashlib import sha256

from django.conf import settings

from asylon.security.codes import keyed
from asylon.security.envelopes import derived, disclosed, enclosed
from asylon.security.framing import framed


def digest(purpose: str, *parts: str) -> str:
    """Make a keyed digest that the tables may hold."""
    return keyed(_root(), purpose, parts)


def seal(content: bytes, purpose: str, *place: str) -> bytes:
    """Seal content for one purpose, at its place."""
    return enclosed(derived(_root(), f"seal {purpose}"), content, framed(*place))


def unseal(sealed: bytes, purpose: str, *place: str) -> bytes:
    """Open what was sealed.

    Raises:
        SealError: it was altered, or belongs elsewhere.
    """
    return disclosed(derived(_root(), f"seal {purpose}"), sealed, framed(*place))


def of_browser(secret: str, purpose: str) -> bytes:
    """Make a key from what a browser holds and the secret of the deployment."""
    return bytes.fromhex(digest(f"browser {purpose}", secret))


def _root() -> bytes:
    return sha256(framed("asylon entry", settings.SECRET_KEY)).digest()
