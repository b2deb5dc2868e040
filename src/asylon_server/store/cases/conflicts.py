"""Conflicts of interest: who is kept away from a case, and who lets them near again.

Who declares one ends the work at once. It takes another person to lift it, and never
the one it is about: they do not even find the case.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from asylon.security.custody import Custody
from asylon_server.store.cases import assigning, reads
from asylon_server.store.cases.models import Case, Conflict
from asylon_server.store.cases.refusals import WorkRefusedError
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor, can
from asylon_server.store.rights.errors import NotThereError

OWN = "conflict.own-declaration"


def declare(
    actor: Actor,
    case_id: UUID,
    account: UUID,
    *,
    at: datetime,
    custody: Custody | None = None,
) -> Conflict:
    """Keep somebody away from a case, oneself or by the supervisor.

    Raises:
        NotThereError: there is no such case or account, or not for this.
    """
    with transaction.atomic():
        case = _allowed(actor, "declare", case_id, at=at, custody=custody)
        if account != actor.account:
            # For another person only whoever may lift it, too.
            _allowed(actor, "lift", case_id, at=at, custody=custody)
        whom = assigning.person(account)
        there = standing(case, account)
        if there:
            return there
        ended = assigning.end(case, account, at=at)
        made = Conflict.objects.create(
            case=case, account=whom, declared_by_id=actor.account, since=at
        )
        record("conflict declared", actor, at=at, case=case.id, wrote=[made, *ended])
    return made


def lift(
    actor: Actor,
    case_id: UUID,
    account: UUID,
    *,
    at: datetime,
    custody: Custody | None = None,
) -> None:
    """Let somebody near a case again; their work on it does not begin anew by this.

    Raises:
        NotThereError: there is no such case or conflict, or not for this.
        WorkRefusedError: who declared it would lift it.
    """
    with transaction.atomic():
        case = _allowed(actor, "lift", case_id, at=at, custody=custody)
        found = standing(case, account)
        if found is None:
            raise NotThereError
        if found.declared_by_id == actor.account:
            raise WorkRefusedError(OWN)
        found.lifted, found.lifted_by_id = at, actor.account
        found.save(update_fields=["lifted", "lifted_by"])
        record("conflict lifted", actor, at=at, case=case.id, wrote=[found])


def standing(case: Case, account: UUID) -> Conflict | None:
    """Find what keeps somebody away from a case now."""
    return case.conflicts.filter(account_id=account, lifted=None).first()


def _allowed(
    actor: Actor, verb: str, case_id: UUID, *, at: datetime, custody: Custody | None
) -> Case:
    case = reads.standing(case_id, locked=True)
    if case is None:
        raise NotThereError
    seen = reads.thing(case, at=at, custody=custody)
    if can(actor, verb, replace(seen, kind="conflict")) is None:
        raise NotThereError
    return case
