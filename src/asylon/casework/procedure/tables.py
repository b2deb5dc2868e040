"""The table of the procedure: stages, acts, guards and outcomes.

Nothing of the procedure stands in code: these are the shapes of its rows, and
`readers` reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from asylon.casework.actors import rules
from asylon.logic import TRUE, UNKNOWN, Constant, Formula, Truth
from asylon.logic.formulas import replace as put

FIRST, APPEAL = "first", "appeal"
INSTANCES = (FIRST, APPEAL)
START = "heard"
"""Every claim begins where a wish was heard."""

FOLLOWS = "follows"
DECIDING, BESIDE, ANYONE = "deciding", "beside", "anyone"
INTERVIEWS, DECIDES, DRAFTS, REVIEWS = "interviews", "decides", "drafts", "reviews"
TAKES_PART = "takes part"
PARTS = (INTERVIEWS, DECIDES, DRAFTS, REVIEWS, TAKES_PART)
TOLD, UNTOLD = "told", "untold"
PROTECTS = "protects"
EFFECTS = (PROTECTS, "neutral", "adverse", "outcome")
LAW = "law"
ORIGINS = ("file", "draft", "steps", "actor", LAW)


@dataclass(frozen=True, slots=True)
class Kind:
    """A procedure: which kinds of organisation decide, and review beside on appeal."""

    id: str
    name: str
    first: frozenset[str]
    appeal: frozenset[str]
    beside: frozenset[str]
    jurisdiction: str

    def deciding(self, instance: str) -> frozenset[str]:
        """Name the kinds of organisation that decide at an instance."""
        return self.appeal if instance == APPEAL else self.first


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a claim has come.

    Attributes:
        ended: whether it goes on only if it is opened again.
        draft: whether what was drafted stands.
        shelters: whether whoever was there is protected, whatever comes after.
    """

    id: str
    name: str
    ended: bool
    draft: bool
    shelters: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact that guards ask about, and where its answer comes from."""

    id: str
    name: str
    origin: str


@dataclass(frozen=True, slots=True)
class Guard:
    """What has to be so before an act, and what is said where it is not.

    Attributes:
        holds_when: the formula; the act waits unless it is established.
        core: whether nobody overrides it.
    """

    id: str
    holds_when: Formula
    core: bool
    says: str
    source: str
    read: bool

    @property
    def code(self) -> str:
        """The permanent name of the refusal."""
        return f"procedure.guard.{self.id.replace('_', '-')}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What can be drafted, and the stage to which it leads.

    Attributes:
        refuses: whether it refuses something on its merits.
        closes: whether it ends the claim while the person is away.
        untold: whether it leads on once it was signed.
        excludes: whether it excludes the person.
        back: whether the first instance has the claim again.
        follows_when: what has to be found for it; None where nothing has.
        sheltered: the stage to which it leads whoever is protected otherwise.
    """

    id: str
    name: str
    instance: str
    leads: str
    refuses: bool
    closes: bool
    untold: bool
    excludes: bool
    back: bool
    follows_when: Formula | None
    sheltered: str

    @property
    def is_adverse(self) -> bool:
        """Whether it goes against the person."""
        return self.refuses or self.closes


@dataclass(frozen=True, slots=True)
class Act:
    """A row of the table: who does what at which stages, after which guards.

    Attributes:
        to: the stage after it; the same one, where it is empty.
        by: pairs of a kind of organisation, `deciding`, an instance or `anyone`, and a
            role.
        on_appeal: the guards that are asked on appeal besides.
        outcomes: those it drafts; otherwise it is about the one that was drafted.
        part: how whoever does it takes part in the decision; empty, where they do not.
        leads: it leads where the outcome does, if that is one that is `told`, or `untold`.
        instance: the instance that has the claim afterwards; the same, where empty.
        sheltered: the stage to which it leads whoever is protected otherwise.
        says: whether it says why, in words.
        stirs: whether what was drafted before has to be looked at again.
        anew: whether what was asked before counts no longer by itself.
    """

    id: str
    name: str
    stages: frozenset[str]
    to: str
    effect: str
    by: frozenset[tuple[str, str]]
    guards: tuple[str, ...]
    on_appeal: tuple[str, ...]
    outcomes: tuple[str, ...]
    part: str
    leads: str
    instance: str
    sheltered: str
    says: bool
    stirs: bool
    anew: bool

    def passes(self, guard: Truth) -> bool:
        """Whether a guard of this value lets it pass: what is unknown never harms."""
        return guard is TRUE or (guard is UNKNOWN and self.effect == PROTECTS)

    def is_adverse(self, outcome: Outcome | None) -> bool:
        """Whether it goes against the person, given what was drafted."""
        if self.effect == "outcome":
            return outcome is None or outcome.is_adverse
        return self.effect == "adverse"


@dataclass(frozen=True, slots=True)
class Procedure:
    """The whole table, as one edition."""

    name: str
    first_day: date
    source: str
    kinds: Mapping[str, Kind]
    stages: Mapping[str, Stage]
    facts: Mapping[str, Asked]
    guards: Mapping[str, Guard]
    outcomes: Mapping[str, Outcome]
    acts: Mapping[str, Act]
    adverse: tuple[str, ...]
    excepting: frozenset[tuple[str, str]]
    refusals: Mapping[str, str]
    measures: Mapping[str, int]

    def asked_of(
        self, act: Act, outcome: Outcome | None, instance: str
    ) -> tuple[Guard, ...]:
        """List the guards of an act, those of every adverse one first.

        What has to be found for the outcome takes the place of the fact `follows`.
        """
        adverse = self.adverse if act.is_adverse(outcome) else ()
        appeal = act.on_appeal if instance == APPEAL else ()
        names = dict.fromkeys((*adverse, *act.guards, *appeal))
        found = (outcome and outcome.follows_when) or Constant(TRUE)
        return tuple(
            replace(guard, holds_when=put(guard.holds_when, {FOLLOWS: found}))
            for guard in map(self.guards.__getitem__, names)
        )

    def seats(
        self, by: Iterable[tuple[str, str]], kind: str, instance: str
    ) -> frozenset[tuple[str, str]]:
        """Name the kinds of organisation and the roles for which seats stand."""
        bodies = self.kinds[kind]
        named = {
            DECIDING: bodies.deciding(instance),
            FIRST: bodies.first,
            APPEAL: bodies.appeal,
            BESIDE: bodies.beside,
            ANYONE: frozenset(rules("organisation")),
        }
        return frozenset(
            (body, each)
            for organisation, role in by
            for body in named.get(organisation, (organisation,))
            for each in ((role,) if role else rules("role"))
        )
