"""Scenarios of the procedure as a lawyer reads them, run through the table that ships."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from asylon.casework import Actor
from asylon.casework.procedure import (
    Course,
    Despite,
    Step,
    Taken,
    open_to,
    procedure,
    taken,
)
from asylon.casework.procedure.deadlines import (
    NoHolidaysError,
    Stop,
    reckoned,
    rule_for,
)
from asylon.logic import FALSE, TRUE, Truth
from tests.casework.procedure.walking import DAY

HERE = Path(__file__).parents[2] / "scenarios" / "procedure"
AGAINST = {"complaint", "in_custody", "late", "accused", "child"}
AGAINST |= {"definition", "complementary", "excluded"}
"""What a file says no to, where a decision is to be made."""

FULL = {
    name: FALSE if name in AGAINST else TRUE
    for name, each in procedure().facts.items()
    if each.origin in {"file", "law", "actor"}
}


def read(name):
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


PAGES = {path.stem: read(path.name) for path in sorted(HERE.glob("*.toml"))}
SCENARIOS = [
    pytest.param(page, each, id=f"{name}: {each['says']}")
    for name, page in PAGES.items()
    for each in page.get("scenario", ())
]
DEADLINES = [
    pytest.param(each, id=each["says"]) for each in PAGES["deadlines"]["deadline"]
]
COURSES = [
    pytest.param(page, name, id=f"{file}: {name}")
    for file, page in PAGES.items()
    for name in page.get("course", ())
]


def person(page, name):
    """Whoever is named so; somebody `at` another body is the same person there."""
    organisation, role = page["people"][name].split()
    return Actor(name.partition(" at ")[0], organisation, organisation, role)


def step(page, words):
    who, what, *written = words.split(": ")
    act, _, outcome = what.partition(" ")
    return Step(act, person(page, who), DAY, outcome, words="".join(written))


def course(page, name):
    steps = tuple(step(page, each) for each in page["course"][name])
    return Course(page["procedure"], steps)


def test_there_are_at_least_a_hundred_and_twenty():
    assert len(SCENARIOS) + len(DEADLINES) >= 120


@pytest.mark.parametrize(("page", "given"), SCENARIOS)
def test_the_table_says_what_the_scenario_says(page, given):
    now = step(page, given["when"])
    if despite := given.get("despite"):
        by = tuple(person(page, each) for each in despite["by"])
        exception = Despite(tuple(despite["guards"]), by, despite["reason"])
        now = replace(now, despite=exception)
    told = FULL | {name: Truth(value) for name, value in given.get("file", {}).items()}

    found = taken(course(page, given["given"]), now, told)

    if isinstance(found, Taken):
        assert found.standing.stage == given.get("then"), "it was done"
    else:
        assert sorted(each.code for each in found) == sorted(given.get("refused", ()))


@pytest.mark.parametrize(("page", "name"), COURSES)
def test_what_is_given_is_open_to_those_who_did_it(page, name):
    before = Course(page["procedure"])
    for each in course(page, name).steps:
        assert each.act in {act.id for act in open_to(before, each.by)}, each
        before = before.with_step(each)


@pytest.mark.parametrize("given", DEADLINES)
def test_a_time_ends_on_the_day_that_the_scenario_says(given):
    rule = rule_for(given["of"], given["procedure"], given["state"], given["told"])
    stops = [Stop(**each) for each in given.get("stops", ())]
    try:
        found = rule and reckoned(
            rule, given["told"], state=given["state"], stops=stops
        )
    except NoHolidaysError:
        found = None

    assert (found.ends or "open" if found else "unknown") == given["ends"]
