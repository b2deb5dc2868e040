"""Writing to the record: an event in the transaction of the act, and its sealing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from asylon.security.commitments import canonical, commitment
from asylon.security.drawing import draw_salt
from asylon.security.merkle import Frontier
from asylon.security.signatures import PrivateKey
from asylon_server.store.record import heads, rows
from asylon_server.store.record.models import Event, Head, Leaf
from asylon_server.store.rights import Actor


class OutsideTransactionError(RuntimeError):
    """An event was to be written apart from its act; either could be lost alone."""


def record(
    act: str,
    actor: Actor | None,
    *,
    at: datetime,
    case: UUID | None = None,
    wrote: Iterable[models.Model] = (),
    removed: Iterable[str] = (),
    details: Mapping[str, object] | None = None,
) -> Event:
    """Write down an act, in the transaction that it is done in.

    Args:
        act: What was done, such as `account opened`; permanent once used.
        actor: Who did it; None where the system itself did.
        at: When.
        case: The case it is about, by its random name.
        wrote: Rows that the act made or changed, as they are now.
        removed: The names of rows that the act took away.
        details: Codes that belong to it; never text about a person.

    Returns:
        The event.

    Raises:
        OutsideTransactionError: there is no transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        message = f"`{act}` would be recorded apart from the act itself"
        raise OutsideTransactionError(message)
    event = Event(case=case)
    said = {
        "id": str(event.id),
        "act": act,
        "at": at.isoformat(),
        "by": str(actor.account) if actor else None,
        "for": str(actor.organisation) if actor else None,
        "case": str(case) if case else None,
        "rows": {rows.name(each): rows.digest(each) for each in wrote}
        | dict.fromkeys(removed),
        "details": dict(details or {}),
    }
    event.content, event.salt = canonical(said), draw_salt()
    event.commitment = commitment(event.salt, event.content)
    event.save(force_insert=True)
    return event


def seal(key: PrivateKey, *, at: datetime) -> Head | None:
    """Seal what was recorded since the last time, and sign the new head.

    One sealer works at a time. What the sealer sees
    is sealed in the order of its numbers; what commits late comes in a later head, so
    that nothing is passed over.

    Args:
        key: The sealer's key.
        at: When.

    Returns:
        The new head, or None where there was nothing to seal.
    """
    with transaction.atomic():
        last = Head.objects.select_for_update().order_by("-size").first()
        edge = heads.edge(last)
        events = list(Event.objects.filter(leaf=None).order_by("number"))
        if not events:
            return None
        leaves = [
            Leaf(index=edge.size + place, event=event, hash=heads.leaf(event))
            for place, event in enumerate(events)
        ]
        Leaf.objects.bulk_create(leaves)
        grown: Frontier = edge.extend(bytes(leaf.hash) for leaf in leaves)
        log = heads.log_name(first_leaf())
        return heads.signed(grown, key, at, last=last, log=log)


def first_leaf() -> bytes:
    """Give the first entry of the record; nothing where there is none."""
    leaf = Leaf.objects.order_by("index").values_list("hash", flat=True).first()
    return bytes(leaf or b"")
