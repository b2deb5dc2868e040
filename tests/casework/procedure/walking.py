"""Going through every standing that a claim can reach, by whatever acts.

What the file says may be anything at any time: for each act the walk asks whether some
file lets it pass, and then whether a file without one of the things that due process asks
for lets it pass as well. Two courses are one to the table where everybody who could act
finds the same facts, so one of them stands for both.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import combinations, product

from asylon.casework import Actor
from asylon.casework.procedure import Act, Course, Guard, Procedure, Step
from asylon.casework.procedure.acting import asked, open_at
from asylon.casework.procedure.courses import Seen
from asylon.casework.procedure.tables import FIRST, START
from asylon.logic import FALSE, TRUE, UNKNOWN, Truth, evaluate
from asylon.logic.formulas import Fact, Formula, walk
from tests.casework.procedure import due_process
from tests.conftest import SOAK

DAY = date(2026, 11, 30)
VALUES = (TRUE, FALSE, UNKNOWN)

UNHCR, STATE, APPEALS, AID = "unhcr", "authority", "appeal_body", "legal_aid"


BOTH, REVIEWS = ("eligibility_officer", "reviewing_officer"), ("reviewing_officer",)
JUDGES = ("appeal_officer",)

SOLE = ((1, BOTH), (2, BOTH))
SEATS = {
    "mandate": {UNHCR: SOLE, APPEALS: ((1, JUDGES), (2, JUDGES))},
    "national": {STATE: SOLE, APPEALS: ((1, JUDGES), (2, JUDGES))},
    "joint": {
        STATE: ((1, BOTH),),
        UNHCR: ((1, BOTH if SOAK else REVIEWS), (2, REVIEWS)),
        APPEALS: ((1, JUDGES), (2, JUDGES)),
    },
}
"""Who acts: the people of each body, and the roles of each.

In a quick run UNHCR drafts nothing in a joint procedure, where a soak has it do both.
"""

ALSO = {
    # Whoever changed over to the appeal body is still the same person.
    "mandate": (Actor("unhcr 1", APPEALS, APPEALS, *JUDGES),),
    "national": (Actor("authority 1", APPEALS, APPEALS, *JUDGES),),
    "joint": (),
}
MANY = (
    # A second body of one side is no other side.
    Actor("second ministry", "second", STATE, *REVIEWS),
    Actor("authority 1", APPEALS, APPEALS, *JUDGES),
    Actor("second tribunal", "tribunal", APPEALS, *JUDGES),
    Actor("authority 2", STATE, STATE, *REVIEWS),
)
"""Who acts in a joint procedure as well, where there is an hour to walk in."""


@cache
def people(kind: str) -> tuple[Actor, ...]:
    """Name those who act, and those who stand beside the person."""
    made = [
        Actor(f"{body} {number}", body, body, role)
        for body, seats in SEATS[kind].items()
        for number, roles in seats
        for role in roles
    ]
    many = MANY if SOAK and kind == "joint" else ()
    beside = [Actor(each, AID, AID, each) for each in ("counsel", "auditor")]
    return (*made, *ALSO[kind], *many, *beside)


@cache
def swaps(kind: str) -> tuple[Mapping[str, str], ...]:
    """Say which people can stand for which: two of one body, in the same roles."""
    seats: dict[str, list[tuple[str, str]]] = {}
    for each in people(kind):
        seats.setdefault(each.person, []).append((each.organisation, each.role))
    alike = [
        (one, other)
        for one, other in combinations(sorted(seats), 2)
        if sorted(seats[one]) == sorted(seats[other])
    ]
    return ({}, *({one: other, other: one} for one, other in alike))


@dataclass
class Walked:
    """What a walk found."""

    standings: set[tuple[str, str, str]] = field(default_factory=set)
    courses: int = 0
    steps: int = 0
    broken: dict[str, Course] = field(default_factory=dict)


def walked(table: Procedure, kind: str, *, stop_early: bool = False) -> Walked:
    """Go everywhere, and keep a course for each rule of due process that it breaks."""
    found, start = Walked(), Seen()
    ahead, seen = deque([(start, Course(kind))]), {_alike(start, kind)}
    found.standings.add((START, FIRST, ""))
    while ahead:
        before, course = ahead.popleft()
        for step in _steps(before, kind, table):
            now = before.after(table.acts[step.act], step, table)
            found.steps += 1
            for rule in _broken(before, course, step, now, table):
                found.broken.setdefault(rule, course.with_step(step))
            if found.broken and stop_early:
                return found
            alike = _alike(now, kind)
            if alike not in seen:
                seen.add(alike)
                stands = now.standing
                found.standings.add((stands.stage, stands.instance, stands.outcome))
                ahead.append((now, course.with_step(step)))
    found.courses = len(seen)
    return found


def _alike(seen: Seen, kind: str) -> Seen:
    """Give what stands for all courses that differ only by which of two like people acts."""
    return min((_renamed(seen, names) for names in swaps(kind)), key=repr)


def _renamed(seen: Seen, names: Mapping[str, str]) -> Seen:
    def name(person: str) -> str:
        return names.get(person, person)

    author = seen.author and replace(seen.author, person=name(seen.author.person))
    return replace(
        seen,
        author=author,
        signer=name(seen.signer),
        makers=frozenset(map(name, seen.makers)),
        first=frozenset(map(name, seen.first)),
    )


def _steps(seen: Seen, kind: str, table: Procedure) -> Iterator[Step]:
    for by in people(kind):
        for act in open_at(kind, seen.standing, by, table):
            for outcome in act.outcomes or ("",):
                if (
                    outcome
                    and table.outcomes[outcome].instance != seen.standing.instance
                ):
                    continue
                step = Step(act.id, by, DAY, outcome, words="…")
                if passes(act, *_guards(seen, kind, step, table), {}):
                    yield step


def _guards(
    seen: Seen, kind: str, step: Step, table: Procedure
) -> tuple[tuple[Guard, ...], tuple[tuple[str, Truth], ...]]:
    guards, known = asked(kind, seen, step, table)
    return guards, tuple(sorted(known.items()))


def _broken(
    before: Seen, course: Course, step: Step, now: Seen, table: Procedure
) -> Iterator[str]:
    guards, own = _guards(before, course.procedure, step, table)
    act = table.acts[step.act]
    for name, wanted in due_process.demanded(course, step).items():
        for other in VALUES:
            if other is not wanted and passes(act, guards, own, {name: other}):
                yield f"{step.act} where `{name}` is {other.value}"
    if due_process.guarded_child(course, step):
        for child in (TRUE, UNKNOWN):
            for guardian in (FALSE, UNKNOWN):
                alone = {"child": child, "guardian": guardian}
                if passes(act, guards, own, alone):
                    yield f"{step.act} about a child without a guardian"
    yield from due_process.unmet(course, step, before.standing, now.standing)


def passes(
    act: Act,
    guards: Iterable[Guard],
    own: tuple[tuple[str, Truth], ...],
    fixed: Mapping[str, Truth],
) -> bool:
    """Whether some file that says what is fixed passes every guard."""
    formulas = tuple(each.holds_when for each in guards)
    named = {fact for each in formulas for fact in _facts(each)}
    kept = tuple((name, truth) for name, truth in own if name in named)
    return _is_satisfied(act, formulas, kept, tuple(fixed.items()))


@cache
def _facts(formula: Formula) -> frozenset[str]:
    return frozenset(each.name for each in walk(formula) if isinstance(each, Fact))


@cache
def _passing(act: Act, formula: Formula) -> tuple[dict[str, Truth], ...]:
    """List what can be known so that a guard lets an act pass."""
    names = sorted(_facts(formula))
    told = (
        dict(zip(names, v, strict=True)) for v in product(VALUES, repeat=len(names))
    )
    return tuple(each for each in told if act.passes(evaluate(formula, each)))


@cache
def _is_satisfied(
    act: Act,
    formulas: tuple[Formula, ...],
    own: tuple[tuple[str, Truth], ...],
    fixed: tuple[tuple[str, Truth], ...],
) -> bool:
    return _search([_passing(act, each) for each in formulas], dict(own) | dict(fixed))


def _search(
    left: list[tuple[dict[str, Truth], ...]], known: Mapping[str, Truth]
) -> bool:
    """Choose for one formula after the other what agrees with what is known."""
    fitting = [tuple(e for e in each if _agree(e, known)) for each in left]
    if not all(fitting):
        return False
    if not fitting:
        return True
    first, *rest = fitting
    return any(_search(rest, {**known, **each}) for each in first)


def _agree(some: Mapping[str, Truth], known: Mapping[str, Truth]) -> bool:
    return all(known.get(name, truth) is truth for name, truth in some.items())
