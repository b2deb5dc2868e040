"""Kleene's laws, and what a Truth refuses to be."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asylon.logic.truth import (
    BY_RANK,
    FALSE,
    TRUE,
    UNKNOWN,
    Truth,
    all_of,
    any_of,
    at_least,
)
from tests.oracles import agreed
from tests.strategies import truths

parts = st.lists(truths, max_size=6)


def completions(several):
    """Go through every way in which the open ones can turn out."""
    ways = {TRUE: (True,), FALSE: (False,), UNKNOWN: (True, False)}
    return product(*(ways[each] for each in several))


@given(parts)
def test_the_denial_of_all_is_one_denial(several):
    denied = [each.opposite for each in several]

    assert all_of(several).opposite is any_of(denied)
    assert any_of(several).opposite is all_of(denied)


@given(truths, truths)
def test_what_is_joined_with_more_of_itself_is_absorbed(one, other):
    assert all_of([one, any_of([one, other])]) is one
    assert any_of([one, all_of([one, other])]) is one


@given(truths, truths, truths)
def test_each_way_of_joining_distributes_over_the_other(one, two, three):
    assert all_of([one, any_of([two, three])]) is any_of(
        [all_of([one, two]), all_of([one, three])]
    )
    assert any_of([one, all_of([two, three])]) is all_of(
        [any_of([one, two]), any_of([one, three])]
    )


@given(truths)
def test_repeating_changes_nothing(one):
    assert all_of([one, one]) is any_of([one, one]) is one


@given(parts)
def test_the_order_of_parts_does_not_matter(several):
    turned = several[::-1]

    assert all_of(several) is all_of(turned)
    assert any_of(several) is any_of(turned)


@given(truths)
def test_a_denial_denied_is_what_was_said(one):
    assert one.opposite.opposite is one


@given(parts, st.integers(0, 7))
def test_counting_agrees_with_every_completion(several, count):
    counted = agreed(sum(way) >= count for way in completions(several))

    assert at_least(count, several) is counted


@given(parts)
def test_all_and_any_agree_with_every_completion(several):
    assert all_of(several) is agreed(map(all, completions(several)))
    assert any_of(several) is agreed(map(any, completions(several)))


@given(parts, st.integers(0, 7), st.data())
def test_learning_more_never_flips_what_is_settled(several, count, data):
    learnt = [data.draw(truths) if each is UNKNOWN else each for each in several]

    for join in (all_of, any_of, lambda parts: at_least(count, parts)):
        assert join(several) in {UNKNOWN, join(learnt)}


def test_one_false_part_settles_a_conjunction():
    assert all_of([TRUE, UNKNOWN, FALSE]) is FALSE


def test_an_unknown_part_keeps_a_conjunction_open():
    assert all_of([TRUE, UNKNOWN, TRUE]) is UNKNOWN


def test_nothing_is_needed_where_nothing_is_asked():
    assert all_of([]) is TRUE
    assert any_of([]) is FALSE


def test_truths_are_ordered_from_false_to_true():
    assert [truth.rank for truth in (FALSE, UNKNOWN, TRUE)] == [0, 1, 2]
    assert BY_RANK == (FALSE, UNKNOWN, TRUE)


def test_a_truth_is_read_from_its_word():
    assert [Truth(word) for word in ("false", "unknown", "true")] == list(BY_RANK)


def test_only_an_unknown_is_not_settled():
    assert [truth.is_settled for truth in BY_RANK] == [True, False, True]


@pytest.mark.parametrize("truth", BY_RANK)
def test_a_truth_is_never_taken_for_yes_or_no(truth):
    with pytest.raises(
        TypeError, match=r"^A Truth has three values; compare it: value is TRUE$"
    ):
        bool(truth)
