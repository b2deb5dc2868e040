"""The table of failed sign-ins."""

from __future__ import annotations

from django.db import models


class FailedSignIn(models.Model):
    """A sign-in that failed. The name that was typed is kept as a digest only.

    People type passwords into the field for names.
    """

    tried = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.tried:.8} {self.at}"
