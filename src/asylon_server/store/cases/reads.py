"""Reading cases: whose they are, what may be seen of them, and the record of each look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from asylon.casework import File
from asylon.security.custody import Custody
from asylon_server.store.cases import fields, holds
from asylon_server.store.cases.models import Case
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor, Thing, can
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.rights.guarded import GuardedQuery
from asylon_server.store.rights.policy import UNREAD
from asylon_server.store.vault import sealing


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody sees of a case.

    Attributes:
        case: Its name.
        version: The version of the identity compartment that was read.
        classes: The field classes that were reached.
        file: The file, without what was not reached.
        writes: The field classes that may be written.
    """

    case: UUID
    version: int
    classes: frozenset[str]
    file: File
    writes: frozenset[str] = frozenset()


def cases_of(actor: Actor, *, at: datetime) -> GuardedQuery[Case]:
    """Ask for the cases that are somebody's work now, none of them conflicted."""
    now = Q(assignments__until=None) | Q(assignments__until__gt=at)
    mine = Q(assignments__account_id=actor.account, assignments__since__lte=at) & now
    kept_away = Q(conflicts__account_id=actor.account)
    return Case.objects.within(mine & ~kept_away & Q(erased=None)).distinct()


def thing(case: Case, *, at: datetime, custody: Custody | None = None) -> Thing:
    """See a case as the rules do.

    Args:
        case: The case.
        at: When.
        custody: What opens the holds. Without it nobody knows which states are feared,
            and the bodies of every state are kept away from a case with holds.
    """
    assigned = case.assignments.filter(since__lte=at).exclude(until__lte=at)
    grants = case.grants.filter(since__lte=at, until__gt=at)
    return Thing(
        kind="case",
        organisation=case.organisation_id,
        assigned=frozenset(assigned.values_list("account_id", flat=True)),
        conflicted=frozenset(case.conflicts.values_list("account_id", flat=True)),
        released=frozenset(grants.values_list("account_id", "released")),
        feared=feared(case, custody),
    )


def feared(case: Case, custody: Custody | None) -> frozenset[str]:
    """Name the states that the holds over a case are against, or say it is unread."""
    if custody is None:
        return frozenset({UNREAD} if case.holds.exists() else ())
    read = holds.standing(case, custody=custody)
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
    found = Case.objects.within(Q(pk=case_id, erased=None))
    return (found.select_for_update() if locked else found).first()


def case_file(actor: Actor, case_id: UUID, *, at: datetime, custody: Custody) -> Seen:
    """Read the file of a case. That it was read is kept before anything is shown.

    Raises:
        NotThereError: there is no such case, or not for this account.
    """
    with transaction.atomic():
        case, reached = allowed(actor, "read", case_id, at=at, custody=custody)
        record(
            "case read",
            actor,
            at=at,
            case=case.id,
            details={"classes": sorted(reached)},
        )
    version, file = opened(case, reached, custody=custody)
    writes = can(actor, "write", thing(case, at=at, custody=custody)) or frozenset()
    return Seen(case.id, version, reached, file, writes)


def opened(
    case: Case, classes: frozenset[str], *, custody: Custody, version: int | None = None
) -> tuple[int, File]:
    """Open what is reached of a case. What was said stays sealed where it is not."""
    said = fields.NARRATIVE in classes
    number, file = whole(case, custody=custody, version=version, testimony=said)
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
        return 0, fields.with_holds(File(case.reference), held)
    number, text = sealing.read(
        case.id, sealing.IDENTITY, custody=custody, version=version
    )
    bare = File.from_json(text.decode()) if text else File(case.reference)
    if testimony:
        bare = _with_testimony(case, bare, version, custody)
    return number, fields.with_holds(bare, held)


def _with_testimony(
    case: Case, identity: File, version: int | None, custody: Custody
) -> File:
    _number, text = sealing.read(
        case.id, sealing.TESTIMONY, custody=custody, version=version
    )
    if not text:
        return identity
    return fields.together(identity, File.from_json(text.decode()))
