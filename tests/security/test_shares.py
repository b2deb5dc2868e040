from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shamir_mnemonic import Share as Words

from asylon.security.drawing import draw_secret
from asylon.security.errors import ShareError
from asylon.security.shares import combined, read, split

KEY = draw_secret()
SHARES = split(KEY, needed=3, of=5)


@pytest.mark.parametrize("some", list(combinations(range(5), 3)))
def test_any_three_of_five_bring_the_key_back(some):
    assert combined(SHARES[number] for number in some) == KEY


@pytest.mark.parametrize("some", list(combinations(range(5), 2)))
def test_two_of_five_do_not(some):
    with pytest.raises(ShareError, match="3 shares are needed, and 2 are here"):
        combined(SHARES[number] for number in some)


def test_the_same_share_twice_counts_once():
    with pytest.raises(ShareError, match="2 are here"):
        combined([SHARES[0], SHARES[1], SHARES[1]])


@pytest.mark.parametrize("some", [SHARES, SHARES[1:]])
def test_more_shares_than_needed_are_welcome(some):
    assert combined(some) == KEY


@settings(max_examples=10)
@given(st.binary(min_size=32, max_size=32), st.data())
def test_every_key_comes_back(key, data):
    of = data.draw(st.integers(2, 8))
    needed = data.draw(st.integers(2, of))
    shares = split(key, needed=needed, of=of)

    assert combined(data.draw(st.permutations(shares))[:needed]) == key


def test_a_share_is_33_words_that_say_which_it_is():
    assert {len(share.words.split()) for share in SHARES} == {33}
    assert [share.number for share in SHARES] == [1, 2, 3, 4, 5]
    assert {share.needed for share in SHARES} == {3}
    assert len({share.key for share in SHARES}) == 1


def test_a_share_is_read_as_people_type_it():
    typed = SHARES[0].words.upper().replace(" ", "\n  ")

    assert read(typed) == SHARES[0]


@settings(max_examples=60)
@given(st.integers(0, 32), st.sampled_from(SHARES[1].words.split()))
def test_no_wrong_word_is_taken(at, word):
    words = SHARES[0].words.split()
    if words[at] != word:
        words[at] = word
        with pytest.raises(ShareError, match="a word is wrong"):
            read(" ".join(words))


def test_a_misspelt_word_is_named_with_the_nearest():
    words = SHARES[0].words.split()
    words[4] = words[4] + "x"

    with pytest.raises(ShareError, match=rf"word 5, .* did you mean `{words[4][:-1]}`"):
        read(" ".join(words))


@pytest.mark.parametrize("text", ["", "academic", "漢字 academic"])
def test_what_is_no_share_is_refused(text):
    with pytest.raises(ShareError):
        read(text)


def test_shares_of_two_splittings_do_not_mix():
    others = split(KEY, needed=3, of=5)

    with pytest.raises(ShareError, match="different keys"):
        combined([*SHARES[:2], others[2]])


@pytest.mark.parametrize("some", [3, 4])
def test_an_altered_share_with_a_right_checksum_is_found_out(some):
    found = Words.from_mnemonic(SHARES[0].words)
    forged = read(replace(found, value=found.value[::-1]).mnemonic())

    with pytest.raises(ShareError, match="altered"):
        combined([forged, *SHARES[1:some]])


def test_no_share_at_all_makes_no_key():
    with pytest.raises(ShareError, match="no share"):
        combined([])


@pytest.mark.parametrize(("needed", "of"), [(1, 1), (1, 3), (4, 3), (2, 17), (0, 0)])
def test_nobody_holds_a_key_alone(needed, of):
    with pytest.raises(ShareError, match="at least 2 of at most 16"):
        split(KEY, needed=needed, of=of)


def test_only_a_key_is_split():
    with pytest.raises(ShareError, match="32 bytes"):
        split(b"x" * 64, needed=2, of=3)


def test_a_share_shows_no_words():
    assert SHARES[0].words.split()[5] not in repr(SHARES[0]).split()
