"""What a finding is worth where another standard or test applies."""

import pytest
from hypothesis import given

from asylon.determination import Finding
from asylon.determination.claims import worth
from asylon.logic.truth import FALSE, TRUE, UNKNOWN
from tests.claims import a_claim, cases, determined
from tests.islands import island_law

ISLANDS = island_law()
RISK = "nationalities.PRK.risk_since_departure"
DROUGHT = "islands.Tern.drought"


def risk(value, under):
    return {RISK: {"found": value, "under": {"risk_standard": under}}}


@pytest.mark.parametrize(
    ("value", "made_under", "result", "again"),
    [
        (True, "more_likely_than_not", TRUE, False),
        (True, "real_chance", TRUE, False),
        (True, "reasonable_degree", TRUE, False),
        (True, "reasonably_considered", UNKNOWN, True),
        (False, "more_likely_than_not", UNKNOWN, True),
        (False, "real_chance", UNKNOWN, False),
    ],
)
def test_a_finding_that_is_not_carried_over_is_found_again(
    value, made_under, result, again
):
    """Whether the risk arose before departure is open in this claim."""
    found = determined(a_claim(risk(value, made_under)))

    assert found.settings.values["risk_standard"] == "reasonable_degree"
    assert found.definition is result
    assert found.found_again == ((RISK,) if again else ())
    assert (RISK in found.open) is again


def test_the_same_finding_counts_where_its_own_standard_applies():
    claim = a_claim(risk(True, "reasonably_considered"))

    found = determined(claim, risk_standard="reasonably_considered")

    assert found.definition is TRUE
    assert not found.found_again


@pytest.mark.parametrize(
    ("value", "under", "asked", "result"),
    [
        (TRUE, {}, "three_dry_years", TRUE),
        (TRUE, {"drought_test": "three_dry_years"}, "one_dry_year", TRUE),
        (TRUE, {"drought_test": "one_dry_year"}, "three_dry_years", UNKNOWN),
        (FALSE, {"drought_test": "one_dry_year"}, "three_dry_years", FALSE),
        (FALSE, {"drought_test": "three_dry_years"}, "one_dry_year", UNKNOWN),
        (UNKNOWN, {"drought_test": "one_dry_year"}, "one_dry_year", UNKNOWN),
    ],
)
def test_the_ordering_of_tests_says_what_a_finding_is_worth(
    value, under, asked, result
):
    values = {"drought_test": asked, "salt_wells": "counted"}

    assert worth(Finding(value, under), DROUGHT, ISLANDS, values) is result


def test_a_test_that_the_element_does_not_ask_for_is_passed_over():
    finding = Finding(TRUE, {"salt_wells": "spared"})
    values = {"drought_test": "one_dry_year", "salt_wells": "counted"}

    assert worth(finding, DROUGHT, ISLANDS, values) is TRUE


@given(cases())
def test_every_finding_asked_for_counts_or_is_listed(case):
    claim, found = case
    made = {name for name, each in claim.findings.items() if each.value is not UNKNOWN}
    listed = [*found.known, *found.found_again, *found.proposed]

    assert len(listed) == len(set(listed))
    assert set(listed) <= made
    for name in found.known:
        assert found.known[name] is claim.findings[name].value


@given(cases())
def test_what_has_to_be_found_again_is_open(case):
    claim, found = case

    assert set(found.found_again) <= set(found.open)
    assert all(claim.findings[name].under for name in found.found_again)
