"""Country findings and declarations as documents: what they say, and what differs."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from asylon.law import DocumentError, differences
from asylon.law.countries import Period
from asylon.logic.truth import TRUE
from tests.islands import island_law
from tests.shipped import BOOK

BAD = Path(__file__).parent / "bad"
SALT = (BAD / "country-without-edition.toml").read_text()
SALT = SALT.replace("sources =", 'edition = "Survey of wells"\nsources =')
DRY = (BAD / "declaration-of-nowhere.toml").read_text().replace("XYZ", "KIR")


def test_a_country_document_holds_facts_of_groups_and_findings():
    book = island_law({"kir.toml": SALT})

    (finding,) = book.country_findings.values()
    assert book.elements["worked_salt"].per == "island"
    assert finding.answers == {"drought": TRUE}
    assert finding.days == Period(date(1994, 6, 1), date(2019, 4, 30))


def test_two_documents_may_speak_of_one_country():
    more = SALT.replace("worked_salt", "drank_rain").replace("kir-thirst", "kir-rain")

    book = island_law({"kir.toml": SALT, "more.toml": more})

    assert [text.document.name for text in book.countries["KIR"]] == [
        "kir.toml",
        "more.toml",
    ]


def test_the_fact_of_a_group_stands_in_one_document_only():
    with pytest.raises(DocumentError, match="the element `worked_salt` belongs to"):
        island_law({"kir.toml": SALT, "more.toml": SALT})


@pytest.mark.parametrize(
    ("first", "last", "met"),
    [
        (date(1994, 5, 1), date(1994, 5, 31), False),
        (date(1994, 5, 1), date(1994, 6, 1), True),
        (date(2019, 4, 30), date(2026, 1, 1), True),
        (date(2019, 5, 1), date(2026, 1, 1), False),
        (date(1990, 1, 1), date(2026, 1, 1), True),
    ],
)
def test_a_period_meets_days_that_share_one_with_it(first, last, met):
    period = Period(date(1994, 6, 1), date(2019, 4, 30))

    assert period.meets(first, last) is met


def test_a_declaration_applies_where_it_was_made():
    (declaration,) = island_law({"dry.toml": DRY}).declarations.values()
    day = date(2000, 1, 1)

    assert declaration.applies("KIR", None, day)
    assert not declaration.applies("TUV", None, day)


def test_differences_name_the_finding_that_changed():
    old = island_law({"kir.toml": SALT})
    new = island_law({"kir.toml": SALT.replace("= true }\nfrom", "= false }\nfrom")})

    (found,) = differences(old, new)

    assert found.where == (
        "country KIR, kir.toml, findings, finding kir-thirst, answers, drought"
    )


def test_differences_name_declarations_and_countries_that_came():
    old, new = island_law(), island_law({"kir.toml": SALT, "dry.toml": DRY})

    found = {(each.where, each.kind) for each in differences(old, new)}

    assert found == {
        ("declaration kir-thirsty-1994", "added"),
        ("country KIR, kir.toml", "added"),
    }


@pytest.mark.parametrize("code", sorted(BOOK.countries))
def test_what_ships_says_that_nobody_adopted_it(code):
    for text in BOOK.countries[code]:
        assert "adopted by nobody yet" in text.statement or not text.elements


@pytest.mark.parametrize("finding", BOOK.country_findings.values(), ids=lambda f: f.id)
def test_every_shipped_finding_names_edition_and_sources(finding):
    assert finding.edition
    assert all(source.cite for source in finding.sources)


def test_no_fact_of_a_group_asks_who_helped_or_where_to():
    """Contacts and wishes are what returned people are sorted by."""
    asked = " ".join(
        each.question.lower()
        for text in BOOK.country_texts
        for each in text.elements.values()
    )

    for word in ("south", "broker", "church", "missionar", "wish", "with whom"):
        assert word not in asked


def test_a_law_book_is_a_value_without_countries_too():
    assert replace(BOOK, countries={}).country_findings == {}
