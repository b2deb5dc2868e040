"""What a finding made under one standard or test is worth under another."""

from dataclasses import replace
from itertools import permutations, product

import pytest

from asylon import instruments
from asylon.logic.truth import FALSE, TRUE, UNKNOWN
from tests.islands import island_law

BOOK = instruments.book()
EVERY = pytest.mark.parametrize(
    "parameter", BOOK.parameters.values(), ids=list(BOOK.parameters)
)
DROUGHT = island_law().parameters["drought_test"]


def carried(parameter, finding, made, asked):
    return parameter.carries(finding, made_under=made, asked_under=asked)


@EVERY
@pytest.mark.parametrize("finding", [TRUE, FALSE])
def test_a_finding_counts_under_the_value_it_was_made_under(parameter, finding):
    for value in parameter.values:
        assert carried(parameter, finding, value, value) is finding


@EVERY
@pytest.mark.parametrize("finding", [TRUE, FALSE])
def test_what_carries_twice_carries_at_once(parameter, finding):
    for first, middle, last in product(parameter.values, repeat=3):
        steps = [(first, middle), (middle, last)]
        if all(carried(parameter, finding, *step) is finding for step in steps):
            assert carried(parameter, finding, first, last) is finding


@EVERY
def test_met_counts_one_way_where_failed_counts_the_other(parameter):
    for one, other in permutations(parameter.values, 2):
        is_stricter = carried(parameter, TRUE, one, other) is TRUE
        assert (carried(parameter, FALSE, other, one) is FALSE) is is_stricter


@EVERY
def test_no_finding_turns_round_under_another_value(parameter):
    for one, other in product(parameter.values, repeat=2):
        assert carried(parameter, TRUE, one, other) is not FALSE
        assert carried(parameter, FALSE, one, other) is not TRUE
        assert carried(parameter, UNKNOWN, one, other) is UNKNOWN


@EVERY
def test_values_that_come_to_the_same_carry_both_ways(parameter):
    for one, other in permutations(parameter.values, 2):
        if parameter.are_equivalent(one, other):
            assert carried(parameter, TRUE, one, other) is TRUE
            assert carried(parameter, FALSE, one, other) is FALSE


@EVERY
def test_every_value_is_somebodys(parameter):
    assert parameter.plain in parameter.values
    assert all(value.source.cite for value in parameter.values.values())


@pytest.mark.parametrize(
    ("finding", "made", "asked", "worth"),
    [
        (TRUE, "three_dry_years", "one_dry_year", TRUE),
        (FALSE, "one_dry_year", "three_dry_years", FALSE),
        (TRUE, "one_dry_year", "three_dry_years", UNKNOWN),
        (FALSE, "three_dry_years", "one_dry_year", UNKNOWN),
        (TRUE, "three_dry_years", "one_failed_harvest", TRUE),
        (FALSE, "one_failed_harvest", "three_dry_years", FALSE),
        (TRUE, "one_failed_harvest", "one_dry_year", TRUE),
    ],
)
def test_met_at_a_stricter_standard_is_met_at_a_laxer(finding, made, asked, worth):
    assert carried(DROUGHT, finding, made, asked) is worth


@pytest.mark.parametrize("names", list(permutations("abcd")), ids="".join)
def test_a_chain_carries_in_whatever_order_it_stands(names):
    values = dict.fromkeys(names, DROUGHT.values["one_dry_year"])
    implies = (("a", "b"), ("b", "c"), ("c", "d"))
    parameter = replace(DROUGHT, values=values, implies=implies, equivalent=())

    assert carried(parameter, TRUE, "a", "d") is TRUE
    assert carried(parameter, TRUE, "d", "a") is UNKNOWN


def test_pairs_that_come_to_the_same_need_no_scenario():
    assert DROUGHT.different_pairs() == [
        ("one_dry_year", "three_dry_years"),
        ("one_failed_harvest", "three_dry_years"),
    ]


def test_the_stricter_standard_of_risk_is_met_more_seldom():
    risk = BOOK.parameters["risk_standard"]

    assert carried(risk, TRUE, "more_likely_than_not", "real_chance") is TRUE
    assert carried(risk, TRUE, "real_chance", "more_likely_than_not") is UNKNOWN
    assert carried(risk, FALSE, "real_chance", "more_likely_than_not") is FALSE
