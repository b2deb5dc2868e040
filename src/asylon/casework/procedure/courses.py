"""The course of a claim: who has done what, and what follows for its stage.

A course is the list of steps that were taken. The stage, the instance and the outcome
follow from them by the table, and so do the facts that are about who did what.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from asylon.casework.actors import Actor
from asylon.casework.procedure.tables import (
    DECIDES,
    DRAFTS,
    FIRST,
    INTERVIEWS,
    REVIEWS,
    START,
    UNTOLD,
    Act,
    Procedure,
)
from asylon.logic import FALSE, TRUE, Truth


@dataclass(frozen=True, slots=True)
class Despite:
    """An exception from guards: which ones, the two people who make it, and why."""

    guards: tuple[str, ...]
    by: tuple[Actor, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Step:
    """One act that was done: by whom, on which day, and what was drafted by it.

    Attributes:
        act: its name in the table.
        outcome: what was drafted; empty for other acts.
        despite: the exception that two people made for it.
        words: what is missing, where a draft is sent back.
    """

    act: str
    by: Actor
    on: date
    outcome: str = ""
    despite: Despite | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a claim stands: its stage, the instance that has it, what was drafted."""

    stage: str = START
    instance: str = FIRST
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """The steps of one claim, under one of the procedures."""

    procedure: str
    steps: tuple[Step, ...] = ()

    def standing(self, table: Procedure) -> Standing:
        """Say where the claim stands."""
        return self.seen(table).standing

    def with_step(self, step: Step) -> Course:
        """Give the course with one step more; `taken` asks whether it may be."""
        return replace(self, steps=(*self.steps, step))

    def seen(self, table: Procedure) -> Seen:
        """Go along the steps, and keep what the facts are worked out from."""
        seen = Seen()
        for step in self.steps:
            seen = seen.after(table.acts[step.act], step, table)
        return seen


@dataclass(frozen=True, slots=True)
class Seen:
    """What the steps so far come to; two courses that come to the same are one.

    Attributes:
        author: who wrote the last draft; `signer`, who signed last.
        endorsed, endorsed_elsewhere: whether somebody else, and somebody of another
            kind of organisation, has agreed with that draft since.
        makers: who drafted, found or closed something since the claim came here.
        first, first_houses: who took part at first instance, and for whom.
        stirred: whether something was handed in, put or found since the draft.
        protected: whether the person was protected otherwise.
    """

    standing: Standing = Standing()
    author: Actor | None = None
    signer: str = ""
    endorsed: bool = False
    endorsed_elsewhere: bool = False
    makers: frozenset[str] = frozenset()
    first: frozenset[str] = frozenset()
    first_houses: frozenset[str] = frozenset()
    interviewed: bool = False
    stirred: bool = False
    protected: bool = False

    def facts(self, table: Procedure, kind: str, by: Actor) -> dict[str, Truth]:
        """Work out the facts that follow from the steps, and from who acts now."""
        so = {
            "joint": len(table.kinds[kind].first) > 1,
            "interviewed": self.interviewed,
            "undisturbed": not self.stirred,
            "protected": self.protected,
            "endorsed": self.endorsed,
            "endorsed_elsewhere": self.endorsed_elsewhere,
            "own_draft": by.person in self.makers,
            "own_signature": by.person == self.signer,
            "own_first": by.person in self.first,
            "own_house_first": by.organisation in self.first_houses,
        }
        told = {name: _truth(is_so) for name, is_so in so.items()}
        return facts_of(table, self.standing) | told

    def after(self, act: Act, step: Step, table: Procedure) -> Seen:
        """Take one step more into account."""
        before = self.standing
        now = after(table, act, before, step.outcome, protected=self.protected)
        moved = act.anew or before.instance != now.instance
        part = bool(act.part) and before.instance == FIRST
        return replace(
            self._by(act, step),
            standing=now,
            makers=self._makers(act, step, moved=moved),
            first=self.first | ({step.by.person} if part else set()),
            first_houses=self.first_houses
            | ({step.by.organisation} if part else set()),
            interviewed=(self.interviewed or act.part == INTERVIEWS) and not act.anew,
            stirred=act.stirs or (self.stirred and act.part != DRAFTS),
            protected=self.protected or table.stages[now.stage].shelters,
        )

    def _by(self, act: Act, step: Step) -> Seen:
        by, author = step.by, self.author
        if act.part == DRAFTS:
            return replace(self, author=by, endorsed=False, endorsed_elsewhere=False)
        if act.part == REVIEWS and author and by.person != author.person:
            away = by.organisation_kind != author.organisation_kind
            elsewhere = self.endorsed_elsewhere or away
            return replace(self, endorsed=True, endorsed_elsewhere=elsewhere)
        if act.part == DECIDES and act.leads:
            return replace(self, signer=by.person)
        return self

    def _makers(self, act: Act, step: Step, *, moved: bool) -> frozenset[str]:
        before = frozenset[str]() if moved else self.makers
        makes = act.part == DRAFTS or (act.part == DECIDES and not act.leads)
        return before | {step.by.person} if makes else before


def after(
    table: Procedure,
    act: Act,
    before: Standing,
    outcome: str = "",
    *,
    protected: bool = False,
) -> Standing:
    """Say where a claim stands after an act.

    Args:
        table: the procedure.
        act: the act.
        before: where it stood.
        outcome: what the act drafts, if it drafts.
        protected: whether the person was protected otherwise before.
    """
    drafted = outcome if act.outcomes else before.outcome
    stage, instance = act.to or before.stage, act.instance or before.instance
    led = table.outcomes.get(drafted)
    if led and act.leads and led.untold == (act.leads == UNTOLD):
        stage = (protected and led.sheltered) or led.leads
        instance = FIRST if led.back else instance
    elif protected and act.sheltered:
        stage = act.sheltered
    return Standing(stage, instance, drafted if table.stages[stage].draft else "")


def facts_of(table: Procedure, standing: Standing) -> dict[str, Truth]:
    """Say what the outcome is like that was drafted and stands."""
    outcome = table.outcomes.get(standing.outcome)
    leads = outcome and (outcome.sheltered or table.stages[outcome.leads].shelters)
    return {
        "takes": _truth(outcome is not None and outcome.is_adverse and not leads),
        "refuses": _truth(outcome is not None and outcome.refuses),
        "excludes": _truth(outcome is not None and outcome.excludes),
        "closes": _truth(outcome is not None and outcome.closes),
    }


def _truth(is_so: bool) -> Truth:
    return TRUE if is_so else FALSE
