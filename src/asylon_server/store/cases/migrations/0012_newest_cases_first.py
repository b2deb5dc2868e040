"""Find the newest cases without sorting all of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """The order in which lists begin."""

    dependencies: ClassVar = [
        ("cases", "0011_how_consents_were_asked"),
    ]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["-opened", "id"], name="newest_cases_first"),
        ),
    ]
