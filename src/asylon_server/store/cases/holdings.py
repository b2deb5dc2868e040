"""The holds over a case as a page shows them: numbered, with what is proposed on each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from asylon.casework import Hold
from asylon.security.custody import Custody
from asylon_server.store.cases import fields, holds, proposals, reads
from asylon_server.store.cases.lifting import AGREE, PROPOSE
from asylon_server.store.cases.models import Case, LiftingProposal
from asylon_server.store.cases.placing import hold_of
from asylon_server.store.cases.proposals import OPEN, Proposal
from asylon_server.store.cases.reads import Seen
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor, can, shipped_table
from asylon_server.store.rights.errors import NotThereError

PLACE = "place"


@dataclass(frozen=True, slots=True)
class Holding:
    """One hold, and what was proposed on it, the newest first.

    Attributes:
        number: Which of the holds of the case.
        hold: What it says, without the words that are not reached.
        is_read: Whether its row could be read; one that could not stands against
            every state and is lifted by nobody.
        proposals: What was proposed on it; empty where that is not reached.
        waiting: The proposal that is open, if one is.
    """

    number: int
    hold: Hold
    is_read: bool
    proposals: tuple[Proposal, ...]
    waiting: Proposal | None


@dataclass(frozen=True, slots=True)
class Holdings:
    """The holds of a case, and what the reader may do with them."""

    rows: tuple[Holding, ...]
    may_place: bool
    may_propose: bool
    may_agree: bool


def holdings(actor: Actor, seen: Seen, *, at: datetime, custody: Custody) -> Holdings:
    """Read the holds of a case that was read already; proposals are recorded apart.

    Args:
        actor: Who reads.
        seen: The reading that is in the record.
        at: When.
        custody: Where the wrapping key is.

    Raises:
        NotThereError: the holds of the case are not for this account.
    """
    case = reads.standing(seen.case)
    if case is None or "hold" not in seen.classes:
        raise NotThereError
    thing = hold_of(case, at=at, custody=custody)
    may = {
        verb: can(actor, verb, thing) is not None for verb in (PLACE, PROPOSE, AGREE)
    }
    # What shows a reason is told of people; no release of a name opens it to a state.
    # Nor does an emergency, which opens what was named and not why others would lift.
    is_near = actor.account in thing.assigned or actor.account == thing.own
    is_of_people = "identity" in seen.classes and is_near and not _is_state(actor)
    is_shown = may[AGREE] or may[PROPOSE] or is_of_people
    proposed = _proposed(actor, case, at, custody) if is_shown else []
    rows = [
        _holding(each, proposed, seen, at)
        for each in holds.standing(case, custody=custody)
    ]
    return Holdings(tuple(rows), may[PLACE], may[PROPOSE], may[AGREE])


def _is_state(actor: Actor) -> bool:
    return actor.kind in shipped_table().state_bodies


def _proposed(
    actor: Actor, case: Case, at: datetime, custody: Custody
) -> list[Proposal]:
    rows = LiftingProposal.objects.filter(hold__case=case).select_related(
        "hold", "by__organisation", "answered_by__organisation"
    )
    told = proposals.opened(rows.order_by("-proposed", "-pk"), custody=custody)
    if told:
        with transaction.atomic():
            record("hold proposals read", actor, at=at, case=case.id)
    return told


def _holding(
    each: holds.Standing, proposed: list[Proposal], seen: Seen, at: datetime
) -> Holding:
    mine = tuple(p for p in proposed if p.row.hold_id == each.row.pk)
    waiting = next((p for p in mine if p.state(at) == OPEN), None)
    hold = fields.shown_hold(each.hold, seen.classes)
    return Holding(each.row.number, hold, each.is_read, mine, waiting)
