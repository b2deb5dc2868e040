"""The compiled form settles just what all completions agree on."""

from itertools import cycle

import pytest
from hypothesis import given

from asylon.law import DEFINITION
from asylon.logic.evaluation import evaluate
from asylon.logic.exactness import Compiled, Step, compiled, gap, gap_in
from asylon.logic.formulas import Constant, Setting
from asylon.logic.modules import facts, mixed_facts
from asylon.logic.reading import read, write
from asylon.logic.truth import FALSE, TRUE, UNKNOWN
from tests.oracles import Completions, Judge, Proof, every_findings
from tests.shipped import (
    EVERY_SHAPE,
    PROVISIONS,
    SETS,
    SHAPES,
    definitions,
    findings_near_the_gap,
    spelled_out,
)
from tests.strategies import FEW, asked, ground_formulas


@given(ground_formulas(FEW))
def test_the_compiled_value_is_exact_on_all_findings(formula):
    form, completions = compiled(formula), Completions(formula)

    for known in every_findings(completions.names):
        assert form.value(known) is completions.value(known)


@given(asked())
def test_the_compiled_value_is_exact_on_more_facts(case):
    formula, known = case

    assert compiled(formula).value(known) is Completions(formula).value(known)


@given(ground_formulas())
def test_the_compiled_form_is_proved_exact(formula):
    assert Proof(formula).is_exact(compiled(formula).steps)


@given(ground_formulas(FEW))
def test_a_gap_is_found_exactly_where_there_is_one(formula):
    completions = Completions(formula)

    missed = any(
        evaluate(formula, known) is not completions.value(known)
        for known in every_findings(completions.names)
    )

    assert (gap(formula) is not None) is missed


@given(ground_formulas())
def test_a_gap_shows_findings_that_the_tables_leave_open(formula):
    found = gap(formula)

    if found is not None:
        assert evaluate(formula, found) is UNKNOWN
        assert Completions(formula).value(found).is_settled


@given(ground_formulas())
def test_the_compiled_form_has_no_gap(formula):
    assert gap_in(compiled(formula)) is None


@given(ground_formulas())
def test_a_form_without_consensus_has_the_gap_of_the_law(formula):
    as_written = Compiled((Step("outcome", formula),))

    assert gap_in(as_written) == gap(formula)


@given(ground_formulas())
def test_each_step_has_one_name_and_names_only_earlier_steps(formula):
    asked_for = set(facts(formula))

    made = set()
    for step in compiled(formula).steps:
        assert set(facts(step.formula)) <= asked_for | made
        assert step.name not in asked_for | made
        made.add(step.name)


@given(ground_formulas())
def test_consensus_is_added_only_for_mixed_facts(formula):
    assert mixed_facts(formula) or compiled(formula).consensus == 0


@pytest.mark.parametrize(
    ("text", "value"),
    [("a or not a", TRUE), ("a and not a", FALSE), ("(a or not a) and b", UNKNOWN)],
)
def test_what_hangs_on_nothing_is_compiled_too(text, value):
    assert compiled(read(text)).value({}) is value


def test_a_constant_is_compiled_too():
    assert compiled(Constant(FALSE)).value({}) is FALSE


def test_the_law_stays_as_written_where_it_is_exact():
    form = compiled(read("a and (b or not c)"))

    assert [write(step.formula) for step in form.steps] == ["a and (b or not c)"]


def test_only_ground_formulas_have_a_gap_or_none():
    with pytest.raises(TypeError, match=r"^Not a ground formula: "):
        gap(read("a and p is v or not a"))
    with pytest.raises(TypeError, match=r"^Not a ground formula: "):
        compiled(Setting("p", "v")).value({})


def test_article_1_as_written_leaves_open_what_is_settled():
    formula = spelled_out(DEFINITION, "unhcr", SHAPES[7])

    found = gap(formula)

    assert evaluate(formula, found) is UNKNOWN
    assert compiled(formula).value(found) is Judge(formula).value(found)
    assert not Proof(formula).is_exact([Step("outcome", formula)])


@pytest.mark.parametrize("provision", PROVISIONS)
def test_every_shipped_definition_is_proved_exact(provision):
    start = PROVISIONS.index(provision)
    lists = cycle(SHAPES[start % 8 :] + SHAPES[: start % 8])

    for set_id in SETS:
        formula = spelled_out(provision, set_id, next(lists))
        assert Proof(formula).is_exact(compiled(formula).steps)


@pytest.mark.parametrize("provision", PROVISIONS)
def test_every_shipped_definition_is_exact_on_random_findings(provision, chance):
    for formula in definitions(provision, SHAPES[1::3]):
        form, judge = compiled(formula), Judge(formula)
        for known in findings_near_the_gap(formula, chance, 20):
            assert form.value(known) is judge.value(known)


@pytest.mark.soak
@pytest.mark.parametrize("provision", PROVISIONS)
def test_every_shipped_definition_is_exact_for_many_shapes(provision, chance):
    lists = tuple(chance.sample(EVERY_SHAPE, 50))

    for formula in definitions(provision, lists):
        form = compiled(formula)
        assert Proof(formula).is_exact(form.steps)
        assert gap_in(form) is None
