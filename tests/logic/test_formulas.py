"""Formulas as values, and what folding may and may not do to them."""

from hypothesis import given
from hypothesis import strategies as st

from asylon.logic.formulas import (
    All,
    Any,
    AtLeast,
    Constant,
    Fact,
    Named,
    Not,
    Quantified,
    children,
    conjunction,
    counted,
    disjunction,
    named,
    negation,
    rebuild,
    replace,
    walk,
)
from asylon.logic.truth import FALSE, TRUE
from tests.oracles import World, worlds
from tests.strategies import FEW, ground_formulas

A, B, C = Fact("a"), Fact("b"), Fact("c")
YES, NO = Constant(TRUE), Constant(FALSE)

few_formulas = ground_formulas(FEW)


def come_to_the_same(one, other):
    return all(
        World(answers).holds(one) == World(answers).holds(other)
        for answers in worlds(FEW)
    )


def is_folded(formula):
    """Whether no constant is left, unless nothing else is."""
    inner = [part for part in walk(formula) if part is not formula]
    return not any(isinstance(part, Constant) for part in inner)


def folded(formula):
    return rebuild(formula, folded)


@given(few_formulas)
def test_folding_keeps_what_a_formula_says(formula):
    assert come_to_the_same(folded(formula), formula)


@given(few_formulas)
def test_folding_leaves_no_constant_inside(formula):
    assert is_folded(folded(formula))


@given(st.lists(few_formulas, max_size=4), st.integers(0, 5))
def test_joining_says_the_same_as_the_plain_join(parts, count):
    assert come_to_the_same(conjunction(parts), All(tuple(parts)))
    assert come_to_the_same(disjunction(parts), Any(tuple(parts)))
    assert come_to_the_same(counted(count, parts), AtLeast(count, tuple(parts)))


@given(few_formulas)
def test_denying_says_the_opposite(formula):
    assert come_to_the_same(negation(formula), Not(formula))


@given(few_formulas, few_formulas)
def test_replacing_a_fact_asks_the_formula_in_its_place(formula, other):
    replaced = replace(formula, {"a": other})

    for answers in worlds(FEW):
        instead = {**answers, "a": World(answers).holds(other)}
        expected = World(instead).holds(replace(formula, {}))
        assert World(answers).holds(replaced) == expected


def test_replacing_reaches_named_formulas():
    law = All((Named("part", A), B))

    assert replace(law, {"part": C}) == All((C, B))


def test_a_repeated_part_is_kept_once():
    assert conjunction([A, B, A]) == All((A, B))


def test_a_repeated_part_counts_as_often_as_it_stands():
    assert counted(2, [A, A, B]) == AtLeast(2, (A, A, B))


def test_one_settled_part_settles_a_join():
    assert conjunction([A, NO]) == NO
    assert disjunction([A, YES]) == YES


def test_what_is_settled_counts_and_goes():
    assert counted(2, [YES, A, B, NO]) == Any((A, B))
    assert counted(3, [YES, A, B, NO]) == All((A, B))
    assert counted(4, [YES, A, B, NO]) == NO
    assert counted(1, [YES, A]) == YES


def test_a_name_goes_where_nothing_is_left_to_explain():
    assert named("x", YES) == YES
    assert named("x", A, "country") == Named("x", A, "country")


def test_walking_goes_outermost_first():
    formula = All((Not(A), B))

    assert list(walk(formula)) == [formula, Not(A), A, B]


def test_a_quantifier_is_made_of_who_belongs_and_what_is_asked():
    assert children(Quantified("every", "list", A, belongs=B)) == (B, A)


def test_a_quantifier_is_rebuilt_with_all_it_says():
    quantified = Quantified("some", "list", A, "place", "country", B)

    rebuilt = rebuild(quantified, {A: C, B: A}.__getitem__)

    assert rebuilt == Quantified("some", "list", C, "place", "country", A)


def test_formulas_that_say_the_same_alike_are_equal():
    assert All((A, Not(B))) == All((A, Not(B)))
    assert All((A, B)) != All((B, A))
