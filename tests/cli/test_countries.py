"""Country findings and declarations at the prompt: listed, shown, and told."""

import json

import pytest

from asylon.cli import lawbook, lawlist
from asylon.cli.inputs import InputError
from tests.shipped import BOOK

GROUP = """
[[decision]]
id = "G"
name = "An invented claim"
jurisdiction = "UNHCR"
year = 2026
country_of_origin = "PRK"
[decision.facts]
outside_country = true
well_founded_fear = "unknown"
stateless = false
other_nationality_effective = false
[decision.facts.group]
left_without_leave = true
"""


@pytest.fixture
def a_group(tmp_path):
    file = tmp_path / "group.toml"
    file.write_text(GROUP)
    return file


def test_countries_and_declarations_are_listed(capsys):
    lawlist.show_list(None, as_json=True)

    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    kinds = {(row["id"], row["kind"]) for row in rows}
    assert {("PRK", "country"), ("PRK", "state")} <= kinds
    assert ("ken-somalia-2007", "declaration") in kinds


def test_a_country_is_shown_with_editions_days_and_sources(capsys):
    lawbook.show("PRK", None, None, as_json=False)

    page = " ".join(capsys.readouterr().out.split())
    assert "Draft, adopted by nobody yet." in page
    assert "About whom: contact_punished_on_return" in page
    assert "from 29 April 2004 to 21 July 2015; Criminal Code as revised" in page
    assert "paragraph 46, which relies on A/HRC/25/63, paragraphs 42-45 [read]" in page


def test_an_adverse_finding_is_shown_as_proposing(capsys):
    lawbook.show("KOR", None, None, as_json=False)

    page = capsys.readouterr().out
    assert "Proposes: national: established" in page
    assert "Answers: national" not in page


def test_a_declaration_is_shown_with_whom_it_is_about(capsys):
    lawbook.show("ken-somalia-2007", None, None, as_json=False)

    page = capsys.readouterr().out
    assert "\nfrom 15 May 2007 to 28 April 2016\n" in page
    assert "Where: Kenya" in page


@pytest.mark.parametrize("name", ["prk-belief", "forbidden_belief"])
def test_a_finding_or_a_fact_leads_to_its_country(name):
    assert lawbook.find(BOOK, name) == "PRK"


def test_a_country_that_the_book_lacks_is_refused():
    with pytest.raises(InputError, match="the law book has no such name"):
        lawbook.find(BOOK, "PRQ")


def test_an_explanation_tells_what_the_law_book_answered(ask, a_group):
    told = " ".join(ask("explain", a_group).out.split())

    assert "Answered by the law book, from drafts nobody adopted" in told
    assert "prk-returned: Those who are sent back are detained and tortured" in told
    assert "paragraph 46, which relies on A/HRC/25/63, paragraphs 42-45 (read)" in told


def test_an_explanation_tells_what_it_would_answer(ask, a_group):
    told = " ".join(ask("explain", a_group).out.split())

    assert "The law book would answer if this is found in the case" in told
    assert "Then by prk-belief: Forbidden belief is punished" in told


def test_a_row_names_what_answered_and_what_would(ask, a_group):
    row = json.loads(ask("determine", a_group, "--json").out)

    assert row["by_law_book"]["nationalities.PRK.serious_harm"] == "prk-returned"
    assert "prk-belief" in row["would_answer"]


def test_an_explanation_in_json_gives_edition_and_sources(ask, a_group):
    row = json.loads(ask("explain", a_group, "--json").out)

    (exit_,) = [each for each in row["country_findings"] if "exit" in each["id"]]
    assert exit_["from"] == "2015-07-22"
    assert exit_["to"] is None
    assert exit_["edition"].startswith("Criminal Code as revised on 22 July 2015")
    assert {source["read"] for source in exit_["sources"]} == {True, False}
