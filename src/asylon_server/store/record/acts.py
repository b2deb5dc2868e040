"""Writing to the record: an event in the transaction of the act, and its sealing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from asylon.security.commitments import canonical, commitment
from asylon.security.drawing import draw_salt
from asylon.security.merkle import Frontier
from asylon.security.signatures import PrivateKey
from asylon_server.store.record import heads, rows, waiting
from asylon_server.store.record.keys import code_key
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
        CustodyError: the key of the record is not there.
    """
    _demand_transaction(act)
    event = told(
        act, actor, at=at, case=case, wrote=wrote, removed=removed, details=details
    )
    event.save(force_insert=True)
    return event


def record_alone(
    act: str,
    actor: Actor,
    *,
    at: datetime,
    case: UUID,
    details: Mapping[str, object],
) -> None:
    """Write down an act that wrote nothing, such as a reading.

    When this returns the event is kept; or it will be, with the transaction that this
    is a part of.

    Raises:
        CustodyError: the key of the record is not there.
    """
    event = told(act, actor, at=at, case=case, details=details)
    # To PostgreSQL one statement by itself is a transaction, and three ways less.
    is_one = transaction.get_connection().vendor == "postgresql"
    with nullcontext() if is_one else transaction.atomic():
        event.save(force_insert=True)


def record_all(
    act: str,
    actor: Actor,
    cases: Mapping[UUID, Mapping[str, object]],
    *,
    at: datetime,
) -> None:
    """Write down one act on many cases, an event for each, in one transaction.

    Args:
        act: What was done to each of them, which wrote no row.
        actor: Who did it.
        cases: The cases, each with the codes that belong to it.
        at: When.

    Raises:
        OutsideTransactionError: there is no transaction.
    """
    _demand_transaction(act)
    Event.objects.bulk_create(
        told(act, actor, at=at, case=case, details=details)
        for case, details in cases.items()
    )


def _demand_transaction(act: str) -> None:
    if not transaction.get_connection().in_atomic_block:
        message = f"`{act}` would be recorded apart from the act itself"
        raise OutsideTransactionError(message)


def told(
    act: str,
    actor: Actor | None,
    *,
    at: datetime,
    case: UUID | None = None,
    wrote: Iterable[models.Model] = (),
    removed: Iterable[str] = (),
    details: Mapping[str, object] | None = None,
) -> Event:
    """Make the event of an act without writing it; `record` says of what."""
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
    event.code = event.entry.code(code_key())
    return event


def seal(key: PrivateKey, *, at: datetime, after: int = 0) -> Head | None:
    """Seal what was recorded since the last time, and sign a new head for each batch.

    One sealer works at a time. What the sealer sees
    is sealed in the order of its numbers; what commits late comes in a later head, so
    that nothing is passed over. An event that the house did not write is not sealed.

    Args:
        key: The sealer's key.
        at: When.
        after: The number after which is looked for what waits.

    Returns:
        The newest head, or None where there was nothing to seal.

    Raises:
        HeadError: the log is not the one that the sealer made.
    """
    newest = None
    while sealed := _seal_some(key, at, after):
        newest, after = sealed
    return newest


def _seal_some(key: PrivateKey, at: datetime, after: int) -> tuple[Head, int] | None:
    """Seal a batch; give its head, and the number of the last event of it."""
    with transaction.atomic():
        last = Head.objects.select_for_update().order_by("-size").first()
        log = heads.log_name(first_leaf())
        edge = heads.sound_edge(last, key.public, log)
        events = waiting.sealable(after=after)
        if not events:
            return None
        leaves = [
            Leaf(index=edge.size + place, event=event, hash=heads.leaf(event))
            for place, event in enumerate(events)
        ]
        Leaf.objects.bulk_create(leaves)
        grown: Frontier = edge.extend(bytes(leaf.hash) for leaf in leaves)
        log = heads.log_name(first_leaf())
        head = heads.signed(grown, key, at, last=last, log=log)
        return head, events[-1].number


def first_leaf() -> bytes:
    """Give the first entry of the record; nothing where there is none."""
    leaf = Leaf.objects.order_by("index").values_list("hash", flat=True).first()
    return bytes(leaf or b"")
