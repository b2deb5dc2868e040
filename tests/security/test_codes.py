"""Codes of an app are those of the standard, and each belongs to one step of time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from asylon.security import codes
from asylon.security.drawing import draw_paper_code

SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
    ],
)
def test_the_codes_are_those_of_the_standard(moment, shown):
    """The last six digits of the vectors of RFC 6238 for SHA-1."""
    at = datetime.fromtimestamp(moment, UTC)

    assert codes.step_of(SECRET, shown, at) == moment // 30


def test_a_clock_may_be_one_step_off_and_no_more():
    at = datetime.fromtimestamp(59, UTC)

    assert codes.step_of(SECRET, "287 082", at + codes.STEP) == 1
    assert codes.step_of(SECRET, "287082", at + 2 * codes.STEP) is None


def test_what_is_no_code_is_wrong():
    at = datetime.fromtimestamp(59, UTC)

    assert {
        codes.step_of(SECRET, each, at) for each in ("", "x", "28708", "\uff12")
    } == {None}


def test_a_digest_depends_on_key_purpose_and_parts():
    one, other = b"1" * 32, b"2" * 32

    told = {
        codes.keyed(one, "a", ["b", "c"]),
        codes.keyed(other, "a", ["b", "c"]),
        codes.keyed(one, "b", ["b", "c"]),
        codes.keyed(one, "a", ["bc"]),
    }

    assert len(told) == 4


def test_a_code_for_paper_is_read_aloud_without_mistakes():
    drawn = draw_paper_code()

    assert len(drawn) == 11
    assert not set(drawn) & set("01IO")
