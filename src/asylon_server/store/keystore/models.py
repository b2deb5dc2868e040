"""The table of wrapped data keys, in a database of its own, backed up apart.

Each copy of it replaces the last one. So a key that was erased stays erased: an old
backup of the other tables brings the sealed compartments back, and nothing to open them.

Where a key was destroyed on purpose a tombstone stands. A key that is missing without
one was lost, and nothing is erased on account of a loss.
"""

from __future__ import annotations

from django.db import models


class WrappedKey(models.Model):
    """The data key of a case, wrapped by a key that is in no database."""

    case = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return str(self.case)


class Tombstone(models.Model):
    """A case whose key was destroyed because somebody asked for it, and the day."""

    case = models.UUIDField(primary_key=True)
    on = models.DateField()

    def __str__(self) -> str:
        return str(self.case)
