"""Every standing that a claim can reach, held against what due process asks for."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from asylon.casework.procedure import (
    Course,
    Procedure,
    Step,
    Taken,
    open_to,
    procedure,
    taken,
)
from asylon.logic import FALSE, TRUE, UNKNOWN, Truth
from asylon.logic.formulas import Constant
from tests.casework.procedure import due_process
from tests.casework.procedure.walking import DAY, people, walked
from tests.conftest import SOAK

KINDS = tuple(procedure().kinds)
CORE = sorted(each.id for each in procedure().guards.values() if each.core)
FOUND = {"definition", "complementary", "excluded"}
AGAINST = {"complaint", "in_custody", "late", "accused", "child"}
LEADING = {"sign_off", "examine", "draft", "endorse", "sign", "tell", "appeal"}
ONWARD, LONGEST = 9, 40
JOINT = {"witness", "review_elsewhere"}
SELDOM = set() if SOAK else {"dismissed", "kept"}
STEPS = 1_000_000 if SOAK else 20_000


def without(guard: str) -> Procedure:
    """Give the table with a guard that asks for nothing."""
    table = procedure()
    empty = replace(table.guards[guard], holds_when=Constant(TRUE))
    return replace(table, guards={**table.guards, guard: empty})


@pytest.mark.parametrize("kind", KINDS)
def test_no_claim_comes_to_an_adverse_outcome_without_due_process(kind):
    found = walked(procedure(), kind)

    assert {rule: course.steps for rule, course in found.broken.items()} == {}
    assert found.courses > 100
    assert {stage for stage, _, _ in found.standings} == set(procedure().stages)


@pytest.mark.parametrize("guard", CORE)
def test_without_a_core_guard_a_claim_comes_there(guard):
    table = without(guard)
    kinds = ("joint",) if guard in JOINT else ("mandate", "joint")

    assert any(walked(table, kind, stop_early=True).broken for kind in kinds)


@pytest.mark.parametrize(
    "steps", [pytest.param(STEPS, marks=pytest.mark.soak) if SOAK else STEPS]
)
def test_random_steps_never_break_due_process(steps, chance):
    table, reached = procedure(), set()
    course = Course(chance.choice(KINDS))
    for _ in range(steps):
        step = _drawn(course, table, chance)
        told = _told(table, chance)
        was = course.standing(table)
        found = taken(course, step, told, table=table)
        if not isinstance(found, Taken):
            continue
        asked = due_process.demanded(course, step)
        assert {name: told[name] for name in asked} == dict(asked), step
        assert due_process.unmet(course, step, was, found.standing) == [], step
        reached.add(found.standing.stage)
        course = found.course
        if table.stages[found.standing.stage].ended or len(course.steps) == LONGEST:
            course = Course(chance.choice(KINDS))

    assert reached >= set(table.stages) - {"heard"} - SELDOM


def _drawn(course: Course, table: Procedure, chance: Random) -> Step:
    """Draw an act that the table gives somebody, more often one that leads onward."""
    acting = [
        (by, act)
        for by in people(course.procedure)
        for act in open_to(course, by, table=table)
    ]
    weights = [ONWARD if act.id in LEADING else 1 for _, act in acting]
    [(by, act)] = chance.choices(acting, weights)
    instance = course.standing(table).instance
    outcomes = [e for e in act.outcomes if table.outcomes[e].instance == instance]
    return Step(act.id, by, DAY, chance.choice(outcomes or [""]), words="…")


def _told(table: Procedure, chance: Random) -> dict[str, Truth]:
    """Draw a file that lacks something, but not so much that nothing is decided."""
    return {
        name: chance.choices((TRUE, FALSE, UNKNOWN), _weights(name))[0]
        for name, each in table.facts.items()
        if each.origin in {"file", "law", "actor"}
    }


def _weights(name: str) -> tuple[int, int, int]:
    if name in FOUND:
        return 5, 5, 1
    return (1, 60, 1) if name in AGAINST else (60, 1, 1)
