"""Closing: by named rules, for the applicant, and never against."""

from dataclasses import replace

import pytest
from hypothesis import given

from asylon.determination import Closed
from asylon.determination.closings import SECOND_NATIONALITY, close
from asylon.law import choose
from asylon.law.readers import CLOSINGS
from asylon.logic.grounding import MISSING
from asylon.logic.truth import FALSE, TRUE, UNKNOWN
from tests.claims import a_claim, cases, determined
from tests.shipped import BOOK, ON

EXCLUSION, CESSATION, RELOCATION = CLOSINGS[:3]
NOBODY_ELSE = f"nationalities.{MISSING}"
SOUTH = "nationalities.KOR"
HELD_IN_THE_SOUTH = {
    f"{SOUTH}.national": True,
    f"{SOUTH}.fears_return": False,
    f"{SOUTH}.valid_reason": False,
}
NOT_ASKED = {"nationalities.complete": "unknown"}


def left_open(rule):
    """Leave every fact open that a rule closes and the definition asks of a person."""
    elements = [each for each in BOOK.elements.values() if "csr51" in each.provision]
    return {
        each.name: "unknown"
        for each in elements
        if each.closes == rule and not each.per
    }


OPEN = {
    EXCLUSION: left_open(EXCLUSION),
    CESSATION: left_open(CESSATION) | {"considered_refugee_earlier": True},
    RELOCATION: {
        "nationalities.PRK.persecutor_is_state": False,
        "nationalities.PRK.relocation_places.complete": "unknown",
    },
}
RAISED = {
    EXCLUSION: "serious_crime",
    CESSATION: "reavailed_effectively",
    RELOCATION: f"nationalities.PRK.relocation_places.{MISSING}.place_safe",
}
RULES = pytest.mark.parametrize("rule", OPEN)


@RULES
def test_a_rule_closes_once_its_questions_were_put(rule):
    found = determined(a_claim(OPEN[rule], screened={rule}))

    assert (found.definition, found.closed.value) == (UNKNOWN, TRUE)
    assert set(found.closed.rules) == {rule}


@RULES
def test_nothing_closes_before_its_questions_were_put(rule):
    others = set(CLOSINGS) - {rule}

    found = determined(a_claim(OPEN[rule], screened=others))

    assert found.closed == Closed(UNKNOWN, {})


@RULES
def test_an_indicator_stops_a_rule(rule):
    found = determined(a_claim(OPEN[rule], screened={rule}, indicators={rule}))

    assert found.closed == Closed(UNKNOWN, {})


@RULES
def test_what_points_to_one_fact_stops_the_whole_rule(rule):
    found = determined(a_claim(OPEN[rule], screened={rule}, indicators={RAISED[rule]}))

    assert found.closed == Closed(UNKNOWN, {})


@pytest.mark.parametrize("rule", [EXCLUSION, CESSATION])
def test_one_fact_found_against_the_person_stops_the_whole_rule(rule):
    claim = a_claim({**OPEN[rule], RAISED[rule]: True}, screened={rule})

    found = determined(claim)

    assert found.closed == Closed(UNKNOWN, {})


def test_only_open_facts_are_closed():
    settled = {**OPEN[EXCLUSION], "serious_crime": False}

    found = determined(a_claim(settled, screened={EXCLUSION}))

    assert set(found.closed.rules[EXCLUSION]) == set(OPEN[EXCLUSION]) - {
        "serious_crime"
    }


def test_what_is_closed_is_no_finding():
    found = determined(a_claim(OPEN[EXCLUSION], screened={EXCLUSION}))

    assert not set(OPEN[EXCLUSION]) & set(found.known)
    assert set(OPEN[EXCLUSION]) <= set(found.open)
    assert found.answer.value is UNKNOWN


def test_a_rule_that_would_settle_against_the_person_does_not_close():
    """Exclusion itself is asked about: closing would say that it does not hold."""
    claim = a_claim(OPEN[EXCLUSION], screened={EXCLUSION})

    found = determined(claim, provision="csr51/article-1/f-b")

    assert found.closed == Closed(UNKNOWN, {})


def test_a_rule_closes_though_another_may_not():
    rules = {"good": ("a",), "bad": ("b",)}

    def value_of(known):
        return FALSE if "b" in known else TRUE

    closed = close(rules, {}, UNKNOWN, value_of)

    assert closed == Closed(TRUE, {"good": ("a",)})


@pytest.mark.parametrize("set_id", BOOK.sets)
def test_a_second_nationality_closes_unasked_where_unhcr_decides_only(set_id):
    with_unhcr = BOOK.sets[set_id].kind in {"mandate", "joint"}

    found = determined(a_claim(NOT_ASKED), set_id=set_id)

    assert (SECOND_NATIONALITY in found.closed.rules) is with_unhcr
    assert with_unhcr is ("unhcr" in set_id)


def test_a_second_nationality_closes_unasked_in_a_joint_procedure():
    joint = replace(BOOK.sets["gbr"], id="joint", kind="joint")
    book = replace(BOOK, sets={**BOOK.sets, "joint": joint})
    settings = choose(book, joint, ON)

    closed = determined(a_claim(NOT_ASKED), settings=settings).closed

    assert NOBODY_ELSE in closed.rules[SECOND_NATIONALITY]


def test_an_authority_closes_a_second_nationality_once_it_has_asked():
    claim = a_claim(NOT_ASKED, screened={SECOND_NATIONALITY})

    found = determined(claim, set_id="gbr")

    assert NOBODY_ELSE in found.closed.rules[SECOND_NATIONALITY]


def test_protection_that_nobody_showed_does_not_count():
    found = determined(a_claim(HELD_IN_THE_SOUTH))

    assert (found.definition, found.closed.value) == (UNKNOWN, TRUE)
    assert set(found.closed.rules) == {SECOND_NATIONALITY}
    assert all(
        name.startswith(SOUTH) for name in found.closed.rules[SECOND_NATIONALITY]
    )


@pytest.mark.parametrize(
    "raised",
    [SECOND_NATIONALITY, f"{SECOND_NATIONALITY} {SOUTH}", f"{SOUTH}.acknowledged"],
)
def test_what_points_to_a_country_stops_the_rule_there(raised):
    found = determined(a_claim(HELD_IN_THE_SOUTH, indicators={raised}))

    assert found.closed == Closed(UNKNOWN, {})


def test_what_points_to_one_country_says_nothing_of_another():
    claim = a_claim(
        {**HELD_IN_THE_SOUTH, "nationalities.CHN.national": True},
        indicators={"nationalities.CHN.acknowledged"},
    )

    closed = determined(claim).closed

    assert {name.rpartition(".")[0] for name in closed.rules[SECOND_NATIONALITY]} == {
        SOUTH
    }


@pytest.mark.parametrize("national", [False, "unknown"])
@pytest.mark.parametrize("set_id", BOOK.sets)
def test_no_recorded_nationality_never_becomes_statelessness(national, set_id):
    """Everything else is there that a person without nationality needs."""
    claim = a_claim(
        {**NOT_ASKED, "nationalities.KWT.national": national},
        like="stateless-from-kuwait",
        screened=set(CLOSINGS),
    )

    found = determined(claim, set_id=set_id)

    assert (found.definition, found.closed.value) == (UNKNOWN, UNKNOWN)
    assert NOBODY_ELSE not in found.closed.rules.get(SECOND_NATIONALITY, ())


@given(cases())
def test_closing_never_lowers_a_value(case):
    _, found = case

    assert found.closed.value.rank >= found.definition.rank


@given(cases())
def test_only_what_was_screened_and_not_raised_closes(case):
    claim, found = case
    unasked = {SECOND_NATIONALITY} if found.settings.set.kind == "mandate" else set()

    for rule, names in found.closed.rules.items():
        assert rule in claim.screened | unasked
        assert rule not in claim.indicators
        assert claim.indicators.isdisjoint(names)


@given(cases())
def test_what_closes_was_open_and_stays_so(case):
    _, found = case
    closed = {name for names in found.closed.rules.values() for name in names}

    assert closed <= set(found.open)
    assert closed.isdisjoint(found.known)


@given(cases())
def test_a_settled_value_is_not_closed_into_another(case):
    _, found = case

    if found.definition.is_settled or not found.closed.rules:
        assert found.closed.value is found.definition


@given(cases())
def test_nobody_is_held_to_have_no_further_nationality_without_one(case):
    _, found = case

    if NOBODY_ELSE in found.closed.rules.get(SECOND_NATIONALITY, ()):
        assert any(
            name.startswith("nationalities.")
            and name.count(".") == 2
            and found.known[name] is TRUE
            and BOOK.elements[name.rpartition(".")[2]].provision == "nationalities"
            for name in found.known
        )
