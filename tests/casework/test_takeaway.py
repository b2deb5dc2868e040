"""A file that was taken away gives the same reasons as the claim that it holds."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from asylon import instruments
from asylon.casework import Actor, CaseClaim, File, Person
from asylon.casework.assessments import Assessment, Found, Under
from asylon.casework.procedure import Step
from asylon.casework.takeaway import entries, entry_of
from asylon.determination import Decision, Determiner, Refused
from asylon.law.tables import Table
from asylon.logic import FALSE, TRUE, UNKNOWN
from tests.casework import records

BOOK = instruments.book()
DAY = date(2026, 11, 30)
OFFICER = Actor("o1", "unhcr", "unhcr", "eligibility_officer")
FINDINGS = {
    "nationalities.PRK.outside": "true",
    "nationalities.?": "false",
    "nationalities.PRK.national": "true",
    "nationalities.PRK.fears_return": "true",
}


def claim(findings=FINDINGS, **more):
    found = tuple(Found(path, value, OFFICER, DAY) for path, value in findings.items())
    return CaseClaim("k1", "p1", assessment=Assessment(findings=found), **more)


def file(*claims):
    return File("R-1", people=(Person("p1"),), claims=claims or (claim(),))


def only(file):
    [entry] = entries(file, BOOK)
    assert isinstance(entry, Decision), entry
    return entry.claim


def test_findings_stand_at_their_paths():
    read = only(file())

    assert read.findings["nationalities.PRK.fears_return"].value is TRUE
    assert read.findings["nationalities.?"].value is FALSE
    assert read.jurisdiction == "UNHCR"


def test_the_last_finding_on_an_element_counts():
    first = Found("nationalities.PRK.outside", "true", OFFICER, DAY)
    later = Found("nationalities.PRK.outside", "unknown", OFFICER, DAY)
    both = CaseClaim("k1", "p1", assessment=Assessment(findings=(first, later)))

    assert only(file(both)).findings["nationalities.PRK.outside"].value is UNKNOWN


def test_a_national_procedure_has_the_set_of_its_state():
    assert only(file(claim(procedure="national", state="KOR"))).jurisdiction == "KOR"
    assert only(file(claim(procedure="joint", state="CHN"))).jurisdiction == "CHN"


def test_the_law_is_that_of_the_day_on_which_it_was_signed():
    signed = Step("sign", OFFICER, DAY)

    assert only(file(claim(steps=(signed,)))).on == DAY
    assert only(file()).on is None


def test_a_finding_keeps_the_standard_under_which_it_was_made():
    parameter, values = next(
        (name, each.values) for name, each in BOOK.parameters.items() if each.values
    )
    under = Under(parameter, sorted(values)[0])
    found = Found("nationalities.PRK.outside", "true", OFFICER, DAY, under=(under,))
    read = only(file(CaseClaim("k1", "p1", assessment=Assessment(findings=(found,)))))

    assert read.findings["nationalities.PRK.outside"].under == {
        under.parameter: under.value
    }


def test_a_finding_that_the_law_book_does_not_ask_is_told():
    [entry] = entries(file(claim({"outside_the_box": "true"})), BOOK)

    assert isinstance(entry, Refused)
    assert "outside_the_box" in entry.problem


@pytest.mark.parametrize("turn", [1, -1])
def test_a_finding_below_another_one_is_told_and_none_is_lost(turn):
    paths = ["nationalities.PRK", "nationalities.PRK.outside"][::turn]
    [entry] = entries(file(claim(dict.fromkeys(paths, "true"))), BOOK)

    assert isinstance(entry, Refused)
    assert "`nationalities.PRK` is a finding" in entry.problem


@given(records.files())
def test_every_claim_of_every_file_can_be_replayed_after_a_journey(drawn):
    back = File.from_json(drawn.as_json())
    determiner = Determiner(BOOK)
    here, there = list(entries(drawn, BOOK)), list(entries(back, BOOK))

    assert len(here) == len(drawn.claims)
    for one, other in zip(here, there, strict=True):
        found = determiner.determine(one.claim, on=DAY)
        assert found.answer == determiner.determine(other.claim, on=DAY).answer


def test_an_entry_is_one_of_a_claims_file():
    assert set(entry_of(claim())) <= {"id", "jurisdiction", "facts"}
    assert Table(entry_of(claim()), "R-1").text("id") == "k1"
