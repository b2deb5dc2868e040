"""Erasing a case by two people: one proposes, another of another organisation agrees.

Why, and what was answered, is sealed with the case, and goes with its key. A proposal
that nobody answers ends, and nothing is erased by time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from asylon.casework.erasing import Ground, Lacking, lacking
from asylon.security.custody import Custody
from asylon_server.store.cases import erasing, reads
from asylon_server.store.cases.models import Case, ErasingProposal
from asylon_server.store.cases.placing import hand
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor, Thing, can
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.vault import sealing

PROPOSE, AGREE = "propose", "agree"
LASTS = timedelta(days=30)
STEP = 1_024
"""Seals are as long as a multiple of this, so that their length says little."""

OPEN, ENDED, DECLINED, ERASED = "open", "ended", "declined", "erased"
PROPOSED_ALREADY, PROPOSER_GONE, UNREAD = "proposed-already", "proposer-gone", "unread"


class ErasingRefusedError(Exception):
    """Nothing is erased so; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Said:
    """What a proposal says: why, in a word and in words, and why it was declined."""

    ground: Ground
    words: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A proposal as somebody sees it.

    Attributes:
        row: The row.
        said: What it says; None where it does not open.
        is_own: Whether whoever looks made it.
        lacks: What is lacking before they may agree.
    """

    row: ErasingProposal
    said: Said | None
    is_own: bool
    lacks: Lacking | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A proposal in a list: of which case, how it stands, since when."""

    case: UUID
    reference: str
    state: str
    at: datetime


def propose(
    actor: Actor,
    case_id: UUID,
    said: Said,
    *,
    at: datetime,
    custody: Custody,
) -> ErasingProposal:
    """Propose that a case be erased. Nothing of it changes.

    Returns:
        The proposal; the same one where it was proposed so before.

    Raises:
        NotThereError: there is no such case, or not for this account.
        ErasingRefusedError: another proposal is open, or the ground is not theirs.
    """
    with transaction.atomic():
        case = allowed(actor, PROPOSE, case_id, at=at, custody=custody, locked=True)
        if lacking((hand(actor),), said.ground) is Lacking.COUNSEL:
            raise ErasingRefusedError(Lacking.COUNSEL)
        there = _open(case, at)
        if there:
            return _same(there, actor, said, custody)
        made = ErasingProposal(
            id=uuid4(),
            case=case,
            by_id=actor.account,
            proposed=at,
            until=at + LASTS,
        )
        _keep(made, said, custody)
        record("erasing proposed", actor, at=at, case=case.id, wrote=[made])
    return made


def agree(
    actor: Actor, case_id: UUID, proposal: UUID, *, at: datetime, custody: Custody
) -> None:
    """Agree to a proposal, which erases the case.

    Raises:
        NotThereError: there is no such proposal, or not for this account.
        ErasingRefusedError: the rules refuse these two people.
    """
    with transaction.atomic():
        case = allowed(actor, AGREE, case_id, at=at, custody=custody, locked=True)
        row = _numbered(case, proposal, at)
        said = _opened(row, custody)
        if said is None:
            raise ErasingRefusedError(UNREAD)
        seen = thing(case, at=at, custody=custody)
        if can(row.by.actor, PROPOSE, seen) is None:
            raise ErasingRefusedError(PROPOSER_GONE)
        lacks = lacking((hand(row.by.actor), hand(actor)), said.ground)
        if lacks:
            raise ErasingRefusedError(lacks)
        _answer(row, actor, at, agreed=True)
        details = {"proposed_by": str(row.by_id), "proposed": row.proposed.isoformat()}
        erasing.mark(case, actor, at=at, wrote=[row], details=details)
    erasing.destroy(case_id, at=at)


def decline(
    actor: Actor,
    case_id: UUID,
    proposal: UUID,
    why: str,
    *,
    at: datetime,
    custody: Custody,
) -> None:
    """Say no to a proposal, and why; whoever made it takes it back so.

    Raises:
        NotThereError: there is no such proposal, or not for this account.
    """
    with transaction.atomic():
        case = allowed(actor, AGREE, case_id, at=at, custody=custody, locked=True)
        row = _numbered(case, proposal, at)
        said = _opened(row, custody)
        row.version += 1
        _answer(row, actor, at, agreed=False)
        _keep(row, replace(said or Said(Ground.DANGER, ""), why=why.strip()), custody)
        record("erasing declined", actor, at=at, case=case.id, wrote=[row])


def open_of(
    actor: Actor, case_id: UUID, *, at: datetime, custody: Custody
) -> Asked | None:
    """Read the proposal over a case that waits for an answer, if there is one.

    Raises:
        NotThereError: there is no such case, or not for this account.
    """
    case = allowed(actor, PROPOSE, case_id, at=at, custody=custody)
    row = _open(case, at)
    if row is None:
        return None
    said = _opened(row, custody)
    hands = (hand(row.by.actor), hand(actor))
    lacks = lacking(hands, said.ground if said else Ground.DANGER)
    return Asked(row, said, row.by_id == actor.account, lacks)


def listed(actor: Actor, *, at: datetime) -> list[Listed]:
    """List the proposals that somebody made, answered, or may answer, the newest first.

    Raises:
        NotThereError: the account erases nothing.
    """
    own = Thing("erasing", assigned=frozenset({actor.account}))
    if can(actor, PROPOSE, own) is None:
        raise NotThereError
    theirs = Q(by_id=actor.account) | Q(answered_by_id=actor.account)
    mine = Q(case__in=reads.cases_of(actor, at=at).values("pk"))
    near = ~reads.kept_away(actor, "case")
    rows = ErasingProposal.objects.filter(theirs | mine, near).select_related("case")
    with transaction.atomic():
        record("erasings listed", actor, at=at, details={"found": rows.count()})
        return [
            Listed(each.case_id, each.case.reference, state(each, at), _latest(each))
            for each in rows.order_by("-proposed", "pk")
        ]


def state(row: ErasingProposal, at: datetime) -> str:
    """Say how a proposal stands."""
    if row.answered:
        return ERASED if row.agreed else DECLINED
    return OPEN if at < row.until else ENDED


def allowed(
    actor: Actor,
    verb: str,
    case_id: UUID,
    *,
    at: datetime,
    custody: Custody,
    locked: bool = False,
) -> Case:
    """Find a case whose erasing somebody may propose or agree to.

    Raises:
        NotThereError: there is no such case, or not for this account.
    """
    case = reads.standing(case_id, locked=locked)
    if case is None or can(actor, verb, thing(case, at=at, custody=custody)) is None:
        raise NotThereError
    return case


def thing(case: Case, *, at: datetime, custody: Custody) -> Thing:
    """See the erasing of a case as the rules of rights do."""
    return replace(reads.thing(case, at=at, custody=custody), kind="erasing")


def _latest(row: ErasingProposal) -> datetime:
    return row.answered or row.proposed


def _open(case: Case, at: datetime) -> ErasingProposal | None:
    waiting = case.erasings.filter(answered=None, until__gt=at)
    return waiting.select_related("by__organisation").first()


def _numbered(case: Case, proposal: UUID, at: datetime) -> ErasingProposal:
    row = _open(case, at)
    if row is None or row.pk != proposal:
        raise NotThereError
    return row


def _same(
    row: ErasingProposal, actor: Actor, said: Said, custody: Custody
) -> ErasingProposal:
    if row.by_id == actor.account and _opened(row, custody) == said:
        return row
    raise ErasingRefusedError(PROPOSED_ALREADY)


def _answer(row: ErasingProposal, actor: Actor, at: datetime, *, agreed: bool) -> None:
    row.answered, row.answered_by_id, row.agreed = at, actor.account, agreed
    row.save()


def _keep(row: ErasingProposal, said: Said, custody: Custody) -> None:
    told = {"ground": said.ground, "words": said.words, "why": said.why}
    text = json.dumps(told, ensure_ascii=False).encode()
    row.sealed = sealing.seal_row(
        row.case_id,
        _name(row),
        row.version,
        text.ljust(-(-len(text) // STEP) * STEP),
        custody=custody,
    )
    row.save()


def _opened(row: ErasingProposal, custody: Custody) -> Said | None:
    asked: Iterable[tuple[UUID, str, int, bytes]] = [
        (row.case_id, _name(row), row.version, bytes(row.sealed))
    ]
    [text] = sealing.open_rows(asked, custody=custody)
    if text is None:
        return None
    told = json.loads(text)
    return Said(Ground(told["ground"]), told["words"], told["why"])


def _name(row: ErasingProposal) -> str:
    return f"erasing {row.id}"
