"""What holds of every claim, by the whole of Article 1 as it ships."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asylon.determination import Determiner, Finding
from asylon.logic.evaluation import replay
from asylon.logic.grounding import MISSING
from asylon.logic.truth import BY_RANK, FALSE, TRUE, UNKNOWN
from tests.claims import a_claim, cases, determined
from tests.shipped import BOOK, ON

ANOTHER = Determiner(BOOK)
"""One that has worked out nothing together with the rest."""

seeds = st.integers(0, 2**32)


def again(claim, found, findings):
    """Determine the same claim on other findings."""
    settings = found.settings
    return determined(replace(claim, findings=findings), settings=settings)


def some(chance, names, most=6):
    names = sorted(names)
    return chance.sample(names, min(len(names), chance.randint(1, most)))


@given(cases(), seeds)
def test_dropping_findings_never_turns_a_result_round(case, seed):
    claim, found = case
    dropped = set(some(Random(seed), claim.findings))
    left = {name: each for name, each in claim.findings.items() if name not in dropped}

    other = again(claim, found, left)

    assert other.definition in {found.definition, UNKNOWN}
    assert (found.closed.value, other.closed.value) != (TRUE, FALSE)


@given(cases(), seeds)
def test_settling_open_facts_never_turns_a_result_round(case, seed):
    claim, found = case
    chance = Random(seed)
    settled = {
        name: Finding(chance.choice(BY_RANK)) for name in some(chance, found.open)
    }

    other = again(claim, found, {**claim.findings, **settled})

    assert found.definition in {other.definition, UNKNOWN}


@given(cases())
def test_the_reasons_replayed_give_the_result(case):
    _, found = case

    assert replay(found.answer.reason) is found.definition


@given(cases())
def test_what_carries_a_result_carries_it_alone(case):
    claim, found = case
    carrying = {name: Finding(value) for name, value in found.answer.carried_by}

    alone = again(claim, found, carrying)

    assert bool(carrying) is found.definition.is_settled
    assert alone.definition is found.definition or not carrying


@given(cases())
def test_what_would_settle_a_claim_settles_it(case):
    claim, found = case
    ways = (found.answer.to_establish, TRUE), (found.answer.to_defeat, FALSE)

    for way, outcome in ways:
        settled = {name: Finding(value) for name, value in way}
        other = again(claim, found, {**claim.findings, **settled})
        assert other.definition is (outcome if way else found.definition)


@given(cases())
def test_only_open_facts_are_decisive(case):
    _, found = case

    assert set(found.answer.decisive) <= set(found.open)
    assert set(found.open).isdisjoint(found.known)
    assert bool(found.answer.decisive) is not found.definition.is_settled


@given(cases())
def test_the_same_claim_has_the_same_answer(case):
    claim, found = case

    assert ANOTHER.law(found.settings).determine(claim) == found


@given(cases())
def test_the_order_of_findings_does_not_matter(case):
    claim, found = case
    backwards = dict(reversed(claim.findings.items()))

    assert again(claim, found, backwards).answer == found.answer


@pytest.mark.parametrize("set_id", BOOK.sets)
def test_nothing_follows_from_no_findings(set_id):
    found = determined(a_claim(like=None), set_id=set_id)

    assert found.definition is UNKNOWN
    assert found.closed.value is UNKNOWN
    assert not found.known


@pytest.mark.parametrize("bar", [TRUE, UNKNOWN, FALSE])
def test_a_national_bar_stands_beside_the_definition(bar):
    found = determined(a_claim(bars={"firm_resettlement": bar}))

    assert found.definition is TRUE
    assert found.outcome is bar.opposite
    assert found.barred_by == ({} if bar is FALSE else {"firm_resettlement": bar})


@pytest.mark.parametrize("how", BOOK.without_effect)
def test_what_has_no_effect_has_none(how):
    found = determined(a_claim({how: True}))

    assert found.answer == determined(a_claim()).answer


def test_an_entry_nobody_named_keeps_the_question_open():
    found = determined(a_claim({"nationalities.complete": "unknown"}))

    assert found.definition is UNKNOWN
    assert f"nationalities.{MISSING}" in found.answer.decisive


def test_a_determiner_asks_for_a_day():
    with pytest.raises(ValueError, match="claim A says no day"):
        Determiner(BOOK).determine(a_claim(), set_id="unhcr")


def test_a_set_that_is_asked_for_goes_before_what_the_file_states():
    claim = a_claim(on=ON, jurisdiction="GBR", parameters={"psg_test": "both"})
    determiner = Determiner(BOOK)

    own, asked = determiner.settings(claim), determiner.settings(claim, set_id="unhcr")

    assert (own.set.id, own.values["psg_test"]) == ("gbr", "both")
    assert (asked.set.id, asked.values["psg_test"]) == ("unhcr", "either")
