"""What a row of a table says, in a few bytes that an event can hold on to.

An event names each row that its act wrote, with a digest of what the row said then.
Whoever changes, adds or removes a row behind the back of the system contradicts the
last event that named it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, models, router

OUTSIDE = frozenset({"record", "keystore"})
"""Applications of the house whose rows no event names."""

HOUSE = "asylon_server."
"""What is not of the house, such as sessions, is none of the record's business."""


def name(row: models.Model) -> str:
    """Name a row, over all tables."""
    return f"{row._meta.label_lower}:{row.pk}"


def found(name: str) -> models.Model | None:
    """Find a row by its name; none if it was taken away."""
    label, _colon, key = name.partition(":")
    row: models.Model | None = (
        apps.get_model(label)._base_manager.filter(pk=key).first()
    )
    return row


def digest(row: models.Model, *, without: Collection[str] = ()) -> str:
    """Give the digest of what a row says; some columns may be left out."""
    counted = [each for each in _fields(row) if each.attname not in without]
    said = {each.attname: _plain(each.value_from_object(row)) for each in counted}
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def all_rows() -> Iterator[models.Model]:
    """Go through every row that some event should name."""
    for model in apps.get_models():
        if is_recorded(model):
            yield from model._base_manager.iterator(chunk_size=2_000)


def is_recorded(model: type[models.Model]) -> bool:
    """Whether events name the rows of a table."""
    config = apps.get_app_config(model._meta.app_label)
    is_ours = config.name.startswith(HOUSE) and config.label not in OUTSIDE
    # Sessions and the like come and go without an act.
    is_ours = is_ours and not getattr(model, "PASSING", False)
    # A deployment without identities has no tables for them.
    return is_ours and router.allow_migrate_model(DEFAULT_DB_ALIAS, model)


def _fields(row: models.Model) -> list[models.Field[Any, Any]]:
    """The fields that count: not those that change without an act."""
    left_out = getattr(row, "NOT_RECORDED", ())
    concrete = row._meta.concrete_fields
    return [each for each in concrete if each.attname not in left_out]


def _plain(value: object) -> object:
    match value:
        case bytes() | memoryview():
            return bytes(value).hex()
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case _:
            return value
