"""What the law makes of the findings of a claim: the engine's answer, and no harm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asylon.casework import Actor, CaseClaim, File, Person
from asylon.casework.assessments import Assessment, Found, Under
from asylon.casework.lawful import NOTHING, Engine
from asylon.casework.procedure import Step
from asylon.casework.proceedings import Moment, told
from asylon.determination import Determiner, read_decisions
from asylon.law import DEFINITION
from asylon.law.jurisdictions import STATES
from asylon.logic import FALSE, TRUE, UNKNOWN
from tests.shipped import BOOK

PUBLISHED = (files("asylon.determination") / "published.toml").read_bytes()
DECISIONS = [each.claim for each in read_decisions(PUBLISHED, "published.toml", BOOK)]
EVERY = pytest.mark.parametrize("decided", DECISIONS, ids=lambda each: each.id)
DAY = date(2026, 11, 30)
OFFICER = Actor("o1", "unhcr", "unhcr", "eligibility_officer")
ENGINE = Engine(BOOK)
EXCLUDING = ("international_crime", "complicit")


def found(path, value, **under):
    made = tuple(Under(name, each) for name, each in under.items())
    return Found(path, value, OFFICER, DAY, under=made)


def claim(*findings, **more):
    return CaseClaim("k1", "p1", assessment=Assessment(findings=findings), **more)


def officers(decided):
    """Write a published decision as findings that an officer made."""
    findings = tuple(
        found(path, each.value.value, **each.under)
        for path, each in decided.findings.items()
    )
    national = decided.jurisdiction in STATES
    where = {"procedure": "national", "state": decided.jurisdiction}
    said = claim(*findings, **(where if national else {}))
    raised = {
        "screened": tuple(decided.screened),
        "indicators": tuple(decided.indicators),
    }
    return replace(said, assessment=replace(said.assessment, **raised))


def as_the_engine_has_it(decided):
    """Take away what a file of a case does not say: the settings a decision states."""
    national = decided.jurisdiction in STATES
    return replace(
        decided,
        parameters={},
        as_decided=False,
        jurisdiction=decided.jurisdiction if national else "UNHCR",
    )


@EVERY
def test_every_published_decision_gives_the_answer_of_the_engine(decided):
    law = ENGINE.law(officers(decided), on=decided.on)
    answer = Determiner(BOOK).determine(as_the_engine_has_it(decided))

    assert law.definition is answer.definition
    assert set(answer.answer.decisive) <= set(law.open)


@given(st.sampled_from(DECISIONS), st.data())
def test_a_finding_that_is_taken_back_never_harms(decided, data):
    whole = officers(decided)
    findings = whole.assessment.findings
    taken = data.draw(st.sampled_from(findings))
    before = ENGINE.law(whole, on=decided.on)
    again = (*findings, replace(taken, value="unknown"))
    after = ENGINE.law(claim_with(whole, again), on=decided.on)

    for fact in ("definition", "excluded", "complementary"):
        assert getattr(after, fact) in {getattr(before, fact), UNKNOWN}, taken.element


def claim_with(claim, findings):
    return replace(claim, assessment=replace(claim.assessment, findings=findings))


LOST = claim(found("nationalities.PRK.outside", "true"))


@pytest.mark.parametrize(
    "lost",
    [
        replace(LOST, procedure="national"),
        claim(found("outside_the_box", "true")),
        claim(found("nationalities.?.outside", "true")),
        claim(found("nationalities.PRK", "true"), found("nationalities.PRK.x", "true")),
        replace(LOST, steps=(Step("sign", OFFICER, date.min),)),
        replace(LOST, steps=(Step("sign", OFFICER, DAY),), lodged=date(2027, 1, 1)),
    ],
    ids=["no state", "no element", "nobody", "below", "no law", "signed too early"],
)
def test_where_nothing_can_be_worked_out_all_is_open_and_nothing_known(lost):
    on = None if lost.steps else DAY

    assert ENGINE.law(lost, on=on) is NOTHING
    person = File("R-1", (Person("p1"),), claims=(lost,))
    facts = told(person, lost, NOTHING, Moment(DAY))
    assert facts["definition"] is facts["complementary"] is facts["excluded"] is UNKNOWN
    assert facts["settled"] is FALSE


def test_without_a_day_nothing_is_worked_out():
    assert ENGINE.law(LOST) is NOTHING


def test_the_day_is_the_one_that_is_asked_or_that_of_the_signature():
    signed = replace(LOST, steps=(Step("sign", OFFICER, DAY),))

    assert ENGINE.laid(signed).settings.on == DAY
    later = date(2027, 1, 1)
    assert ENGINE.laid(signed, on=later).settings.on == later


def test_nothing_found_is_open():
    law = ENGINE.law(claim(), on=DAY)

    assert law.definition is law.excluded is law.complementary is UNKNOWN
    assert {"destinations.?", "nationalities.?", "serious_crime"} <= set(law.open)


@pytest.mark.parametrize(
    ("value", "excluded"), [("true", TRUE), ("false", UNKNOWN), ("unknown", UNKNOWN)]
)
def test_a_ground_of_exclusion_is_found_only_once_it_is_established(value, excluded):
    findings = [found(name, value) for name in EXCLUDING]
    excused = found("excused_international_crime", "false")

    assert ENGINE.law(claim(*findings), on=DAY).excluded is UNKNOWN
    assert ENGINE.law(claim(*findings, excused), on=DAY).excluded is excluded


@pytest.mark.parametrize(
    ("ends", "otherwise"),
    [
        ({"receives_un_assistance": "true", "assistance_ceased": "false"}, "help"),
        ({"residence_taken_up": "true", "rights_of_nationals": "true"}, "rights"),
        (
            {"reestablished_in_country": "true"}
            | {"reestablished_voluntarily": "true"},
            "",
        ),
    ],
)
def test_another_end_of_the_definition_is_no_exclusion(ends, otherwise):
    findings = [found(name, value) for name, value in ends.items()]
    law = ENGINE.law(claim(*findings), on=DAY)

    assert law.definition is FALSE, otherwise
    assert law.excluded is UNKNOWN


TORTURE = {
    "destinations.PRK.return_considered": "true",
    "destinations.PRK.torture_danger": "true",
    "destinations.PRK.official_hand": "true",
}


def of(findings, **more):
    return claim(*(found(path, value) for path, value in findings.items()), **more)


def test_a_bar_on_return_that_is_met_protects_whoever_is_excluded():
    excluded = {
        **dict.fromkeys(EXCLUDING, "true"),
        "excused_international_crime": "false",
    }
    law = ENGINE.law(of(TORTURE | excluded), on=DAY)

    assert (law.definition, law.excluded, law.complementary) == (FALSE, TRUE, TRUE)
    assert not law.open


NO_RETURN = {"destinations.?": "false", "destinations.PRK.return_considered": "false"}


def test_that_nobody_named_a_state_of_return_is_no_examination():
    law = ENGINE.law(of({"destinations.?": "false"}), on=DAY)

    assert law.complementary is UNKNOWN
    assert "cat84/article-3" in law.open


def test_a_state_that_the_person_named_is_looked_at_before_a_list_is_closed():
    here = of(NO_RETURN, procedure="national", state="KOR")

    assert ENGINE.law(here, on=DAY).complementary is FALSE
    named = ENGINE.law(here, {"destinations": ["CHN"]}, on=DAY)
    assert named.complementary is UNKNOWN
    assert "destinations.CHN.torture_danger" in named.open


def test_a_state_is_not_asked_what_does_not_bind_it():
    here = ENGINE.law(of(NO_RETURN, procedure="national", state="KOR"), on=DAY)
    jointly = ENGINE.law(of(NO_RETURN, procedure="joint", state="KOR"), on=DAY)

    assert here.complementary is FALSE
    assert jointly.complementary is UNKNOWN
    assert set(jointly.open) > set(here.open)


def test_what_speaks_against_another_protection_needs_its_reasons_too():
    helping, harming = ENGINE.law(of(TORTURE), on=DAY).signs

    assert "destinations.PRK.torture_danger" in helping
    assert "serious_crime" in harming


def test_the_set_of_the_mandate_stands_in_where_a_state_has_none():
    laid = ENGINE.laid(replace(LOST, procedure="national", state="THA"), on=DAY)

    assert laid.settings.set.jurisdiction == "UNHCR"
    assert laid.settings.warnings


def test_every_name_that_is_open_is_one_of_the_law_book():
    for decided in DECISIONS:
        for name in ENGINE.law(officers(decided), on=decided.on).open:
            last = name.rpartition(".")[2]
            assert last in BOOK.elements or last == "?"
    assert set(NOTHING.open) == {DEFINITION}
