"""The table of sealed compartments."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Compartment(models.Model):
    """One version of a compartment of a case, sealed; a later one never replaces it."""

    case = models.UUIDField()
    name = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        """One row for each version."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "name", "version"], name="one_row_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.name} {self.version}"
