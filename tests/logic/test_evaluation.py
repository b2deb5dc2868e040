"""The value of a formula, and reasons that carry it when replayed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asylon.logic.evaluation import Plan, Reason, evaluate, explain, replay
from asylon.logic.formulas import (
    All,
    Any,
    AtLeast,
    Constant,
    Fact,
    Named,
    Not,
    Quantified,
    Setting,
)
from asylon.logic.questions import Inquiry
from asylon.logic.reading import read
from asylon.logic.truth import (
    FALSE,
    TRUE,
    UNKNOWN,
    all_of,
    any_of,
    at_least,
)
from tests.oracles import Completions, every_findings
from tests.strategies import FEW, asked, ground_formulas, truths


def kleene(formula, known):
    """Give the value table by table."""
    match formula:
        case Fact(name):
            return known.get(name, UNKNOWN)
        case Constant(truth):
            return truth
        case Named(_, body):
            return kleene(body, known)
        case Not(part):
            return kleene(part, known).opposite
        case All(parts):
            return all_of([kleene(part, known) for part in parts])
        case Any(parts):
            return any_of([kleene(part, known) for part in parts])
        case AtLeast(count, parts):
            return at_least(count, [kleene(part, known) for part in parts])


def facts_in(reason):
    """Give the findings that a reason rests on."""
    if reason.how == "fact":
        return {reason.name: reason.value}
    return {
        name: value for part in reason.parts for name, value in facts_in(part).items()
    }


@given(asked())
def test_the_value_follows_from_the_tables(case):
    formula, known = case

    assert evaluate(formula, known) is kleene(formula, known)


@given(asked())
def test_a_settled_value_is_that_of_every_completion(case):
    formula, known = case

    value = evaluate(formula, known)

    assert value in {UNKNOWN, Completions(formula).value(known)}


@given(asked(), st.data())
def test_settling_an_open_fact_never_flips_a_settled_result(case, data):
    formula, known = case
    learnt = {
        name: data.draw(truths) if truth is UNKNOWN else truth
        for name, truth in known.items()
    }

    assert evaluate(formula, known) in {UNKNOWN, evaluate(formula, learnt)}


@given(asked())
def test_a_missing_finding_is_an_unknown_one(case):
    formula, known = case
    settled = {name: truth for name, truth in known.items() if truth.is_settled}

    assert evaluate(formula, settled) is evaluate(formula, known)


@given(asked(), st.booleans())
def test_reasons_replayed_give_the_result(case, whole):
    formula, known = case

    reason = Plan(formula).explain(known, whole=whole)

    assert replay(reason) is reason.value is evaluate(formula, known)


@given(asked())
def test_the_facts_in_the_reasons_carry_the_result_alone(case):
    formula, known = case

    reason = explain(formula, known)

    assert facts_in(reason).items() <= known.items()
    if reason.value.is_settled:
        assert evaluate(formula, facts_in(reason)) is reason.value


@given(ground_formulas(FEW))
def test_reasons_of_exact_answers_replay_too(formula):
    inquiry, completions = Inquiry(formula), Completions(formula)

    for known in every_findings(completions.names):
        answer = inquiry.answer(known)
        assert replay(answer.reason) is answer.value is completions.value(known)


@given(ground_formulas(FEW))
def test_either_way_is_said_only_of_open_facts(formula):
    inquiry = Inquiry(formula)

    for known in every_findings(inquiry.names):
        for reason in _either_ways(inquiry.answer(known).reason):
            assert known[reason.name] is UNKNOWN
            assert [part.value for part in reason.parts] == [reason.value] * 2


def _either_ways(reason):
    if reason.how == "either_way":
        yield reason
    for part in reason.parts:
        yield from _either_ways(part)


def test_a_fact_that_does_not_matter_is_told_either_way():
    inquiry = Inquiry(read("a and b or not a and c"))

    reason = inquiry.answer({"b": TRUE, "c": TRUE}).reason

    assert (reason.how, reason.name, reason.value) == ("either_way", "a", TRUE)
    assert replay(reason) is TRUE


def test_ways_that_part_replay_as_open():
    yes, no = Reason(TRUE, "constant"), Reason(FALSE, "constant")

    assert replay(Reason(TRUE, "either_way", "a", (yes, no))) is UNKNOWN


def test_a_failing_conjunction_is_told_by_what_fails():
    reason = explain(read("a and b and c"), {"a": TRUE, "b": FALSE})

    assert reason == Reason(FALSE, "all", parts=(Reason(FALSE, "fact", "b"),))


def test_an_open_conjunction_is_told_by_what_is_open():
    reason = explain(read("a and b and c"), {"a": TRUE, "b": TRUE})

    assert reason == Reason(UNKNOWN, "all", parts=(Reason(UNKNOWN, "fact", "c"),))


def test_one_alternative_that_holds_is_reason_enough():
    reason = explain(read("a or b or c"), {"a": FALSE, "b": TRUE})

    assert reason == Reason(TRUE, "any", parts=(Reason(TRUE, "fact", "b"),))


def test_a_count_is_told_by_what_holds_and_what_may():
    reason = explain(read("at_least(2, a, b, c)"), {"a": TRUE, "b": FALSE})

    parts = Reason(TRUE, "fact", "a"), Reason(UNKNOWN, "fact", "c")
    assert reason == Reason(UNKNOWN, "at_least", parts=parts, needed=2)


def test_the_whole_is_told_on_request():
    plan = Plan(read("a and b and c"))

    reason = plan.explain({"a": TRUE, "b": TRUE}, whole=True)

    assert [part.value for part in reason.parts] == [TRUE, TRUE, UNKNOWN]


def test_open_parts_of_what_is_settled_are_never_told():
    plan = Plan(read("a and b and c"))

    reason = plan.explain({"a": TRUE, "b": FALSE}, whole=True)

    assert [part.value for part in reason.parts] == [TRUE, FALSE]


def test_a_name_stands_in_the_reasons():
    reason = explain(Named("law", Fact("a")), {"a": TRUE})

    assert reason == Reason(TRUE, "named", "law", (Reason(TRUE, "fact", "a"),))


def test_a_part_that_stands_twice_is_worked_out_once():
    part = All((Fact("a"), Fact("b")))

    plan = Plan(Any((part, Not(part))))

    assert len(plan.steps) == 5


@pytest.mark.parametrize(
    "formula", [Setting("p", "v"), Quantified("some", "list", Fact("a"))]
)
def test_only_ground_formulas_are_laid_out(formula):
    with pytest.raises(TypeError, match=r"^Not a ground formula: "):
        Plan(Not(formula))
