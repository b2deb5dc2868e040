"""Whose protection alone makes a claim fail."""

import pytest
from hypothesis import given

from asylon.determination import Narrator
from asylon.logic.truth import FALSE, TRUE, UNKNOWN
from tests.claims import a_claim, cases, determined
from tests.shipped import BOOK, ON

TWO = "two-nationalities"
SOUTH = "nationalities.KOR"
CHINESE = {
    "nationalities.CHN.national": True,
    "nationalities.CHN.fears_return": False,
    "nationalities.CHN.acknowledged": True,
    "nationalities.CHN.admits_and_documents": True,
    "nationalities.CHN.can_get_there": True,
    "nationalities.CHN.valid_reason": False,
}


def test_the_country_that_protects_is_named():
    found = determined(a_claim(like=TWO))

    assert found.definition is FALSE
    assert found.protection_of == ("KOR",)


def test_each_country_that_would_do_alone_is_named():
    found = determined(a_claim(CHINESE, like=TWO))

    assert found.protection_of == ("KOR", "CHN")


@pytest.mark.parametrize(
    ("path", "value", "result"),
    [
        (f"{SOUTH}.valid_reason", True, TRUE),
        (f"{SOUTH}.acknowledged", False, TRUE),
        (f"{SOUTH}.admits_and_documents", False, TRUE),
        (f"{SOUTH}.can_get_there", False, TRUE),
        (f"{SOUTH}.can_get_there", "unknown", UNKNOWN),
        (f"{SOUTH}.national", "unknown", UNKNOWN),
    ],
)
def test_a_claim_that_does_not_fail_names_nobody(path, value, result):
    found = determined(a_claim({path: value}, like=TWO))

    assert found.definition is result
    assert not found.protection_of


@pytest.mark.parametrize(
    "more",
    [
        {"nationalities.PRK.serious_harm": False},
        {"nationalities.PRK.outside": False},
        {"nationalities.PRK.serious_harm": "unknown"},
        {
            "residence_taken_up": True,
            "rights_of_nationals": True,
        },
    ],
)
def test_a_claim_that_fails_elsewhere_too_names_nobody(more):
    found = determined(a_claim(more, like=TWO))

    assert found.definition is FALSE
    assert not found.protection_of


def test_a_country_that_does_not_protect_is_not_named_beside_one_that_does():
    refused = {**CHINESE, "nationalities.CHN.acknowledged": False}

    found = determined(a_claim(refused, like=TWO))

    assert found.protection_of == ("KOR",)


def test_the_result_says_that_all_other_protection_stands():
    narrator = Narrator(BOOK, ON)

    says = narrator.outcome(FALSE, ("KOR", "CHN"))

    assert says == (
        "On these findings the definition fails on one point only: protection of South "
        "Korea and China is available. Protection against every other state stands. What stands "
        "beside the definition is examined apart, and the hold on removal stands: this "
        "lifts nothing."
    )


@given(cases())
def test_only_a_nationality_on_the_list_protects(case):
    claim, found = case

    if found.protection_of:
        assert found.definition is FALSE
    for country in found.protection_of:
        assert f"nationalities.{country}.national" in claim.findings
