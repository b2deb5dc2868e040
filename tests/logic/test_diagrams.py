"""Decision diagrams, beside every completion and beside another library's diagrams."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asylon.law import DEFINITION
from asylon.logic.diagrams import ALWAYS, NEVER, Diagram
from asylon.logic.formulas import Constant, Fact, Not, Setting
from asylon.logic.reading import read
from asylon.logic.truth import FALSE, TRUE, UNKNOWN
from tests.oracles import Completions, Judge, World, every_findings, worlds
from tests.shipped import SETS, SHAPES, random_findings, spelled_out
from tests.strategies import FEW, asked, ground_formulas


def under(diagram, known):
    return diagram.under([known.get(name, UNKNOWN) for name in diagram.names])


def node_of(diagram, formula):
    levels = {name: level for level, name in enumerate(diagram.names)}
    return diagram.node(
        formula, lambda name: diagram.decision(levels[name], NEVER, ALWAYS)
    )


@given(asked())
def test_what_is_left_has_the_value_all_completions_agree_on(case):
    formula, known = case

    assert under(Diagram.of(formula), known).value is Completions(formula).value(known)


@given(asked())
def test_the_support_is_what_the_outcome_turns_on(case):
    formula, known = case

    support = under(Diagram.of(formula), known).support()

    assert set(support) == Completions(formula).turn_on(known)
    assert len(support) == len(set(support))


@given(ground_formulas(FEW), ground_formulas(FEW))
def test_formulas_that_say_the_same_are_one_node(one, other):
    diagram = Diagram(FEW)

    same = all(World(way).holds(one) == World(way).holds(other) for way in worlds(FEW))

    assert (node_of(diagram, one) == node_of(diagram, other)) is same


@given(ground_formulas(FEW), ground_formulas(FEW), ground_formulas(FEW))
def test_a_choice_follows_its_test(test, then, other):
    diagram = Diagram(FEW)
    nodes = [node_of(diagram, formula) for formula in (test, then, other)]

    diagram.root = diagram.choice(*nodes)

    for way in worlds(FEW):
        world = World(way)
        expected = world.holds(then) if world.holds(test) else world.holds(other)
        found = under(diagram, {n: TRUE if way[n] else FALSE for n in FEW})
        assert found.value is (TRUE if expected else FALSE)


@given(ground_formulas())
def test_an_example_makes_the_formula_hold(formula):
    diagram = Diagram.of(formula)
    if diagram.root == NEVER:
        return

    example = diagram.example()

    assert Completions(formula).value(example) is TRUE


def test_what_never_holds_has_no_example():
    with pytest.raises(ValueError, match=r"^the formula never holds$"):
        Diagram.of(read("a and not a")).example()


@given(ground_formulas())
def test_decisions_are_reached_later_facts_first(formula):
    diagram = Diagram.of(formula)

    done = {NEVER, ALWAYS}
    for node in diagram.reached():
        assert done.issuperset(diagram.nodes[node][1:])
        done.add(node)

    assert diagram.root in done


@given(st.integers(0, 5), ground_formulas(FEW), ground_formulas(FEW))
def test_counting_nodes_counts(count, one, other):
    diagram = Diagram(FEW)
    parts = [one, other, Not(one)]

    counted = diagram.counted(count, [node_of(diagram, part) for part in parts])

    diagram.root = counted
    for way in worlds(FEW):
        enough = sum(World(way).holds(part) for part in parts) >= count
        known = {name: TRUE if way[name] else FALSE for name in FEW}
        assert under(diagram, known).value is (TRUE if enough else FALSE)


def test_a_decision_that_changes_nothing_is_not_asked():
    diagram = Diagram(["a"])

    assert diagram.decision(0, ALWAYS, ALWAYS) == ALWAYS
    assert len(diagram) == 0


def test_a_repeated_decision_is_kept_once():
    diagram = Diagram(["a"])

    assert diagram.decision(0, NEVER, ALWAYS) == diagram.decision(0, NEVER, ALWAYS)
    assert len(diagram) == 1


def test_what_holds_either_way_is_settled_with_nothing_known():
    assert Diagram.of(read("a or not a")).value is TRUE
    assert Diagram.of(read("a and not a")).value is FALSE
    assert Diagram.of(read("a or b")).value is UNKNOWN


@pytest.mark.parametrize("formula", [Setting("p", "v"), Constant(UNKNOWN)])
def test_only_ground_formulas_have_a_diagram(formula):
    with pytest.raises(TypeError, match=r"^Not a ground formula: "):
        Diagram.of(Not(formula))


@given(ground_formulas(FEW))
def test_settling_leaves_the_diagram_itself_alone(formula):
    diagram, completions = Diagram.of(formula), Completions(formula)

    for known in every_findings(completions.names):
        assert under(diagram, known).value is completions.value(known)


@pytest.mark.parametrize("set_id", SETS)
def test_article_1_has_the_diagram_another_library_finds(set_id, chance):
    for lists in SHAPES[::3]:
        formula = spelled_out(DEFINITION, set_id, lists)
        diagram, judge = Diagram.of(formula), Judge(formula)
        for known in random_findings(formula, chance, 20):
            left = under(diagram, known)
            assert left.value is judge.value(known)
            assert set(left.support()) == judge.turn_on(known)


def test_a_fact_is_a_diagram_of_one_decision():
    diagram = Diagram.of(Fact("a"))

    assert diagram.support() == ["a"]
    assert len(diagram) == 1
