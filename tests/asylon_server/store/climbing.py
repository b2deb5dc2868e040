"""Everybody calls every act at random; whoever called reaches no more by it than before."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from asylon.casework import File, Hold, Person
from asylon.dates import read
from asylon.identity import Name
from asylon_server.store.cases import (
    acts,
    assigning,
    conflicts,
    emergencies,
    grants,
    placing,
    reads,
)
from asylon_server.store.cases.consents import Asking
from asylon_server.store.cases.emergencies import Asked
from asylon_server.store.cases.models import Case, Emergency
from asylon_server.store.cases.refusals import WorkRefusedError
from asylon_server.store.entry import offices, resets
from asylon_server.store.organisations.links import LinkError
from asylon_server.store.organisations.models import (
    Account,
    Opening,
    Organisation,
    Reset,
)
from asylon_server.store.rights import Actor
from asylon_server.store.rights.errors import NotThereError
from tests.asylon_server.conftest import MORNING
from tests.asylon_server.store.sight import TABLE, Reach, Writes

REFUSED = (
    NotThereError,
    WorkRefusedError,
    LinkError,
    resets.ResetError,
    offices.AccountRefusedError,
    placing.HoldRefusedError,
    ValidationError,
)
NUMBER = st.integers(0, 1_000)
CLASSES = st.frozensets(st.sampled_from(sorted(TABLE.classes)), max_size=3)


@dataclass
class World:
    """Offices of every kind with two people in each role, and three cases.

    Attributes:
        custody: Where the wrapping key is.
        people: Everybody's account.
        organisations: The offices.
        roles: The numbers of those who have a role, by its name.
        heads: The numbers of the two supervisors of each office.
        steps: How often an act was called, and how often it did something.
    """

    custody: Any
    people: list[UUID] = field(default_factory=list)
    organisations: list[UUID] = field(default_factory=list)
    roles: dict[str, list[int]] = field(default_factory=dict)
    heads: dict[UUID, list[int]] = field(default_factory=dict)
    steps: dict[str, int] = field(default_factory=lambda: {"called": 0, "done": 0})

    def build(self) -> World:
        """Found the offices, and register a family in two of them."""
        for kind, roles in sorted(TABLE.organisations.items()):
            state = "CHN" if kind in TABLE.state_bodies else ""
            office = Organisation.objects.create(name=kind, kind=kind, state=state)
            self.organisations.append(office.pk)
            for role in sorted(roles):
                for number in (1, 2):
                    self._employ(office, role, number)
        for number, (kind, state) in enumerate(
            [("unhcr", "PRK"), ("legal_aid", "PRK"), ("legal_aid", "CHN")]
        ):
            who = Account.objects.get(name=f"{kind} registration 1").actor
            self.register(who, number, state, MORNING)
        return self

    def _employ(self, office: Organisation, role: str, number: int) -> None:
        name = f"{office.kind} {role} {number}"
        made = Account.objects.create(name=name, role=role, organisation=office)
        self.roles.setdefault(role, []).append(len(self.people))
        if role == "supervisor":
            self.heads.setdefault(office.pk, []).append(len(self.people))
        self.people.append(made.pk)

    def register(self, who: Actor, number: int, state: str, at: datetime) -> Case:
        """Register somebody with a hold against a state."""
        person = Person("p1", names=(Name("김정숙", "Hang"),), born=(read("1989"),))
        hold = Hold(state, at.date(), "wish_expressed")
        file = File(f"A-{number}", people=(person,), holds=(hold,))
        return acts.register(
            who, file, submission=f"s{number}", at=at, custody=self.custody
        )

    def of_role(self, role: str, number: int) -> int:
        """Pick somebody of a role, so that more of the acts are done and not refused."""
        return _of(self.roles[role], number)


class Climbing(RuleBasedStateMachine):
    """One step is one act of one account, allowed or not."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.opened = self.proposed = False
        self.at = MORNING + timedelta(hours=1)
        self.stack = ExitStack()
        for name in ("default", "keys"):
            self.stack.enter_context(_undone(name))
        self.writes = Writes(self.world.custody, self.stack)

    def teardown(self) -> None:
        self.stack.close()

    def call(self, who: int, act: Any, allowed: Any = None) -> Any:
        """Call an act, and hold against one another what its caller reaches."""
        self.world.steps["called"] += 1
        self.at += timedelta(minutes=7)
        if self.world.steps["called"] % 50 == 0:
            self.compare()
        before = self.writes.sight
        actor = self.writes.actor(self.world.people[who % len(self.world.people)])
        if actor.kind in TABLE.state_bodies:
            _ = before.feared  # opened now: afterwards it could say something else
        done = None
        try:
            done = act(actor, before.cases)
        except REFUSED:
            allowed = None
        else:
            self.world.steps["done"] += 1
        after = self.writes.sight
        if after is before:
            return done  # nothing was written, so nobody reaches more
        reached = after.reach(self.writes.actor(actor.account), self.at)
        # Whoever opens a new case works on it; of the others nobody reaches more.
        known = {each.pk for each in before.cases}
        grown = {each for each in reached if each[0] in known}
        grown -= before.reach(actor, self.at)
        may = allowed(actor, done) if allowed else frozenset()
        assert grown <= may, f"{actor.kind} {actor.role} raised itself: {grown}"
        return done

    def compare(self) -> None:
        """See that what was looked at says what the rules are told."""
        sight = self.writes.sight
        for case in sight.cases:
            told = reads.thing(case, at=self.at, custody=self.world.custody)
            seen = replace(sight.things(self.at)[case.pk], feared=sight.feared[case.pk])
            assert seen == told

    @rule(who=NUMBER, which=NUMBER, to=NUMBER)
    def assign(self, who: int, which: int, to: int) -> None:
        self.call(
            who,
            lambda a, cs: assigning.assign(
                a,
                _of(cs, which).pk,
                _of(self.world.people, to),
                at=self.at,
                custody=self.world.custody,
            ),
        )

    @rule(who=NUMBER, which=NUMBER, to=NUMBER)
    def assign_by_a_supervisor(self, who: int, which: int, to: int) -> None:
        self.call(
            self.world.of_role("supervisor", who),
            lambda a, cs: assigning.assign(
                a,
                _of(cs, which).pk,
                _of(self.world.people, to),
                at=self.at,
                custody=self.world.custody,
            ),
        )

    @rule(who=NUMBER, which=NUMBER)
    def assign_to_oneself(self, who: int, which: int) -> None:
        self.call(
            self.world.of_role("supervisor", who),
            lambda a, cs: assigning.assign(
                a, _of(cs, which).pk, a.account, at=self.at, custody=self.world.custody
            ),
        )

    @rule(who=NUMBER, which=NUMBER, whom=NUMBER)
    def unassign(self, who: int, which: int, whom: int) -> None:
        self.call(
            self.world.of_role("supervisor", who),
            lambda a, cs: assigning.unassign(
                a,
                _of(cs, which).pk,
                _of(self.world.people, whom),
                at=self.at,
                custody=self.world.custody,
            ),
        )

    @rule(who=NUMBER, which=NUMBER, whom=NUMBER, own=st.booleans())
    def declare(self, who: int, which: int, whom: int, own: bool) -> None:
        self.call(
            who,
            lambda a, cs: conflicts.declare(
                a,
                _of(cs, which).pk,
                a.account if own else _of(self.world.people, whom),
                at=self.at,
                custody=self.world.custody,
            ),
        )

    @rule(who=NUMBER, which=NUMBER, whom=NUMBER, own=st.booleans())
    def lift(self, who: int, which: int, whom: int, own: bool) -> None:
        self.call(
            self.world.of_role("supervisor", who),
            lambda a, cs: conflicts.lift(
                a,
                _of(cs, which).pk,
                a.account if own else _of(self.world.people, whom),
                at=self.at,
                custody=self.world.custody,
            ),
        )

    @rule(who=NUMBER, which=NUMBER, to=NUMBER, own=st.booleans(), classes=CLASSES)
    def give(self, who: int, which: int, to: int, own: bool, classes: Any) -> None:
        scope = grants.Scope(classes, "examination", self.at + timedelta(days=2))
        self.call(
            who,
            lambda a, cs: grants.give(
                a,
                _of(cs, which).pk,
                a.account if own else _of(self.world.people, to),
                scope,
                at=self.at,
                custody=self.world.custody,
            ),
        )

    @rule(who=NUMBER, which=NUMBER, to=NUMBER, classes=CLASSES)
    def consent(self, who: int, which: int, to: int, classes: Any) -> None:
        self.call(
            who,
            lambda a, cs: grants.keep_consent(
                a,
                _of(cs, which).pk,
                _of(self.world.organisations, to),
                grants.Scope(classes, "examination", self.at + timedelta(days=9)),
                Asking("ko", is_read_back=True),
                at=self.at,
                custody=self.world.custody,
            ),
        )

    @rule(who=NUMBER, which=NUMBER, to=NUMBER)
    def withdraw(self, who: int, which: int, to: int) -> None:
        self.call(
            who,
            lambda a, cs: grants.withdraw_consent(
                a, _of(cs, which).pk, _of(self.world.organisations, to), at=self.at
            ),
        )

    @rule(who=NUMBER, which=NUMBER, whom=NUMBER)
    def revoke(self, who: int, which: int, whom: int) -> None:
        self.call(
            who,
            lambda a, cs: grants.revoke(
                a,
                _of(cs, which).pk,
                _of(self.world.people, whom),
                at=self.at,
                custody=self.world.custody,
            ),
        )

    @rule(who=NUMBER, which=NUMBER, classes=CLASSES)
    def break_open(self, who: int, which: int, classes: Any) -> None:
        asked = Asked("removal", "on the bus to the border", classes, 2)
        self.call(
            who,
            lambda a, cs: emergencies.break_open(
                a,
                _of(cs, which).reference,
                asked,
                at=self.at,
                custody=self.world.custody,
            ),
            _of_an_emergency,
        )

    @rule(who=NUMBER, which=NUMBER, classes=CLASSES)
    def break_open_to_protect(self, who: int, which: int, classes: Any) -> None:
        asked = Asked("removal", "on the bus to the border", classes, 2)
        who = self.world.of_role("protection", who)
        self.call(
            who,
            lambda a, cs: emergencies.break_open(
                a,
                _of(cs, which).reference,
                asked,
                at=self.at,
                custody=self.world.custody,
            ),
            _of_an_emergency,
        )

    @precondition(lambda self: self.writes.sight.has_emergencies)
    @rule(who=NUMBER, which=NUMBER, finding=st.sampled_from(emergencies.FINDINGS))
    def review(self, who: int, which: int, finding: str) -> None:
        rows = list(Emergency.objects.order_by("since", "pk"))
        self.call(
            who,
            lambda a, _cs: emergencies.review(
                a, _of(rows, which).pk, finding, at=self.at
            ),
        )

    @rule(who=NUMBER, which=NUMBER, state=st.sampled_from(["PRK", "CHN", "any"]))
    def place(self, who: int, which: int, state: str) -> None:
        hold = Hold(state, self.at.date(), "wish_expressed")
        self.call(
            who,
            lambda a, cs: placing.place_hold(
                a, _of(cs, which).pk, hold, at=self.at, custody=self.world.custody
            ),
        )

    @rule(who=NUMBER)
    def register(self, who: int) -> None:
        number = len(self.writes.sight.cases)
        self.call(who, lambda a, _cs: self.world.register(a, number, "PRK", self.at))

    @rule(who=NUMBER, role=st.sampled_from(["protection", "supervisor", "auditor"]))
    def open_an_account(self, who: int, role: str) -> None:
        name = f"new {Account.objects.count()}"
        made = self.call(
            self.world.of_role("administrator", who),
            lambda a, _cs: offices.open_one(a, name, role, at=self.at),
        )
        self.opened = self.opened or made is not None

    @rule(who=NUMBER, whom=NUMBER, by=st.sampled_from(["administrator", "supervisor"]))
    def draw_a_link(self, who: int, whom: int, by: str) -> None:
        found = _of(list(Account.objects.order_by("-pk")), whom)
        opener = Opening.objects.filter(account=found).values_list("by_id", flat=True)

        def drawn(actor: Actor, _cases: Any) -> None:
            resets.draw_link(actor, str(found.pk), at=self.at)
            # Whoever holds the link is the account: another one opened it.
            assert actor.account not in opener, "one alone made and entered an account"

        self.call(self.world.of_role(by, who), drawn)

    @precondition(lambda self: self.opened)
    @rule()
    def enter_ones_own_account(self) -> None:
        """Whoever opened the newest account draws the link of it as well."""
        row = Opening.objects.order_by("-pk").first()

        def drawn(actor: Actor, _cases: Any) -> None:
            resets.draw_link(actor, str(row.account_id), at=self.at)
            message = "one alone made and entered an account"
            raise AssertionError(message)

        self.call(self.world.people.index(row.by_id), drawn)

    @rule(which=NUMBER, classes=CLASSES)
    def give_oneself_as_a_supervisor(self, which: int, classes: Any) -> None:
        """A supervisor whom another one gave a case of the office releases of it."""
        scope = grants.Scope(classes, "examination", self.at + timedelta(days=2))
        case = _of(self.writes.sight.cases, which)
        one, other = self.world.heads[case.organisation_id]

        def assigned(actor: Actor, _cases: Any) -> None:
            whom = self.world.people[other]
            assigning.assign(
                actor, case.pk, whom, at=self.at, custody=self.world.custody
            )

        def given(actor: Actor, _cases: Any) -> None:
            grants.give(
                actor,
                case.pk,
                actor.account,
                scope,
                at=self.at,
                custody=self.world.custody,
            )

        self.call(one, assigned)
        self.call(other, given)

    @rule(who=NUMBER, whom=NUMBER)
    def propose_a_reset(self, who: int, whom: int) -> None:
        Account.objects.filter(pk=_of(self.world.people, whom)).update(settled=MORNING)
        self.call(
            self.world.of_role("supervisor", who),
            lambda a, _cs: resets.propose(
                a, str(_of(self.world.people, whom)), at=self.at
            ),
        )
        self.proposed = Reset.objects.filter(ended=None).exists()

    @precondition(lambda self: self.proposed)
    @rule(who=NUMBER)
    def agree_to_a_reset(self, who: int) -> None:
        row = Reset.objects.filter(ended=None).order_by("proposed").first()

        def agreed(actor: Actor, _cases: Any) -> None:
            resets.agree(actor, str(row.pk), at=self.at)
            assert actor.account not in {row.proposed_by_id, row.account_id}

        self.call(self.world.of_role("supervisor", who), agreed)
        self.proposed = Reset.objects.filter(ended=None).exists()

    @rule(who=NUMBER, whom=NUMBER)
    def close_an_account(self, who: int, whom: int) -> None:
        self.call(
            self.world.of_role("administrator", who),
            lambda a, _cs: offices.close_one(
                a, str(_of(self.world.people, whom)), at=self.at
            ),
        )


def machine(world: World) -> type[Climbing]:
    """Make the machine over a world that is built."""
    return type("Here", (Climbing,), {"world": world})


def _of_an_emergency(actor: Actor, row: Emergency) -> Reach:
    """What an emergency may open, and to whom; it is told to another organisation."""
    assert actor.role == "protection"
    assert actor.kind in {"unhcr", "legal_aid"}
    assert row.told_id != actor.organisation
    named = set(row.classes.split()) & {
        "identity",
        "contact",
        "whereabouts",
        "needs",
        "hold",
    }
    fields = {(row.case_id, "case", "read", name) for name in named}
    return frozenset({(row.case_id, "case", "read"), *fields})


def _of(things: Any, number: int) -> Any:
    return things[number % len(things)]


class _undone:  # noqa: N801  a context, called like one
    """A transaction that is rolled back at its end."""

    def __init__(self, name: str) -> None:
        self.atomic = transaction.atomic(using=name)
        self.name = name

    def __enter__(self) -> None:
        self.atomic.__enter__()

    def __exit__(self, *_told: object) -> None:
        transaction.set_rollback(True, using=self.name)
        self.atomic.__exit__(None, None, None)
