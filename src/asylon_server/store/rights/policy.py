"""The one function that says whether somebody may do something."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from asylon_server.store.rights.table import EMERGENCY, Right, Table, shipped_table


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody signed in, as the rules see them.

    Attributes:
        account: Whose account it is.
        organisation: The organisation it belongs to.
        kind: The kind of that organisation; the first thing that is asked.
        role: The role in it.
        active: Whether the account is open.
        state: The state that the organisation works in, or is a body of.
    """

    account: UUID
    organisation: UUID
    kind: str
    role: str
    active: bool = True
    state: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """What is to be read or changed, and how the actor is tied to it.

    Attributes:
        kind: Such as `case`, `hold`, `account`, `record`.
        organisation: Whose it is; None where it is nobody's yet.
        assigned: Accounts that the case is assigned to now.
        own: The account of the person whose case it is.
        conflicted: Accounts that are kept away by a conflict of interest.
        released: Field classes that the person and UNHCR released, by account.
        broken_open: Field classes opened in an emergency, for protection, by account.
        feared: The states that somebody on the case is not to be sent to.
    """

    kind: str
    organisation: UUID | None = None
    assigned: frozenset[UUID] = frozenset()
    own: UUID | None = None
    conflicted: frozenset[UUID] = frozenset()
    released: frozenset[tuple[UUID, str]] = frozenset()
    broken_open: frozenset[tuple[UUID, str]] = frozenset()
    feared: frozenset[str] = frozenset()


UNREAD = "unread"
"""Among the states that are feared: a hold that was not opened, which may be any."""


def can(
    actor: Actor, verb: str, thing: Thing, *, table: Table | None = None
) -> frozenset[str] | None:
    """Say whether somebody may do something, and which fields it reaches.

    Args:
        actor: Who asks.
        verb: What they would do.
        thing: To what.
        table: The table of rights; the one that ships if none is given.

    Returns:
        The field classes that are reached, which may be none for a thing without
        fields; or None if it may not be done. Whether the thing exists makes no
        difference that the actor could see.
    """
    table = table or shipped_table()
    if not _is_seated(actor, table) or actor.account in thing.conflicted:
        return None
    if is_feared(actor.kind, actor.state, thing.feared, table=table):
        return None
    rows = [each for each in table.rights if _covers(each, actor, verb, thing)]
    classes = frozenset().union(*(_reached(each, actor, thing) for each in rows))
    if rows and (verb, thing.kind) == ("read", "case"):
        # A release widens what a role reads; it makes no reader of who reads no case.
        classes |= _released(actor, thing, table)
    if not rows and not classes:
        return None
    return classes


def is_feared(
    kind: str, state: str, feared: frozenset[str], *, table: Table | None = None
) -> bool:
    """Whether an organisation is a body of a state that the people of a case fear."""
    table = table or shipped_table()
    return kind in table.state_bodies and bool(feared & {state, UNREAD})


def is_assignable(kind: str, role: str, *, table: Table | None = None) -> bool:
    """Whether any right follows for a role from a case being its work."""
    table = table or shipped_table()
    rows = (e for e in table.rights if kind in e.organisations and role in e.roles)
    seat = role in table.organisations.get(kind, frozenset())
    return seat and any("assigned" in each.near for each in rows)


def _is_seated(actor: Actor, table: Table) -> bool:
    """Whether the organisation gives such a role: bodies that arrest have no seat."""
    roles = table.organisations.get(actor.kind, frozenset())
    return actor.active and actor.role in roles


def _covers(right: Right, actor: Actor, verb: str, thing: Thing) -> bool:
    return (
        actor.kind in right.organisations
        and actor.role in right.roles
        and thing.kind == right.thing
        and verb in right.verbs
        and bool(right.near & _ties(actor, thing))
    )


def _reached(right: Right, actor: Actor, thing: Thing) -> frozenset[str]:
    """The classes of a row; of one for emergencies those that were named."""
    if EMERGENCY not in right.near:
        return right.classes
    return right.classes & _named(thing.broken_open, actor)


def _ties(actor: Actor, thing: Thing) -> frozenset[str]:
    ties = {
        "anyone": True,
        "office": thing.organisation == actor.organisation,
        "assigned": actor.account in thing.assigned,
        "self": thing.own == actor.account,
        EMERGENCY: bool(_named(thing.broken_open, actor)),
    }
    return frozenset(name for name, holds in ties.items() if holds)


def _released(actor: Actor, thing: Thing, table: Table) -> frozenset[str]:
    """Fields released to this very account, for as long as the case is its work."""
    if actor.account not in thing.assigned:
        return frozenset()
    is_state = actor.kind in table.state_bodies
    withheld = table.withheld if is_state else frozenset()
    return _named(thing.released, actor) & frozenset(table.classes) - withheld


def _named(classes: frozenset[tuple[UUID, str]], actor: Actor) -> frozenset[str]:
    return frozenset(name for account, name in classes if account == actor.account)
