"""Parts that stand apart, and facts that help in one place and harm in another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asylon.law import DEFINITION
from asylon.logic.evaluation import evaluate
from asylon.logic.formulas import Any, Fact, Named, replace, walk
from asylon.logic.modules import (
    by_owner,
    facts,
    mixed_facts,
    modules,
    signs,
)
from asylon.logic.reading import read, write
from tests.oracles import Completions, World, every_findings, worlds
from tests.shipped import SETS, SHAPES, shape, spelled_out
from tests.strategies import FEW, NAMES, ground_formulas


def put_back(module):
    """Put the parts of a module where they stood."""
    parts = {name: put_back(part) for name, part in module.parts.items()}
    return replace(module.outline, parts)


def own_facts(module):
    """Give the facts that the outline asks itself."""
    return set(facts(module.outline)) - set(module.parts)


@given(ground_formulas(FEW), st.booleans())
def test_parts_put_back_say_what_the_whole_said(formula, fine):
    whole = put_back(modules(formula, fine=fine))

    for answers in worlds(FEW):
        assert World(answers).holds(whole) == World(answers).holds(formula)


@given(ground_formulas(), st.booleans())
def test_no_fact_of_a_part_occurs_outside_it(formula, fine):
    seen = set()

    for module in modules(formula, fine=fine):
        assert seen.isdisjoint(own_facts(module))
        seen |= own_facts(module)

    assert seen <= set(facts(formula))


@given(ground_formulas(), st.booleans())
def test_every_part_has_a_name_of_its_own(formula, fine):
    names = [module.name for module in modules(formula, fine=fine)]

    assert len(names) == len(set(names))
    assert set(names).isdisjoint(facts(formula))


@given(ground_formulas(FEW), st.booleans())
def test_the_values_of_parts_make_up_the_value(formula, fine):
    parts = modules(formula, fine=fine)
    whole = [(part.name, Completions(part.outline)) for part in parts]
    completions = Completions(formula)

    for known in every_findings(completions.names):
        found = dict(known)
        for name, part in whole:
            found[name] = part.value(found)
        assert found[whole[-1][0]] is completions.value(known)


def test_a_repeated_part_is_split_off():
    whole = modules(read("(a or b) and c or not (a or b) and d"))

    assert {name: write(part.outline) for name, part in whole.parts.items()} == {
        "outcome.1": "a or b"
    }


def test_a_part_that_shares_a_fact_stays():
    assert not modules(read("(a or b) and c or not (a or b) and a")).parts


@pytest.mark.parametrize("fine", [True, False])
def test_where_each_fact_stands_once_nothing_is_split_off(fine):
    assert not modules(read("a and (b or not c)"), fine=fine).parts


def test_a_part_keeps_the_name_that_the_law_gave_it():
    twice = read("x and c or not x and d")

    whole = modules(replace(twice, {"x": Named("law", read("a and b"))}))

    assert list(whole.parts) == ["law"]


def test_a_part_about_one_entry_is_named_after_it():
    twice = read("x and c or not x and d")
    about_one_entry = Any((Fact("list.A.p"), Fact("list.A.q")))

    whole = modules(replace(twice, {"x": about_one_entry}))

    assert list(whole.parts) == ["list.A.outcome.1"]


@given(ground_formulas(FEW))
def test_a_fact_that_only_helps_never_harms(formula):
    helping, harming = signs(formula)

    for answers in worlds(FEW):
        for name in FEW:
            without = World({**answers, name: False}).holds(formula)
            with_it = World({**answers, name: True}).holds(formula)
            assert name in harming or without <= with_it
            assert name in helping or without >= with_it


@given(ground_formulas(FEW))
def test_without_mixed_facts_the_tables_are_exact(formula):
    if mixed_facts(formula):
        return
    completions = Completions(formula)

    for known in every_findings(completions.names):
        assert evaluate(formula, known) is completions.value(known)


def test_a_fact_denied_twice_helps():
    helping, harming = signs(read("not (a and not b)"))

    assert (helping, harming) == ({"b"}, {"a"})


def test_facts_are_listed_once_in_the_order_named():
    assert facts(read("b and (a or b) and c")) == ("b", "a", "c")


def test_facts_about_one_entry_stand_together():
    ordered = by_owner(NAMES)

    assert sorted(ordered) == sorted(NAMES)
    assert ordered == (
        *("a", "b", "c", "d"),
        *("list.A.p", "list.A.q", "list.B.p", "list.B.q"),
    )


def test_each_shipped_name_stands_for_one_body():
    for set_id in SETS:
        for lists in SHAPES:
            bodies = {}
            for part in walk(spelled_out(DEFINITION, set_id, lists)):
                if isinstance(part, Named):
                    assert bodies.setdefault(part.name, part.body) == part.body


def test_a_country_asks_the_same_however_many_there_are():
    widest = []
    for countries in (1, 3):
        lists = shape((countries, False), (0, False), (1, False))
        whole = modules(spelled_out(DEFINITION, "unhcr", lists), fine=True)
        widest.append(max(len(own_facts(part)) for part in whole))

    assert widest[0] == widest[1]
