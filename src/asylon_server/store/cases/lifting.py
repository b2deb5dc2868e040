"""Lifting a hold: one person proposes, another of another organisation answers.

`casework.lifting` decides whether two people may, and for which reason. Nothing here
ends a hold by time: a proposal that nobody answers ends, and the hold stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from asylon.casework import Hold, Lifted, Refusal
from asylon.casework import lifting as lifting_of
from asylon.security.custody import Custody
from asylon_server.store.cases import holds, proposals, reads
from asylon_server.store.cases.holds import Standing
from asylon_server.store.cases.models import Case, LiftingProposal, StandingHold
from asylon_server.store.cases.placing import HoldRefusedError, hand, hold_of
from asylon_server.store.cases.proposals import AGREED, DECLINED, OPEN, Said
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor, Thing, can
from asylon_server.store.rights.errors import NotThereError

PROPOSE, AGREE = "propose_lifting", "agree_to_lifting"
ALONE = "casework.hold.one-person"
"""What the rules say of a proposal that lacks nothing but the second person."""

UNREAD = "hold.unread"
PROPOSED_ALREADY = "hold.proposed-already"
NOT_OPEN = "hold.not-open"
PROPOSER_GONE = "hold.proposer-gone"
NO_WHY = "hold.no-why"


@dataclass(frozen=True, slots=True)
class Awaiting:
    """A proposal that waits for somebody's answer, as their work shows it."""

    case: UUID
    reference: str
    number: int
    until: datetime


def propose(
    actor: Actor,
    case_id: UUID,
    number: int,
    reason: str,
    words: str,
    *,
    at: datetime,
    custody: Custody,
) -> LiftingProposal:
    """Propose that a hold be lifted. The hold stands as it stood.

    Args:
        actor: Who proposes.
        case_id: The case.
        number: Which of its holds.
        reason: One of the reasons of the library.
        words: What shows it.
        at: When.
        custody: Where the wrapping key is.

    Returns:
        The proposal; the same one where it was proposed so before.

    Raises:
        NotThereError: there is no such hold, or not for this account.
        HoldRefusedError: the rules let nobody lift it so, or another proposal is open.
    """
    with transaction.atomic():
        case = allowed(actor, PROPOSE, case_id, at=at, custody=custody, locked=True)
        held = _held(case, number, custody)
        _check(held.hold, actor, reason, words, at)
        said = Said(hand(actor), reason, words.strip(), _until(at))
        again = _again(held.row, said, at, custody)
        if again:
            return again
        made = LiftingProposal(
            id=uuid4(),
            hold=held.row,
            by_id=actor.account,
            proposed=at,
            until=at + proposals.LASTS,
        )
        proposals.keep(made, said, custody=custody)
        record("hold lifting proposed", actor, at=at, case=case.id, wrote=[made])
    return made


def agree(
    actor: Actor, case_id: UUID, proposal: UUID, *, at: datetime, custody: Custody
) -> Hold:
    """Agree to a proposal, and lift the hold if the rules let these two people do it.

    Raises:
        NotThereError: there is no such proposal, or not for this account.
        HoldRefusedError: the rules refuse it, or the proposal is open no longer.
    """
    with transaction.atomic():
        case = allowed(actor, AGREE, case_id, at=at, custody=custody, locked=True)
        row, said = _open(case, proposal, at, custody)
        _check_proposer(row, case, at, custody)
        held = _held(case, row.hold.number, custody)
        after = _lifted(held.hold, said, actor, at)
        kept = held.row
        kept.version += 1
        holds.keep(kept, after.hold, held.by, custody=custody)
        _answer(row, replace(said, answer=AGREED), actor, at, custody)
        record("hold lifted", actor, at=at, case=case.id, wrote=[kept, row])
    return after.hold


def decline(
    actor: Actor,
    case_id: UUID,
    proposal: UUID,
    why: str,
    *,
    at: datetime,
    custody: Custody,
) -> None:
    """Say no to a proposal, and why; also one's own, which takes it back.

    Raises:
        NotThereError: there is no such proposal, or not for this account.
        HoldRefusedError: nothing was said, or the proposal is open no longer.
    """
    with transaction.atomic():
        case = allowed(actor, AGREE, case_id, at=at, custody=custody, locked=True)
        row, said = _open(case, proposal, at, custody)
        if not why.strip():
            raise HoldRefusedError(NO_WHY)
        told = replace(said, answer=DECLINED, why=why.strip())
        _answer(row, told, actor, at, custody)
        record("hold lifting declined", actor, at=at, case=case.id, wrote=[row])


def awaiting(actor: Actor, *, at: datetime, custody: Custody) -> list[Awaiting]:
    """List the proposals that wait for somebody's answer, the first to end on top."""
    own = Thing("hold", assigned=frozenset({actor.account}))
    if can(actor, AGREE, own) is None:
        return []
    rows = (
        LiftingProposal.objects.filter(answered=None, until__gt=at)
        .filter(hold__case__in=reads.cases_of(actor, at=at).values("pk"))
        .exclude(by__organisation_id=actor.organisation)
        .select_related("hold__case")
        .order_by("until", "pk")
    )
    with transaction.atomic():
        return list(_awaiting(actor, list(rows), at=at, custody=custody))


def _awaiting(
    actor: Actor, rows: list[LiftingProposal], *, at: datetime, custody: Custody
) -> Iterator[Awaiting]:
    for row in rows:
        case = row.hold.case
        if can(actor, AGREE, hold_of(case, at=at, custody=custody)) is not None:
            details = {"classes": ["hold"]}
            record("case listed", actor, at=at, case=case.id, details=details)
            yield Awaiting(case.id, case.reference, row.hold.number, row.until)


def allowed(
    actor: Actor,
    verb: str,
    case_id: UUID,
    *,
    at: datetime,
    custody: Custody,
    locked: bool = False,
) -> Case:
    """Find a case with whose holds somebody may do something.

    Raises:
        NotThereError: there is no such case, or not for this account.
    """
    case = reads.standing(case_id, locked=locked)
    if case is None or can(actor, verb, hold_of(case, at=at, custody=custody)) is None:
        raise NotThereError
    return case


def _held(case: Case, number: int, custody: Custody) -> Standing:
    for each in holds.standing(case, custody=custody):
        if each.row.number == number:
            if not each.is_read:
                # Nobody knows what it says, so that nobody can say it is answered.
                raise HoldRefusedError(UNREAD)
            return each
    raise NotThereError


def _lifted(hold: Hold, said: Said, actor: Actor, at: datetime) -> Lifted:
    after = lifting_of(
        hold,
        (said.by, hand(actor)),
        said.reason,
        shown_by=said.words,
        on=at.date(),
    )
    if isinstance(after, Refusal):
        raise HoldRefusedError(after.code)
    return after


def _again(
    row: StandingHold, said: Said, at: datetime, custody: Custody
) -> LiftingProposal | None:
    """Find the same proposal, sent before; refuse another one while it is open."""
    kept = proposals.opened(row.liftings.select_related("hold"), custody=custody)
    for each in kept:
        if each.said is not None and each.state(at) == OPEN:
            if replace(each.said, until=said.until) == said:
                return each.row
            raise HoldRefusedError(PROPOSED_ALREADY)
    return None


def _check(hold: Hold, actor: Actor, reason: str, words: str, at: datetime) -> None:
    """Refuse what no second person could make good."""
    alone = lifting_of(hold, (hand(actor),), reason, shown_by=words, on=at.date())
    if isinstance(alone, Lifted) or alone.code != ALONE:
        code = alone.code if isinstance(alone, Refusal) else ALONE
        raise HoldRefusedError(code)


def _check_proposer(
    row: LiftingProposal, case: Case, at: datetime, custody: Custody
) -> None:
    """Refuse a proposal of somebody who could not propose it any more."""
    seen = hold_of(case, at=at, custody=custody)
    if can(row.by.actor, PROPOSE, seen) is None:
        raise HoldRefusedError(PROPOSER_GONE)


def _open(
    case: Case, proposal: UUID, at: datetime, custody: Custody
) -> tuple[LiftingProposal, Said]:
    rows = LiftingProposal.objects.filter(pk=proposal, hold__case=case)
    kept = proposals.opened(rows.select_related("hold"), custody=custody)
    if not kept:
        raise NotThereError
    found = kept[0]
    if found.said is None or found.state(at) != OPEN:
        raise HoldRefusedError(NOT_OPEN)
    if found.said.by.person != str(found.row.by_id):
        raise HoldRefusedError(NOT_OPEN)
    return found.row, found.said


def _answer(
    row: LiftingProposal, said: Said, actor: Actor, at: datetime, custody: Custody
) -> None:
    row.answered, row.answered_by_id = at, actor.account
    row.version += 1
    proposals.keep(row, said, custody=custody)


def _until(at: datetime) -> str:
    return (at + proposals.LASTS).isoformat()
