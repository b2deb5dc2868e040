"""Keep holds for groups, and proposals to lift them."""

from __future__ import annotations

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Holds for groups, which name no case."""

    dependencies: ClassVar = [
        ("cases", "0006_grants_and_emergencies"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="GroupHold",
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
                ("proposed", models.DateTimeField()),
                ("said", models.TextField()),
                ("mark", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="GroupLifting",
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
                ("proposed", models.DateTimeField()),
                ("said", models.TextField()),
                ("mark", models.BinaryField()),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="liftings",
                        to="cases.grouphold",
                    ),
                ),
            ],
        ),
    ]
