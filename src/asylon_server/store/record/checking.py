"""Checking everything: the events, the tree they are sealed in, its heads, and the rows.

What is checked is what somebody with every right on the database could have done. A
sealed event cannot be changed, removed or moved; a row cannot be changed, added or
removed without contradicting the last event that named it. Who cuts off the end of
everything at once, as an old backup does, contradicts what witnesses hold.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from asylon.security.commitments import commitment
from asylon.security.errors import SecurityError
from asylon.security.heads import SealedHead
from asylon.security.merkle import Frontier
from asylon.security.signatures import PublicKey
from asylon_server.store.record import heads, rows, schema
from asylon_server.store.record.keys import code_key
from asylon_server.store.record.models import Event, Head, Leaf
from asylon_server.store.record.waiting import is_ours

ERASED = "case erased"
"""The act after which the events of a case may have been emptied."""

FAULTS: Mapping[str, str] = {
    "event.altered": "an event does not say what was committed to",
    "event.forged": "an event does not bear the code of this deployment",
    "event.twice": "an event stands in the record twice",
    "event.emptied": "an event was emptied, and its case was not erased after it",
    "event.moved": "events stand in another order than they were written in",
    "leaf.missing": "an entry of the log is missing, or its event is",
    "leaf.altered": "an entry of the log is not that of its event",
    "leaf.unsealed": "entries stand after the last head",
    "head.altered": "a head is not that of the entries, or the sealer did not sign it",
    "head.missing": "a head was taken out or put in",
    "witness.false": "a head in a file is not signed by whom it says",
    "witness.contradicted": "the log is not the one that was witnessed",
    "row.altered": "a row does not say what the last event about it says",
    "row.unknown": "no event names this row",
    "row.missing": "a row is missing that an event names",
    "table.foreign": "what stands in the database was not put there by this system",
    "table.changed": "a table is not as this edition makes it",
    "table.unreadable": "a table cannot be read",
}
"""What can be found, by its permanent code, in English."""

_CHUNK = 2_000
_UNREADABLE = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    DatabaseError,
    SecurityError,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was recorded: what, and where."""

    code: str
    where: str


@dataclass(slots=True)
class Check:
    """One pass over everything; `faults` gives what it finds.

    Attributes:
        sealer: The key that heads are signed with.
        witnessed: Heads that came back from outside.
        entries: How many entries were gone through.
        waiting: How many events are not sealed yet.
        rows: How many rows were gone through.
    """

    sealer: PublicKey
    witnessed: Iterable[SealedHead] = ()
    entries: int = 0
    waiting: int = 0
    rows: int = 0
    _log: str = ""
    _key: bytes = b""
    _known: set[UUID] = field(default_factory=set)
    _said: dict[str, str | None] = field(default_factory=dict)
    _emptied: list[tuple[int, Event]] = field(default_factory=list)
    _erased: dict[UUID | None, int] = field(default_factory=dict)

    def faults(self) -> Iterator[Fault]:
        """Go through everything once, as it is at one moment.

        Raises:
            CustodyError: the key of the record is not there.
        """
        self._key = code_key()
        with _one_moment():
            for part in self._parts():
                try:
                    yield from part()
                except _UNREADABLE as error:
                    where = f"{part.__name__.strip('_')}: {type(error).__name__}"
                    yield Fault("table.unreadable", where)

    def said_of(self, name: str) -> str | None:
        """Give the digest of a row in the last event that named it, once checked."""
        return self._said.get(name)

    def _parts(self) -> Iterable[Callable[[], Iterator[Fault]]]:
        tree = (self._tree, self._unsealed, self._emptied_ones)
        return (self._tables, *tree, self._rows)

    def _tables(self) -> Iterator[Fault]:
        """Hold the tables against those that this edition makes."""
        for name in schema.foreign():
            yield Fault("table.foreign", name)
        for name in schema.changed():
            yield Fault("table.changed", name)

    def _tree(self) -> Iterator[Fault]:
        """Grow the tree again and hold each head and each witness against it."""
        leaves = (
            Leaf.objects.select_related("event")
            .order_by("index")
            .iterator(chunk_size=_CHUNK)
        )
        ends = list(Head.objects.order_by("size"))
        witnessed = list(self.witnessed)
        sizes = {each.size for each in ends} | {w.head.size for w in witnessed}
        edges: dict[int, Frontier] = {0: Frontier()}
        edge, last_number = Frontier(), 0
        for leaf in leaves:
            if leaf.index != edge.size:
                yield Fault("leaf.missing", str(edge.size))
                return
            if leaf.event.number < last_number:
                yield Fault("event.moved", str(leaf.index))
            self._log = self._log or heads.log_name(bytes(leaf.hash))
            yield from self._entry(leaf)
            edge, last_number = edge.append(bytes(leaf.hash)), leaf.event.number
            if edge.size in sizes:
                edges[edge.size], last_number = edge, 0
        self.entries = edge.size
        if edge.size != (ends[-1].size if ends else 0):
            yield Fault("leaf.unsealed", str(edge.size))
        yield from self._heads(ends, edges)
        yield from self._witnesses(witnessed, edges)

    def _entry(self, leaf: Leaf) -> Iterator[Fault]:
        if not _is_leaf_of(leaf, leaf.event):
            yield Fault("leaf.altered", str(leaf.index))
        yield from self._event(leaf.event)

    def _event(self, event: Event) -> Iterator[Fault]:
        if event.id in self._known:
            yield Fault("event.twice", str(event.id))
        self._known.add(event.id)
        if not is_ours(event, self._key):
            yield Fault("event.forged", str(event.id))
            return
        if event.content is None and event.salt is None:
            self._emptied.append((len(self._known), event))
            return
        said = _said(event, bytes(event.content or b""))
        if said is None:
            yield Fault("event.altered", str(event.id))
            return
        self._said.update(said["rows"])
        if said["act"] == ERASED:
            self._erased[event.case] = len(self._known)

    def _heads(
        self, ends: Iterable[Head], edges: Mapping[int, Frontier]
    ) -> Iterator[Fault]:
        last: Head | None = None
        for head in ends:
            if not _is_sound(head, edges.get(head.size), self.sealer, self._log):
                yield Fault("head.altered", str(head.size))
            if (last and head.at < last.at) or not heads.in_order(
                last, head, self.sealer
            ):
                yield Fault("head.missing", str(head.size))
            last = head

    def _witnesses(
        self, witnessed: Iterable[SealedHead], edges: Mapping[int, Frontier]
    ) -> Iterator[Fault]:
        for each in witnessed:
            size = str(each.head.size)
            names = {signature.key for signature in each.witnesses}
            try:
                each.check_seal(self.sealer)
            except SecurityError:
                yield Fault("witness.false", size)
                continue
            if each.witnessed_by(names) != names:
                yield Fault("witness.false", size)
            edge = edges.get(each.head.size)
            ours = each.head.log == self._log or not each.head.size
            if edge is None or edge.root != each.head.root or not ours:
                yield Fault("witness.contradicted", size)

    def _unsealed(self) -> Iterator[Fault]:
        waiting = Event.objects.filter(leaf=None).order_by("number")
        for event in waiting.iterator(chunk_size=_CHUNK):
            self.waiting += 1
            yield from self._event(event)

    def _emptied_ones(self) -> Iterator[Fault]:
        """Hold what was emptied against the cases that were erased afterwards."""
        for place, event in self._emptied:
            if not event.case or self._erased.get(event.case, 0) < place:
                yield Fault("event.emptied", str(event.id))

    def _rows(self) -> Iterator[Fault]:
        """Hold each row against the last event that named it."""
        left = {name for name, said in self._said.items() if said is not None}
        for row in rows.all_rows():
            name = rows.name(row)
            self.rows += 1
            left.discard(name)
            said = self._said.get(name)
            if said is None:
                yield Fault("row.unknown", name)
            elif said != rows.digest(row):
                yield Fault("row.altered", name)
        for name in sorted(left):
            yield Fault("row.missing", name)


def _said(event: Event, content: bytes) -> dict[str, Any] | None:
    """Read what an event says; None if that is not what was committed to."""
    try:
        fits = commitment(bytes(event.salt or b""), content) == bytes(event.commitment)
        said: dict[str, Any] = json.loads(content)
    except (ValueError, SecurityError):
        return None
    case = str(event.case) if event.case else None
    fits = fits and said["id"] == str(event.id) and said["case"] == case
    return said if fits else None


def _is_leaf_of(leaf: Leaf, event: Event) -> bool:
    try:
        return bytes(leaf.hash) == heads.leaf(event)
    except SecurityError:
        return False


def _is_sound(head: Head, edge: Frontier | None, sealer: PublicKey, log: str) -> bool:
    if edge is None or bytes(head.root) != edge.root:
        return False
    try:
        heads.exported(head, sealer, log).check_seal(sealer)
        return heads.edge(head) == edge
    except SecurityError:
        return False


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read everything as it is at one moment, and keep nobody from writing."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
                )
            yield
