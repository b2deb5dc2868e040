"""What the tables say of who may what, looked at once for each time they are changed.

Most calls of an act are refused, and change nothing. So a look is kept until something
is written, and what somebody reaches is worked out from it only where it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connections
from django.db.models import Q

from asylon_server.store.cases import reads
from asylon_server.store.cases.models import (
    Assignment,
    Case,
    Conflict,
    Emergency,
    Grant,
)
from asylon_server.store.organisations.models import Account
from asylon_server.store.rights import Actor, Thing, can, shipped_table

TABLE = shipped_table()
OF_A_CASE = ("case", "hold", "certificate", "conflict", "grant", "emergency")
Reach = frozenset[tuple[Any, ...]]
Rows = list[tuple[Any, ...]]
_ACCOUNTS = Account._meta.db_table
_LASTING = ("case_id", "account_id", "since", "until")


class Writes:
    """Counts what is written, and looks anew where something was.

    Attributes:
        custody: What opens the holds.
        count: How many statements changed a table.
    """

    def __init__(self, custody: Any, stack: ExitStack) -> None:
        self.custody = custody
        self.count = 0
        self._actors: dict[UUID, Actor] = {}
        self._sight: Sight | None = None
        for alias in settings.DATABASES:
            stack.enter_context(connections[alias].execute_wrapper(self._counted))

    def _counted(
        self, run: Callable[..., Any], sql: str, told: Any, many: bool, context: Any
    ) -> Any:
        if sql.lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE"}:
            self.count += 1
            if _ACCOUNTS in sql:
                self._actors = {}
        return run(sql, told, many, context)

    @property
    def sight(self) -> Sight:
        """What the tables say now."""
        if self._sight is None or self._sight.count != self.count:
            self._sight = Sight(self.custody, self.count)
        return self._sight

    def actor(self, account: UUID) -> Actor:
        """See an account as the rules do."""
        if account not in self._actors:
            known = Account.objects.select_related("organisation")
            self._actors[account] = known.get(pk=account).actor
        return self._actors[account]


@dataclass
class Sight:
    """One look at the tables.

    Attributes:
        custody: What opens the holds.
        count: How many statements had changed a table then.
    """

    custody: Any
    count: int
    cases: list[Case] = field(init=False)
    _assigned: Rows = field(init=False)
    _released: Rows = field(init=False)
    _opened: Rows = field(init=False)
    _conflicted: Rows = field(init=False)
    _feared: dict[UUID, frozenset[str]] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        kept = Case.objects.within(Q(erased=None))
        self.cases = list(kept.order_by("opened", "pk"))
        self._assigned = list(Assignment.objects.values_list(*_LASTING))
        self._released = list(Grant.objects.values_list(*_LASTING, "released"))
        self._opened = list(Emergency.objects.values_list(*_LASTING, "classes"))
        away = Conflict.objects.filter(lifted=None)
        self._conflicted = list(away.values_list("case_id", "account_id"))

    @property
    def has_emergencies(self) -> bool:
        return bool(self._opened)

    @property
    def feared(self) -> dict[UUID, frozenset[str]]:
        """The states that the cases fear; opening the holds takes its time."""
        if self._feared is None:
            self._feared = {
                each.pk: reads.feared(each, self.custody) for each in self.cases
            }
        return self._feared

    def things(self, at: datetime) -> dict[UUID, Thing]:
        """See the cases as the rules do, but for whom they fear."""
        made: dict[UUID, Any] = defaultdict(lambda: defaultdict(set))
        for case, account in _lasting(self._assigned, at):
            made[case]["assigned"].add(account)
        for case, account, name in _lasting(self._released, at):
            made[case]["released"].add((account, name))
        for case, account, names in _lasting(self._opened, at):
            made[case]["broken_open"] |= {(account, name) for name in names.split()}
        for case, account in self._conflicted:
            made[case]["conflicted"].add(account)
        return {
            each.pk: Thing(
                "case",
                organisation=each.organisation_id,
                **{name: frozenset(told) for name, told in made[each.pk].items()},
            )
            for each in self.cases
        }

    def reach(self, who: Actor, at: datetime) -> Reach:
        """Say everything that somebody reaches: which thing, which act, which fields."""
        got: set[tuple[Any, ...]] = set()
        for name, each in self.things(at).items():
            seen = each
            if who.kind in TABLE.state_bodies:
                seen = replace(each, feared=self.feared[name])
            for kind, verb in asked_of(who.kind, who.role):
                classes = can(who, verb, replace(seen, kind=kind))
                if classes is not None:
                    got.add((name, kind, verb))
                    got |= {(name, kind, verb, told) for told in classes}
        return frozenset(got)


@cache
def asked_of(kind: str, role: str) -> tuple[tuple[str, str], ...]:
    """Say what a role could do to a case at all; anybody may be shown one."""
    rows = [e for e in TABLE.rights if kind in e.organisations and role in e.roles]
    pairs = {(e.thing, verb) for e in rows for verb in e.verbs if e.thing in OF_A_CASE}
    return tuple(sorted(pairs | {("case", "read")}))


def _lasting(rows: Rows, at: datetime) -> list[tuple[Any, ...]]:
    return [
        (case, account, *more)
        for case, account, since, until, *more in rows
        if since <= at and (until is None or until > at)
    ]
