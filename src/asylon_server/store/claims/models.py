"""The table of times and rooms that are taken by interviews; it names nobody of a case."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from asylon_server.store.cases.models import Case
from asylon_server.store.organisations.models import Account


class Appointment(models.Model):
    """That an officer, an interpreter and a room are taken for a time.

    An interpreter from outside has no account, and is named in the sealed plan alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="appointments"
    )
    claim = models.CharField(max_length=20)
    interview = models.CharField(max_length=20)
    officer = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    interpreter = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True
    )
    room = models.CharField(max_length=60, blank=True)
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        """One for each interview; what is looked up is what is taken at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "claim", "interview"], name="one_time_an_interview"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["ends"], name="interviews_by_end")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.interview}"
