"""Reading cases: whose they are, what may be seen of them, and the record of each look."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from asylon.casework import File, Hold
from asylon.security.custody import Custody
from asylon_server.store.cases import fields, groups, holds, opening, segments
from asylon_server.store.cases.models import Assignment, Case, Conflict, StandingHold
from asylon_server.store.cases.ties import things
from asylon_server.store.kept import Kept
from asylon_server.store.record.acts import record_alone
from asylon_server.store.rights import Actor, Thing, can, shipped_table
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.rights.guarded import GuardedQuery
from asylon_server.store.rights.policy import UNREAD, is_feared
from asylon_server.store.vault import sealing
from asylon_server.store.vault.sealing import ErasedError

NOTHING = Thing("case")


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody sees of a case.

    Attributes:
        case: Its name.
        version: The version of the identity compartment that was read.
        classes: The field classes that were reached.
        file: The file, without what was not reached.
        writes: The field classes that may be written.
        groups: The holds for groups that the case is in; they are in the file as well.
        closed: The compartments that do not open: altered, or their key is gone.
        thing: The case as the rules saw it for whoever reads.
    """

    case: UUID
    version: int
    classes: frozenset[str]
    file: File
    writes: frozenset[str] = frozenset()
    groups: tuple[Hold, ...] = ()
    closed: frozenset[str] = frozenset()
    thing: Thing = NOTHING


def cases_of(
    actor: Actor,
    *,
    at: datetime,
    custody: Custody | None = None,
    is_wide: bool = False,
) -> GuardedQuery[Case]:
    """Ask for the cases that are somebody's work now.

    Left out are those with a conflict, and of a body of a state those that fear it.

    Args:
        actor: Whose work.
        at: When.
        custody: What opens the holds; without it a body of a state gets no case that
            has any.
        is_wide: Whether it is so much work that each case is better asked for its
            hands than the hands for their cases; the answer is the same.
    """
    mine = work_of(actor, at=at)
    if is_wide:
        scope = Q(Exists(mine.filter(case=OuterRef("pk"))))
    else:
        scope = Q(pk__in=mine.values("case"))
    return seated(actor, scope, custody=custody)


def work_of(actor: Actor, *, at: datetime) -> QuerySet[Assignment]:
    """Ask for the assignments of somebody that last."""
    now = Q(since__lte=at) & (Q(until=None) | Q(until__gt=at))
    return Assignment.objects.filter(now, account_id=actor.account)


def seated(
    actor: Actor, scope: Q, *, custody: Custody | None = None
) -> GuardedQuery[Case]:
    """Keep within a scope to what is not hidden from somebody: no count of it, no row."""
    rows = Case.objects.within(scope & ~kept_away(actor) & Q(erased=None))
    if actor.kind not in shipped_table().state_bodies:
        return rows
    return rows.exclude(pk__in=_listed(_fearing(actor, rows, custody)))


def kept_away(actor: Actor, case: str = "pk") -> Exists:
    """Ask, of rows that name a case in a field, whether a conflict keeps somebody away."""
    conflicts = Conflict.objects.filter(account_id=actor.account, lifted=None)
    return Exists(conflicts.filter(case=OuterRef(case)))


def _fearing(
    actor: Actor, cases: GuardedQuery[Case], custody: Custody | None
) -> set[UUID]:
    """Name the cases that fear the state somebody is of, or may fear it."""
    if custody is None:
        held = StandingHold.objects.filter(case__in=cases.values("pk"))
        return set(held.values_list("case_id", flat=True))
    feared = cache(
        lambda state: is_feared(actor.kind, actor.state, frozenset({state or UNREAD}))
    )
    read = holds.against(cases, custody=custody)
    return {case for case, state in read if feared(state)}


def _listed(cases: Set[UUID]) -> RawSQL:
    """Name cases in one value: a database takes no more than some thousands of them."""
    if connection.vendor == "sqlite":
        told = json.dumps([each.hex for each in cases])
        return RawSQL("SELECT value FROM json_each(%s)", [told])
    return RawSQL("SELECT unnest(%s::uuid[])", [list(cases)])


def thing(case: Case, *, at: datetime, custody: Custody | None = None) -> Thing:
    """See a case as the rules do.

    Args:
        case: The case.
        at: When.
        custody: What opens the holds. Without it nobody knows which states are feared,
            and the bodies of every state are kept away from a case with holds.
    """
    return things([case], {case.id: feared(case, custody)}, at=at)[case.id]


def feared(case: Case, custody: Custody | None) -> frozenset[str]:
    """Name the states that the holds over a case are against, or say it is unread."""
    if custody is None:
        return frozenset({UNREAD} if case.holds.exists() else ())
    return states(holds.standing(case, custody=custody))


def states(read: Iterable[holds.Standing]) -> frozenset[str]:
    """Name the states that holds are against, or say that one is unread."""
    return frozenset(e.hold.destination if e.is_read else UNREAD for e in read)


def allowed(
    actor: Actor,
    verb: str,
    case_id: UUID,
    *,
    at: datetime,
    locked: bool = False,
    custody: Custody | None = None,
) -> tuple[Case, frozenset[str]]:
    """Find a case that somebody may do something to.

    Args:
        actor: Who asks.
        verb: What they would do.
        case_id: To which case.
        at: When.
        locked: Whether nobody else may change or erase it meanwhile; only in a
            transaction.
        custody: What opens the holds, for whoever is of a state's body.

    Raises:
        NotThereError: there is no such case, or not for this; it is not said which.
    """
    case = standing(case_id, locked=locked)
    reached = can(actor, verb, thing(case, at=at, custody=custody)) if case else None
    if case is None or reached is None:
        raise NotThereError
    return case, reached


def standing(case_id: UUID, *, locked: bool = False) -> Case | None:
    """Find a case that was not erased; whoever asks has asked `can` or is about to."""
    if locked:
        return _standing(case_id).select_for_update().first()
    return next(iter(_CASE(case_id)), None)


def _standing(case_id: UUID) -> GuardedQuery[Case]:
    return Case.objects.within(Q(pk=case_id, erased=None))


_CASE = Kept(Case, _standing)


def case_file(
    actor: Actor,
    case_id: UUID,
    *,
    at: datetime,
    custody: Custody,
    version: int | None = None,
) -> Seen:
    """Read the file of a case. That it was read is kept before anything is shown.

    Args:
        actor: Who reads.
        case_id: The case.
        at: When.
        custody: Where the wrapping key is.
        version: Which version of what was told; the latest if none is given.

    Raises:
        NotThereError: there is no such case, or not for this account.
        ErasedError: the key of the case was destroyed.
    """
    case = standing(case_id)
    if case is None:
        raise NotThereError
    ring = opening.keyring([case], custody=custody)
    against = {case.id: states(ring.held[case.id])}
    seen = things([case], against, at=at, account=actor.account)[case.id]
    reached = can(actor, "read", seen)
    if reached is None:
        raise NotThereError
    details = {"classes": sorted(reached)}
    record_alone("case read", actor, at=at, case=case.id, details=details)
    declared = groups.standing(actor, custody=custody)
    if version is not None:
        number, file = opened(
            case, reached, custody=custody, version=version, declared=declared
        )
        found = opening.Opened(file, number)
    else:
        found = opening.files([case], {case.id: reached}, ring, declared)[case.id]
    if found.closed and not ring.keys and sealing.is_erased(case.id):
        raise ErasedError
    return Seen(
        case=case.id,
        version=found.version,
        classes=reached,
        file=found.file,
        # Nothing is written over what could not be read.
        writes=frozenset()
        if found.closed
        else can(actor, "write", seen) or frozenset(),
        groups=_of_groups(found.file, declared, reached),
        closed=found.closed,
        thing=seen,
    )


def _of_groups(
    file: File, declared: Sequence[Hold], reached: frozenset[str]
) -> tuple[Hold, ...]:
    """Pick of the holds in a file those that are for a group."""
    known = [fields.shown_hold(each, reached) for each in declared]
    return tuple(each for each in file.holds if each in known)


def opened(
    case: Case,
    classes: frozenset[str],
    *,
    custody: Custody,
    version: int | None = None,
    declared: Sequence[Hold] = (),
) -> tuple[int, File]:
    """Open what is reached of a case. What was said stays sealed where it is not.

    Args:
        case: The case.
        classes: The field classes that are reached.
        custody: Where the wrapping key is.
        version: Which version of what was told; the latest if none is given.
        declared: The holds for groups that whoever reads may know of.
    """
    said = fields.NARRATIVE in classes
    number, file = whole(case, custody=custody, version=version, testimony=said)
    file = fields.with_holds(file, (*file.holds, *groups.over(file, declared)))
    return number, fields.shown(file, classes)


def whole(
    case: Case, *, custody: Custody, version: int | None = None, testimony: bool = True
) -> tuple[int, File]:
    """Open the whole file of a case; for acts, which show it to nobody.

    Args:
        case: The case.
        custody: Where the wrapping key is.
        version: Which version of what was told; the latest if none is given.
        testimony: Whether to open what was said as well.
    """
    held = tuple(each.hold for each in holds.standing(case, custody=custody))
    if not getattr(settings, "ASYLON_IDENTITIES", False):
        return 0, opening.outside(case, held)
    number, text = sealing.read(
        case.id, sealing.IDENTITY, custody=custody, version=version
    )
    bare = File.from_json(text.decode()) if text else File(case.reference)
    if testimony:
        bare = _with_testimony(case, bare, version, custody)
    return number, fields.with_holds(bare, held)


def whole_said(case: Case, *, custody: Custody) -> tuple[int, File]:
    """Open the whole file of a case, with all that was said in interviews; for acts."""
    version, file = whole(case, custody=custody)
    return version, segments.put_back(file, case.id, custody=custody)


def _with_testimony(
    case: Case, identity: File, version: int | None, custody: Custody
) -> File:
    _number, text = sealing.read(
        case.id, sealing.TESTIMONY, custody=custody, version=version
    )
    if not text:
        return identity
    return fields.together(identity, File.from_json(text.decode()))
