"""Whose work a case is: given and taken by the supervisor of the office it belongs to.

Nobody gives a case to themself, and nobody gets one that their interests meet.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from asylon.security.custody import Custody
from asylon_server.store.cases import reads
from asylon_server.store.cases.models import Assignment, Case, Grant
from asylon_server.store.cases.refusals import WorkRefusedError
from asylon_server.store.organisations.models import Account
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.rights.policy import is_assignable, is_feared

ONESELF = "work.oneself"
ROLE = "work.role"
CLOSED = "work.closed"
CONFLICT = "work.conflict"
FEARED = "work.state-feared"


def assign(
    actor: Actor,
    case_id: UUID,
    account: UUID,
    *,
    at: datetime,
    custody: Custody | None = None,
) -> Assignment:
    """Give a case to somebody; whose work it is already keeps it as it is.

    Args:
        actor: Who gives it.
        case_id: Which case.
        account: To whom, of whatever organisation takes part.
        at: When.
        custody: What opens the holds, so that no body of a feared state gets it.

    Raises:
        NotThereError: there is no such case or account, or not for this.
        WorkRefusedError: it is oneself, somebody whose role has no cases, whose account
            is closed, whose interests meet it, or a body of the state that is feared.
    """
    with transaction.atomic():
        case, _reached = reads.allowed(
            actor, "assign", case_id, at=at, locked=True, custody=custody
        )
        whom = person(account)
        _check(actor, case, whom, at=at, custody=custody)
        there = standing(case, account, at=at).first()
        if there:
            return there
        made = Assignment.objects.create(case=case, account=whom, since=at)
        record("case assigned", actor, at=at, case=case.id, wrote=[made])
    return made


def unassign(
    actor: Actor,
    case_id: UUID,
    account: UUID,
    *,
    at: datetime,
    custody: Custody | None = None,
) -> None:
    """Take a case from somebody, with all that was released to them for it.

    Raises:
        NotThereError: there is no such case, or not for this.
    """
    with transaction.atomic():
        case, _reached = reads.allowed(
            actor, "unassign", case_id, at=at, locked=True, custody=custody
        )
        ended = end(case, account, at=at)
        if ended:
            record("case unassigned", actor, at=at, case=case.id, wrote=ended)


def end(case: Case, account: UUID, *, at: datetime) -> list[Assignment | Grant]:
    """End somebody's work on a case, in the transaction of an act that may."""
    grants = case.grants.filter(account_id=account, until__gt=at)
    ended: list[Assignment | Grant] = [*standing(case, account, at=at), *grants]
    for each in ended:
        each.until = at
        each.save(update_fields=["until"])
    return ended


def standing(case: Case, account: UUID, *, at: datetime) -> QuerySet[Assignment]:
    """Find what makes a case somebody's work now."""
    now = Q(until=None) | Q(until__gt=at)
    return case.assignments.filter(now, account_id=account)


def person(account: UUID) -> Account:
    """Find an account by its name.

    Raises:
        NotThereError: there is none.
    """
    found = Account.objects.select_related("organisation").filter(pk=account).first()
    if found is None:
        raise NotThereError
    return found


def _check(
    actor: Actor, case: Case, whom: Account, *, at: datetime, custody: Custody | None
) -> None:
    them = whom.actor
    seen = reads.thing(case, at=at, custody=custody)
    refused = {
        ONESELF: them.account == actor.account,
        CLOSED: not them.active,
        ROLE: not is_assignable(them.kind, them.role),
        CONFLICT: them.account in seen.conflicted,
        FEARED: is_feared(them.kind, them.state, seen.feared),
    }
    for code, is_so in refused.items():
        if is_so:
            raise WorkRefusedError(code)
