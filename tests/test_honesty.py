"""An unanswered question never turns an outcome round, in any law that ships.

What nobody asked must leave the outcome as it is or open, whichever fact it is.
"""

import pytest

from asylon.logic.evaluation import Plan
from asylon.logic.exactness import compiled
from asylon.logic.modules import facts
from asylon.logic.questions import Inquiry
from asylon.logic.truth import FALSE, TRUE, UNKNOWN
from tests.shipped import (
    EVERY_SHAPE,
    PROVISIONS,
    SHAPES,
    definitions,
    findings_near_the_gap,
    random_findings,
)


def answered_in_full(formula, chance, count):
    """Draw claims in which every fact was found one way or the other."""
    for known in random_findings(formula, chance, count):
        otherwise = {name: chance.choice((TRUE, FALSE)) for name in facts(formula)}
        yield {**otherwise, **known}


def flips(value, known):
    """Name the findings without which a settled outcome becomes the other one."""
    outcome = value(known)
    for name in known if outcome.is_settled else ():
        if value({**known, name: UNKNOWN}) not in {outcome, UNKNOWN}:
            yield name


@pytest.mark.parametrize("provision", PROVISIONS)
def test_dropping_any_one_fact_never_flips_a_shipped_definition(provision, chance):
    for formula in definitions(provision, SHAPES[2::5]):
        claims = list(answered_in_full(formula, chance, 2))
        for value in (Inquiry(formula).value, Plan(formula).value):
            for known in claims:
                assert not list(flips(value, known))


@pytest.mark.parametrize("provision", PROVISIONS)
def test_dropping_a_finding_of_an_open_claim_never_flips_it(provision, chance):
    for formula in definitions(provision, SHAPES[2::5]):
        value = compiled(formula).value
        for known in random_findings(formula, chance, 3):
            assert not list(flips(value, known))


@pytest.mark.parametrize("provision", PROVISIONS)
def test_every_shipped_definition_can_be_met_and_failed(provision, chance):
    for formula in definitions(provision, SHAPES[2::5]):
        value = Inquiry(formula).value
        if not value({}).is_settled:
            claims = random_findings(formula, chance, 60)
            assert {TRUE, FALSE} <= set(map(value, claims))


@pytest.mark.soak
@pytest.mark.parametrize("provision", PROVISIONS)
def test_dropping_a_finding_flips_nothing_in_many_claims(provision, chance):
    for formula in definitions(provision, tuple(chance.sample(EVERY_SHAPE, 12))):
        value = compiled(formula).value
        for known in findings_near_the_gap(formula, chance, 20):
            assert not list(flips(value, known))
