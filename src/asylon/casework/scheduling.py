"""Whether an interview can be fixed: everybody who has to be there, and what is missing.

All that does not fit is told at once. Nothing is chosen here: who plans chooses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from asylon.casework.holds import Refusal
from asylon.casework.people import Person
from asylon.logic import FALSE, TRUE, Truth

MEANS = frozenset({"dialect", "room-taken", "file-incomplete"})
"""What does not fit of the means; everything else is of the people."""


@dataclass(frozen=True, slots=True)
class Staff:
    """An officer or an interpreter, as far as a plan has to know them.

    Attributes:
        name: by which they are known, and found to be taken at a time.
        languages: those they speak, such as `ko`.
        dialects: those they know, as the file spells them; only an interpreter is asked.
        tied: whether they, or their family, are tied to the person, a relative or the
            state of origin; whoever knows says so.
        promised: whether an interpreter has promised secrecy.
        account: whose account is theirs; empty where they have none.
    """

    name: str
    languages: tuple[str, ...] = ()
    dialects: tuple[str, ...] = ()
    sex: str = ""
    tied: bool = False
    promised: bool = False
    account: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """An interview as it is planned.

    Attributes:
        begins, ends: moments in UTC; the end is not taken any more.
        same_sex: whether the person asked for people of their own sex.
        counsel_told: whether counsel was told; it only matters where there is one.
    """

    begins: datetime
    ends: datetime
    officer: Staff
    interpreter: Staff | None = None
    room: str = ""
    same_sex: bool = False
    counsel: str = ""
    counsel_told: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan that was fixed; of several for one interview the last one stands.

    Attributes:
        interview: the name of the interview.
        withdrawn: the day on which it was given up.
    """

    interview: str
    plan: Plan
    withdrawn: date | None = None


def standing(plans: Sequence[Planned]) -> dict[str, Planned]:
    """Give the plan that stands for each interview, by its name."""
    return {each.interview: each for each in plans}


def misfits(
    plan: Plan, person: Person, booked: Sequence[Plan] = ()
) -> tuple[Refusal, ...]:
    """List all that does not fit of a plan.

    Args:
        plan: the plan.
        person: who is to be interviewed.
        booked: the plans that stand already.
    """
    parts = (_of_language, _of_people, _of_file)
    codes = [code for part in parts for code in part(plan, person)]
    codes += _of_times(plan, booked)
    return tuple(Refusal(f"interview.{code}") for code in codes)


def fits(missing: Sequence[Refusal]) -> dict[str, Truth]:
    """Answer the two facts of the procedure that a plan decides.

    Who is there has to fit, whatever the hurry; for a room, a dialect or a file that is
    not complete two people can make an exception.
    """
    people = of_people(missing)
    return {
        "fit_people": FALSE if people else TRUE,
        "fit_means": FALSE if len(people) < len(missing) else TRUE,
    }


def of_people(missing: Sequence[Refusal]) -> tuple[Refusal, ...]:
    """Keep what is about who is there, from which nobody makes an exception."""
    return tuple(e for e in missing if e.code.partition(".")[2] not in MEANS)


def _of_language(plan: Plan, person: Person) -> Iterator[str]:
    spoken = {each.language for each in person.languages if each.language}
    dialects = {each.dialect for each in person.languages if each.dialect}
    if plan.interpreter is None:
        if spoken.isdisjoint(plan.officer.languages):
            yield "no-interpreter"
        return
    if spoken.isdisjoint(plan.interpreter.languages):
        yield "language"
    elif dialects and dialects.isdisjoint(plan.interpreter.dialects):
        yield "dialect"
    if not plan.interpreter.promised:
        yield "undertaking"


def _of_people(plan: Plan, person: Person) -> Iterator[str]:
    there = [each for each in (plan.officer, plan.interpreter) if each]
    if plan.same_sex and any(each.sex != person.sex for each in there):
        yield "sex"
    if any(each.tied for each in there):
        yield "tie"
    if plan.counsel and not plan.counsel_told:
        yield "counsel-not-told"


def _of_file(plan: Plan, person: Person) -> Iterator[str]:
    del plan
    if not (person.names and person.languages and person.contacts):
        yield "file-incomplete"


def _of_times(plan: Plan, booked: Sequence[Plan]) -> Iterator[str]:
    meanwhile = [
        each for each in booked if each.begins < plan.ends and plan.begins < each.ends
    ]
    if plan.room and plan.room in {each.room for each in meanwhile}:
        yield "room-taken"
    if plan.officer.name in {each.officer.name for each in meanwhile}:
        yield "officer-taken"
    taken = {each.interpreter.name for each in meanwhile if each.interpreter}
    if plan.interpreter and plan.interpreter.name in taken:
        yield "interpreter-taken"
