"""Keep of a consent to release what for it was given, and how it was asked for."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """What for, and the seal over how it was asked."""

    dependencies: ClassVar = [
        ("cases", "0010_receipt_codes"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="releaseconsent",
            name="purpose",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.AddField(
            model_name="releaseconsent",
            name="sealed",
            field=models.BinaryField(default=b""),
        ),
    ]
