"""The tree of the log, against a naive one and against vectors of another project."""

import json
import os
from base64 import b64decode
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asylon.security.errors import ProofError
from asylon.security.merkle import (
    EMPTY_ROOT,
    Frontier,
    Tree,
    is_consistent,
    is_included,
    leaf_hash,
    node_hash,
    root,
)

DATA = Path(
    os.environ.get("ASYLON_TEST_DATA")
    or Path(__file__).parents[3].joinpath("shared", "data")
)
VECTORS = DATA / "vectors" / "merkle" / "transparency-dev.json"
KNOWN = 196

LEAVES = [leaf_hash(b"%d" % number) for number in range(600)]
sizes = st.integers(1, 70)


def naive_root(leaves):
    """The definition of RFC 9162, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(naive_root(leaves[:half]), naive_root(leaves[half:]))


def naive_inclusion(index, leaves):
    if len(leaves) == 1:
        return ()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    left, right = leaves[:half], leaves[half:]
    if index < half:
        return (*naive_inclusion(index, left), naive_root(right))
    return (*naive_inclusion(index - half, right), naive_root(left))


def naive_consistency(earlier, leaves, *, whole=True):
    if earlier == len(leaves):
        return () if whole else (naive_root(leaves),)
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    left, right = leaves[:half], leaves[half:]
    if earlier <= half:
        return (*naive_consistency(earlier, left, whole=whole), naive_root(right))
    rest = naive_consistency(earlier - half, right, whole=False)
    return (*rest, naive_root(left))


def vectors(kind):
    """The vectors of a kind, or one that says where they should lie."""
    if not VECTORS.exists():
        reason = pytest.mark.skip(reason=f"no vectors in {VECTORS}")
        return [pytest.param(None, marks=reason, id="missing")]
    found = json.loads(VECTORS.read_text())
    return [pytest.param(each, id=each["_name"]) for each in found[kind]]


def proof_of(vector):
    return [b64decode(each) for each in vector["proof"] or ()]


@pytest.mark.parametrize("vector", vectors("inclusion"))
def test_a_vector_of_inclusion_is_judged_as_it_says(vector):
    accepted = is_included(
        b64decode(vector["leafHash"]),
        vector["leafIdx"],
        vector["treeSize"],
        proof_of(vector),
        b64decode(vector["root"]),
    )

    assert accepted is not vector["wantErr"]


@pytest.mark.parametrize("vector", vectors("consistency"))
def test_a_vector_of_consistency_is_judged_as_it_says(vector):
    accepted = is_consistent(
        vector["size1"],
        b64decode(vector["root1"]),
        vector["size2"],
        b64decode(vector["root2"]),
        proof_of(vector),
    )

    assert accepted is not vector["wantErr"]


@pytest.mark.skipif(not VECTORS.exists(), reason="no vectors")
def test_no_vector_is_missing():
    found = json.loads(VECTORS.read_text())

    assert sum(map(len, found.values())) == KNOWN


def test_the_empty_tree_has_a_root_of_its_own():
    assert root([]) == Tree.of([]).root == EMPTY_ROOT == naive_root([])


@pytest.mark.parametrize("size", [*range(1, 40), 255, 256, 257, 511, 512, 600])
def test_every_way_to_the_root_leads_to_the_same(size):
    leaves = LEAVES[:size]

    assert naive_root(leaves) == root(leaves) == Tree.of(leaves).root


@given(sizes, st.data())
def test_proofs_are_those_of_the_definition(size, data):
    leaves, tree = LEAVES[:size], Tree.of(LEAVES[:size])
    index = data.draw(st.integers(0, size - 1))

    assert tree.inclusion(index) == naive_inclusion(index, leaves)
    assert tree.consistency(index + 1) == naive_consistency(index + 1, leaves)


@pytest.mark.parametrize("size", range(1, 33))
def test_every_proof_of_a_small_tree_is_accepted(size):
    tree = Tree.of(LEAVES[:size])

    for index in range(size):
        proof = tree.inclusion(index)
        assert is_included(LEAVES[index], index, size, proof, tree.root)
        was, grown = tree.at(index + 1).root, tree.consistency(index + 1)
        assert is_consistent(index + 1, was, size, tree.root, grown)


@given(sizes, st.data())
def test_a_proof_fits_no_other_leaf_number_or_size(size, data):
    tree = Tree.of(LEAVES[:size])
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size + 3).filter(lambda each: each != index))
    proof = tree.inclusion(index)

    assert not is_included(LEAVES[other], index, size, proof, tree.root)
    assert not is_included(LEAVES[index], other, size, proof, tree.root)


@given(sizes, st.data())
def test_no_flipped_bit_of_a_proof_is_accepted(size, data):
    tree = Tree.of(LEAVES[:size])
    earlier = data.draw(st.integers(1, size))
    proof = list(tree.consistency(earlier))
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        bit = data.draw(st.integers(0, 255))
        flipped = int.from_bytes(proof[at], "big") ^ (1 << bit)
        proof[at] = flipped.to_bytes(32, "big")
        was = tree.at(earlier).root

        assert not is_consistent(earlier, was, size, tree.root, proof)


@given(sizes, st.data())
def test_a_rewritten_log_is_not_consistent(size, data):
    earlier = data.draw(st.integers(1, size))
    leaves = LEAVES[:size]
    was = root(leaves[:earlier])
    leaves[data.draw(st.integers(0, earlier - 1))] = leaf_hash(b"another")
    tree = Tree.of(leaves)

    assert not is_consistent(earlier, was, size, tree.root, tree.consistency(earlier))


@given(sizes, sizes)
def test_a_frontier_goes_on_where_it_was_left(first, second):
    kept = Frontier().extend(LEAVES[:first])
    again = Frontier(kept.size, kept.nodes)

    grown = again.extend(LEAVES[first : first + second])

    assert grown.root == naive_root(LEAVES[: first + second])
    assert len(grown.nodes) == grown.size.bit_count()


@pytest.mark.parametrize(
    ("size", "nodes"), [(1, ()), (0, (EMPTY_ROOT,)), (3, (EMPTY_ROOT,)), (1, (b"",))]
)
def test_what_is_no_frontier_is_refused(size, nodes):
    with pytest.raises(ProofError, match="not the edge"):
        Frontier(size, nodes)


def test_a_leaf_that_looks_like_a_node_is_none():
    assert leaf_hash(LEAVES[0] + LEAVES[1]) != node_hash(LEAVES[0], LEAVES[1])


def test_proofs_ask_for_few_leaves_once_the_log_is_known():
    asked = []
    tree = Tree(600, lambda index: asked.append(index) or LEAVES[index])
    assert tree.root == naive_root(LEAVES)
    asked.clear()

    tree.inclusion(3)

    assert len(asked) < 360


@pytest.mark.parametrize("index", [-1, 5, 6])
def test_a_leaf_that_is_not_there_has_no_proof(index):
    with pytest.raises(ProofError, match="5 entries"):
        Tree.of(LEAVES[:5]).inclusion(index)


@pytest.mark.parametrize("earlier", [-1, 0, 6])
def test_a_size_that_proves_nothing_has_no_proof(earlier):
    with pytest.raises(ProofError, match="nothing proves"):
        Tree.of(LEAVES[:5]).consistency(earlier)
