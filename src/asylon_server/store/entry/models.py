"""Tables of coming in: ways in, sessions, and what is kept for minutes only."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from asylon_server.store.organisations.models import Account

PASSKEY, APP, PAPER = "passkey", "app", "paper"


class WayIn(models.Model):
    """A passkey, an app that shows codes, or one code on paper.

    `sealed` is closed by a key outside the tables. `token` is a keyed digest, by which
    a passkey or a code on paper is found.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="ways")
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=60, blank=True)
    token = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()
    made = models.DateTimeField()
    used = models.DateTimeField(null=True)
    count = models.BigIntegerField(default=0)

    NOT_RECORDED: ClassVar = frozenset({"used", "count"})

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Session(models.Model):
    """A session, by the digest of the key that only the browser holds.

    What it says is sealed under that key, so that the row opens for nobody else.
    """

    key = models.CharField(max_length=64, primary_key=True)
    account = models.UUIDField(null=True, db_index=True)
    sealed = models.BinaryField()
    begun = models.DateTimeField()
    seen = models.DateTimeField()
    until = models.DateTimeField(db_index=True)
    browser = models.CharField(max_length=40, blank=True)

    PASSING = True

    def __str__(self) -> str:
        return f"{self.key:.8}"


class Tries(models.Model):
    """How often it failed under one name or from one address, as a keyed digest."""

    token = models.CharField(max_length=64, primary_key=True)
    failures = models.IntegerField(default=0)
    last = models.DateTimeField(db_index=True)

    PASSING = True

    def __str__(self) -> str:
        return f"{self.token:.8} {self.failures}"


class Spent(models.Model):
    """A code or a challenge that was used, and is not taken twice."""

    token = models.CharField(max_length=64, primary_key=True)
    until = models.DateTimeField(db_index=True)

    PASSING = True

    def __str__(self) -> str:
        return f"{self.token:.8}"


class KeptForm(models.Model):
    """A form that came after its session had ended, sealed under the browser's key."""

    token = models.CharField(max_length=64, primary_key=True)
    sealed = models.BinaryField()
    until = models.DateTimeField(db_index=True)

    PASSING = True

    def __str__(self) -> str:
        return f"{self.token:.8}"
