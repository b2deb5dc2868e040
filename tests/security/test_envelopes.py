import pytest
from hypothesis import given
from hypothesis import strategies as st

from asylon.security.drawing import draw_secret
from asylon.security.envelopes import (
    Place,
    WrappingKey,
    derived,
    opened,
    seal,
)
from asylon.security.errors import SealError

KEY = draw_secret()
WRAPPING = WrappingKey(KEY)
PLACE = Place("case-7", "identity", 3)
CONTENT = "리철수, 1998년 3월".encode()


def flipped(content, bit):
    turned = int.from_bytes(content, "big") ^ (1 << bit)
    return turned.to_bytes(len(content), "big")


@given(st.binary(max_size=3_000))
def test_what_was_sealed_comes_back(content):
    assert opened(KEY, seal(KEY, content, PLACE), PLACE) == content


def test_no_flipped_bit_opens():
    envelope = seal(KEY, CONTENT, PLACE)

    for bit in range(len(envelope) * 8):
        with pytest.raises(SealError):
            opened(KEY, flipped(envelope, bit), PLACE)


@given(st.binary(max_size=200))
def test_other_bytes_do_not_open(content):
    with pytest.raises(SealError):
        opened(KEY, content, PLACE)


@given(st.integers(0, 40))
def test_a_shortened_envelope_does_not_open(length):
    with pytest.raises(SealError):
        opened(KEY, seal(KEY, CONTENT, PLACE)[:length], PLACE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("case-8", "identity", 3),
        Place("case-7", "testimony", 3),
        Place("case-7", "identity", 2),
        Place("case-7", "identity", 4),
    ],
)
def test_an_envelope_opens_at_its_place_only(elsewhere):
    envelope = seal(KEY, CONTENT, PLACE)

    with pytest.raises(SealError, match="belong elsewhere"):
        opened(KEY, envelope, elsewhere)


def test_parts_of_a_place_cannot_run_into_one_another():
    assert Place("a", "bc", 1).stated != Place("ab", "c", 1).stated
    assert Place("a", "b1", 1).stated != Place("a", "b", 11).stated


def test_another_key_does_not_open():
    with pytest.raises(SealError, match="another key"):
        opened(draw_secret(), seal(KEY, CONTENT, PLACE), PLACE)


def test_the_same_content_is_never_sealed_alike():
    made = [seal(KEY, CONTENT, PLACE) for _ in range(2_000)]

    assert len({each[1:13] for each in made}) == len(made)


def test_nothing_of_the_content_can_be_seen():
    envelope = seal(KEY, CONTENT, PLACE)

    assert CONTENT[:4] not in envelope
    assert len(envelope) == len(CONTENT) + 29


def test_compartments_have_keys_of_their_own():
    assert derived(KEY, "compartment identity") != derived(KEY, "compartment testimony")


def test_a_later_format_is_told_apart():
    envelope = b"\x02" + seal(KEY, CONTENT, PLACE)[1:]

    with pytest.raises(SealError, match="format"):
        opened(KEY, envelope, PLACE)


@pytest.mark.parametrize(
    ("case", "compartment", "version"),
    [("", "identity", 1), ("7", "", 1), ("7", "A b", 1), ("7", "a", -1)],
)
def test_what_is_no_place_is_refused(case, compartment, version):
    with pytest.raises(SealError):
        Place(case, compartment, version)


def test_a_key_is_worn_out_after_so_many_versions():
    assert Place("7", "identity", 2**32 - 1)
    with pytest.raises(SealError, match="new data key"):
        Place("7", "identity", 2**32)


@pytest.mark.parametrize("key", [b"", b"short", KEY + b"x"])
def test_what_is_no_key_is_refused(key):
    with pytest.raises(SealError, match="32 bytes"):
        seal(key, CONTENT, PLACE)
    with pytest.raises(SealError, match="32 bytes"):
        WRAPPING.wrap(key, "case-7")


def test_no_message_tells_what_was_sealed_or_where():
    with pytest.raises(SealError) as caught:
        opened(draw_secret(), seal(KEY, CONTENT, PLACE), PLACE)

    assert "case-7" not in str(caught.value)


def test_a_data_key_survives_its_wrapping():
    data_key = draw_secret()

    wrapped = WRAPPING.wrap(data_key, "case-7")

    assert WRAPPING.unwrap(wrapped, "case-7") == data_key
    assert wrapped.startswith(WRAPPING.name)


def test_no_flipped_bit_of_a_wrapped_key_opens():
    wrapped = WRAPPING.wrap(draw_secret(), "case-7")

    for bit in range(len(wrapped) * 8):
        with pytest.raises(SealError):
            WRAPPING.unwrap(flipped(wrapped, bit), "case-7")


def test_a_wrapping_key_is_named_alike_each_time_and_not_shown():
    assert WrappingKey(KEY).name == WRAPPING.name != WrappingKey(draw_secret()).name
    assert repr(KEY) not in repr(vars(WRAPPING))


def test_a_wrapped_key_belongs_to_its_case():
    wrapped = WRAPPING.wrap(draw_secret(), "case-7")

    with pytest.raises(SealError):
        WRAPPING.unwrap(wrapped, "case-8")
