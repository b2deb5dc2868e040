"""Complaints about whoever works on a claim: made on it, and settled outside the line.

Whoever settles reads no case: they are given the complaint, under the random name of a
case. What is complained about goes on, but for whatever is adverse to the person.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from asylon.casework import CaseClaim
from asylon.casework.decisions import Complaint
from asylon.security.custody import Custody
from asylon_server.store.cases import reads
from asylon_server.store.cases.history import account_names
from asylon_server.store.cases.models import Assignment, Case, ComplaintNotice
from asylon_server.store.cases.placing import hand
from asylon_server.store.claims import answering, steps
from asylon_server.store.claims.asking import Asked
from asylon_server.store.record.acts import record_all
from asylon_server.store.rights import Actor, Thing, can
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.vault import sealing

COMPLAIN, SETTLE = "complain", "settle"
THING = "complaint"
COUNSEL = ("legal_aid", "counsel")
_VERSION = 1
_STEP = 64
"""Seals are as long as a multiple of this."""


@dataclass(frozen=True, slots=True)
class Told:
    """A complaint as somebody is told of it.

    Attributes:
        id: The name of its row, for whoever settles it.
        case: The first characters of the random name of the case.
        about, made_by: The name of somebody, and their office.
    """

    id: UUID | None
    case: str
    complaint: Complaint
    about: tuple[str, str]
    made_by: tuple[str, str]


def may_settle(actor: Actor) -> bool:
    """Whether somebody settles complaints at all."""
    return can(actor, SETTLE, Thing(THING)) is not None


def could_be_about(
    actor: Actor, case_id: UUID, claim: CaseClaim
) -> list[tuple[str, str, str]]:
    """Name whoever works or worked on a case, but whoever asks: account, name, office."""
    worked = Assignment.objects.filter(case=case_id).values_list(
        "account_id", flat=True
    )
    known = {*map(str, worked), *(each.by.person for each in claim.steps)}
    names = account_names(known - {str(actor.account)})
    return sorted((id, *named) for id, named in names.items())


def complain(
    actor: Actor,
    case_id: UUID,
    claim_id: str,
    about: str,
    words: str,
    *,
    at: datetime,
    custody: Custody,
) -> Complaint:
    """Complain about somebody. The same again, while it is open, is no second one.

    Raises:
        NotThereError: there is no such case or claim, or not for this account.
        StepRefusedError: the procedure does not let it be done.
    """

    def is_same(each: Complaint) -> bool:
        mine = each.made_by is not None and each.made_by.person == str(actor.account)
        return mine and each.is_open and (each.about, each.words) == (about, words)

    with transaction.atomic():
        case = steps.allowed(actor, case_id, at=at, custody=custody)
        _version, file = reads.whole(case, custody=custody)
        before = steps.of_file(file, claim_id).complaints
        again = next((each for each in before if is_same(each)), None)
        if again:
            return again
        id = f"b{len(before) + 1}"
        new = Complaint(id, about, at.date(), words, made_by=hand(actor))
        asked = Asked(
            COMPLAIN,
            beside=(_noticed(case, claim_id, id, at, custody),),
            change=lambda claim: replace(claim, complaints=(*claim.complaints, new)),
        )
        steps.take_on(actor, case, claim_id, asked, at=at, custody=custody)
    return new


def of_claim(
    actor: Actor, case_id: UUID, claim_id: str, *, at: datetime, custody: Custody
) -> list[Told]:
    """Read the complaints on a claim that somebody made, or is counsel beside.

    Never one that is about them, nor as counsel one about their own organisation.

    Raises:
        NotThereError: there is no such case or claim, or not for this account.
    """
    case = reads.standing(case_id)
    if case is None:
        raise NotThereError
    seen = reads.thing(case, at=at, custody=custody)
    if can(actor, "act", replace(seen, kind="claim")) is None:
        raise NotThereError
    _version, file = reads.whole(case, custody=custody)
    told = [
        each
        for each in steps.of_file(file, claim_id).complaints
        if _is_theirs(actor, each)
    ]
    return list(_told(case, [(None, each) for each in told]))


def open_ones(actor: Actor, *, at: datetime, custody: Custody) -> list[Told]:
    """Read the complaints that wait for somebody outside the line of command.

    Raises:
        NotThereError: the actor settles none.
    """
    if not may_settle(actor):
        raise NotThereError
    rows = ComplaintNotice.objects.filter(settled=None, case__erased=None)
    told = [
        (row, found)
        for row in rows.select_related("case").order_by("made", "pk")
        if (found := _found(actor, row, at=at, custody=custody))
    ]
    with transaction.atomic():
        read: dict[UUID, dict[str, object]] = {
            row.case.id: {"claim": claim} for row, (claim, _complaint) in told
        }
        record_all("complaint read", actor, read, at=at)
    return [
        each
        for row, (_claim, complaint) in told
        for each in _told(row.case, [(row.id, complaint)])
    ]


def settle(
    actor: Actor,
    complaint: UUID,
    answer: str,
    *,
    at: datetime,
    custody: Custody,
    witnessed: date | None = None,
) -> None:
    """Settle a complaint, with what was found and done.

    Raises:
        NotThereError: there is no such complaint that is open, or not for this account.
        StepRefusedError: the procedure does not let it be done.
    """
    with transaction.atomic():
        row = ComplaintNotice.objects.filter(pk=complaint, settled=None).first()
        case = reads.standing(row.case_id, locked=True) if row else None
        found = _found(actor, row, at=at, custody=custody) if row and case else None
        if row is None or case is None or found is None:
            raise NotThereError
        claim_id, made = found
        settled = replace(made, settled=at.date(), by=hand(actor), answer=answer)
        row.settled = at
        row.save(update_fields=["settled"])

        def change(claim: CaseClaim) -> CaseClaim:
            complaints = (
                settled if each.id == made.id else each for each in claim.complaints
            )
            return replace(claim, complaints=tuple(complaints))

        asked = Asked(SETTLE, complaint=made.id, beside=(row,), change=change)
        steps.take_on(
            actor,
            case,
            claim_id,
            asked,
            at=at,
            custody=custody,
            witnessed=witnessed,
        )


def _is_theirs(actor: Actor, complaint: Complaint) -> bool:
    me = str(actor.account)
    if complaint.about == me:
        return False
    if complaint.made_by and complaint.made_by.person == me:
        return True
    is_counsel = (actor.kind, actor.role) == COUNSEL
    return is_counsel and not answering.is_of_office({complaint.about}, actor)


def _found(
    actor: Actor, row: ComplaintNotice, *, at: datetime, custody: Custody
) -> tuple[str, Complaint] | None:
    """Find what a row is about, if whoever asks settles it: the claim, the complaint."""
    seen = reads.thing(row.case, at=at, custody=custody)
    if can(actor, SETTLE, replace(seen, kind=THING)) is None:
        return None
    [said] = sealing.open_rows(
        [(row.case_id, _name(row), _VERSION, bytes(row.sealed))], custody=custody
    )
    if said is None:
        return None
    claim, name = json.loads(said)
    try:
        _version, file = reads.whole(row.case, custody=custody)
    except sealing.UnreadableError:
        return None
    for each in steps.of_file(file, claim).complaints:
        if each.id == name and not answering.is_of_office({each.about}, actor):
            return claim, each
    return None


def _noticed(
    case: Case, claim: str, complaint: str, at: datetime, custody: Custody
) -> ComplaintNotice:
    row = ComplaintNotice(id=uuid4(), case=case, made=at)
    text = json.dumps([claim, complaint]).encode()
    padded = text.ljust(-(-len(text) // _STEP) * _STEP)
    row.sealed = sealing.seal_row(
        case.id, _name(row), _VERSION, padded, custody=custody
    )
    row.save(force_insert=True)
    return row


def _name(row: ComplaintNotice) -> str:
    return f"complaint {row.pk}"


def _told(case: Case, those: Sequence[tuple[UUID | None, Complaint]]) -> Iterator[Told]:
    people = {e.about for _id, e in those}
    people |= {e.made_by.person for _id, e in those if e.made_by}
    names = account_names(people)
    nobody = ("", "")
    for id, each in those:
        by = names.get(each.made_by.person, nobody) if each.made_by else nobody
        about = names.get(each.about, nobody)
        yield Told(id, str(case.id)[:8], each, about, by)
