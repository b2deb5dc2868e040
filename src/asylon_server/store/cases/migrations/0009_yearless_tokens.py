from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What people without a year of birth are found by."""

    dependencies: ClassVar = [("cases", "0008_erasing_by_two")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="YearlessToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("token", models.BinaryField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="yearless",
                        to="cases.case",
                    ),
                ),
            ],
        ),
    ]
