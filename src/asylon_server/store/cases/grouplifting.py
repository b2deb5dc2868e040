"""Lifting a hold for a group: never one person, never by time.

It is lifted as any other: one proposes, somebody of another organisation agrees, and the
rules of `casework` ask that UNHCR takes part.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from asylon.casework import Lifted, Refusal
from asylon.casework import lifting as lifting_of
from asylon.casework.actors import Actor as Hand
from asylon.security.custody import Custody
from asylon_server.store.cases import groups
from asylon_server.store.cases.declaring import (
    DECLARE,
    READ,
    check_proposer,
    demand,
    group_of,
    may,
)
from asylon_server.store.cases.groups import Group
from asylon_server.store.cases.lifting import (
    AGREE,
    ALONE,
    NO_WHY,
    NOT_OPEN,
    PROPOSE,
    PROPOSED_ALREADY,
    UNREAD,
)
from asylon_server.store.cases.models import GroupLifting
from asylon_server.store.cases.placing import HoldRefusedError, hand
from asylon_server.store.cases.proposals import AGREED, DECLINED, EXPIRED, LASTS, OPEN
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor
from asylon_server.store.rights.errors import NotThereError


@dataclass(frozen=True, slots=True)
class Asked:
    """A proposal to lift a hold for a group, and what came of it.

    Attributes:
        row: The row.
        by: Who proposes.
        reason: One of the reasons of the library.
        words: What shows it.
        until: When it ends unanswered.
        answer: `AGREED` or `DECLINED`; empty while nobody has answered.
        why: Why it was declined.
        answered_by: Whose answer it is.
        is_read: Whether its mark is true; one that is false lifts nothing.
    """

    row: GroupLifting
    by: Hand
    reason: str
    words: str
    until: datetime
    answer: str = ""
    why: str = ""
    answered_by: str = ""
    is_read: bool = True

    def state(self, at: datetime) -> str:
        """Say whether it is open, expired, agreed to or declined."""
        if not self.is_read:
            return EXPIRED
        return self.answer or (EXPIRED if at >= self.until else OPEN)


@dataclass(frozen=True, slots=True)
class Awaiting:
    """What waits for somebody about a hold for a group, as their work shows it.

    Attributes:
        group: Which one.
        state: Against being sent to which state.
        until: When a proposal to lift it ends unanswered; None where the hold itself
            waits to be declared.
    """

    group: UUID
    state: str
    until: datetime | None = None


def awaiting(actor: Actor, *, at: datetime, custody: Custody) -> list[Awaiting]:
    """List what waits for somebody's answer: holds to declare, and liftings."""
    if not may(actor, READ):
        return []
    found = [
        Awaiting(group.row.pk, group.hold.destination, until)
        for group in groups.read(custody=custody)
        for until in _untils(actor, group, at=at, custody=custody)
    ]
    if found:
        with transaction.atomic():
            record("group holds read", actor, at=at)
    return found


def _untils(
    actor: Actor, group: Group, *, at: datetime, custody: Custody
) -> Iterator[datetime | None]:
    """Say until when each thing about a group waits for somebody."""
    if not group.is_read:
        return
    if not group.is_declared:
        if may(actor, DECLARE) and group.by[0].person != str(actor.account):
            yield None
    elif group.stands and may(actor, AGREE):
        for each in asked(group, custody=custody):
            own = each.by.organisation == str(actor.organisation)
            if each.state(at) == OPEN and not own:
                yield each.until


def asked(group: Group, *, custody: Custody) -> list[Asked]:
    """Read the proposals to lift a hold for a group, the newest first."""
    rows = group.row.liftings.order_by("-proposed", "-pk")
    return [_asked(row, custody) for row in rows]


def propose(
    actor: Actor,
    group: UUID,
    reason: str,
    words: str,
    *,
    at: datetime,
    custody: Custody,
) -> GroupLifting:
    """Propose that a hold for a group be lifted; it stands as it stood.

    Raises:
        NotThereError: there is none, or not for this account.
        HoldRefusedError: nobody could lift it so, or another proposal is open.
    """
    demand(actor, PROPOSE)
    with transaction.atomic():
        found = group_of(group, custody)
        _check_standing(found)
        alone = lifting_of(
            found.hold, (hand(actor),), reason, shown_by=words, on=at.date()
        )
        if isinstance(alone, Lifted) or alone.code != ALONE:
            raise HoldRefusedError(alone.code if isinstance(alone, Refusal) else ALONE)
        for each in asked(found, custody=custody):
            if each.state(at) == OPEN:
                same = (hand(actor), reason, words.strip())
                if (each.by, each.reason, each.words) == same:
                    return each.row
                raise HoldRefusedError(PROPOSED_ALREADY)
        row = GroupLifting(id=uuid4(), group=found.row, proposed=at)
        _write(
            Asked(row, hand(actor), reason, words.strip(), at + LASTS), custody=custody
        )
        record("group lifting proposed", actor, at=at, wrote=[row])
    return row


def agree(
    actor: Actor, group: UUID, lifting: UUID, *, at: datetime, custody: Custody
) -> None:
    """Agree to lift a hold for a group, if the rules let these two people do it.

    Raises:
        NotThereError: there is none, or not for this account.
        HoldRefusedError: the rules refuse it, or the proposal is open no longer.
    """
    demand(actor, AGREE)
    with transaction.atomic():
        found = group_of(group, custody)
        _check_standing(found)
        each = _open(found, lifting, at, custody)
        check_proposer(each.by, PROPOSE)
        after = lifting_of(
            found.hold,
            (each.by, hand(actor)),
            each.reason,
            shown_by=each.words,
            on=at.date(),
        )
        if isinstance(after, Refusal):
            raise HoldRefusedError(after.code)
        groups.keep(found.row, after.hold, found.by, custody=custody)
        done = replace(each, answer=AGREED, answered_by=str(actor.account))
        _write(done, custody=custody)
        record("group hold lifted", actor, at=at, wrote=[found.row, each.row])


def decline(
    actor: Actor,
    group: UUID,
    lifting: UUID,
    why: str,
    *,
    at: datetime,
    custody: Custody,
) -> None:
    """Say no to lifting a hold for a group, and why.

    Raises:
        NotThereError: there is none, or not for this account.
        HoldRefusedError: nothing was said, or the proposal is open no longer.
    """
    demand(actor, AGREE)
    with transaction.atomic():
        each = _open(group_of(group, custody), lifting, at, custody)
        if not why.strip():
            raise HoldRefusedError(NO_WHY)
        done = replace(
            each, answer=DECLINED, why=why.strip(), answered_by=str(actor.account)
        )
        _write(done, custody=custody)
        record("group lifting declined", actor, at=at, wrote=[each.row])


def _check_standing(found: Group) -> None:
    if not found.is_read:
        raise HoldRefusedError(UNREAD)
    if not found.is_declared:
        raise NotThereError


def _open(found: Group, lifting: UUID, at: datetime, custody: Custody) -> Asked:
    row = found.row.liftings.filter(pk=lifting).first()
    if row is None:
        raise NotThereError
    each = _asked(row, custody)
    if each.state(at) != OPEN:
        raise HoldRefusedError(NOT_OPEN)
    return each


def _asked(row: GroupLifting, custody: Custody) -> Asked:
    if not groups.is_marked(row, custody):
        nobody = Hand("", "", "", "")
        return Asked(row, nobody, "", "", row.proposed, is_read=False)
    return _read(row)


def _read(row: GroupLifting) -> Asked:
    said = json.loads(row.said)
    until = datetime.fromisoformat(said["until"])
    return Asked(row, **(said | {"by": Hand(**said["by"]), "until": until}))


def _write(each: Asked, *, custody: Custody) -> None:
    said = {
        "by": asdict(each.by),
        "reason": each.reason,
        "words": each.words,
        "until": each.until.isoformat(),
        "answer": each.answer,
        "why": each.why,
        "answered_by": each.answered_by,
    }
    groups.write(each.row, said, custody=custody)
