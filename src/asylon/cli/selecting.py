"""Choosing the claims of a file that a command was asked about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from asylon.cli.inputs import InputError
from asylon.cli.speaking import spoken
from asylon.determination import Entry, Refused


def chosen_entries(
    entries: Sequence[Entry], wanted: str | None, file: Path
) -> list[Entry]:
    """Give every entry of a file, or the one that is named."""
    ids = [_id(entry) for entry in entries]
    if wanted is not None and wanted not in ids:
        message = spoken().say(
            "problem",
            "{file}: there is no claim `{id}`. There is {ids}.",
            file=file,
            id=wanted,
            ids=spoken().listed(ids),
        )
        raise InputError(message)
    return [entry for entry in entries if wanted in {None, _id(entry)}]


def _id(entry: Entry) -> str:
    return entry.id if isinstance(entry, Refused) else entry.claim.id
