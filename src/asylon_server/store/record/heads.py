"""Heads of the record: the tables' form of what the library signs and checks."""

from __future__ import annotations

from datetime import UTC, datetime

from asylon.security import heads
from asylon.security.errors import HeadError, ProofError
from asylon.security.heads import SealedHead, Signature
from asylon.security.merkle import HASH_BYTES, Frontier
from asylon.security.signatures import PrivateKey, PublicKey, is_signed, sign
from asylon_server.store.record.models import Event, Head, Leaf

ORDER = "order of the heads of a log"
"""Each head is signed a second time with the one before it, so that none can be missing."""

_NAME_BYTES = 8
_CHUNK = 2_000


def leaf(event: Event) -> bytes:
    """Give the hash that an event has as a leaf.

    Raises:
        CommitmentError: this edition knows no entry of its form.
    """
    return event.entry.leaf(event.number)


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


def sound_edge(last: Head | None, sealer: PublicKey, log: str) -> Frontier:
    """Get the edge to grow the tree from, and mend it where its copy was spoilt.

    Raises:
        HeadError: the last head is not the sealer's, or the entries are not its own.
    """
    grown = Frontier()
    if last is not None:
        exported(last, sealer, log).check_seal(sealer)
        grown = _kept_edge(last) or _mended_edge(last)
    if Leaf.objects.filter(index__gte=grown.size).exists():
        message = "entries stand after the last head; `asylon doctor` names the repair"
        raise HeadError(message)
    return grown


def _kept_edge(last: Head) -> Frontier | None:
    """Get the edge that was kept with a head, if it is that of the head."""
    try:
        found = edge(last)
    except ProofError:
        return None
    return found if found.root == bytes(last.root) else None


def _mended_edge(last: Head) -> Frontier:
    """Grow the tree of a head from its entries again, and keep the edge with it."""
    leaves = Leaf.objects.filter(index__lt=last.size).order_by("index")
    hashes = leaves.values_list("hash", flat=True)
    grown = Frontier().extend(map(bytes, hashes.iterator(chunk_size=_CHUNK)))
    if (grown.size, grown.root) != (last.size, bytes(last.root)):
        message = (
            "the entries are not those of the last head; `asylon doctor` names the "
            "repair"
        )
        raise HeadError(message)
    last.edge = b"".join(grown.nodes)
    last.save(update_fields=["edge"])
    return grown


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
