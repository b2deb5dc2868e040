"""Heads of the record: the tables' form of what the library signs and checks."""

from __future__ import annotations

from datetime import UTC, datetime

from asylon.security import heads
from asylon.security.heads import SealedHead, Signature
from asylon.security.merkle import HASH_BYTES, Frontier, leaf_hash
from asylon.security.signatures import PrivateKey, PublicKey, is_signed, sign
from asylon_server.store.record.models import Event, Head

ORDER = "order of the heads of a log"
"""Each head is signed a second time with the one before it, so that none can be missing."""

_NAME_BYTES = 8


def leaf(event: Event) -> bytes:
    """Give the hash that an event has as a leaf."""
    return leaf_hash(bytes(event.commitment))


def log_name(first_leaf: bytes) -> str:
    """Name a log by its first entry, which no other log has: it is salted."""
    return f"asylon {first_leaf[:_NAME_BYTES].hex()}"


def edge(head: Head | None) -> Frontier:
    """Get the edge of the tree as a head left it.

    Raises:
        ProofError: it is no such edge.
    """
    if head is None:
        return Frontier()
    text = bytes(head.edge)
    nodes = [text[at : at + HASH_BYTES] for at in range(0, len(text), HASH_BYTES)]
    return Frontier(head.size, tuple(nodes))


def signed(
    grown: Frontier, key: PrivateKey, at: datetime, *, last: Head | None, log: str
) -> Head:
    """Sign a head over a tree, and keep it.

    A clock that was set back does not make a head older than the one before.
    """
    moment = at.astimezone(UTC).replace(microsecond=0)
    moment = max(moment, last.at) if last else moment
    stated = heads.Head(grown.size, grown.root, moment, log)
    sealed = SealedHead.made(stated, key)
    head = Head(
        size=grown.size,
        at=moment,
        root=grown.root,
        edge=b"".join(grown.nodes),
        signature=sealed.seal.text,
    )
    head.follows = sign(key, ORDER, _order(last, head))
    head.save(force_insert=True)
    return head


def exported(head: Head, sealer: PublicKey, log: str) -> SealedHead:
    """Give a head as it leaves the house.

    Raises:
        HeadError: the row is no head.
    """
    stated = heads.Head(head.size, bytes(head.root), head.at.astimezone(UTC), log)
    return SealedHead(stated, Signature(sealer, head.signature))


def in_order(last: Head | None, head: Head, sealer: PublicKey) -> bool:
    """Whether the sealer made a head right after another."""
    return is_signed(sealer, ORDER, _order(last, head), head.follows)


def _order(last: Head | None, head: Head) -> bytes:
    return f"{last.signature if last else ''}\n{head.signature}".encode()
