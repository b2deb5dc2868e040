"""Counsel of a claim: who appeared, what was handed in, and the file taken away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from asylon.casework import CaseClaim, File
from asylon.casework.counsel import Appearance, Submission
from asylon.security.custody import Custody
from asylon.security.drawing import draw_paper_code
from asylon_server.store.cases import fields, reads, segments
from asylon_server.store.cases.history import account_names
from asylon_server.store.cases.placing import hand
from asylon_server.store.claims import beside, steps
from asylon_server.store.claims.asking import Asked
from asylon_server.store.claims.beside import Change
from asylon_server.store.record import heads
from asylon_server.store.record.acts import record
from asylon_server.store.record.models import Head
from asylon_server.store.rights import Actor
from asylon_server.store.rights.errors import NotThereError

APPEAR, END, DISCLOSE, TAKE_AWAY = "appear", "end_appearance", "disclose", "take_away"
SUBMIT = "submit"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says of something that was handed in, and no word of it.

    Attributes:
        number: Drawn by chance; it leads to no case.
        size, root: The state of the log now.
    """

    on: date
    number: str
    size: int
    root: bytes


def appear(
    actor: Actor,
    case_id: UUID,
    claim_id: str,
    consented: date,
    *,
    at: datetime,
    custody: Custody,
) -> CaseClaim:
    """Keep that counsel appears for the person, who agreed to it on a day.

    Raises:
        NotThereError: there is no such case or claim, or not for this account.
        RecordError: it is before the person agreed.
    """
    me = str(actor.account)

    def change(claim: CaseClaim) -> CaseClaim:
        if any(each.account == me and each.stands for each in claim.appearances):
            return claim
        name, _office = account_names({me})[me]
        new = Appearance(me, name, at.date(), consented)
        return _with(claim, (*claim.appearances, new))

    made = Change(APPEAR, "counsel appeared", change)
    return beside.keep(actor, case_id, claim_id, made, at=at, custody=custody)


def end(
    actor: Actor,
    case_id: UUID,
    claim_id: str,
    account: str,
    *,
    at: datetime,
    custody: Custody,
) -> CaseClaim:
    """Keep that counsel acts for the person no more.

    Raises:
        NotThereError: there is no such case or claim, or not for this account.
    """

    def change(claim: CaseClaim) -> CaseClaim:
        return _with(
            claim,
            tuple(
                replace(each, until=at.date())
                if each.account == account and each.stands
                else each
                for each in claim.appearances
            ),
        )

    made = Change(END, "counsel ended", change)
    return beside.keep(actor, case_id, claim_id, made, at=at, custody=custody)


def submit(
    actor: Actor,
    case_id: UUID,
    claim_id: str,
    title: str,
    words: str,
    *,
    at: datetime,
    custody: Custody,
    witnessed: date | None = None,
) -> Submission:
    """Hand something in. What is the same as what was handed in that day is no second one.

    Raises:
        NotThereError: there is no such case or claim, or not for this account.
        StepRefusedError: the procedure does not let it be handed in.
    """
    by, on = hand(actor), at.date()

    def is_same(each: Submission) -> bool:
        return (each.by, each.on, each.title, each.words) == (by, on, title, words)

    def change(claim: CaseClaim) -> CaseClaim:
        id = f"s{len(claim.submissions) + 1}"
        new = Submission(id, on, by, title, words, draw_paper_code())
        return replace(claim, submissions=(*claim.submissions, new))

    with transaction.atomic():
        case = steps.allowed(actor, case_id, at=at, custody=custody)
        _version, file = reads.whole(case, custody=custody)
        before = steps.of_file(file, claim_id).submissions
        again = next((each for each in before if is_same(each)), None)
        if again:
            return again
        claim = steps.take(
            actor,
            case_id,
            claim_id,
            Asked(SUBMIT, change=change),
            at=at,
            custody=custody,
            witnessed=witnessed,
        )
    return claim.submissions[-1]


def disclose(
    actor: Actor,
    case_id: UUID,
    claim_id: str,
    source: str,
    *,
    at: datetime,
    custody: Custody,
) -> CaseClaim:
    """Keep that the substance of a source was disclosed to the person or counsel.

    Raises:
        NotThereError: there is no such case or claim, or not for this account.
    """

    def change(claim: CaseClaim) -> CaseClaim:
        told = tuple(
            replace(each, disclosed=at.date())
            if each.id == source and each.disclosed is None
            else each
            for each in claim.assessment.sources
        )
        return replace(claim, assessment=replace(claim.assessment, sources=told))

    made = Change(DISCLOSE, "source disclosed", change)
    return beside.keep(actor, case_id, claim_id, made, at=at, custody=custody)


def take_away(
    actor: Actor, case_id: UUID, claim_id: str, *, at: datetime, custody: Custody
) -> File:
    """Give the file with one claim, as far as whoever takes it away reaches it.

    Raises:
        NotThereError: there is no such case or claim, or not for this account.
    """
    with transaction.atomic():
        seen = reads.case_file(actor, case_id, at=at, custody=custody)
        if not beside.may(actor, TAKE_AWAY, seen.thing):
            raise NotThereError
        claim = steps.of_file(seen.file, claim_id)
        if fields.NARRATIVE in seen.classes:
            claim = segments.of_claim(claim, case_id, custody=custody)
        details = {"claim": claim.id, "classes": sorted(seen.classes)}
        record("claim taken away", actor, at=at, case=case_id, details=details)
    return replace(seen.file, claims=(claim,))


def access(actor: Actor, case_id: UUID, *, at: datetime) -> datetime | None:
    """Say until when a case is somebody's work; None where no end is set."""
    mine = reads.work_of(actor, at=at).filter(case=case_id)
    return mine.order_by("-since", "pk").values_list("until", flat=True).first()


def receipt(
    actor: Actor,
    case_id: UUID,
    claim_id: str,
    submission: str,
    *,
    at: datetime,
    custody: Custody,
) -> Receipt:
    """Say what a receipt says of something that was handed in.

    Raises:
        NotThereError: nothing of this name was handed in, or not for this account.
    """
    case = reads.standing(case_id)
    if case is None:
        raise NotThereError
    if not beside.may(actor, "act", reads.thing(case, at=at, custody=custody)):
        raise NotThereError
    _version, file = reads.whole(case, custody=custody)
    for each in steps.of_file(file, claim_id).submissions:
        if each.id == submission:
            edge = heads.edge(Head.objects.order_by("-size").first())
            return Receipt(each.on, each.receipt, edge.size, edge.root)
    raise NotThereError


def _with(claim: CaseClaim, appearances: tuple[Appearance, ...]) -> CaseClaim:
    standing = [each.name for each in appearances if each.stands]
    return replace(
        claim, appearances=appearances, counsel=standing[-1] if standing else ""
    )
