"""Lists gone through entry by entry, and what an incomplete list leaves open."""

from itertools import cycle, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asylon.law import DEFINITION
from asylon.logic.evaluation import evaluate
from asylon.logic.formulas import (
    All,
    Any,
    Constant,
    Entry,
    Fact,
    Named,
    Not,
    Quantified,
    Setting,
)
from asylon.logic.grounding import MISSING, Entries, Shape, ground
from asylon.logic.modules import facts
from asylon.logic.questions import Inquiry
from asylon.logic.truth import FALSE, TRUE, UNKNOWN
from tests.oracles import Judge, World, agree_on_what_they_share, agreed, worlds
from tests.shipped import EVERY_SHAPE, PROVISIONS, SETS, SHAPES, spelled_out
from tests.strategies import SETTINGS, findings, formulas_over_lists, shapes

HELD, FEAR = Fact("held", "country"), Fact("fear", "country")
ANY = Constant(TRUE)

ADDED = "added"
LISTS_OF_AN_ENTRY = {
    "countries": ("places",),
    "nationalities": ("relocation_places",),
    "former_residences": ("relocation_places",),
}


def over_countries(kind, body=ANY):
    return Quantified(kind, "countries", body, "country", belongs=HELD)


def countries(*names, may_grow):
    members = tuple((name, Shape()) for name in names)
    return Shape((("countries", Entries(members, may_grow=may_grow)),))


def grown(shape, by):
    """Complete every list that may grow by so many entries, with lists of their own."""
    return Shape(tuple((name, _grown(name, each, by)) for name, each in shape.lists))


def _grown(name, entries, by):
    members = [(entry, grown(inner, by)) for entry, inner in entries.members]
    if entries.may_grow:
        lists = LISTS_OF_AN_ENTRY.get(name, ())
        inner = grown(Shape(tuple((each, Entries()) for each in lists)), by)
        members += [(f"{ADDED}{number}", inner) for number in range(by)]
    return Entries(tuple(members), may_grow=False)


def possible_facts(shape):
    """Go through every fact that a formula could ask of such a claim."""
    yield "r"
    for country, inner in shape.entries("countries").members:
        path = f"countries.{country}"
        yield from (f"{path}.{name}" for name in ("held", "p", "q"))
        for place, _ in inner.entries("places").members:
            yield from (f"{path}.places.{place}.{name}" for name in ("named", "s"))


def known_findings(data, formula, shape):
    """Draw findings on all that is asked of the entries that are on a list."""
    known = data.draw(findings(ground(formula, SETTINGS, shape)))
    return {name: truth for name, truth in known.items() if MISSING not in name}


def over_added_entries(formula, shape, known):
    """Give what completions agree on in which every list gains up to two entries."""
    plain = [ground(formula, SETTINGS, grown(shape, by)) for by in range(3)]
    values = {Judge(each).value(known) for each in plain}
    return values.pop() if len(values) == 1 else UNKNOWN


@given(formulas_over_lists(), shapes(grows=st.just(False)), st.data())
def test_a_complete_list_is_asked_entry_by_entry(formula, shape, data):
    answers = data.draw(
        st.fixed_dictionaries(dict.fromkeys(possible_facts(shape), st.booleans()))
    )

    plain = ground(formula, SETTINGS, shape)

    expected = World(answers, SETTINGS, shape).holds(formula)
    assert World(answers).holds(plain) == expected


@given(formulas_over_lists(1, places=False), shapes(1), st.data())
def test_a_list_that_may_grow_is_worth_what_it_may_become(formula, shape, data):
    known = known_findings(data, formula, shape)

    value = Inquiry(ground(formula, SETTINGS, shape)).value(known)

    assert value is agreed(every_outcome(formula, shape, known))


def every_outcome(formula, shape, known):
    """Go through the outcomes of every completion, with up to two entries added."""
    settled = {name: each is TRUE for name, each in known.items() if each.is_settled}
    for by in range(3):
        later = grown(Shape((("countries", shape.entries("countries")),)), by)
        names = [each for each in possible_facts(later) if ".places." not in each]
        left = [name for name in names if name not in settled]
        for way in worlds(left):
            yield World({**settled, **way}, SETTINGS, later).holds(formula)


@given(formulas_over_lists(1), shapes(), st.data())
def test_lists_within_a_list_are_worth_what_they_may_become(formula, shape, data):
    known = known_findings(data, formula, shape)

    value = Inquiry(ground(formula, SETTINGS, shape)).value(known)

    assert value is over_added_entries(formula, shape, known)


@given(formulas_over_lists(), shapes(), st.data())
def test_whoever_is_added_never_flips_a_settled_value(formula, shape, data):
    known = known_findings(data, formula, shape)

    value = evaluate(ground(formula, SETTINGS, shape), known)

    assert value in {UNKNOWN, over_added_entries(formula, shape, known)}


@given(st.lists(st.sampled_from("ABC"), unique=True), st.data())
def test_every_is_never_true_of_a_list_that_may_grow(names, data):
    every = over_countries("every", FEAR)
    shape = countries(*names, may_grow=True)
    known = known_findings(data, every, shape)

    plain = ground(every, {}, shape)

    assert evaluate(plain, known) is not TRUE
    assert Inquiry(plain).value(known) is not TRUE


@given(st.lists(st.sampled_from("ABC"), unique=True), st.data())
def test_none_is_never_true_of_a_list_that_may_grow(names, data):
    none = Not(over_countries("some", data.draw(st.sampled_from((ANY, FEAR)))))
    shape = countries(*names, may_grow=True)
    known = known_findings(data, none, shape)

    plain = ground(none, {}, shape)

    assert evaluate(plain, known) is not TRUE
    assert Inquiry(plain).value(known) is not TRUE


@pytest.mark.parametrize("provision", PROVISIONS)
def test_one_missing_entry_stands_for_any_number_in_shipped_law(provision):
    start = PROVISIONS.index(provision)
    lists = cycle(SHAPES[start % 8 :] + SHAPES[: start % 8])

    for set_id in SETS:
        shape = next(lists)
        now = spelled_out(provision, set_id, shape)
        later = spelled_out(provision, set_id, grown(shape, 2))
        assert all(MISSING in name for name in set(facts(now)) - set(facts(later)))
        assert agree_on_what_they_share(now, later)


@pytest.mark.soak
def test_one_missing_entry_stands_for_any_number_in_many_shapes(chance):
    for set_id, shape in product(SETS, chance.sample(EVERY_SHAPE, 100)):
        now = spelled_out(DEFINITION, set_id, shape)
        later = spelled_out(DEFINITION, set_id, grown(shape, 2))
        assert agree_on_what_they_share(now, later)


def test_law_that_needs_two_missing_entries_would_be_noticed():
    fearful, fearless = over_countries("some", FEAR), over_countries("some", Not(FEAR))
    law, shape = All((fearful, fearless)), countries(may_grow=True)

    now, later = ground(law, {}, shape), ground(law, {}, grown(shape, 2))

    assert not agree_on_what_they_share(now, later)


def test_an_entry_found_is_enough_although_the_list_may_grow():
    some = ground(over_countries("some", FEAR), {}, countries("A", may_grow=True))

    found = {"countries.A.held": TRUE, "countries.A.fear": TRUE}

    assert evaluate(some, found) is TRUE


def test_an_entry_that_fails_settles_every_although_the_list_may_grow():
    every = ground(over_countries("every", FEAR), {}, countries("A", may_grow=True))

    found = {"countries.A.held": TRUE, "countries.A.fear": FALSE}

    assert evaluate(every, found) is FALSE


def test_an_entry_that_does_not_belong_does_not_count():
    every = ground(over_countries("every", FEAR), {}, countries("A", may_grow=False))

    found = {"countries.A.held": FALSE, "countries.A.fear": FALSE}

    assert evaluate(every, found) is TRUE


def test_an_entry_that_may_belong_leaves_none_open():
    none = ground(Not(over_countries("some")), {}, countries("A", may_grow=False))

    assert evaluate(none, {}) is UNKNOWN


def test_an_empty_list_known_to_be_complete_settles_all():
    shape = countries(may_grow=False)

    assert ground(over_countries("every", FEAR), {}, shape) == Constant(TRUE)
    assert ground(over_countries("some", FEAR), {}, shape) == Constant(FALSE)


def test_a_list_that_nobody_recorded_may_grow():
    some = ground(over_countries("some"), {})

    assert some == Fact("countries.?")


def test_a_fact_is_named_by_the_path_to_its_entry():
    plain = ground(over_countries("some", FEAR), {}, countries("A", may_grow=False))

    assert plain == All((Fact("countries.A.held"), Fact("countries.A.fear")))


def test_a_list_within_an_entry_is_named_by_its_path():
    places = Quantified("some", "places", Fact("safe", "place"), "place", "country")
    inner = Shape((("places", Entries((("P", Shape()),), may_grow=False)),))
    shape = Shape((("countries", Entries((("A", inner),), may_grow=False)),))

    plain = ground(over_countries("every", places), {}, shape)

    safe = Fact("countries.A.places.P.safe")
    assert plain == Any((Not(Fact("countries.A.held")), safe))


def test_a_name_is_told_apart_by_the_entry_it_is_about():
    law = Named("law", FEAR, "country")

    plain = ground(over_countries("some", law), {}, countries("A", may_grow=False))

    fear = Named("countries.A.law", Fact("countries.A.fear"))
    assert plain == All((Fact("countries.A.held"), fear))


def test_a_setting_is_decided_and_folded():
    law = Any((All((Setting("view", "wide"), Fact("a"))), Setting("view", "narrow")))

    assert ground(law, {"view": "wide"}) == Fact("a")
    assert ground(law, {"view": "narrow"}) == Constant(TRUE)
    assert ground(law, {"view": "other"}) == Constant(FALSE)


def test_what_a_setting_settles_keeps_no_name():
    assert ground(Named("law", Setting("view", "wide")), SETTINGS) == Constant(TRUE)


def test_what_is_asked_of_one_entry_is_asked_of_no_other():
    countries = Entries((("PRK", Shape()), ("KOR", Shape())), may_grow=True)
    shape = Shape((("countries", countries),))
    asked = Quantified(
        "some", "countries", All((Entry("country", "KOR"), FEAR)), "country"
    )

    grounded = ground(asked, {}, shape)

    assert facts(grounded) == ("countries.KOR.fear",)


def test_who_a_numbered_entry_is_is_a_fact_of_its_own():
    shape = Shape((("countries", Entries((("1", Shape()),), may_grow=False)),))
    asked = Quantified(
        "some", "countries", All((Entry("country", "KOR"), FEAR)), "country"
    )

    assert facts(ground(asked, {}, shape)) == (
        "countries.1.country_is_KOR",
        "countries.1.fear",
    )
