"""The key of the record: it is in no table, and only in the memory of who serves."""

from __future__ import annotations

from django.conf import settings

from asylon.security.errors import CustodyError

NAME = "ASYLON_RECORD_KEY"
"""The setting that holds it."""


def code_key() -> bytes:
    """Get the key by which the house knows its own events again.

    Raises:
        CustodyError: it is not there, so that nothing can be recorded.
    """
    key: bytes | None = getattr(settings, NAME, None)
    if not key:
        message = "the key of the record is missing, keys/sealer.pem; bring it back"
        raise CustodyError(message)
    return key
