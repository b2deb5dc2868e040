"""The code of an event is that of one house, one event, one case and one form."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from asylon.security.commitments import commitment
from asylon.security.drawing import draw_key
from asylon.security.entries import FIRST_FORM, FORM, Entry, code_key
from asylon.security.errors import CommitmentError
from asylon.security.merkle import leaf_hash
from asylon.security.signatures import private_key

KEY = code_key(draw_key())
ENTRY = Entry(str(UUID(int=1)), str(UUID(int=2)), commitment(b"s" * 32, b"{}"))
OTHERS = (
    replace(ENTRY, id=str(UUID(int=3))),
    replace(ENTRY, case=str(UUID(int=3))),
    replace(ENTRY, case=""),
    replace(ENTRY, commitment=commitment(b"s" * 32, b"{ }")),
    replace(ENTRY, form=FIRST_FORM),
)


def test_a_code_fits_its_entry_and_no_other():
    code = ENTRY.code(KEY)

    assert ENTRY.has_code(KEY, code)
    assert not [each for each in OTHERS if each.has_code(KEY, code)]


@pytest.mark.parametrize("code", [b"", b"x" * 32, ENTRY.code(code_key(draw_key()))])
def test_a_code_that_another_made_is_none(code):
    assert not ENTRY.has_code(KEY, code)


def test_the_key_of_codes_comes_back_with_the_file_of_the_sealer():
    sealer = draw_key()

    assert code_key(private_key(sealer.pem())) == code_key(sealer)
    assert code_key(sealer) not in sealer.pem()


def test_an_entry_is_another_leaf_under_another_number_and_for_another_case():
    leaves = {each.leaf(number) for each in (ENTRY, *OTHERS) for number in (1, 2)}

    # The first form knows neither its number nor its case.
    assert len(leaves) == 2 * len((ENTRY, *OTHERS)) - 1


def test_an_entry_of_the_first_form_is_its_commitment_alone():
    assert replace(ENTRY, form=FIRST_FORM).leaf(7) == leaf_hash(ENTRY.commitment)


def test_an_entry_of_a_form_that_is_not_known_is_none():
    with pytest.raises(CommitmentError):
        replace(ENTRY, form=FORM + 1).leaf(1)
