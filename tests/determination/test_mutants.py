"""Every part of the law matters: change it, and a scenario fails."""

from dataclasses import replace
from datetime import date

import pytest

from asylon.determination import read_scenarios
from asylon.determination.country_mutants import country_mutants
from asylon.determination.mutants import Mutant, equivalents, mutants, prove
from asylon.law.countries import Period
from tests.islands import island_law, island_law_where
from tests.shipped import BOOK

ISLANDS = island_law()


def survivors(book):
    verdicts = prove(mutants(book), read_scenarios(book))
    return [
        (verdict.mutant.where, verdict.mutant.change)
        for verdict in verdicts
        if verdict.noticed_by is None
    ]


def changes(document, book=BOOK):
    return [each for each in mutants(book) if each.where.partition(" ")[0] == document]


@pytest.mark.parametrize(
    ("document", "least"),
    [
        ("csr51/article-1/f-b.toml", 20),
        ("sets/gbr.toml", 50),
        ("countries/CHN.toml", 20),
        ("declarations/ken-somalia-2007.toml", 6),
    ],
)
def test_every_change_to_a_shipped_document_is_noticed(document, least):
    tried = changes(document)

    verdicts = list(prove(tried, read_scenarios(BOOK)))

    unnoticed = [each.mutant.change for each in verdicts if each.noticed_by is None]
    assert not unnoticed
    assert len(verdicts) == len(tried) >= least


@pytest.mark.soak
def test_every_change_to_the_law_that_ships_is_noticed():
    assert not survivors(BOOK)


def test_every_leaf_is_denied_and_removed():
    made = [each.change for each in changes("article-5.1994.toml", ISLANDS)]

    assert made == [
        "poisoned_well denied",
        "poisoned_well removed",
        "salt_wells is spared denied",
        "salt_wells is spared removed",
        "salt_before denied",
        "salt_before removed",
    ]


def test_every_setting_is_turned_and_moved():
    made = [each.change for each in changes("reef.toml", ISLANDS)]

    assert made == [
        "drought_test from 1999-03-01: three_dry_years → one_dry_year",
        "drought_test from 1999-03-01: three_dry_years → one_failed_harvest",
        "drought_test from 1999-03-01: a day later",
        "salt_wells from 2010-01-01: spared → counted",
        "salt_wells from 2010-01-01: a day later",
    ]


def test_ties_between_elements_and_standards_are_cut():
    made = {each.change for each in mutants(ISLANDS)}

    assert "drought not under drought_test" in made
    assert "drought_test: three_dry_years no longer implies one_dry_year" in made


def test_parts_and_lists_are_changed_too():
    where = {each.where for each in mutants(ISLANDS)}

    assert {"article-4.toml", "article-4.toml (dried_out)", "islands.toml"} <= where


def test_every_change_to_the_islands_is_noticed():
    assert not survivors(ISLANDS)


def test_a_change_that_no_scenario_notices_is_reported():
    """Nobody says any more that an accident does not count."""
    left = """
[[scenario]]
title = "Wren threw chalk into a well, and the water stayed sweet"
facts.poisoned_well = false
facts.meant_to = true
expect = false
"""
    book = island_law({"article-5.scenarios.toml": left})

    assert survivors(book) == [("article-5.toml", "meant_to removed")]


def test_a_setting_that_no_scenario_notices_is_reported():
    pinned = '"reef 1999-03-01" = "three_dry_years"'
    book = island_law_where("drought_test.scenarios.toml", pinned, "")

    assert survivors(book) == [
        (each.where, each.change)
        for each in changes("reef.toml", ISLANDS)
        if each.change.startswith("drought_test")
    ]


def test_a_verdict_names_the_scenario_that_noticed():
    (first, *_) = prove(mutants(ISLANDS), read_scenarios(ISLANDS))

    assert first.noticed_by.trial.scenario.document == "article-4.scenarios.toml"


def test_a_change_is_made_in_a_book_of_its_own():
    hardened = [each.book for each in changes("unhcr.toml", ISLANDS)]

    values = [book.sets["unhcr"].settings[0].value for book in hardened]
    assert values == ["three_dry_years"]
    assert ISLANDS.sets["unhcr"].settings[0].value == "one_dry_year"


def test_values_declared_to_come_to_the_same_are_listed_and_not_tried():
    turned = [each.change for each in changes("unhcr.toml", ISLANDS)]

    assert turned == ["drought_test from 1994-06-01: one_dry_year → three_dry_years"]
    assert list(equivalents(ISLANDS)) == [
        "drought_test: one_dry_year = one_failed_harvest (Re Terns [2003] Lagoon 2)"
    ]


def test_no_change_is_made_twice():
    made = [(each.where, each.change) for each in mutants(ISLANDS)]

    assert len(set(made)) == len(made)


def test_a_country_finding_is_broken_in_every_place():
    made = [each.change for each in changes("countries/KOR.toml")]

    assert made == [
        "kor-northerners: removed",
        "kor-northerners: national not answered",
        "kor-northerners: entitled not answered",
        "kor-northerners: northerner_by_birth denied",
        "kor-northerners: begins a day later",
        "kor-northerners: begins a day earlier",
    ]


def test_editions_that_follow_one_another_are_not_let_overlap():
    """The day before one edition is a day of the other, which says the same."""
    made = [each.change for each in changes("countries/PRK.toml")]

    assert "prk-exit-2004: begins a day later" in made
    assert "prk-exit-2004: begins a day earlier" not in made
    assert "prk-exit-1999: begins a day earlier" in made


def test_a_declaration_is_broken_in_every_place():
    made = [each.change for each in changes("declarations/ken-somalia-2007.toml")]

    assert made == [
        "ken-somalia-2007: removed",
        "ken-somalia-2007: declared nowhere",
        "ken-somalia-2007: begins a day later",
        "ken-somalia-2007: begins a day earlier",
        "ken-somalia-2007: ends a day earlier",
        "ken-somalia-2007: ends a day later",
    ]


SCENARIOS = read_scenarios(BOOK)
HELPING = [each.id for each in BOOK.country_findings.values() if not each.adverse]


@pytest.mark.parametrize("id_", HELPING)
def test_a_helping_country_finding_that_is_removed_breaks_a_scenario(id_):
    broken = country_mutants(BOOK, lambda _: [])
    removed = [Mutant(*each) for each in broken if each[1] == f"{id_}: removed"]

    (verdict,) = prove(removed, SCENARIOS)

    assert verdict.noticed_by


@pytest.mark.parametrize("id_", HELPING)
def test_a_helping_country_finding_that_is_ended_at_once_breaks_a_scenario(id_):
    """Its first day is the last, whatever edition follows."""
    (text, old), *_ = (
        (text, each)
        for text in BOOK.country_texts
        for each in text.findings
        if each.id == id_
    )
    ended = replace(old, days=Period(old.days.first, old.days.first))
    findings = tuple(ended if each is old else each for each in text.findings)
    changed = tuple(
        replace(each, findings=findings) if each is text else each
        for each in BOOK.countries[text.id]
    )
    book = replace(BOOK, countries={**BOOK.countries, text.id: changed})

    mutant = Mutant(text.document.name, f"{id_}: ended", book)
    (verdict,) = prove([mutant], SCENARIOS)

    assert verdict.noticed_by


UNBOUND = {
    "none": {"status": "none"},
    "ended": {"last": date(2020, 1, 1)},
    "later": {"first": date(2020, 1, 1)},
}


@pytest.mark.parametrize("how", UNBOUND)
@pytest.mark.parametrize("instrument", ["csr51", "cat84"])
@pytest.mark.parametrize("state", ["CHN", "KOR"])
def test_a_binding_that_is_changed_breaks_a_scenario(state, instrument, how):
    text = BOOK.bindings[state]
    changed = replace(text.bindings[instrument], **UNBOUND[how])
    states = replace(text, bindings={**text.bindings, instrument: changed})
    book = replace(BOOK, bindings={**BOOK.bindings, state: states})

    (verdict,) = prove([Mutant(text.document.name, how, book)], SCENARIOS)

    assert f"binds {state}" in str(verdict.noticed_by)
