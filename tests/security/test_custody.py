import pytest

from asylon.security.custody import Custody, FileCustody
from asylon.security.drawing import draw_secret
from asylon.security.envelopes import Place, opened, seal
from asylon.security.errors import CustodyError
from asylon.security.shares import combined

CUSTODY = FileCustody.draw()
DATA_KEY = draw_secret()


def test_a_data_key_survives_custody():
    custody: Custody = CUSTODY

    assert custody.unwrap(custody.wrap(DATA_KEY, "case-7"), "case-7") == DATA_KEY


def test_a_wrapped_key_of_another_case_is_refused():
    with pytest.raises(CustodyError, match="does not open"):
        CUSTODY.unwrap(CUSTODY.wrap(DATA_KEY, "case-7"), "case-8")


def test_another_custody_lacks_the_key_and_says_which():
    wrapped = CUSTODY.wrap(DATA_KEY, "case-7")

    with pytest.raises(CustodyError, match=f"{CUSTODY.names[0]} is not in custody"):
        FileCustody.draw().unwrap(wrapped, "case-7")


@pytest.mark.parametrize("wrapped", [b"", b"short", bytes(69)])
def test_what_is_no_wrapped_key_is_refused(wrapped):
    with pytest.raises(CustodyError):
        CUSTODY.unwrap(wrapped, "case-7")


def test_a_rotated_custody_still_opens_what_was_wrapped_before():
    wrapped = CUSTODY.wrap(DATA_KEY, "case-7")

    rotated = CUSTODY.rotate()

    assert rotated.unwrap(wrapped, "case-7") == DATA_KEY
    assert not rotated.is_current(wrapped)
    assert rotated.is_current(rotated.rewrap(wrapped, "case-7"))


def test_the_old_key_can_be_let_go_once_all_is_wrapped_again():
    wrapped = CUSTODY.wrap(DATA_KEY, "case-7")
    rotated = CUSTODY.rotate().rotate()

    again = rotated.rewrap(wrapped, "case-7")
    kept = rotated.let_go()

    assert kept.unwrap(again, "case-7") == DATA_KEY
    with pytest.raises(CustodyError, match="not in custody"):
        kept.unwrap(wrapped, "case-7")


def test_rotating_changes_no_envelope_and_no_token():
    place = Place("case-7", "identity", 1)
    envelope = seal(DATA_KEY, b"told", place)
    wrapped = CUSTODY.wrap(DATA_KEY, "case-7")
    rotated = CUSTODY.rotate()

    key = rotated.unwrap(rotated.rewrap(wrapped, "case-7"), "case-7")

    assert opened(key, envelope, place) == b"told"
    assert rotated.token("kimyongsu", 1998) == CUSTODY.token("kimyongsu", 1998)


def test_what_is_current_is_not_wrapped_again():
    wrapped = CUSTODY.wrap(DATA_KEY, "case-7")

    assert CUSTODY.rewrap(wrapped, "case-7") == wrapped


def test_a_new_index_key_makes_new_tokens():
    renewed = CUSTODY.with_new_index()

    assert renewed.ring == CUSTODY.ring
    assert renewed.token("kimyongsu", 1998) != CUSTODY.token("kimyongsu", 1998)


def test_a_lost_custody_is_rebuilt_from_shares():
    wrapped, index = CUSTODY.wrap(DATA_KEY, "case-7"), CUSTODY.index_key_wrapped
    shares = CUSTODY.shares(needed=3, of=5)

    rebuilt = FileCustody.rebuilt(combined(shares[2:]), index_key_wrapped=index)

    assert rebuilt == CUSTODY
    assert rebuilt.unwrap(wrapped, "case-7") == DATA_KEY


def test_without_its_wrapped_index_key_only_the_tokens_are_lost():
    rebuilt = FileCustody.rebuilt(*CUSTODY.ring)

    assert rebuilt.ring == CUSTODY.ring
    assert rebuilt.token("kimyongsu", 1998) != CUSTODY.token("kimyongsu", 1998)


def test_a_custody_lost_amid_rotation_is_rebuilt_from_both_papers():
    wrapped = CUSTODY.wrap(DATA_KEY, "case-7")
    rotated = CUSTODY.rotate()
    papers = [rotated.shares(needed=2, of=3), CUSTODY.shares(needed=2, of=3)]

    rebuilt = FileCustody.rebuilt(*map(combined, papers))

    assert rebuilt.ring == rotated.ring
    assert rebuilt.unwrap(wrapped, "case-7") == DATA_KEY


def test_old_shares_do_not_bring_a_rotated_key_back():
    old = CUSTODY.shares(needed=2, of=3)
    rotated = CUSTODY.rotate()

    with pytest.raises(CustodyError, match=rotated.names[0]):
        FileCustody.rebuilt(combined(old), index_key_wrapped=rotated.index_key_wrapped)


def test_no_data_key_is_in_the_shares():
    """A case that was erased stays erased, whoever brings the shares together."""
    assert combined(CUSTODY.shares(needed=2, of=2)) == CUSTODY.ring[0]


@pytest.mark.parametrize("ring", [(), (CUSTODY.ring[0], CUSTODY.ring[0])])
def test_a_ring_holds_each_key_once_and_at_least_one(ring):
    with pytest.raises(CustodyError, match="at least one"):
        FileCustody(ring, CUSTODY.index_key)


def test_keys_are_not_shown():
    shown = repr(CUSTODY)

    assert repr(CUSTODY.ring[0]) not in shown
    assert repr(CUSTODY.index_key) not in shown
