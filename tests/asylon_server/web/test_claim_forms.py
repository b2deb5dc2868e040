"""Forms on claims: what is pointed at, and what is made of what was typed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from asylon.casework.decisions import Reasoning
from asylon.casework.drafting import Suggested
from asylon.casework.procedure import procedure
from asylon_server.store.claims.staffing import Staffing
from asylon_server.web.desk.claims import assessforms as assessing
from asylon_server.web.desk.claims import circumstanceforms as beside
from asylon_server.web.desk.claims.calendar import escaped
from asylon_server.web.desk.claims.counselforms import AppearForm
from asylon_server.web.desk.claims.decisionforms import DraftForm, begun
from asylon_server.web.desk.claims.forms import StepForm
from asylon_server.web.desk.claims.interview_forms import NONE, OUTSIDE, StaffForm

DAY = date(2026, 11, 24)
LATER = DAY + timedelta(days=1)
RULES = ["no-exclusion-indicated", "no-cessation-indicated"]


def drafted(**typed):
    told = {"outcome": "recognise", "language": "en", **typed}
    return DraftForm([("recognise", "recognise")], [], 2, told)


def wrong(form):
    return sorted(form.errors)


def test_a_part_of_the_reasons_has_a_heading_and_words_or_neither():
    assert wrong(drafted(**{"heading-0": "Why"})) == ["words-0"]
    assert wrong(drafted(**{"words-1": "So."})) == ["heading-1"]
    assert wrong(drafted()) == ["words-0"]
    assert wrong(drafted(outcome="")) == ["outcome"]
    form = drafted(**{"heading-1": "Why", "words-1": "So."})
    assert wrong(form) == []
    assert form.reasons == (Reasoning("Why", "So."),)


def test_what_was_drafted_under_a_heading_is_not_suggested_again():
    last = Reasoning("Why", "So.")
    told = [
        Suggested(Reasoning(each, "Suggested."), "found") for each in ("Why", "Who")
    ]

    assert [each.heading for each, _of in begun(told, [last])] == ["Why", "Who"]


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (lambda on: AppearForm(DAY, {"consented": on, "asked": "on"}), "consented"),
        (
            lambda on: beside.StopForm(DAY, {"why": "contact_unsafe", "stopped": on}),
            "stopped",
        ),
    ],
)
def test_nothing_was_on_a_day_that_is_still_to_come(form, field):
    assert wrong(form(DAY.isoformat())) == []
    assert wrong(form(LATER.isoformat())) == [field]


def test_nobody_is_a_guardian_until_before_they_were_one():
    def named(since, until):
        return beside.GuardianForm({"name": "Li", "since": since, "until": until})

    assert wrong(named(DAY.isoformat(), LATER.isoformat())) == []
    assert wrong(named(LATER.isoformat(), DAY.isoformat())) == ["until"]


def test_words_that_an_act_needs_are_no_spaces():
    row = next(each for each in procedure().acts.values() if each.says)
    outcomes = [("x", "x")] if row.outcomes else []
    told = {"words": " ", "outcome": "x"}

    assert wrong(StepForm(row, outcomes, told)) == ["words"]
    assert wrong(StepForm(row, outcomes, told | {"words": "Why."})) == []


def test_a_fingerprint_is_written_as_everywhere_or_left_out():
    def given(told):
        return assessing.SourceForm({"title": "A report", "fingerprint": told})

    assert wrong(given("")) == wrong(given("AB" * 32)) == []
    assert wrong(given("ab" * 31)) == wrong(given("xy" * 32)) == ["fingerprint"]


def test_only_what_was_put_was_screened_and_only_what_was_raised_raised():
    form = assessing.ScreeningForm(RULES, {RULES[0]: assessing.RAISED})
    clear = assessing.ScreeningForm(RULES, {RULES[0]: assessing.CLEAR})

    assert form.is_valid()
    assert clear.is_valid()
    assert form.screened() == form.raised() == clear.screened() == RULES[:1]
    assert clear.raised() == []


def test_what_was_looked_at_is_asked_only_where_a_fact_is_not_accepted():
    def told(accepted):
        return assessing.FactForm([("e", "e")], {"words": "So.", "accepted": accepted})

    assert wrong(told("accepted")) == []
    assert [each[:9] for each in wrong(told("not_accepted"))] == ["indicator"]


def test_who_comes_from_outside_is_named_and_has_no_account():
    staffing = Staffing({"o": "Noor"}, {"i": "Mira"})

    def told(interpreter, name=""):
        sent = {"officer": "o", "officer_languages": "English", "untied": "on"}
        sent |= {"interpreter": interpreter, "interpreter_name": name}
        return StaffForm(staffing, sent | {"interpreter_languages": "한국어"})

    assert wrong(told("i")) == wrong(told(NONE)) == wrong(told(OUTSIDE, "Han")) == []
    assert wrong(told(OUTSIDE)) == wrong(told("i", "Han")) == ["interpreter_name"]
    accounts = {}
    for form in (told("i"), told(OUTSIDE, "Han")):
        assert form.is_valid()
        accounts[form.staff()[1].name] = form.staff()[1].account
    assert accounts == {"": "i", "Han": ""}


def test_a_room_ends_no_line_of_a_calendar():
    assert escaped("Room\r2\x00;\n3") == "Room2\\;\\n3"
