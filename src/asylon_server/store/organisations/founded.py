"""What a deployment was founded as: its first organisation, as the record sealed it.

`asylon.toml` can be edited by whoever runs the machine, and would then say that an
authority is legal aid. The first event of the record names the row of the organisation
that it was founded for, and cannot be changed without the log saying so.
"""

from __future__ import annotations

import json

from django.db import DatabaseError

from asylon.security.commitments import commitment
from asylon_server.store.organisations.models import Organisation
from asylon_server.store.record import heads, rows
from asylon_server.store.record.models import Event

FOUNDING = "organisation opened"


class FoundedError(Exception):
    """A deployment says that it is something else than it was founded as."""


def check(kind: str, state: str) -> None:
    """Hold what a deployment says of itself against what it was founded as.

    Tables that are not there yet, or that nothing can be read from, contradict nothing:
    then nothing is served from them either.

    Args:
        kind: The kind of organisation that it says it is.
        state: The state that it says it works in.

    Raises:
        FoundedError: it says that it is something else.
    """
    try:
        first = Event.objects.select_related("leaf").order_by("number").first()
        found = _founder(first) if first else None
    except DatabaseError:
        return
    if first is None:
        return
    if found is None:
        message = (
            "the record does not say what this deployment was founded as; restore a "
            "backup"
        )
        raise FoundedError(message)
    if (found.kind, found.state) != (kind, state):
        message = (
            f"it says `{kind}` in {state}, and was founded as `{found.kind}` in "
            f"{found.state}; write that again"
        )
        raise FoundedError(message)


def _founder(first: Event) -> Organisation | None:
    """Find the organisation of the first event, where the event and the row are true."""
    if first.content is None or first.salt is None:
        return None
    content = bytes(first.content)
    is_true = commitment(bytes(first.salt), content) == bytes(first.commitment)
    if hasattr(first, "leaf"):
        is_true = is_true and heads.leaf(first) == bytes(first.leaf.hash)
    said = json.loads(content)
    if not is_true or said["act"] != FOUNDING:
        return None
    named = said["rows"].items()
    every = Organisation.objects.all()
    return next((o for o in every if (rows.name(o), rows.digest(o)) in named), None)
