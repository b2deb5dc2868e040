"""Tables of organisations and accounts."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from asylon_server.store.rights import Actor, shipped_table

_KINDS = [(kind, kind) for kind in shipped_table().organisations]
_ROLES = sorted({r for roles in shipped_table().organisations.values() for r in roles})


class Organisation(models.Model):
    """A body that takes part: UNHCR, an authority, an appeal body, legal aid, an agency."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=_KINDS)
    name = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=3, blank=True)

    def __str__(self) -> str:
        return self.name


class Account(AbstractBaseUser):
    """Somebody who can sign in: one person, one organisation, one role."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=150, unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="accounts"
    )
    role = models.CharField(max_length=20, choices=[(each, each) for each in _ROLES])
    language = models.CharField(max_length=10, default="en")
    is_active = models.BooleanField(default=True)
    settled = models.DateTimeField(null=True)
    """When the first way in was set up; from then on no link is drawn by one alone."""
    epoch = models.IntegerField(default=0)
    """Raised to end every session at once."""

    objects = BaseUserManager["Account"]()

    USERNAME_FIELD = "name"
    NOT_RECORDED: ClassVar = frozenset({"last_login"})
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """Say what a session is held against: it changes when all sessions end."""
        return f"{super().get_session_auth_hash()}{self.epoch}"

    @property
    def actor(self) -> Actor:
        """The account as the rules see it."""
        return Actor(
            account=self.id,
            organisation=self.organisation_id,
            kind=self.organisation.kind,
            role=self.role,
            active=self.is_active,
            state=self.organisation.state,
        )


class Opening(models.Model):
    """Who opened an account, and so does not draw the first link of it as well."""

    account = models.OneToOneField(
        Account, on_delete=models.PROTECT, related_name="opening"
    )
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.account_id)


class Reset(models.Model):
    """A new way in for somebody who lost theirs: one proposes it, another agrees."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="resets"
    )
    proposed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    proposed = models.DateTimeField()
    agreed_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True
    )
    ended = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)


class Notice(models.Model):
    """Something that somebody has to be told when they sign in next."""

    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="notices"
    )
    kind = models.CharField(max_length=20)
    about = models.CharField(max_length=150, blank=True)
    by = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True
    )
    at = models.DateTimeField()
    seen = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)


class SignInLink(models.Model):
    """A link that signs somebody in once; only a hash of its secret is kept."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="links")
    secret_hash = models.BinaryField(unique=True)
    made = models.DateTimeField()
    until = models.DateTimeField()
    used = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)
