"""The times and rooms of interviews."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Appointments."""

    initial = True
    dependencies: ClassVar = [
        ("cases", "0012_newest_cases_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("claim", models.CharField(max_length=20)),
                ("interview", models.CharField(max_length=20)),
                ("room", models.CharField(blank=True, max_length=60)),
                ("begins", models.DateTimeField()),
                ("ends", models.DateTimeField()),
                ("withdrawn", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="cases.case",
                    ),
                ),
                (
                    "interpreter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["ends"], name="interviews_by_end")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "claim", "interview"),
                        name="one_time_an_interview",
                    )
                ],
            },
        ),
    ]
