import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asylon.security import draw_key, sign
from asylon.security.errors import HeadError
from asylon.security.heads import (
    SEALS,
    Head,
    SealedHead,
    check_entries,
    check_growth,
    read,
)
from asylon.security.merkle import EMPTY_ROOT, Tree, leaf_hash

SEALER, UNHCR, COUNSEL = draw_key(), draw_key(), draw_key()
DAY = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LEAVES = [leaf_hash(b"%d" % number) for number in range(60)]
TREE = Tree.of(LEAVES)


def a_head(size=40, *, leaves=LEAVES, at=DAY, log="island office"):
    return Head.of(Tree.of(leaves).at(size), at, log)


HEAD = a_head()
SEALED = SealedHead.made(HEAD, SEALER).witness(UNHCR).witness(COUNSEL)


def test_a_head_is_sealed_by_its_log_and_by_nobody_else():
    SEALED.check_seal(SEALER.public)
    with pytest.raises(HeadError, match="does not fit"):
        SEALED.check_seal(UNHCR.public)


def test_who_seals_in_anothers_name_is_found_out():
    forged = SealedHead.made(HEAD, UNHCR)
    claimed = replace(forged, seal=replace(forged.seal, key=SEALER.public))

    with pytest.raises(HeadError, match="does not fit"):
        claimed.check_seal(SEALER.public)


@pytest.mark.parametrize(
    "other",
    [
        a_head(41),
        a_head(at=DAY + timedelta(seconds=1)),
        a_head(log="another office"),
        a_head(leaves=LEAVES[::-1]),
    ],
)
def test_a_seal_and_a_witness_are_of_one_head_only(other):
    moved = replace(SEALED, head=other)

    assert not moved.witnessed_by([UNHCR.public, COUNSEL.public])
    with pytest.raises(HeadError):
        moved.check_seal(SEALER.public)


def test_witnesses_are_counted_among_known_keys():
    assert SEALED.witnessed_by([UNHCR.public]) == {UNHCR.public}
    assert SEALED.witnessed_by([UNHCR.public, COUNSEL.public, SEALER.public]) == {
        UNHCR.public,
        COUNSEL.public,
    }


def test_a_seal_does_not_pass_for_a_witness():
    signature = replace(SEALED.witnesses[0], text=sign(UNHCR, SEALS, HEAD.stated))
    moved = replace(SEALED, witnesses=(signature,))

    assert not moved.witnessed_by([UNHCR.public])


def test_a_witness_who_signs_twice_counts_once():
    assert len(SEALED.witness(UNHCR).witnesses) == 2


def test_a_head_survives_its_file():
    assert read(SEALED.written()) == SEALED
    assert read(SealedHead.made(HEAD, SEALER).written()).witnesses == ()


def test_no_flipped_bit_in_any_byte_of_a_file_passes():
    content = SEALED.written()

    assert stands(content)
    for at in range(len(content)):
        turned = content[:at] + bytes([content[at] ^ 1 << at % 8]) + content[at + 1 :]
        assert not stands(turned)


def stands(content):
    """Whether a file is a head with its seal and both its witnesses."""
    try:
        found = read(content)
        found.check_seal(SEALER.public)
    except HeadError:
        return False
    return len(found.witnessed_by([UNHCR.public, COUNSEL.public])) == 2


def rewritten(**parts):
    return (
        json.dumps({**json.loads(SEALED.written()), **parts}, indent=1).encode() + b"\n"
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        SEALED.written().strip(),
        SEALED.written().replace(b"\n", b""),
        rewritten(note="mine"),
        rewritten(format="asylon head 2"),
        rewritten(size="40"),
        rewritten(size=True),
        rewritten(size=-1),
        rewritten(root="AAAA"),
        rewritten(at="2026-11-24"),
        rewritten(log=""),
        rewritten(log=7),
        rewritten(log="two\nlines"),
        rewritten(seal=None),
        rewritten(witnesses=[{"key": "x", "signature": "y"}]),
    ],
    ids=range(19),
)
def test_what_is_no_head_is_refused(content):
    with pytest.raises(HeadError, match="no head of a log"):
        read(content)


def test_a_moment_is_told_in_universal_time():
    seoul = timezone(timedelta(hours=9))

    assert a_head(at=DAY.astimezone(seoul)) == HEAD
    with pytest.raises(HeadError, match="universal time"):
        a_head(at=DAY.replace(tzinfo=None))


def test_an_empty_log_has_one_root():
    assert a_head(0).root == EMPTY_ROOT
    with pytest.raises(HeadError, match="empty log"):
        Head(0, LEAVES[0], DAY, "island office")


def test_a_letter_bears_the_size_and_half_of_the_root():
    assert HEAD.printed.split()[0] == "40"
    assert "".join(HEAD.printed.split()[1:]) == HEAD.root.hex()[:32]


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_log_that_grew_goes_with_every_head_before(one, other):
    first, last = sorted((one, other))
    proof = TREE.at(last).consistency(first) if first else ()

    check_growth(a_head(first), a_head(last, at=DAY + timedelta(hours=1)), proof)
    check_entries(a_head(first), TREE.at(last))


def kinds_of_tampering(leaves, at, to):
    """Alter, delete, reorder and slip in, all before the place that was witnessed."""
    yield [*leaves[:at], leaf_hash(b"altered"), *leaves[at + 1 :]]
    yield [*leaves[:at], *leaves[at + 1 :]]
    yield [*leaves[:at], leaf_hash(b"slipped in"), *leaves[at:]]
    swapped = list(leaves)
    swapped[at], swapped[to] = leaves[to], leaves[at]
    yield swapped


@given(st.integers(1, 40), st.data())
def test_every_tampering_before_a_witnessed_head_is_found(size, data):
    at = data.draw(st.integers(0, size - 1))
    to = data.draw(st.integers(0, 59).filter(lambda each: each != at))
    head, later = a_head(size), DAY + timedelta(hours=1)

    for leaves in kinds_of_tampering(LEAVES, at, to):
        tree = Tree.of(leaves)
        with pytest.raises(HeadError, match="rewritten"):
            check_entries(head, tree)
        grown, proof = Head.of(tree, later, head.log), tree.consistency(size)
        with pytest.raises(HeadError, match="rewritten"):
            check_growth(head, grown, proof)


def test_a_log_that_was_cut_off_is_found():
    with pytest.raises(HeadError, match=r"30 entries .* speaks of 40"):
        check_entries(HEAD, TREE.at(30))
    with pytest.raises(HeadError, match="old backup"):
        check_growth(HEAD, a_head(30), ())


def test_two_heads_of_one_size_have_one_root():
    with pytest.raises(HeadError, match="rewritten"):
        check_growth(HEAD, a_head(40, leaves=LEAVES[::-1]), ())


def test_a_log_does_not_grow_backwards_in_time():
    earlier = a_head(50, at=DAY - timedelta(hours=1))

    with pytest.raises(HeadError, match="which is later"):
        check_growth(HEAD, earlier, TREE.at(50).consistency(40))


def test_heads_of_two_logs_are_not_compared():
    with pytest.raises(HeadError, match="different logs"):
        check_growth(HEAD, a_head(50, log="another office"), ())
