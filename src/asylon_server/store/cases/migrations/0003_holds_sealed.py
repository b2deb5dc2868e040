"""Seal against which state a hold stands; no hold of before is ever dropped."""

from __future__ import annotations

import uuid
from itertools import groupby
from operator import attrgetter
from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from asylon.casework import Hold
from asylon_server.store.cases.holds import padded
from asylon_server.store.vault import sealing
from asylon_server.unlocking import custody

_before: list[Any] = []
"""The holds of before, between two steps of one transaction."""


def _take(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    rows = apps.get_model("cases", "StandingHold").objects.select_related("case")
    _before[:] = rows.order_by("case", "id")


def _put(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Seal each hold of before under the key of its case; they get no mark here.

    That they are the house's own is for whoever started this to look at, and to mark.

    Raises:
        CustodyError: there are holds, and the keys are locked.
    """
    made = apps.get_model("cases", "StandingHold").objects
    for _case, rows in groupby(_before, attrgetter("case_id")):
        for number, row in enumerate(rows, start=1):
            made.create(case_id=row.case_id, number=number, sealed=_sealed(row, number))
    _before.clear()


def _sealed(row: Any, number: int) -> bytes:
    hold = Hold(row.destination, row.begun, row.ground, person=row.person)
    name, text, keys = f"hold {number}", padded(hold, ""), custody()
    try:
        return sealing.seal_row(row.case_id, name, 1, text, custody=keys)
    except (sealing.ErasedError, sealing.UnreadableError):
        # What cannot be read stands against every state, as it does everywhere.
        return b""


class Migration(migrations.Migration):
    """Holds anew: numbered, sealed and marked."""

    dependencies: ClassVar = [("cases", "0002_certificates")]

    operations: ClassVar = [
        migrations.RunPython(_take, migrations.RunPython.noop),
        migrations.DeleteModel("StandingHold"),
        migrations.CreateModel(
            name="StandingHold",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("sealed", models.BinaryField()),
                ("mark", models.BinaryField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holds",
                        to="cases.case",
                    ),
                ),
            ],
            options={"ordering": ["case", "number"]},
        ),
        migrations.AddConstraint(
            model_name="standinghold",
            constraint=models.UniqueConstraint(
                fields=("case", "number"), name="one_number_a_hold"
            ),
        ),
        migrations.RunPython(_put, migrations.RunPython.noop),
    ]
