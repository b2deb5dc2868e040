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

    class Meta:
        """Lists begin with the newest, and are not to sort all there are for a page."""

        indexes: ClassVar = [
            models.Index(fields=["-opened", "id"], name="newest_cases_first")
        ]

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
    given_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True
    )
    since = models.DateTimeField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.released} {self.account_id}"


class ReleaseConsent(models.Model):
    """That the person agrees to what a body of a state may be shown, for a time.

    How it was asked for is text about a person, and sealed with the case. A consent of
    before that was kept names no purpose, and no seal is there.
    """

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="release_consents"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    classes = models.CharField(max_length=200)
    purpose = models.CharField(max_length=40, blank=True, default="")
    sealed = models.BinaryField(default=b"")
    kept_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.organisation_id}"


class Emergency(models.Model):
    """A case opened by somebody whose work it is not, so that a person is protected.

    The reason is text about a person, and sealed with the case.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="emergencies")
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    purpose = models.CharField(max_length=20)
    classes = models.CharField(max_length=200)
    reason = models.BinaryField()
    told = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()
    finding = models.CharField(max_length=20, blank=True)
    reviewed_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True
    )
    reviewed = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)


class Conflict(models.Model):
    """Somebody who is kept away from a case, until another person lifts it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="conflicts")
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    declared_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True
    )
    since = models.DateTimeField(null=True)
    lifted = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True
    )

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


class ErasingProposal(models.Model):
    """Somebody's proposal to erase a case; alone it erases nothing.

    Why is sealed, and goes with the key of the case. It ends unanswered after its time.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="erasings")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    proposed = models.DateTimeField()
    until = models.DateTimeField()
    answered_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True
    )
    answered = models.DateTimeField(null=True)
    agreed = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.pk}"


class NameToken(models.Model):
    """What a case is found by: a keyed hash of a name's reading and a year of birth."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tokens")
    token = models.BinaryField(db_index=True)

    def __str__(self) -> str:
        return str(self.case_id)


class YearlessToken(models.Model):
    """What a case is found by where no year of birth is known: a name, hashed for it alone.

    The same name has another token in every case, so that the table tells nobody which
    names are frequent.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="yearless")
    token = models.BinaryField()

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


class LiftingProposal(models.Model):
    """Somebody's proposal to lift a hold; alone it lifts nothing.

    For which reason, what shows it, and what was answered is sealed. It ends unanswered
    after its time, and the hold goes on.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    hold = models.ForeignKey(
        StandingHold, on_delete=models.PROTECT, related_name="liftings"
    )
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    proposed = models.DateTimeField()
    until = models.DateTimeField()
    answered_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True
    )
    answered = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.hold_id} {self.pk}"


class GroupHold(models.Model):
    """A hold that UNHCR declares for all who fear a state; no case is named in it.

    Which cases it covers is worked out from what they fear, and stands nowhere. What it
    says is marked, and where the mark is false it is read as a hold for everybody.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    proposed = models.DateTimeField()
    said = models.TextField()
    mark = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)


class GroupLifting(models.Model):
    """Somebody's proposal to lift a hold for a group, and what was answered; marked."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(
        GroupHold, on_delete=models.PROTECT, related_name="liftings"
    )
    proposed = models.DateTimeField()
    said = models.TextField()
    mark = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)


class ReceiptCode(models.Model):
    """That a code was given for a wish that was handed over; only a keyed hash is kept."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="receipts")
    code_hash = models.BinaryField(unique=True)
    given = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.case_id)


class ComplaintNotice(models.Model):
    """That a complaint was made on a case, for whoever settles it.

    On which claim, and which complaint, is sealed; what it says stands in the file.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="complaints")
    made = models.DateTimeField()
    settled = models.DateTimeField(null=True)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.pk}"
