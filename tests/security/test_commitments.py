import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asylon.security.commitments import canonical, commitment
from asylon.security.drawing import draw_salt
from asylon.security.errors import CommitmentError
from asylon.security.merkle import leaf_hash

plain = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
values = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)
events = st.dictionaries(st.text(max_size=6), values, max_size=4)
SALT = draw_salt()


@given(events)
def test_an_event_is_written_in_one_way(event):
    written = canonical(event)
    backwards = dict(reversed(event.items()))

    assert canonical(backwards) == canonical(json.loads(written)) == written


def same(one, other):
    """Equality that knows true from 1."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[k], other[k]) for k in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


@given(events, events)
def test_two_events_are_never_written_alike(one, other):
    assert (canonical(one) == canonical(other)) is same(one, other)


def test_true_and_one_are_told_apart():
    assert canonical({"n": True}) != canonical({"n": 1}) != canonical({"n": "1"})


@pytest.mark.parametrize("value", [1.5, b"x", (1,), {1}, {1: 2}, [{"a": 0.1}]])
def test_what_could_be_written_in_two_ways_is_refused(value):
    with pytest.raises(CommitmentError):
        canonical({"of": value})


def test_a_commitment_hangs_on_its_salt_and_its_event():
    made = commitment(SALT, b"event")

    assert made == commitment(SALT, b"event")
    assert made != commitment(draw_salt(), b"event")
    assert made != commitment(SALT, b"event.")
    assert made != leaf_hash(SALT + b"event")


@pytest.mark.parametrize("salt", [b"", b"x" * 31, b"x" * 33])
def test_a_salt_has_its_length(salt):
    """With salts of any length an event could begin where the salt ends."""
    with pytest.raises(CommitmentError, match="32 bytes"):
        commitment(salt, b"event")


def test_no_message_tells_the_event():
    with pytest.raises(CommitmentError) as caught:
        canonical({"name": "Ri", "of": 1.5})

    assert "Ri" not in str(caught.value)
