"""Tables of cases: who works on them, holds, and the tokens they are found by.

No text about a person stands here; that is in the sealed compartments.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from asylon_server.store.organisations.models import Account, Organisation
from asylon_server.store.rights.guarded import GuardedManager


class Case(models.Model):
    """People who are decided together. Its name is drawn by chance and says nothing."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    opened = models.DateTimeField()
    submission = models.CharField(max_length=64, unique=True)
    erased = models.DateTimeField(null=True)

    objects = GuardedManager["Case"]()

    def __str__(self) -> str:
        return self.reference


class Assignment(models.Model):
    """Somebody whose work a case is."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.case_id} {self.account_id}"


class Grant(models.Model):
    """One field class of one case, released to one account for a time."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="grants")
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    released = models.CharField(max_length=20)
    purpose = models.CharField(max_length=40)
    since = models.DateTimeField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.released} {self.account_id}"


class Conflict(models.Model):
    """Somebody who is kept away from a case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="conflicts")
    account = models.ForeignKey(Account, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return f"{self.case_id} {self.account_id}"


class StandingHold(models.Model):
    """A hold over a case. That it stands is plain; against which state is sealed.

    The mark is made with a key outside the database. It outlives the key of the case,
    so that the hold of an erased case still counts as a number.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="holds")
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()
    mark = models.BinaryField()

    class Meta:
        """The holds of a case are counted, so that a gap shows."""

        ordering: ClassVar = ["case", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="one_number_a_hold")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number}"


class NameToken(models.Model):
    """What a case is found by: a keyed hash of a name's reading and a year of birth."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tokens")
    token = models.BinaryField(db_index=True)

    def __str__(self) -> str:
        return str(self.case_id)


class Certificate(models.Model):
    """A certificate that was issued. Its number is drawn by chance and leads nowhere.

    What it says is sealed, and so is the code on the paper.
    """

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="certificates"
    )
    person = models.CharField(max_length=20)
    number = models.CharField(max_length=20, unique=True)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    issued = models.DateField()
    expires = models.DateField()
    stays = models.BooleanField(default=False)
    ended = models.DateTimeField(null=True)
    why = models.CharField(max_length=10, blank=True)

    def __str__(self) -> str:
        return self.number
