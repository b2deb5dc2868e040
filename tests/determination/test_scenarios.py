"""Scenarios: all that ship hold; one that does not says what and where."""

from datetime import date

import pytest

from asylon import instruments
from asylon.determination import read_scenarios
from asylon.determination.scenarios import DEFAULT_DAY, Runner
from asylon.law import Document, DocumentError, load
from asylon.logic.truth import FALSE, TRUE, UNKNOWN
from tests.islands import island_law, island_law_where
from tests.shipped import BOOK

RUNNER = Runner(BOOK)
SCENARIOS = read_scenarios(BOOK)
DOCUMENTS = sorted({each.document for each in SCENARIOS})
WREN = """
[[scenario]]
title = "Wren"
facts.poisoned_well = true
facts.meant_to = true
"""


def beside_five(text):
    """Read scenarios that stand beside article 5 in place of its own."""
    return read_scenarios(island_law({"article-5.scenarios.toml": text}))


def failures(text):
    book = island_law({"article-5.scenarios.toml": text})
    return [str(each) for each in Runner(book).failures(read_scenarios(book))]


def trials(book):
    return [trial for each in read_scenarios(book) for trial in each.trials]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_scenario_that_ships_holds(document):
    scenarios = [each for each in SCENARIOS if each.document == document]

    assert not list(map(str, RUNNER.failures(scenarios)))


def test_every_text_that_ships_has_scenarios_beside_it():
    texts = [*BOOK.texts, *BOOK.parameters.values()]
    texts += [*BOOK.country_texts, *BOOK.declarations.values()]

    alone = {
        text.document.name
        for text in texts
        if not any(each.exercises(text.document) for each in SCENARIOS)
    }

    assert not alone


def test_no_two_scenarios_have_the_same_title():
    titles = [(each.document, each.title) for each in SCENARIOS]

    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(
    ("expected", "problem"),
    [
        ("expect = true", "expected true, found unknown"),
        ("expect = false", "expected false, found unknown"),
        (
            'expect = "unknown"\nclosed = true',
            "expected true after closing, found unknown",
        ),
        (
            'expect = "unknown"\nbecause = ["salt_before", "cannot_return", "lived"]',
            "the reasons do not name cannot_return, lived",
        ),
    ],
)
def test_a_scenario_that_fails_says_what_and_where(expected, problem):
    text = f'{WREN}parameters = {{ salt_wells = "spared" }}\n{expected}\n'

    assert failures(text) == [
        f"article-5.scenarios.toml: “Wren” [unhcr, 2026-06-30] {problem}"
    ]


def test_a_scenario_on_a_day_without_law_fails_and_stops_nothing():
    text = f"{WREN}on = 1990-01-01\nexpect = true\n"

    (failure,) = failures(text)

    assert (
        "[unhcr, 1990-01-01] has no law: nothing is in force on 1990-01-01" in failure
    )


def test_a_value_that_fails_is_named():
    book = island_law_where(
        "salt_wells.scenarios.toml", "spared = false", "spared = true"
    )

    (failure,) = Runner(book).failures(read_scenarios(book))

    assert str(failure) == (
        "salt_wells.scenarios.toml: “Wren fouled a well whose water nobody could drink "
        "anyway” [unhcr, 2026-06-30 under salt_wells = spared] expected true, found "
        "false"
    )


def test_a_set_that_fails_is_named_with_its_day():
    book = island_law_where("reef.toml", "1999-03-01", "1999-02-28")

    (failure,) = Runner(book).failures(read_scenarios(book))

    assert str(failure).endswith("[reef, 1999-02-28] expected true, found unknown")


def test_a_scenario_is_tried_under_each_value_and_each_set():
    asked = [
        trial
        for trial in trials(island_law())
        if trial.scenario.title == ("Wren's island was dry for one year")
    ]

    assert [(each.asks, each.set, each.on, each.expect) for each in asked] == [
        (("drought_test", "one_dry_year"), "unhcr", DEFAULT_DAY, TRUE),
        (("drought_test", "one_failed_harvest"), "unhcr", DEFAULT_DAY, TRUE),
        (("drought_test", "three_dry_years"), "unhcr", DEFAULT_DAY, UNKNOWN),
        (None, "unhcr", date(1994, 6, 1), TRUE),
        (None, "reef", date(1999, 2, 28), TRUE),
        (None, "reef", date(1999, 3, 1), UNKNOWN),
    ]


def test_the_facts_of_a_scenario_lie_over_those_of_its_start():
    text = """
like = "fisher"
result_of = "island/article-4"

[[scenario]]
title = "Wren came from Skua"
expect = false
facts.islands.Tern.left = false
facts.islands.Skua.lived_there = true
"""
    (scenario, *_) = [each for each in beside_five(text) if "Skua" in each.title]

    found = scenario.claim.findings
    assert found["islands.Tern.left"].value is FALSE
    assert found["islands.Tern.drought"].value is TRUE
    assert found["islands.Skua.lived_there"].value is TRUE
    assert scenario.provision == "island/article-4"


def test_a_finding_with_more_to_say_replaces_the_one_below():
    text = """
like = "fisher"

[[scenario]]
title = "Wren on Skua"
expect = false
facts.poisoned_well = { found = false, layer = "country" }
"""
    (scenario, *_) = [each for each in beside_five(text) if "Skua" in each.title]

    assert scenario.claim.findings["poisoned_well"].layer == "country"


REFUSED = {
    'like = "sailor"\nexpect = true': (
        "there is no claim `sailor`. There is `fisher`."
    ),
    'set = "lagoon"\nexpect = true': (
        "there is no set `lagoon`. There is `reef`, `unhcr`."
    ),
    "": "it expects nothing. Give `expect`, `values` or `sets`.",
    'expect = "met"': (
        "a finding is true, false or \"unknown\", not 'met'. Correct it; leave it out if "
        "nothing was found."
    ),
    'expect = "unknown"\nclosed = 1': (
        'a finding is true, false or "unknown", not 1. Correct it; leave it out if '
        "nothing was found."
    ),
    "expected = true\nexpect = true": (
        "there is no key `expected`. Did you mean `expect`?"
    ),
    "facts.well_poisoned = true\nexpect = true": (
        "facts: there is no fact `well_poisoned`. Did you mean `poisoned_well`?"
    ),
    "on = 2026\nexpect = true": "`on` should be a date, not 2026. Correct it.",
    'because = "salt"\nexpect = true': "`because` should be a list, not 'salt'. Correct it.",
    'screened = ["no-exclusion"]\nexpect = true': (
        "there is no name for `screened` `no-exclusion`. Did you mean "
        "`no-exclusion-indicated`?"
    ),
    'indicators = ["islands.Tern.dry"]\nexpect = true': (
        "there is no name for `indicators` `dry`. `asylon law list` shows all."
    ),
    "values = { spared = true }": (
        "values: there is no parameter `island/article-5`. There is `drought_test`, "
        "`salt_wells`."
    ),
    'sets = { "lagoon 2020-01-01" = true }': (
        "sets: there is no set `lagoon`. There is `reef`, `unhcr`."
    ),
    'sets = { "reef 2020-1-1" = true }': (
        "sets: `2020-1-1` is not a day. Write it as 2026-06-30."
    ),
}


@pytest.mark.parametrize("lines", REFUSED)
def test_a_scenario_that_cannot_be_read_is_refused(lines):
    with pytest.raises(DocumentError) as caught:
        beside_five(f"{WREN}{lines}\n")

    where, words = "article-5.scenarios.toml, “Wren”", REFUSED[lines]
    joint = ", " if words.partition(":")[0] in {"facts", "values", "sets"} else ": "
    assert str(caught.value) == f"{where}{joint}{words}"


HEADS = {
    'result_of = "island/article-6"': (
        ": there is no provision `island/article-6`. Did you mean `island/article-5`?"
    ),
    'sets = { "reef" = "spared" }': (
        ", sets: there is no parameter `island/article-5`. There is `drought_test`, "
        "`salt_wells`."
    ),
    'lke = "fisher"': ": there is no key `lke`. Did you mean `like`?",
    "set = 3": ": `set` should be text, not 3. Correct it.",
}


@pytest.mark.parametrize("head", HEADS)
def test_a_file_of_scenarios_that_cannot_be_read_is_refused(head):
    with pytest.raises(DocumentError) as caught:
        beside_five(f"{head}\n{WREN}expect = true\n")

    assert str(caught.value) == f"article-5.scenarios.toml{HEADS[head]}"


def test_a_parameters_file_says_whose_result_it_means():
    text = '[[scenario]]\ntitle = "Wren"\nvalues = { spared = true }\n'

    with pytest.raises(DocumentError, match="there is no provision `salt_wells`"):
        read_scenarios(island_law({"salt_wells.scenarios.toml": text}))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("spared = false", "spare = false", "there is no value `spare`"),
        ('title = "Wren asked the Reef for shelter in 2010"', "", "`title` is missing"),
    ],
)
def test_a_value_of_no_parameter_is_refused(old, new, problem):
    book = island_law_where("salt_wells.scenarios.toml", old, new)

    with pytest.raises(DocumentError, match=problem):
        read_scenarios(book)


def bound_otherwise(text):
    """Give the law that ships with other words on what binds the South."""
    name = "bindings/KOR.scenarios.toml"
    return load(
        Document(name, text(each.text.decode()).encode()) if each.name == name else each
        for each in instruments.documents()
    )


def test_a_state_that_is_not_bound_as_expected_is_told():
    book = bound_otherwise(
        lambda text: text.replace('"cat84/article-3" = false', "cat84=true")
    )
    scenarios = [each for each in read_scenarios(book) if each.bound]

    (failure,) = Runner(book).failures(scenarios)

    assert str(failure).endswith(
        "[unhcr, 1995-02-07] expected true of whether cat84 binds KOR, found false"
    )


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("bound.KOR", "bound.KRO", "there is no state `KRO`. Did you mean `KOR`?"),
        ("csr51 = true", "csr15 = true", "there is no instrument `csr15`"),
    ],
)
def test_what_cannot_be_bound_is_refused(old, new, problem):
    with pytest.raises(DocumentError, match=problem):
        read_scenarios(bound_otherwise(lambda text: text.replace(old, new)))
