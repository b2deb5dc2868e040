"""The fewest, or cheapest, findings that bring an outcome about."""

from hypothesis import given
from hypothesis import strategies as st

from asylon.logic.diagrams import Diagram
from asylon.logic.reading import read
from asylon.logic.smallest import IMPOSSIBLE, NO_WAY, Cheapest, Price
from asylon.logic.truth import FALSE, TRUE
from tests.oracles import Completions, every_findings
from tests.strategies import FEW, ground_formulas

amounts = st.sampled_from((0, 1, 2, 3, 4, IMPOSSIBLE))
prices = st.fixed_dictionaries(dict.fromkeys(FEW, st.builds(Price, amounts, amounts)))
outcomes = st.sampled_from((TRUE, FALSE))


def cost(found, price_of):
    """Add up what findings cost; what is left open costs nothing."""
    prices_paid = {TRUE: lambda price: price.true, FALSE: lambda price: price.false}
    return sum(
        prices_paid[truth](price_of[name])
        for name, truth in found
        if truth in prices_paid
    )


@given(ground_formulas(FEW), outcomes, prices)
def test_nothing_cheaper_brings_the_outcome_about(formula, outcome, price_of):
    completions = Completions(formula)
    costs = [
        cost(known.items(), price_of)
        for known in every_findings(completions.names)
        if completions.value(known) is outcome
    ]
    diagram = Diagram.of(formula)

    cheapest = Cheapest(diagram, outcome, [price_of[name] for name in diagram.names])

    least = min(costs, default=IMPOSSIBLE)
    assert min(cheapest.price, IMPOSSIBLE) == min(least, IMPOSSIBLE)


@given(ground_formulas(FEW), outcomes, prices)
def test_the_findings_chosen_bring_it_about_at_that_price(formula, outcome, price_of):
    diagram = Diagram.of(formula)
    cheapest = Cheapest(diagram, outcome, [price_of[name] for name in diagram.names])
    if cheapest.price >= IMPOSSIBLE:
        return

    findings = cheapest.findings()

    assert cost(findings, price_of) == cheapest.price
    assert Completions(formula).value(dict(findings)) is outcome


def cheapest(text, outcome, *price_of):
    return Cheapest(Diagram.of(read(text)), outcome, price_of)


def test_what_holds_anyway_costs_nothing():
    found = cheapest("a or not a", TRUE, Price(1, 1))

    assert (found.price, found.findings()) == (0, [])


def test_what_never_holds_has_no_price():
    assert cheapest("a and not a", TRUE, Price(1, 1)).price >= IMPOSSIBLE


def test_the_cheaper_alternative_is_found():
    found = cheapest("a or b", TRUE, Price(true=3), Price(true=2))

    assert (found.price, found.findings()) == (2, [("b", TRUE)])


def test_a_fact_that_cannot_be_found_is_done_without():
    found = cheapest("a and b or not a and b", TRUE, NO_WAY, Price(true=1))

    assert found.findings() == [("b", TRUE)]


def test_a_detour_is_not_taken_because_it_begins_cheaply():
    prices = Price(true=2), Price(true=1), Price(true=2)

    found = cheapest("(a or d) and c", TRUE, *prices)

    assert (found.price, set(found.findings())) == (3, {("d", TRUE), ("c", TRUE)})
