"""Whether an act of the procedure may be done, and what the claim is after it.

Every guard is asked, also when another one has failed already, so that whoever is
refused reads everything that is missing at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from asylon.casework.actors import Actor
from asylon.casework.holds import Refusal
from asylon.casework.procedure.courses import (
    Course,
    Despite,
    Seen,
    Standing,
    Step,
    after,
    facts_of,
)
from asylon.casework.procedure.readers import procedure
from asylon.casework.procedure.tables import LAW, Act, Guard, Procedure
from asylon.logic import Truth, evaluate
from asylon.logic.formulas import Fact, walk

NO_SUCH_ACT = Refusal("procedure.no-such-act")
ANOTHER_STAGE = Refusal("procedure.not-at-this-stage")
NOT_THEIRS = Refusal("procedure.not-theirs")
NO_SUCH_OUTCOME = Refusal("procedure.no-such-outcome")
CORE = Refusal("procedure.core")
AGAINST = Refusal("procedure.against-the-person")
ONE_PERSON = Refusal("procedure.one-person")
NO_EXCEPTION_OF_THEIRS = Refusal("procedure.exception-not-theirs")
SAYS_NOTHING = Refusal("procedure.says-nothing")
NO_REASON = Refusal("procedure.no-reason")

TOGETHER = 2
"""So many people make an exception."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken, and where the claim stands after it."""

    course: Course
    standing: Standing


def taken(
    course: Course,
    step: Step,
    told: Mapping[str, Truth],
    *,
    table: Procedure | None = None,
) -> Taken | tuple[Refusal, ...]:
    """Take a step, if the table lets this person do it now; else say all that is missing.

    Args:
        course: the steps so far.
        step: the act, by whom and when, and the exception that two people make.
        told: what the file says, and what is so of whoever acts: facts by their name.
            What is not named is not known: that stops whatever is adverse, and nothing
            that protects.
        table: the procedure; the one that ships, where none is given.
    """
    table = table or procedure()
    act = table.acts.get(step.act)
    if act is None:
        return (NO_SUCH_ACT,)
    seen = course.seen(table)
    refusal = (
        _not_open(course.procedure, seen.standing, act, step.by, table)
        or _no_outcome(act, step, seen.standing, table)
        or (SAYS_NOTHING if act.says and not step.words.strip() else None)
    )
    if refusal:
        return (refusal,)
    failed = _failed(course.procedure, seen, step, told, table)
    refusals = _refused(course.procedure, seen.standing, step, failed, table)
    if refusals:
        return refusals
    return Taken(course.with_step(step), seen.after(act, step, table).standing)


def missing(
    course: Course,
    step: Step,
    told: Mapping[str, Truth],
    *,
    table: Procedure | None = None,
) -> tuple[Guard, ...]:
    """List the guards that a step would fail now, so that a page can say what to do."""
    table = table or procedure()
    return _failed(course.procedure, course.seen(table), step, told, table)


def open_to(
    course: Course, by: Actor, *, table: Procedure | None = None
) -> tuple[Act, ...]:
    """List the acts that the table gives somebody at this stage, whatever is missing."""
    table = table or procedure()
    return open_at(course.procedure, course.standing(table), by, table)


def open_at(
    kind: str, standing: Standing, by: Actor, table: Procedure
) -> tuple[Act, ...]:
    """List the acts that the table gives somebody where a claim stands."""
    return tuple(
        act
        for act in table.acts.values()
        if _not_open(kind, standing, act, by, table) is None
    )


def asked(
    kind: str, seen: Seen, step: Step, table: Procedure
) -> tuple[tuple[Guard, ...], dict[str, Truth]]:
    """Give the guards of a step, and what of their facts follows from the steps."""
    act, standing = table.acts[step.act], seen.standing
    outcome = table.outcomes.get(step.outcome if act.outcomes else standing.outcome)
    known = seen.facts(table, kind, step.by)
    if act.outcomes:
        known |= facts_of(table, after(table, act, standing, step.outcome))
    return table.asked_of(act, outcome, standing.instance), known


def asks_the_law(course: Course, step: Step, *, table: Procedure | None = None) -> bool:
    """Whether a guard of a step asks what the law makes of the findings.

    Few do, and working it out is most of the work of a step.
    """
    table = table or procedure()
    if step.act not in table.acts:
        return False
    guards, _known = asked(course.procedure, course.seen(table), step, table)
    return any(
        isinstance(each, Fact) and table.facts[each.name].origin == LAW
        for guard in guards
        for each in walk(guard.holds_when)
    )


def _failed(
    kind: str, seen: Seen, step: Step, told: Mapping[str, Truth], table: Procedure
) -> tuple[Guard, ...]:
    guards, own = asked(kind, seen, step, table)
    known = {**told, **own}
    act = table.acts[step.act]
    return tuple(e for e in guards if not act.passes(evaluate(e.holds_when, known)))


def _not_open(
    kind: str, standing: Standing, act: Act, by: Actor, table: Procedure
) -> Refusal | None:
    if standing.stage not in act.stages:
        return ANOTHER_STAGE
    seats = table.seats(act.by, kind, standing.instance)
    return None if (by.organisation_kind, by.role) in seats else NOT_THEIRS


def _no_outcome(
    act: Act, step: Step, before: Standing, table: Procedure
) -> Refusal | None:
    """Refuse an outcome that another act drafts, or another instance."""
    if not act.outcomes:
        return NO_SUCH_OUTCOME if step.outcome else None
    there = step.outcome in act.outcomes
    if there and table.outcomes[step.outcome].instance == before.instance:
        return None
    return NO_SUCH_OUTCOME


def _refused(
    kind: str,
    standing: Standing,
    step: Step,
    failed: tuple[Guard, ...],
    table: Procedure,
) -> tuple[Refusal, ...]:
    """Say why guards that fail stop a step, in spite of the exception, if there is one."""
    despite = step.despite or Despite((), (), "")
    excepted = [each for each in failed if each.id in despite.guards]
    refusals = [Refusal(e.code) for e in failed if e.core or e not in excepted]
    if not excepted:
        return tuple(refusals)
    if any(each.core for each in excepted):
        refusals.append(CORE)
    act = table.acts[step.act]
    outcome = table.outcomes.get(step.outcome if act.outcomes else standing.outcome)
    if act.is_adverse(outcome):
        refusals.append(AGAINST)
    seats = table.seats(table.excepting, kind, standing.instance)
    return (*refusals, *_not_two(despite, seats))


def _not_two(
    despite: Despite, seats: frozenset[tuple[str, str]]
) -> tuple[Refusal, ...]:
    refusals = []
    if len({each.person for each in despite.by}) < TOGETHER:
        refusals.append(ONE_PERSON)
    if any((e.organisation_kind, e.role) not in seats for e in despite.by):
        refusals.append(NO_EXCEPTION_OF_THEIRS)
    if not despite.reason.strip():
        refusals.append(NO_REASON)
    return tuple(refusals)
