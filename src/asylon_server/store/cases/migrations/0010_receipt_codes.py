"""Keep that a code was given for a wish: its keyed hash alone."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Receipt codes."""

    dependencies: ClassVar = [
        ("cases", "0009_yearless_tokens"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="ReceiptCode",
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
                ("code_hash", models.BinaryField(unique=True)),
                ("given", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="cases.case",
                    ),
                ),
            ],
        ),
    ]
