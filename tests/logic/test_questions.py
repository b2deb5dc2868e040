"""What is open, what could change the outcome, and what carries it."""

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asylon.law import DEFINITION
from asylon.logic.formulas import Named
from asylon.logic.questions import Inquiry
from asylon.logic.reading import read
from asylon.logic.truth import FALSE, TRUE, UNKNOWN
from tests.oracles import Completions, Judge, World, worlds
from tests.shipped import SETS, SHAPES, random_findings, spelled_out
from tests.strategies import FEW, NAMES, asked, ground_formulas


def open_facts(completions, known):
    return [n for n in completions.names if known.get(n, UNKNOWN) is UNKNOWN]


def can_be_brought_about(completions, known, outcome, size):
    """Whether so many open facts, found in some way, lead to the outcome."""
    return any(
        completions.value({**known, **dict(zip(names, found, strict=True))}) is outcome
        for names in combinations(open_facts(completions, known), size)
        for found in product((TRUE, FALSE), repeat=size)
    )


def can_be_carried(completions, known, outcome, size):
    """Whether so many of the findings carry the outcome alone."""
    settled = [(name, truth) for name, truth in known.items() if truth.is_settled]
    return any(
        completions.value(dict(some)) is outcome for some in combinations(settled, size)
    )


def is_smallest(found, possible):
    """Whether no smaller set is possible; more findings never hurt."""
    return not found or not possible(len(found) - 1)


@given(asked())
def test_the_value_is_what_all_completions_agree_on(case):
    formula, known = case
    inquiry = Inquiry(formula)

    value = Completions(formula).value(known)

    assert inquiry.value(known) is inquiry.answer(known).value is value


@given(asked())
def test_an_outlook_is_the_answer_without_its_reasons(case):
    formula, known = case
    inquiry = Inquiry(formula)
    answer, outlook = inquiry.answer(known), inquiry.outlook(known)

    assert (outlook.value, outlook.decisive) == (answer.value, answer.decisive)


@given(asked())
def test_decisive_facts_are_those_that_some_completion_turns_on(case):
    formula, known = case

    answer = Inquiry(formula).answer(known)

    assert set(answer.decisive) == Completions(formula).turn_on(known)
    assert len(answer.decisive) == len(set(answer.decisive))


@given(asked(), st.sampled_from((TRUE, FALSE)))
def test_what_would_change_an_open_outcome_does_and_is_smallest(case, outcome):
    formula, known = case
    answer, completions = Inquiry(formula).answer(known), Completions(formula)
    if answer.value.is_settled:
        return

    found = dict(answer.to_establish if outcome is TRUE else answer.to_defeat)

    assert set(found) <= set(open_facts(completions, known))
    assert completions.value({**known, **found}) is outcome
    assert is_smallest(
        found, lambda size: can_be_brought_about(completions, known, outcome, size)
    )


@given(asked())
def test_what_carries_a_settled_outcome_does_alone_and_is_smallest(case):
    formula, known = case
    answer, completions = Inquiry(formula).answer(known), Completions(formula)
    if answer.value is UNKNOWN:
        return

    carried = dict(answer.carried_by)

    assert carried.items() <= known.items()
    assert completions.value(carried) is answer.value
    assert is_smallest(
        carried, lambda size: can_be_carried(completions, known, answer.value, size)
    )


@given(asked())
def test_a_settled_outcome_asks_nothing_more(case):
    formula, known = case

    answer = Inquiry(formula).answer(known)

    asked_for = answer.decisive, answer.to_establish, answer.to_defeat
    assert answer.value.is_settled is (asked_for == ((), (), ()))
    assert answer.value.is_settled or answer.carried_by == ()


@given(ground_formulas(FEW), st.sampled_from(FEW), st.sampled_from((TRUE, FALSE)))
def test_a_favourable_finding_never_harms(formula, name, found):
    if not Inquiry(formula).favours(name, found):
        return

    for answers in worlds(FEW):
        before = World({**answers, name: found is FALSE}).holds(formula)
        after = World({**answers, name: found is TRUE}).holds(formula)
        assert before <= after


@given(ground_formulas(), st.lists(st.sampled_from(NAMES)))
def test_asking_again_gives_the_same_answer(formula, names):
    inquiry = Inquiry(formula)
    known = dict.fromkeys(names, TRUE)
    first = inquiry.answer(known)

    inquiry.answer(dict.fromkeys(NAMES, FALSE))

    assert inquiry.answer(known) == first == Inquiry(formula).answer(known)


@pytest.mark.parametrize("set_id", SETS)
def test_article_1_is_answered_as_another_library_finds(set_id, chance):
    for lists in SHAPES[1::3]:
        formula = spelled_out(DEFINITION, set_id, lists)
        inquiry, judge = Inquiry(formula), Judge(formula)
        for known in random_findings(formula, chance, 20):
            answer = inquiry.answer(known)
            assert answer.value is judge.value(known)
            assert set(answer.decisive) == judge.turn_on(known)


@pytest.mark.parametrize("set_id", SETS)
def test_article_1_is_carried_by_findings_of_which_none_can_go(set_id, chance):
    formula = spelled_out(DEFINITION, set_id, SHAPES[6])
    inquiry, judge = Inquiry(formula), Judge(formula)

    for known in random_findings(formula, chance, 20):
        answer = inquiry.answer(known)
        carried = dict(answer.carried_by)
        assert not carried or judge.value(carried) is answer.value
        for name in carried:
            assert judge.value({**carried, name: UNKNOWN}) is UNKNOWN


@pytest.mark.parametrize("set_id", SETS)
def test_article_1_can_be_met_or_failed_as_the_answer_says(set_id, chance):
    formula = spelled_out(DEFINITION, set_id, SHAPES[5])
    inquiry, judge = Inquiry(formula), Judge(formula)

    for known in random_findings(formula, chance, 20):
        answer = inquiry.answer(known)
        if answer.value is UNKNOWN:
            assert judge.value({**known, **dict(answer.to_establish)}) is TRUE
            assert judge.value({**known, **dict(answer.to_defeat)}) is FALSE


def test_an_open_fact_in_two_places_is_asked_once():
    inquiry = Inquiry(read("a and b or a and c"))

    answer = inquiry.answer({"b": FALSE})

    assert answer.decisive == ("a", "c")
    assert answer.to_establish == (("a", TRUE), ("c", TRUE))
    assert len(answer.to_defeat) == 1


def test_one_finding_can_carry_the_outcome_alone():
    inquiry = Inquiry(read("a and b and c"))

    answer = inquiry.answer({"a": TRUE, "b": FALSE, "c": TRUE})

    assert answer.carried_by == (("b", FALSE),)


PART_TWICE = read("(a and b and c or e) and (a and b and c or g)")


def test_a_part_that_stands_apart_costs_all_that_it_takes():
    answer = Inquiry(PART_TWICE).answer({})

    assert set(answer.to_establish) == {("e", TRUE), ("g", TRUE)}
    assert len(answer.to_defeat) == 2


def test_a_part_that_stands_apart_carries_by_its_own_findings():
    answer = Inquiry(PART_TWICE).answer(dict.fromkeys("abceg", TRUE))

    assert set(answer.carried_by) == {("e", TRUE), ("g", TRUE)}


def test_an_open_part_carries_nothing():
    answer = Inquiry(PART_TWICE).answer(dict.fromkeys("abeg", TRUE))

    assert set(answer.carried_by) == {("e", TRUE), ("g", TRUE)}


def test_labels_are_the_names_that_the_law_gave():
    part = Named("part", read("a or b"))
    inquiry = Inquiry(Named("whole", part))

    assert inquiry.labels == ("whole", "part")
    assert inquiry.names == ("a", "b")
