"""What stands beside an officer, and the reasons that whoever has the file replays."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asylon.casework import File, Person
from asylon.casework.assessments import Assessment
from asylon.casework.decisions import Reasoning
from asylon.casework.explaining import Explainer, told_by
from asylon.casework.lawful import NOTHING
from asylon.casework.procedure import Step
from asylon.casework.takeaway import entries
from asylon.cli.explaining import Options, explain
from asylon.determination import Decision
from asylon.identity import NationalityClaim
from asylon.languages import catalogue
from asylon.law import DocumentError
from asylon.law.adopting import pinned
from asylon.logic import FALSE, TRUE, UNKNOWN
from tests.casework.test_lawful import (
    DAY,
    DECISIONS,
    ENGINE,
    EVERY,
    LOST,
    OFFICER,
    TORTURE,
    claim,
    found,
    of,
    officers,
)
from tests.shipped import BOOK

HERE = Explainer(ENGINE, catalogue())
LANGUAGE = pytest.mark.parametrize("language", ["en", "ko", "zh"])
TOLD = {"nationalities": ["PRK", "CHN"], "destinations": ["PRK"]}


def signed(decided):
    sign = Step("sign", OFFICER, decided.on)
    return replace(officers(decided), id=decided.id, steps=(sign,))


def test_the_reasons_of_every_decision_are_those_of_the_file_that_is_taken_away(
    tmp_path, capsys
):
    claims = tuple(map(signed, DECISIONS))
    file = tmp_path / "file.json"
    file.write_text(File("R-1", (Person("p1"),), claims=claims).as_json())

    assert explain(file, Options(as_json=True)) == 0
    rows = map(json.loads, capsys.readouterr().out.splitlines())
    for row, each in zip(rows, claims, strict=True):
        kept = HERE.reasons(each)
        tree = json.dumps(kept.tree, default=lambda truth: truth.value)
        assert json.loads(tree) == row["reasons"]
        assert row["says"] == kept.says
        assert row["law"]["set"] == kept.set
        assert row["law"]["on"] == kept.on.isoformat()


def test_a_decision_names_every_document_of_the_law_by_its_hash():
    law = HERE.reasons(signed(DECISIONS[0])).law

    assert set(law) == set(pinned(BOOK).values())
    assert list(law) == sorted(law)


def test_reasons_are_written_line_by_line_as_deep_as_they_stand():
    kept = HERE.reasons(signed(DECISIONS[0]))
    written = kept.as_reasoning()

    assert isinstance(written, Reasoning)
    assert written.heading == kept.says
    lines = written.words.splitlines()
    assert [len(each) - len(each.lstrip()) for each in lines] == [
        2 * each.depth for each in kept.lines
    ]


@EVERY
def test_beside_an_officer_stands_what_the_procedure_is_told(decided):
    beside = HERE.beside(officers(decided), on=decided.on)

    assert beside.law == ENGINE.law(officers(decided), on=decided.on)
    assert beside.value is beside.law.definition
    assert beside.reasons[0].value is beside.value
    assert bool(beside.carried_by) is beside.value.is_settled
    assert bool(beside.decisive) is not beside.value.is_settled
    assert {each.path for each in beside.decisive} <= set(beside.law.open)
    counting = [each.value for each in beside.others if each.counts]
    if beside.law.complementary is TRUE:
        assert TRUE in counting
    if beside.law.complementary is FALSE:
        assert set(counting) == {FALSE}


def test_what_would_be_enough_is_enough():
    beside = HERE.beside(claim(found("nationalities.PRK.outside", "true")), on=DAY)

    for points, value in ((beside.to_establish, TRUE), (beside.to_defeat, FALSE)):
        more = {e.path: e.value.value for e in points if "?." not in e.path}
        more |= {"nationalities.PRK.outside": "true"}
        if all("?" not in each.path for each in points):
            assert ENGINE.law(of(more), on=DAY).definition is value


@LANGUAGE
def test_it_is_told_in_the_language_of_the_reader(language):
    told = Explainer(ENGINE, catalogue(language))
    beside = told.beside(of(TORTURE), on=DAY)
    english = HERE.beside(of(TORTURE), on=DAY)

    assert beside.law == english.law
    assert (beside.says == english.says) is (language == "en")
    question = told.elements(of(TORTURE), on=DAY)[0].question
    assert (question == HERE.elements(of(TORTURE), on=DAY)[0].question) is (
        language == "en"
    )


def test_a_bar_on_return_is_told_with_its_reasons_and_whom_it_binds():
    here = of(TORTURE, procedure="national", state="KOR")
    torture = HERE.beside(here, on=DAY).others[0]

    assert (torture.provision, torture.value) == ("cat84/article-3", TRUE)
    assert torture.counts
    assert "It binds South Korea." in torture.text
    assert torture.reasons[-1].name == "destinations.PRK.official_hand"


def test_being_stateless_is_told_and_stands_in_nobodys_way():
    others = HERE.beside(of(TORTURE), on=DAY).others

    assert {each.counts for each in others if each.kind == "stateless"} == {False}
    assert all(each.counts for each in others if each.kind != "stateless")


def test_where_nothing_can_be_worked_out_it_says_why():
    beside = HERE.beside(claim(found("outside_the_box", "true")), on=DAY)

    assert beside.law is NOTHING
    assert beside.value is UNKNOWN
    assert "outside_the_box" in beside.problem
    with pytest.raises(DocumentError, match="no day"):
        HERE.elements(LOST)


def elements(claim, told=TOLD):
    return {each.path: each for each in HERE.elements(claim, told, on=DAY)}


def test_an_officer_is_offered_every_state_that_the_person_named():
    listed = elements(claim())

    assert {
        "nationalities.PRK.fears_return",
        "nationalities.CHN.fears_return",
        "nationalities.PRK.relocation_places.?",
        "nationalities.PRK.left_without_leave",
        "destinations.PRK.torture_danger",
        "serious_crime",
        "nationalities.?",
        "linked_states.?",
    } <= set(listed)
    assert not [path for path in listed if "?." in path]


def test_a_place_that_was_named_is_asked_about():
    told = {"nationalities.PRK.relocation_places": ["Wonsan"]}

    path = "nationalities.PRK.relocation_places.Wonsan.place_safe"
    assert path in elements(claim(), told)


def test_an_element_has_its_question_and_the_finding_that_stands():
    first = found("nationalities.PRK.risk_at_departure", "true")
    later = replace(first, value="unknown")
    told = elements(claim(first, later))[first.element]

    assert told.question.startswith("[North Korea] ")
    assert told.name == "risk at departure (North Korea)"
    assert told.found is later
    assert told.matters
    assert {each.parameter for each in told.under} == {"risk_standard", "doubt_rule"}


def test_what_the_law_book_answers_is_named():
    listed = elements(of({"nationalities.PRK.left_without_leave": "true"}))

    assert listed["nationalities.PRK.exit_penalty_severe"].by == "prk-exit-2015"


@settings(max_examples=25)
@given(st.sampled_from(DECISIONS), st.data())
def test_whatever_is_offered_can_be_found_and_read_again(decided, data):
    whole = officers(decided)
    listed = HERE.elements(whole, TOLD, on=decided.on)
    path = data.draw(st.sampled_from(listed)).path
    value = data.draw(st.sampled_from(["true", "false", "unknown"]))
    more = Assessment(findings=(*whole.assessment.findings, found(path, value)))
    file = File("R-1", (Person("p1"),), claims=(replace(whole, assessment=more),))

    [entry] = entries(file, BOOK)
    assert isinstance(entry, Decision), entry
    again = HERE.elements(file.claims[0], TOLD, on=decided.on)
    assert {each.path: each.found for each in again}[path].value == value


def test_the_states_that_a_person_named_stand_on_the_lists():
    named = (NationalityClaim("CHN", "asserted", ""),)
    told = told_by(Person("p1", nationalities=named, feared=("PRK", "CHN")), BOOK)

    assert told == {
        "nationalities": ("CHN",),
        "linked_states": ("CHN",),
        "destinations": ("CHN", "PRK"),
    }
