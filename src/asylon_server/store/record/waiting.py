"""Events that are not sealed yet: those that may be, and those that are not the house's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import Max, QuerySet

from asylon_server.store.record.keys import code_key
from asylon_server.store.record.models import Event

BATCH = 2_000
"""So many are sealed at once: a sealing must not keep those waiting who write."""

BACK = 2_000
"""So many numbers before the newest are looked through each time."""

WHOLE = timedelta(minutes=10)
"""After so long the whole record is looked through again."""


@dataclass
class Glance:
    """From which number on is looked for what waits; of a long record not all each time.

    A number is taken when an act begins to write, and seen when the act is done, so that
    what waits is among the newest. What came later still, and what somebody put among
    the old ones, is found when the whole record is looked through: at first, and again
    and again.
    """

    _whole: datetime | None = None

    def after(self, at: datetime) -> int:
        """Give the number after which to look now; 0 is before all."""
        if self._whole is None or not timedelta() <= at - self._whole < WHOLE:
            self._whole = at
            return 0
        newest: int | None = Event.objects.aggregate(newest=Max("number"))["newest"]
        return max(0, (newest or 0) - BACK)


def sealable(limit: int = BATCH, *, after: int = 0) -> list[Event]:
    """Give the first events that wait to be sealed, in the order of their numbers."""
    key = code_key()
    waiting = _waiting(after, limit)
    return list(islice((e for e in waiting if is_ours(e, key)), limit))


def refused(*, after: int = 0) -> Iterator[Event]:
    """Go through the events that are never sealed, because the house did not write them."""
    key = code_key()
    return (each for each in _waiting(after, BATCH) if not is_ours(each, key))


def is_ours(event: Event, key: bytes) -> bool:
    """Whether the house wrote an event: it bears the code of it."""
    return event.entry.has_code(key, bytes(event.code))


def _waiting(after: int, first: int) -> Iterator[Event]:
    """Go through what is not sealed: first a few, and then a batch at a time."""
    while some := list(_events().filter(number__gt=after)[:first]):
        yield from some
        after, first = some[-1].number, BATCH


def _events() -> QuerySet[Event]:
    """What an event says is not asked for: it is sealed by its commitment."""
    return Event.objects.filter(leaf=None).order_by("number").defer("content", "salt")
