"""The judges of the other tests agree with one another."""

from hypothesis import given

from asylon.logic.evaluation import evaluate
from asylon.logic.exactness import Step
from tests.oracles import (
    Completions,
    Judge,
    Proof,
    World,
    agreed,
    every_findings,
    worlds,
)
from tests.strategies import FEW, asked, ground_formulas


@given(asked())
def test_both_judges_give_the_same_value(case):
    formula, known = case

    assert Judge(formula).value(known) is Completions(formula).value(known)
    assert Judge(formula).turn_on(known) == Completions(formula).turn_on(known)


@given(asked(FEW))
def test_completions_are_gone_through_one_by_one(case):
    formula, known = case
    settled = {
        name: truth.rank == 2 for name, truth in known.items() if truth.is_settled
    }
    left = [name for name in known if name not in settled]

    ways = (World({**settled, **way}).holds(formula) for way in worlds(left))

    assert Completions(formula).value(known) is agreed(ways)


@given(ground_formulas(FEW))
def test_a_proof_fails_just_where_some_findings_show_it(formula):
    completions = Completions(formula)

    exact = all(
        evaluate(formula, known) is completions.value(known)
        for known in every_findings(completions.names)
    )

    assert Proof(formula).is_exact([Step("outcome", formula)]) is exact
