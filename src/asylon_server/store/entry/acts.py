"""Signing in and out: too many failures make everybody wait, known name or not."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from asylon_server.store.entry.models import FailedSignIn
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor

TRIES = 5
WAIT = timedelta(minutes=15)


def must_wait(name: str, *, at: datetime) -> bool:
    """Whether so many sign-ins under a name failed lately that no more are heard."""
    lately = FailedSignIn.objects.filter(tried=_digest(name), at__gt=at - WAIT)
    return lately.count() >= TRIES


def failed(name: str, *, at: datetime) -> None:
    """Write down that a sign-in failed."""
    with transaction.atomic():
        row = FailedSignIn.objects.create(tried=_digest(name), at=at)
        record("sign-in failed", None, at=at, wrote=[row])


def signed_in(actor: Actor, *, at: datetime) -> None:
    """Write down that somebody signed in."""
    with transaction.atomic():
        record("signed in", actor, at=at)


def signed_out(actor: Actor, *, at: datetime) -> None:
    """Write down that somebody signed out."""
    with transaction.atomic():
        record("signed out", actor, at=at)


def _digest(name: str) -> str:
    return sha256(name.strip().casefold().encode()).hexdigest()
