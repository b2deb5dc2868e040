"""Flips: which claims of a batch come out differently, which way, and by what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import compress
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from asylon.determination.attribution import Causes
from asylon.determination.batches import Batch
from asylon.logic.planes import (
    Planes,
    Words,
    bits_at,
    count_of,
    everywhere,
    places,
    truths,
)
from asylon.logic.truth import TRUE, UNKNOWN, Truth

Direction: TypeAlias = Literal["towards_protection", "away_from_protection", "opened"]
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)

_OCTETS = 8
"""In a word."""


def direction(before: Truth, after: Truth) -> Direction:
    """Say which way a claim flips, by where it comes out.

    >>> direction(UNKNOWN, TRUE), direction(TRUE, UNKNOWN)
    ('towards_protection', 'opened')
    """
    if after is UNKNOWN:
        return "opened"
    return "towards_protection" if after is TRUE else "away_from_protection"


@dataclass(frozen=True, slots=True)
class Flip:
    """A claim that comes out differently.

    Attributes:
        id: the claim.
        before: what followed under the first choice of settings.
        after: what follows under the second.
        elements: the parts of the law that it hangs on, the widest first.
        parameters: the changed settings that it hangs on.
        because_of: findings it hangs on, which no longer count as they were made.
        found_again: all its findings that have to be made again.
    """

    id: str
    before: Truth
    after: Truth
    elements: tuple[str, ...]
    parameters: tuple[str, ...]
    because_of: tuple[str, ...]
    found_again: tuple[str, ...]

    @property
    def direction(self) -> Direction:
        """Which way it flips."""
        return direction(self.before, self.after)


@dataclass(frozen=True)
class Reexamined:
    """What became of the claims of one batch."""

    batch: Batch
    before: Planes
    after: Planes
    again: Mapping[str, Words]
    flips: Words
    causes: Causes

    def count(self, before: Truth, after: Truth) -> int:
        """Count the claims that came out so before, and come out so after."""
        both = self.before.where(before) & self.after.where(after)
        return count_of(both & everywhere(self.batch.count))

    def directions(self) -> dict[Direction, Words]:
        """Give for each direction which claims flip that way."""
        return {
            "towards_protection": self.flips & self.after.true,
            "away_from_protection": self.flips & self.after.false,
            "opened": self.flips & self.after.where(UNKNOWN),
        }

    def each(self, most: int | None = None) -> Iterator[tuple[int, Flip]]:
        """Go through the claims that flip, each with its place in the batch.

        Args:
            most: only so many, the first ones.
        """
        where = places(self.flips)[:most]
        causes, at = self.causes, where.tolist()
        told = zip(
            *(
                _names(marks, where)
                for marks in (
                    causes.elements,
                    causes.parameters,
                    causes.findings,
                    self.again,
                )
            ),
            strict=True,
        )
        before, after = truths(self.before, where), truths(self.after, where)
        for place, then, now, names in zip(at, before, after, told, strict=True):
            yield place, Flip(self.batch.source.id(place), then, now, *names)


def _names(
    marks: Mapping[str, Words], where: NDArray[np.int64]
) -> list[tuple[str, ...]]:
    """List for each of these claims the names that are marked of it, in order."""
    if not marks or not len(where):
        return [()] * len(where)
    marks = dict(sorted(marks.items()))
    bits = np.stack([bits_at(words, where) for words in marks.values()])
    packed = np.packbits(bits, axis=0).T
    spare = -packed.shape[1] % _OCTETS
    rows = np.ascontiguousarray(np.pad(packed, ((0, 0), (0, spare))))
    # Whole words sort much more quickly than rows of octets.
    keys = rows.view(np.uint64)
    alone = keys[:, 0] if keys.shape[1] == 1 else keys
    patterns, which = np.unique(alone, axis=0, return_inverse=True)
    octets = np.ascontiguousarray(patterns.reshape(-1, keys.shape[1])).view(np.uint8)
    told = [
        tuple(compress(marks, row))
        for row in np.unpackbits(octets, axis=1, count=len(marks)).tolist()
    ]
    return [told[each] for each in which.ravel().tolist()]
