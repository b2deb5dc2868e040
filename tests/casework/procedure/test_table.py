"""A table of the procedure that says nothing sensible is refused where it is read."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from asylon.casework import procedure as room
from asylon.casework.holds import Refusal
from asylon.casework.procedure import procedure, read_procedure
from asylon.casework.procedure.deadlines import Stop, read_deadlines, reckoned, rule_for
from asylon.casework.procedure.sentences import reckoned as told
from asylon.casework.procedure.sentences import refused
from asylon.identity import RecordError
from asylon.languages import catalogue
from asylon.law.errors import DocumentError
from asylon.law.tables import Table, parse

SHIPPED = (files(room) / "procedure.toml").read_text(encoding="utf-8")
RULES = (files(room) / "deadlines.toml").read_text(encoding="utf-8")
HOLIDAYS = (files(room) / "holidays.toml").read_text(encoding="utf-8")

WRONG = {
    "a stage": ('to = "examined"', 'to = "examind"'),
    "a guard": ('guards = ["interview_first"]', 'guards = ["interviews"]'),
    "a fact in a formula": (
        '"both_fears or not refuses"',
        '"both_fear or not refuses"',
    ),
    "a formula": ('"not late"', '"not late and"'),
    "an outcome": ('outcomes = ["close"]', 'outcomes = ["end"]'),
    "a role": ('"deciding supervisor"', '"deciding boss"'),
    "an organisation": ('first = ["authority"]', 'first = ["police"]'),
    "an effect": ('effect = "adverse"', 'effect = "harms"'),
    "a part": ('part = "reviews"', 'part = "agrees"'),
    "an instance": ('instance = "appeal"\nleads', 'instance = "second"\nleads'),
    "a key": ("core = true", "cored = true"),
    "an origin": ('\nfrom = "actor"', '\nfrom = "chance"'),
}


def document(text, name="procedure.toml"):
    return Table(parse(text.encode(), name), name)


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_a_name_that_stands_for_nothing_is_refused(change):
    old, new = change
    assert old in SHIPPED

    with pytest.raises(DocumentError) as refusal:
        read_procedure(document(SHIPPED.replace(old, new, 1)))

    assert str(refusal.value).startswith("procedure.toml")


def test_a_stage_to_which_nothing_leads_is_refused():
    more = '\n[stage.lost]\nname = "lost"\n'

    with pytest.raises(DocumentError, match="nothing leads to the stage `lost`"):
        read_procedure(document(SHIPPED + more))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('deadline = "appeal"', 'deadline = "apeal"'),
        ('unit = "weeks"', 'unit = "moons"'),
        ('state = "KOR"', 'state = "KO"'),
        ("length = 30", "length = 0"),
    ],
)
def test_a_rule_that_says_nothing_is_refused(old, new):
    assert old in RULES

    with pytest.raises(DocumentError):
        read_deadlines(document(RULES.replace(old, new, 1)), document(HOLIDAYS))


def test_a_holiday_of_another_year_is_refused():
    wrong = HOLIDAYS.replace("2026-01-01", "2025-01-01", 1)

    with pytest.raises(DocumentError, match="another year"):
        read_deadlines(document(RULES), document(wrong))


@pytest.mark.parametrize("language", ["en", "ko", "zh"])
def test_every_refusal_has_a_sentence(language):
    table, say = procedure(), catalogue(language)
    codes = [each.code for each in table.guards.values()] + list(table.refusals)

    said = [refused(Refusal(code), say) for code in codes]

    assert len(codes) > 35
    assert not set(said) & set(codes)
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("why", ["", "She is ill.", "nobody_works"])
def test_what_stops_a_time_is_one_of_the_words_for_it(why):
    with pytest.raises(RecordError, match="`contact_unsafe`"):
        Stop(why, date(2026, 5, 10))


def test_a_reckoning_is_told_line_by_line():
    told_on = date(2026, 5, 6)
    rule = rule_for("appeal", "joint", "CHN", told_on)
    stops = [Stop("contact_unsafe", date(2026, 5, 10), date(2026, 5, 19))]

    lines = list(told(reckoned(rule, told_on, state="CHN", stops=stops), catalogue()))

    assert lines == [
        "Told on 6 May 2026, and counted from the day after it; the rule is "
        "Procedural Standards for RSD under UNHCR's Mandate, 7.2.",
        "7 May 2026 to 9 May 2026: 3 counted",
        "10 May 2026 to 19 May 2026: not counted (no safe way to reach the person)",
        "20 May 2026 to 15 June 2026: 27 counted",
        "Last day: 15 June 2026",
    ]
