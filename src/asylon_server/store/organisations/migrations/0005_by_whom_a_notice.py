"""Keep who did what a notice tells of."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """By whom."""

    dependencies: ClassVar = [
        ("organisations", "0004_openings"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="notice",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
