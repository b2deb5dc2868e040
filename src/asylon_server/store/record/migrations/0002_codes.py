"""Give every event a code under a key that is in no table, and its form of entry."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from asylon.security.entries import FIRST_FORM, Entry
from asylon_server.store.record.keys import code_key

_CHUNK = 2_000


def _take_over(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Give the events of before a code; in the log they keep the form they have.

    Doing this again over events of the later form would not pass: their entries in the
    tree are of that form.
    """
    events = apps.get_model("record", "Event").objects.using(editor.connection.alias)
    last = 0
    while some := list(events.filter(number__gt=last).order_by("number")[:_CHUNK]):
        key = code_key()
        for each in some:
            case = str(each.case) if each.case else ""
            entry = Entry(str(each.id), case, bytes(each.commitment), FIRST_FORM)
            each.form, each.code = FIRST_FORM, entry.code(key)
        events.bulk_update(some, ["form", "code"])
        last = some[-1].number


class Migration(migrations.Migration):
    """Codes of events."""

    dependencies: ClassVar = [("record", "0001_initial")]

    operations: ClassVar = [
        migrations.AddField("event", "code", models.BinaryField(default=bytes)),
        migrations.AddField("event", "form", models.SmallIntegerField(default=2)),
        migrations.RunPython(_take_over, migrations.RunPython.noop),
    ]
