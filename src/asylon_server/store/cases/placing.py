"""Placing holds, by the rules of `casework`: the earliest sign counts, each is enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from asylon.casework import Hold
from asylon.casework.actors import Actor as Hand
from asylon.casework.actors import rules
from asylon.casework.holds import Refusal, placed
from asylon.security.custody import Custody
from asylon_server.store.cases import reads
from asylon_server.store.cases.holds import Standing, keep, standing
from asylon_server.store.cases.models import Case, StandingHold
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor, Thing, can
from asylon_server.store.rights.errors import NotThereError


class HoldRefusedError(Exception):
    """The rules of holds refuse what was asked; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def hand(actor: Actor) -> Hand:
    """See an actor as the rules of holds do: a person, for an organisation, in a role."""
    office = f"{actor.role}_officer"
    role = office if office in rules("role") else actor.role
    return Hand(str(actor.account), str(actor.organisation), actor.kind, role)


def place(
    actor: Actor,
    case: Case,
    asked: Sequence[Hold],
    *,
    at: datetime,
    custody: Custody,
) -> list[StandingHold]:
    """Place holds that do not stand yet, and keep the earlier day of those that do.

    Returns:
        The rows that were made or changed.

    Raises:
        HoldRefusedError: the rules refuse one of them.
    """
    changed = []
    for each in asked:
        if each.stands:
            new = replace(each, begun=min(each.begun, at.date()))
            row = _one(actor, case, new, custody)
            changed += [row] if row else []
    # A row that was changed twice is named once, as it is now.
    return list({row.pk: row for row in changed}.values())


def place_hold(
    actor: Actor, case_id: UUID, hold: Hold, *, at: datetime, custody: Custody
) -> StandingHold:
    """Place a hold over a case. Whoever may place holds may do it, assigned or not.

    Raises:
        NotThereError: there is no such case, or not for this actor.
        HoldRefusedError: the rules refuse it.
    """
    with transaction.atomic():
        # Locked, so that no hold is lifted meanwhile that stands here still.
        case = reads.standing(case_id, locked=True)
        if (
            case is None
            or can(actor, "place", hold_of(case, at=at, custody=custody)) is None
        ):
            raise NotThereError
        wrote = place(actor, case, [hold], at=at, custody=custody)
        record("hold placed", actor, at=at, case=case.id, wrote=wrote)
        mine = [
            each.row for each in standing(case, custody=custody) if _same(each, hold)
        ]
    return mine[-1]


def hold_of(case: Case, *, at: datetime, custody: Custody) -> Thing:
    """See the holds of a case as the rules of rights do."""
    return replace(reads.thing(case, at=at, custody=custody), kind="hold")


def _one(actor: Actor, case: Case, new: Hold, custody: Custody) -> StandingHold | None:
    there = [each for each in standing(case, custody=custody) if each.is_read]
    before = [each.hold for each in there]
    after = placed(before, new, by=hand(actor))
    if isinstance(after, Refusal):
        raise HoldRefusedError(after.code)
    if len(after) > len(before):
        last = case.holds.order_by("-number").values_list("number", flat=True).first()
        row = StandingHold(id=uuid4(), case=case, number=(last or 0) + 1)
        return keep(row, new, str(actor.account), custody=custody)
    for each, hold in zip(there, after, strict=True):
        if each.hold != hold:
            each.row.version += 1
            return keep(each.row, hold, each.by, custody=custody)
    return None


def _same(each: Standing, hold: Hold) -> bool:
    theirs = (each.hold.destination, each.hold.person)
    return each.hold.stands and theirs == (hold.destination, hold.person)
