"""Tables of the record: events, the leaves they became, and the heads over them."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from asylon.security.entries import FORM, Entry


class Event(models.Model):
    """Something that was done or read; written in the same transaction as the act.

    `content` holds no text about a person, only codes and names that mean nothing by
    themselves. Erasing empties `content` and `salt`; the commitment stays, and so does
    `code`, which only who has the key of the record could make.
    """

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid4, editable=False)
    case = models.UUIDField(null=True, db_index=True)
    content = models.BinaryField(null=True)
    salt = models.BinaryField(null=True)
    commitment = models.BinaryField()
    code = models.BinaryField(default=bytes)
    form = models.SmallIntegerField(default=FORM)

    def __str__(self) -> str:
        return str(self.id)

    @property
    def entry(self) -> Entry:
        """What of it is in the log."""
        case = str(self.case) if self.case else ""
        return Entry(str(self.id), case, bytes(self.commitment), self.form)


class Leaf(models.Model):
    """The place that an event was sealed at."""

    index = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="leaf")
    hash = models.BinaryField()

    def __str__(self) -> str:
        return str(self.index)


class Head(models.Model):
    """The state of the record after a sealing, signed by the sealer."""

    size = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    root = models.BinaryField()
    edge = models.BinaryField()
    signature = models.CharField(max_length=200)
    follows = models.CharField(max_length=200)

    def __str__(self) -> str:
        return str(self.size)
