"""What waits on a claim for somebody: their next act, the times ahead, what came back.

All of it follows from the steps, and from the days that are kept beside them, so that a
list of many claims is told without what was said on them. Whether everything is there
for an act is asked of the whole file, when it is opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from asylon.casework.actors import Actor
from asylon.casework.exceptions import Proposed, makes
from asylon.casework.files import CaseClaim
from asylon.casework.procedure import Act, Procedure, Standing, Step, procedure
from asylon.casework.procedure.courses import after, facts_of
from asylon.casework.procedure.deadlines import NoHolidaysError, reckoned, rule_for
from asylon.casework.procedure.tables import DRAFTS, PROTECTS, START
from asylon.logic import FALSE, Fact, Truth, evaluate
from asylon.logic.formulas import walk

FIXES = "schedule"
"""The act that fixes an interview; once one is fixed, another is nobody's next."""

LATE = "late"
"""The fact that says of an act that there is a time for it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits on a claim.

    Attributes:
        stage: how far it has come.
        act: the next act of whoever asks, as far as the steps show; empty, if none is.
        back: the step by which it came back, until it is drafted anew.
        ends: the times ahead, by what they are for, and the last day of each.
        untouched: the day of the last step, where that is long ago.
        since: the day of the last step.
        excepts: whether an exception waits for their answer.
    """

    claim: str
    stage: str
    act: str = ""
    back: Step | None = None
    ends: tuple[tuple[str, date], ...] = ()
    untouched: date | None = None
    since: date | None = None
    excepts: bool = False

    @property
    def is_something(self) -> bool:
        """Whether anything waits at all."""
        there = self.act or self.back or self.ends or self.untouched
        return bool(there or self.excepts)


def waiting(claim: CaseClaim, by: Actor, on: date) -> Waiting:
    """Say what waits on a claim for somebody, on a day."""
    table = procedure()
    seen = claim.course.seen(table)
    stage = table.stages[seen.standing.stage]
    last = claim.steps[-1].on if claim.steps else claim.wish_heard
    days = (on - last).days if last else 0
    is_long = days > table.measures["untouched_days"] and not stage.ended
    seat = (by.organisation_kind, by.role)
    facts = frozenset(seen.facts(table, claim.procedure, by).items())
    fixed = any(each.act == FIXES for each in claim.steps)
    done = frozenset({FIXES} if fixed else ())
    act = _next(claim.procedure, seen.standing, seat, facts, done)
    return Waiting(
        claim.id,
        stage.id,
        act,
        _came_back(claim, table) if act else None,
        tuple(_ahead(claim, stage.id, on)),
        last if is_long else None,
        last,
        bool(unanswered(claim, by)),
    )


@lru_cache(maxsize=2_048)
def _next(
    kind: str,
    standing: Standing,
    seat: tuple[str, str],
    facts: frozenset[tuple[str, Truth]],
    done: frozenset[str],
) -> str:
    """Name the act of a seat that leads on, or else the first that is neutral.

    An act of which the steps show that it waits for something else is none. Many claims
    stand alike, so that it is worked out once for all of them; nothing of a claim but
    codes is kept here.
    """
    table, known = procedure(), dict(facts)
    there = [
        act
        for act in table.acts.values()
        if standing.stage in act.stages
        and act.id not in done
        and _leads_on(act, standing.stage, table)
        and seat in table.seats(act.by, kind, standing.instance)
    ]
    there.sort(key=lambda act: not _moves(act, standing.stage))
    for act in there:
        drafts = bool(act.outcomes)
        drafted = facts_of(table, after(table, act, standing)) if drafts else {}
        outcome = None if drafts else table.outcomes.get(standing.outcome)
        guards = table.asked_of(act, outcome, standing.instance)
        asked = known | drafted
        if all(evaluate(each.holds_when, asked) is not FALSE for each in guards):
            return act.id
    return ""


def _leads_on(act: Act, stage: str, table: Procedure) -> bool:
    """Whether an act is somebody's work: it takes the claim on, and not back or away."""
    outcomes = [table.outcomes[each] for each in act.outcomes]
    closes = bool(outcomes) and all(each.closes for each in outcomes)
    protects = act.effect == PROTECTS and stage != START
    away = act.effect == "adverse" or act.says or closes or protects
    return not away and (_moves(act, stage) or act.effect == "neutral")


def _moves(act: Act, stage: str) -> bool:
    return bool(act.leads) or (bool(act.to) and act.to != stage)


def _came_back(claim: CaseClaim, table: Procedure) -> Step | None:
    """Find the step by which a claim came back, unless it was drafted since."""
    if not any(table.acts[e.act].says or e.outcome in _remits() for e in claim.steps):
        return None
    back, standing = None, Standing()
    for step in claim.steps:
        act = table.acts[step.act]
        now = after(table, act, standing, step.outcome)
        remitted = standing.outcome in _remits() and now.instance != standing.instance
        if act.part == DRAFTS:
            back = None
        elif act.says or remitted:
            back = step
        standing = now
    return back


def _ahead(claim: CaseClaim, stage: str, on: date) -> Iterator[tuple[str, date]]:
    """Reckon the times that run now; one that stands still has no last day."""
    appeals = stage in _timed()
    for deadline, begins in (
        ("appeal", claim.told if appeals else None),
        ("coming", claim.called),
    ):
        ends = begins and _ends(claim, deadline, begins)
        if ends and ends >= on:
            yield deadline, ends


@cache
def _timed() -> frozenset[str]:
    """Name the stages at which there is an act for which there is a time."""
    table = procedure()
    return frozenset(
        stage
        for act in table.acts.values()
        for guard in act.guards
        for each in walk(table.guards[guard].holds_when)
        if isinstance(each, Fact) and each.name == LATE
        for stage in act.stages
    )


@cache
def _remits() -> frozenset[str]:
    """Name the outcomes by which the first instance has a claim again."""
    return frozenset(e.id for e in procedure().outcomes.values() if e.back)


def _ends(claim: CaseClaim, deadline: str, begins: date) -> date | None:
    rule = rule_for(deadline, claim.procedure, claim.state, begins)
    if rule is None:
        return None
    try:
        return reckoned(rule, begins, state=claim.state, stops=claim.stops).ends
    except NoHolidaysError:
        return None


def unanswered(claim: CaseClaim, by: Actor) -> list[Proposed]:
    """List the exceptions on a claim that somebody may answer."""
    others = [e for e in claim.exceptions if e.is_open and e.by.person != by.person]
    return others if others and makes(claim.course, by) else []
