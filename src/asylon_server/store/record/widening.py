"""Rows that a change of the tables gave more columns: they say what they said before.

No event knows of the new columns, so that the check would find every such row altered.
A row is taken over only where it says the same without them, and nothing in them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.db import models

from asylon_server.store.record import rows
from asylon_server.store.record.checking import Check, Fault

Added = Mapping[str, Collection[str]]
"""The columns that a table has more, by the name of its rows, such as `cases.case`."""


def widened(check: Check, faults: Iterable[Fault], added: Added) -> list[models.Model]:
    """Find the rows that are found altered for nothing but new columns.

    Args:
        check: The check that found them.
        faults: What it found.
        added: The columns that are new.
    """
    altered = [each.where for each in faults if each.code == "row.altered"]
    return [
        row
        for name in altered
        if (columns := added.get(name.partition(":")[0]))
        and (row := rows.found(name))
        and _says_nothing(row, columns)
        and rows.digest(row, without=columns) == check.said_of(name)
    ]


def _says_nothing(row: models.Model, columns: Collection[str]) -> bool:
    fields = [each for each in row._meta.concrete_fields if each.attname in columns]
    return all(each.value_from_object(row) == each.get_default() for each in fields)
