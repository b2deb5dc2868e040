"""The table of wrapped data keys, in a database of its own, backed up apart.

Each copy of it replaces the last one. So a key that was erased stays erased: an old
backup of the other tables brings the sealed compartments back, and nothing to open them.
"""

from __future__ import annotations

from django.db import models


class WrappedKey(models.Model):
    """The data key of a case, wrapped by a key that is in no database."""

    case = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return str(self.case)
