"""The tree over a log: its root, how it grows, and proofs that a stranger can check.

The tree is that of RFC 9162: a leaf and a node are hashed with a different first byte,
and a tree of n leaves splits at the largest power of two below n. `Frontier` grows it
in few steps; `Tree` makes proofs; `is_included` and `is_consistent` check them.

The checks are stricter than the text of the RFC: whatever proves nothing (an empty
tree, a hash of another length, one hash too many) is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypeAlias

from asylon.security.errors import ProofError

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()

Proof: TypeAlias = Sequence[bytes]
Leaves: TypeAlias = Callable[[int], bytes]
"""Gives the hash of a leaf by its number, from 0."""

_KEPT_LEVEL = 8
"""Subtrees of so many doublings and more are kept once they are known."""


def leaf_hash(content: bytes) -> bytes:
    """Hash what an entry of the log commits to."""
    return sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two neighbouring subtrees into one."""
    return sha256(b"\x01" + left + right).digest()


def _joined(parts: Iterable[bytes]) -> bytes:
    """Join subtrees from the right; with none there is the empty tree."""
    joined = b""
    for part in parts:
        joined = node_hash(part, joined) if joined else part
    return joined or EMPTY_ROOT


@dataclass(frozen=True, slots=True)
class Frontier:
    """The roots of the whole subtrees at the right edge: all that growing needs.

    There is one for each bit that is set in the size, the largest first.
    """

    size: int = 0
    nodes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        fits = self.size >= 0 and len(self.nodes) == self.size.bit_count()
        if not fits or any(len(node) != HASH_BYTES for node in self.nodes):
            message = f"this is not the edge of a tree of {self.size} leaves"
            raise ProofError(message)

    def append(self, leaf: bytes) -> Frontier:
        """Add the hash of a leaf."""
        nodes, grown = list(self.nodes), leaf
        for _ in range(_trailing_ones(self.size)):
            grown = node_hash(nodes.pop(), grown)
        return Frontier(self.size + 1, (*nodes, grown))

    def extend(self, leaves: Iterable[bytes]) -> Frontier:
        """Add the hashes of several leaves."""
        grown = self
        for leaf in leaves:
            grown = grown.append(leaf)
        return grown

    @property
    def root(self) -> bytes:
        """The root of the tree as it stands."""
        return _joined(reversed(self.nodes))


def _trailing_ones(number: int) -> int:
    return (~number & (number + 1)).bit_length() - 1


def root(leaves: Iterable[bytes]) -> bytes:
    """Give the root over the hashes of all leaves."""
    return Frontier().extend(leaves).root


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree over leaves that lie elsewhere, able to prove what it holds.

    Whole subtrees never change as a log grows. Those of 256 leaves and more are kept
    in `known`, which may be handed on to the tree of a later size.
    """

    size: int
    leaf: Leaves
    known: dict[tuple[int, int], bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, leaves: Sequence[bytes]) -> Tree:
        """Make a tree over the hashes of leaves."""
        return cls(len(leaves), leaves.__getitem__)

    def at(self, size: int) -> Tree:
        """Give the same log when it had so many leaves.

        Raises:
            ProofError: it never had so many.
        """
        if not 0 <= size <= self.size:
            message = f"the log has {self.size} entries, not {size}"
            raise ProofError(message)
        return Tree(size, self.leaf, self.known)

    @property
    def root(self) -> bytes:
        """The root over all leaves."""
        return self._span(0, self.size) if self.size else EMPTY_ROOT

    def inclusion(self, index: int) -> tuple[bytes, ...]:
        """Prove that a leaf, numbered from 0, is in the tree.

        Raises:
            ProofError: there is no such leaf.
        """
        if not 0 <= index < self.size:
            message = (
                f"the log has {self.size} entries, and none with the number {index}"
            )
            raise ProofError(message)
        proof, start, size = [], 0, self.size
        while size > 1:
            half = _split(size)
            if index < start + half:
                proof.append(self._span(start + half, size - half))
                size = half
            else:
                proof.append(self._span(start, half))
                start, size = start + half, size - half
        return tuple(reversed(proof))

    def consistency(self, earlier: int) -> tuple[bytes, ...]:
        """Prove that the tree when it had fewer leaves is the beginning of this one.

        Raises:
            ProofError: it never had so many leaves, or had none, which proves nothing.
        """
        if not 0 < earlier <= self.size:
            message = f"nothing proves {earlier} entries to begin {self.size}"
            raise ProofError(message)
        proof, start, size, is_whole = [], 0, self.size, True
        while earlier < start + size:
            half = _split(size)
            if earlier <= start + half:
                proof.append(self._span(start + half, size - half))
                size = half
            else:
                proof.append(self._span(start, half))
                start, size, is_whole = start + half, size - half, False
        if not is_whole:
            proof.append(self._span(start, size))
        return tuple(reversed(proof))

    def _span(self, start: int, size: int) -> bytes:
        """Hash the leaves of a span that a split of the tree gives."""
        parts = []
        while size:
            level = size.bit_length() - 1
            parts.append(self._whole(level, start >> level))
            start, size = start + (1 << level), size - (1 << level)
        return _joined(reversed(parts))

    def _whole(self, level: int, number: int) -> bytes:
        """Hash the subtree of 2 ** level leaves that has this number on its level."""
        if not level:
            return self.leaf(number)
        found = self.known.get((level, number))
        if found is None:
            left = self._whole(level - 1, 2 * number)
            found = node_hash(left, self._whole(level - 1, 2 * number + 1))
            if level >= _KEPT_LEVEL:
                self.known[level, number] = found
        return found


def _split(size: int) -> int:
    """Give the largest power of two below a size."""
    return 1 << ((size - 1).bit_length() - 1)


def is_included(leaf: bytes, index: int, size: int, proof: Proof, root: bytes) -> bool:
    """Whether a proof shows the hash of a leaf to be in the tree with this root."""
    if not 0 <= index < size or not _are_hashes((leaf, *proof)):
        return False
    made, last = leaf, size - 1
    for other in proof:
        if not last:
            return False
        if index & 1 or index == last:
            made = node_hash(other, made)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            made = node_hash(made, other)
        index, last = index >> 1, last >> 1
    return not last and made == root


def is_consistent(
    earlier: int, earlier_root: bytes, later: int, later_root: bytes, proof: Proof
) -> bool:
    """Whether a proof shows one tree to be the beginning of another.

    Of an empty tree nothing is shown, and two trees of one size need no proof.
    """
    if not 0 < earlier <= later or not _are_hashes(proof):
        return False
    if earlier == later:
        return not proof and earlier_root == later_root
    if earlier.bit_count() == 1:
        proof = (earlier_root, *proof)
    return bool(proof) and _grown(earlier, later, proof) == (earlier_root, later_root)


def _grown(earlier: int, later: int, proof: Proof) -> tuple[bytes, bytes] | None:
    """Follow a proof to both roots; None if it is too long or too short."""
    index, last = earlier - 1, later - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    old = new = proof[0]
    for other in proof[1:]:
        if not last:
            return None
        if index & 1 or index == last:
            old, new = node_hash(other, old), node_hash(other, new)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            new = node_hash(new, other)
        index, last = index >> 1, last >> 1
    return None if last else (old, new)


def _are_hashes(texts: Iterable[bytes]) -> bool:
    return all(len(text) == HASH_BYTES for text in texts)
