"""What is kept of a claim beside the steps of its procedure, such as who is its counsel.

Each is allowed by the table of rights, kept in the file, and recorded in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from asylon.casework import CaseClaim
from asylon.security.custody import Custody
from asylon_server.store.cases import acts, reads, segments
from asylon_server.store.claims import steps
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor, Thing, can
from asylon_server.store.rights.errors import NotThereError


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a claim: what it is called, and what is written.

    Attributes:
        verb: What the table of rights calls it.
        act: What the record calls it, after `claim`.
        made: What is written into the claim. Where it changes nothing, nothing is
            recorded.
    """

    verb: str
    act: str
    made: Callable[[CaseClaim], CaseClaim]


def may(actor: Actor, verb: str, seen: Thing) -> bool:
    """Whether somebody who reads a case does this on its claims."""
    return can(actor, verb, replace(seen, kind="claim")) is not None


def keep(
    actor: Actor,
    case_id: UUID,
    claim_id: str,
    change: Change,
    *,
    at: datetime,
    custody: Custody,
) -> CaseClaim:
    """Keep a change of a claim, and give the claim as it stands after it.

    Args:
        actor: Who acts.
        case_id: The case.
        claim_id: The claim, by its name within the file.
        change: What is written, and what it is called.
        at: When.
        custody: Where the wrapping key is.

    Raises:
        NotThereError: there is no such case or claim, or not for this account.
    """
    with transaction.atomic():
        case = reads.standing(case_id, locked=True)
        if case is None:
            raise NotThereError
        if not may(actor, change.verb, reads.thing(case, at=at, custody=custody)):
            raise NotThereError
        version, file = reads.whole_said(case, custody=custody)
        claim = steps.of_file(file, claim_id)
        new = change.made(claim)
        if new != claim:
            wider = steps.with_claim(file, new)
            segments.refuse_less(claim, new)
            wrote = acts.keep_file(case, wider, follows=version, at=at, custody=custody)
            details = {"claim": claim.id}
            record(
                f"claim {change.act}",
                actor,
                at=at,
                case=case.id,
                wrote=wrote,
                details=details,
            )
    return new
