"""Signing in and out, as the record has it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor


def signed_in(actor: Actor, *, at: datetime, by: str) -> None:
    """Write down that somebody signed in, and by what."""
    with transaction.atomic():
        record("signed in", actor, at=at, details={"by": by})


def confirmed(actor: Actor, *, at: datetime, by: str) -> None:
    """Write down that somebody showed again that it is they."""
    with transaction.atomic():
        record("confirmed", actor, at=at, details={"by": by})


def signed_out(actor: Actor, *, at: datetime) -> None:
    """Write down that somebody signed out."""
    with transaction.atomic():
        record("signed out", actor, at=at)
