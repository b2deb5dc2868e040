"""What a deployment was founded as: its first organisation, as the record sealed it.

`asylon.toml` can be edited by whoever runs the machine, and would then say that an
authority is legal aid. The first event of the record names the row of the organisation
that it was founded for, and cannot be changed without the log saying so.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError

from asylon.security.commitments import commitment
from asylon_server.store.organisations.models import Organisation
from asylon_server.store.record import heads, rows
from asylon_server.store.record.keys import code_key
from asylon_server.store.record.models import Event
from asylon_server.store.record.waiting import is_ours

FOUNDING = "organisation opened"

_CHUNK = 2_000


class FoundedError(Exception):
    """A deployment says that it is something else than it was founded as."""


@dataclass(frozen=True, slots=True)
class Founder:
    """The organisation of the first event, and whether all since is invented."""

    organisation: Organisation
    invented: bool


def check(kind: str, state: str, *, invented: bool = False) -> None:
    """Hold what a deployment says of itself against what it was founded as.

    Tables that are not there yet, or that nothing can be read from, contradict nothing:
    then nothing is served from them either. Those of an earlier edition are taken at
    their word until they are brought up to this one, and held to the record then.

    Args:
        kind: The kind of organisation that it says it is.
        state: The state that it says it works in.
        invented: Whether it says that all in it is invented: a real deployment never
            becomes a demonstration, in which links alone sign in, nor the other way.

    Raises:
        FoundedError: it says that it is something else.
    """
    try:
        first = Event.objects.select_related("leaf").order_by("number").first()
        found = _founder(first) if first else None
    except DatabaseError:
        _check_place(_of_before(), kind, state)
        return
    if first is None:
        return
    if found is None:
        message = (
            "the record does not say what this deployment was founded as; restore a "
            "backup"
        )
        raise FoundedError(message)
    _check_place((found.organisation.kind, found.organisation.state), kind, state)
    if found.invented != invented:
        was, says = (str(each).lower() for each in (found.invented, invented))
        message = (
            f"it says `invented = {says}`, and was founded with `invented = {was}`; "
            "write that again"
        )
        raise FoundedError(message)


def _check_place(found: tuple[str, str] | None, kind: str, state: str) -> None:
    if found and found != (kind, state):
        message = (
            f"it says `{kind}` in {state}, and was founded as `{found[0]}` in "
            f"{found[1]}; write that again"
        )
        raise FoundedError(message)


def _of_before() -> tuple[str, str] | None:
    """Read of what kind and where it was founded, from columns that there always were."""
    try:
        contents = Event.objects.order_by("number").values_list("content", flat=True)
        named = json.loads(bytes(contents.first() or b"{}")).get("rows", {})
        for each in Organisation.objects.only("kind", "state", "name"):
            if rows.name(each) in named:
                return each.kind, each.state
    except (DatabaseError, ValueError):
        pass
    return None


def _founder(first: Event) -> Founder | None:
    """Find the organisation of the first event, where the event and the row are true.

    The row may have changed since by an act, or have a column more: what counts is the
    latest event that names it.
    """
    said = _told(first)
    if said is None or said["act"] != FOUNDING:
        return None
    named = said["rows"]
    found = next((o for o in Organisation.objects.all() if rows.name(o) in named), None)
    if found is None:
        return None
    invented = said["details"].get("invented", False) is True
    founder, digest = Founder(found, invented), rows.digest(found)
    if named[rows.name(found)] == digest:
        return founder
    return founder if _latest(rows.name(found)) == digest else None


def _latest(name: str) -> str | None:
    """Give the digest of a row in the latest event that names it."""
    events = Event.objects.select_related("leaf").filter(case=None)
    for event in events.order_by("-number").iterator(chunk_size=_CHUNK):
        if name.encode() in bytes(event.content or b""):
            said = _told(event)
            return said["rows"].get(name) if said else None
    return None


def _told(event: Event) -> dict[str, Any] | None:
    """Read an event; None where it does not say what was committed to."""
    if event.content is None or event.salt is None:
        return None
    content = bytes(event.content)
    is_true = commitment(bytes(event.salt), content) == bytes(event.commitment)
    is_true = is_true and is_ours(event, code_key())
    if hasattr(event, "leaf"):
        is_true = is_true and heads.leaf(event) == bytes(event.leaf.hash)
    said: dict[str, Any] = json.loads(content)
    return said if is_true else None
