"""Seal against which state a hold stands; no hold of before is ever dropped."""

from __future__ import annotations

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def _refuse_to_lose(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Stop where a hold stands that no migration could seal: it has no keys."""
    if apps.get_model("cases", "StandingHold").objects.exists():
        message = (
            "holds of an earlier edition stand in the tables, and are not dropped; "
            "take the cases away with that edition and register them with this one"
        )
        raise RuntimeError(message)


class Migration(migrations.Migration):
    """Holds anew: numbered, sealed and marked."""

    dependencies: ClassVar = [("cases", "0002_certificates")]

    operations: ClassVar = [
        migrations.RunPython(_refuse_to_lose, migrations.RunPython.noop),
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
    ]
