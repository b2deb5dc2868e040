"""Each check of the law book finds what it is there to find."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from asylon.determination import faults as checks
from asylon.determination import read_scenarios
from asylon.determination.faults import compiled_forms, faults
from asylon.logic.exactness import Compiled, Step
from asylon.logic.truth import FALSE, TRUE
from tests.islands import island_law, island_law_where
from tests.shipped import BOOK

WORDS = "no scenario finds"

BROKEN = {
    "words of an element": (
        ("article-4.toml", '"owing to drought"\nq', '"owing to a flood"\nq'),
        "words",
        "article-4.toml: the words of `drought` are not in the statement: “owing to a "
        "flood”",
    ),
    "words of a part": (
        ("article-4.toml", '"has left an island of', '"has left a rock of'),
        "words",
        "article-4.toml: the words of `dried_out` are not in the statement: “has left a "
        "rock of residence owing to drought”",
    ),
    "words of what is left out": (
        ("article-4.toml", '["shall be sheltered: ', '["shall be fed: '),
        "words",
        "article-4.toml: the words of `shall be fed: a consequence; nobody finds "
        "anything on it.` are not in the statement: “shall be fed”",
    ),
    "words of a list": (
        ("islands.toml", '"on which the person lived"', '"on which the person slept"'),
        "words",
        "islands.toml: the words of `lived_there` are not in the statement: “on which "
        "the person slept”",
    ),
    "an element nobody asks": (
        (
            "article-4.toml",
            "some(islands, dried_out) and cannot_return and",
            "some(islands, dried_out) and",
        ),
        "unasked",
        "article-4.toml: no formula asks the element `cannot_return`",
    ),
    "a gap between versions": (
        ("article-5.toml", "from = 2019-05-01", "from = 2019-05-02"),
        "versions",
        "article-5.toml: `island/article-5` has a gap or an overlap before 2019-05-02",
    ),
    "values nobody tells apart": (
        ("salt_wells.scenarios.toml", "spared = false", "spared = true"),
        "pairs",
        "salt_wells.toml: no scenario tells counted from spared",
    ),
    "an element found one way only": (
        ("islands.scenarios.toml", "lived_there = false", "lived_there = true"),
        "untried",
        f"islands: {WORDS} `lived_there` false",
    ),
    "a scenario": (
        ("islands.scenarios.toml", "expect = false", "expect = true"),
        "scenario",
        "islands.scenarios.toml: islands.scenarios.toml: “Wren never lived on Tern and "
        "knows no other island” [unhcr, 2026-06-30] expected true, found false",
    ),
}


def found(book):
    return [(fault.check, str(fault)) for fault in faults(book, read_scenarios(book))]


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_broken_is_found(what):
    (name, old, new), check, words = BROKEN[what]

    told = found(island_law_where(name, old, new))

    assert (check, words) in told


def test_a_good_law_book_has_no_fault():
    assert not found(island_law())


def test_the_law_that_ships_has_no_fault(monkeypatch):
    """The scenarios and the exactness of the forms are proved by tests of their own."""
    monkeypatch.setattr(
        checks, "Runner", lambda _: SimpleNamespace(failures=lambda _: [])
    )
    monkeypatch.setattr(checks, "_inexact", lambda _: [])

    assert not found(BOOK)


def test_an_element_without_any_scenario_is_found_neither_way():
    book = island_law(without=("article-4.scenarios.toml", "islands.scenarios.toml"))

    told = found(book)

    assert ("untried", f"island/article-4: {WORDS} `left` false") in told
    assert ("untried", f"island/article-4: {WORDS} `cannot_return` false") in told


def test_a_form_that_leaves_open_what_is_settled_is_found(monkeypatch):
    gap = {"meant_to": TRUE, "salt_before": FALSE}
    monkeypatch.setattr(checks, "gap_in", lambda _: gap)
    book = island_law()

    told = [words for check, words in found(book) if check == "exactness"]

    assert len(told) == 4
    assert told[0] == (
        "island/article-4 under `reef`: the compiled form leaves open: meant_to true, "
        "salt_before false"
    )


def test_a_form_that_is_only_what_the_law_says_is_found(monkeypatch):
    """A well is fouled whichever way it turns out that it was salt before."""
    monkeypatch.setattr(
        checks, "compiled", lambda formula: Compiled((Step("outcome", formula),))
    )
    book = island_law_where(
        "article-5.toml",
        "meant_to and poisoned_well and not (salt_wells is spared and salt_before)",
        "(salt_before and meant_to) or (not salt_before and poisoned_well)",
    )

    told = [words for check, words in found(book) if check == "exactness"]

    assert told[-1] == (
        "island/article-5 under `unhcr`: the compiled form leaves open: meant_to true, "
        "poisoned_well true"
    )


def test_every_definition_is_compiled_under_every_set():
    forms = [where for where, _ in compiled_forms(island_law())]

    assert forms == [
        "island/article-4 under `reef`",
        "island/article-4 under `unhcr`",
        "island/article-5 under `reef`",
        "island/article-5 under `unhcr`",
    ]


def with_finding(code, **changes):
    """Give the law that ships with its first finding on a country changed."""
    (text, *others) = BOOK.countries[code]
    findings = (replace(text.findings[0], **changes), *text.findings[1:])
    changed = (replace(text, findings=findings), *others)
    return replace(BOOK, countries={**BOOK.countries, code: changed})


def told(book):
    return [str(fault) for fault in checks._misjudged_findings(book)]


def test_the_findings_that_ship_are_marked_as_they_work():
    assert told(BOOK) == []


def test_an_adverse_finding_that_is_not_marked_is_a_fault():
    (problem,) = told(with_finding("KOR", adverse=False))

    assert problem == (
        "countries/KOR.toml: `kor-northerners` may tell against the person by "
        "entitled, national, and is not marked `adverse`"
    )


def test_a_finding_that_only_helps_and_is_marked_adverse_is_a_fault():
    (problem,) = told(with_finding("PRK", adverse=True))

    assert problem == (
        "countries/PRK.toml: `prk-exit-1999` can only help, and is marked `adverse`"
    )


def test_the_fact_of_a_group_that_no_finding_asks_is_a_fault():
    book = with_finding("KOR", when="always")

    problems = [str(fault) for fault in checks._unasked_elements(book)]

    assert problems == [
        "countries/KOR.toml: no country finding asks the element `northerner_by_birth`"
    ]
