"""Answers about many claims at once, one bit a claim.

Every fact is two planes of bits: where it is established, and where it is established
not to be so; open is neither. `programs` works formulas out on them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from asylon.logic.truth import BY_RANK, FALSE, TRUE, UNKNOWN, Truth

WORD = 64
"""How many claims one word holds."""

Words: TypeAlias = NDArray[np.uint64]


class Planes(NamedTuple):
    """Where something is established, and where its contrary is."""

    true: Words
    false: Words

    @property
    def opposite(self) -> Planes:
        """The planes of the denial."""
        return Planes(self.false, self.true)

    def copied(self) -> Planes:
        """Give the same planes in words of their own."""
        return Planes(self.true.copy(), self.false.copy())

    def differs(self, other: Planes) -> Words:
        """Where two answers are not the same."""
        return (self.true ^ other.true) | (self.false ^ other.false)

    def where(self, truth: Truth) -> Words:
        """Where the answer is this one; of open, past the last claim as well."""
        if truth is UNKNOWN:
            return ~(self.true | self.false)
        return self.true if truth is TRUE else self.false

    def at(self, place: int) -> Truth:
        """Give the answer for one claim."""
        if is_set(self.true, place):
            return TRUE
        return FALSE if is_set(self.false, place) else UNKNOWN


Columns: TypeAlias = Mapping[str, Planes]
"""Findings by the name of the fact; a fact that is missing is open everywhere."""


def words_for(count: int) -> int:
    """Say how many words hold so many claims."""
    return -(-count // WORD)


def nowhere(count: int) -> Words:
    """Give a plane for so many claims that is set for none."""
    return np.zeros(words_for(count), np.uint64)


def everywhere(count: int) -> Words:
    """Give a plane that is set for every claim, and not past the last."""
    return pack(np.ones(count, np.bool_))


def pack(bits: NDArray[np.bool_]) -> Words:
    """Put one truth for each claim into words.

    >>> pack(np.array([True, False, True]))
    array([5], dtype=uint64)
    """
    packed = np.packbits(bits, bitorder="little")
    spare = -len(packed) % (WORD // 8)
    return np.pad(packed, (0, spare)).view("<u8").astype(np.uint64, copy=False)


def unpack(words: Words, count: int) -> NDArray[np.bool_]:
    """Take one truth for each of so many claims out of words."""
    octets = np.ascontiguousarray(words.astype("<u8", copy=False)).view(np.uint8)
    return np.unpackbits(octets, count=count, bitorder="little").view(np.bool_)


def count_of(words: Words) -> int:
    """Count the claims for which a plane is set."""
    return int(np.bitwise_count(words).sum())


def places(words: Words) -> NDArray[np.int64]:
    """List the claims for which a plane is set."""
    return np.flatnonzero(unpack(words, len(words) * WORD)).astype(np.int64)


def marked(where: Sequence[int], count: int) -> Words:
    """Give a plane for so many claims that is set for these."""
    bits = np.zeros(count, np.bool_)
    bits[where] = True
    return pack(bits)


def is_set(words: Words, place: int) -> bool:
    """Say whether a plane is set for one claim."""
    return bool((int(words[place // WORD]) >> (place % WORD)) & 1)


def planes(answers: Sequence[Truth]) -> Planes:
    """Lay out one answer for each claim as planes."""
    ranks = np.fromiter((answer.rank for answer in answers), np.int8, len(answers))
    return Planes(pack(ranks == TRUE.rank), pack(ranks == FALSE.rank))


def bits_at(words: Words, where: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Take the truths of these claims out of words."""
    return unpack(words, len(words) * WORD)[where]


def truths(found: Planes, where: NDArray[np.int64]) -> list[Truth]:
    """Read the answers for these claims off their planes."""
    ranks = 1 + bits_at(found.true, where).astype(np.int8)
    ranks -= bits_at(found.false, where)
    return [BY_RANK[rank] for rank in ranks.tolist()]
