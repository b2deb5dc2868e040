"""Certificates: the talk on the risk of carrying one, issuing it, and ending it.

No certificate is issued but after the talk, and never against what the person wished.
The bytes that were issued are sealed with the case and served again as they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from asylon.casework import Consent, File, Person
from asylon.identity import Name
from asylon.security.custody import Custody
from asylon.security.drawing import draw_paper_code
from asylon_server.letters import Certificate as Letter
from asylon_server.letters import certificate
from asylon_server.store.cases import acts, reads
from asylon_server.store.cases.certified import (
    AFTER_CODE,
    COMPARTMENT,
    allowed,
    found,
)
from asylon_server.store.cases.models import Case, Certificate
from asylon_server.store.record import heads
from asylon_server.store.record.acts import record
from asylon_server.store.record.models import Head
from asylon_server.store.rights import Actor
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.vault import sealing
from asylon_server.store.vault.models import Compartment

CARRIED, KEPT = "certificate carried", "certificate kept at the office"
CARRY, KEEP, NONE = "carry", "keep", "none"
WISHES = (CARRY, KEEP, NONE)
WITHDRAWN, LOST, REPLACED = "withdrawn", "lost", "replaced"
TALK_LASTS = timedelta(days=90)
"""After so long the danger may be another one, and is talked about again."""

LASTS = timedelta(days=90)


class TalkError(Exception):
    """The risk of carrying it was not talked about, or the person does not want it."""


class TelephoneError(Exception):
    """The deployment names no number to call; a certificate without one helps nobody."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk on the risk of carrying a certificate.

    Attributes:
        language: In which language.
        wish: What the person wishes: one of `WISHES`.
        is_read_back: Whether what is kept of it was read back.
        interpreter: Who interpreted, if anybody.
    """

    language: str
    wish: str
    is_read_back: bool
    interpreter: str = ""


@dataclass(frozen=True, slots=True)
class Issuer:
    """What a certificate says of the office."""

    office: str
    telephone: str
    invented: bool = False


def talk(
    actor: Actor,
    case_id: UUID,
    person: str,
    told: Talk,
    *,
    at: datetime,
    custody: Custody,
) -> None:
    """Keep that the risk was talked about, and what the person wishes.

    Raises:
        NotThereError: there is no such case or person, or not for this account.
    """
    with transaction.atomic():
        case = allowed(actor, "talk", case_id, at=at, locked=True)
        version, file = reads.whole(case, custody=custody)
        spoken = _person(file, person)
        changed = replace(
            spoken, consents=(*spoken.consents, _consent(told, at.date()))
        )
        people = tuple(changed if p.id == person else p for p in file.people)
        acts.keep_amended(
            case,
            actor,
            replace(file, people=people),
            follows=version,
            at=at,
            custody=custody,
            parts=["consents"],
        )
        record("certificate talked about", actor, at=at, case=case.id)


def latest_talk(person: Person) -> Consent | None:
    """Find what somebody wished at the last talk."""
    told = [each for each in person.consents if each.purpose in {CARRIED, KEPT}]
    return told[-1] if told else None


def may_issue(person: Person, on: date) -> bool:
    """Whether a talk allows a certificate on a day."""
    last = latest_talk(person)
    return (
        last is not None
        and last.given is not None
        and last.stands(on)
        and last.given + TALK_LASTS >= on
    )


def issue(
    actor: Actor,
    case_id: UUID,
    person: str,
    names: Sequence[Name],
    issuer: Issuer,
    *,
    at: datetime,
    custody: Custody,
) -> Certificate:
    """Issue a certificate, in place of one before.

    Args:
        actor: Who issues it.
        case_id: The case.
        person: For whom.
        names: Which of the names the person wants on it; may be none.
        issuer: What it says of the office.
        at: When.
        custody: Where the wrapping key is.

    Raises:
        NotThereError: there is no such case, person or name, or not for this account.
        TalkError: no talk of late allows it.
        TelephoneError: the office names no number to call.
        LetterError: it cannot be printed.
    """
    with transaction.atomic():
        case = allowed(actor, "issue", case_id, at=at, locked=True)
        _version, file = reads.whole(case, custody=custody, testimony=False)
        holder = _person(file, person)
        if not may_issue(holder, at.date()):
            raise TalkError
        if not issuer.telephone:
            raise TelephoneError
        letter = _letter(holder, names, issuer, at)
        printed = certificate(letter, at=at)
        before = _end_those_of(case, person, at)
        kept = sealing.keep(
            case.id,
            COMPARTMENT,
            letter.check.encode() + AFTER_CODE + printed,
            follows=case.certificates.count(),
            at=at,
            custody=custody,
        )
        row = _kept(case, holder, letter, kept, sha256(printed).hexdigest())
        details = {"sha256": row.digest}
        wrote = [kept, row, *before]
        record(
            "certificate issued",
            actor,
            at=at,
            case=case.id,
            wrote=wrote,
            details=details,
        )
    return row


def end(actor: Actor, case_id: UUID, number: int, why: str, *, at: datetime) -> None:
    """Withdraw a certificate, or keep that it was lost.

    Raises:
        NotThereError: there is no such certificate, or not for this account.
    """
    if why not in {WITHDRAWN, LOST}:
        raise NotThereError
    with transaction.atomic():
        case = allowed(actor, "withdraw", case_id, at=at, locked=True)
        row = found(case, number)
        if row.ended is None:
            row.ended, row.why = at, why
            row.save(update_fields=["ended", "why"])
            act = f"certificate {why}"
            record(act, actor, at=at, case=case.id, wrote=[row])


def _consent(told: Talk, on: date) -> Consent:
    return Consent(
        KEPT if told.wish == KEEP else CARRIED,
        "the person",
        told.language,
        given=None if told.wish == NONE else on,
        refused=on if told.wish == NONE else None,
        interpreter=told.interpreter,
        is_read_back=told.is_read_back,
    )


def _person(file: File, person: str) -> Person:
    try:
        return file.person(person)
    except LookupError:
        raise NotThereError from None


def _letter(
    holder: Person, names: Sequence[Name], issuer: Issuer, at: datetime
) -> Letter:
    head = Head.objects.order_by("-size").first()
    edge = heads.edge(head)
    if not set(names) <= set(holder.names):
        # It was changed meanwhile, and nobody wanted what stands there now.
        raise NotThereError
    shown = [each for each in holder.names if each in names]
    return Letter(
        number=draw_paper_code(),
        check=draw_paper_code(),
        names=tuple((each.words, each.script) for each in shown),
        issued=at.date(),
        expires=at.date() + LASTS,
        office=issuer.office,
        telephone=issuer.telephone,
        size=edge.size,
        root=edge.root,
        invented=issuer.invented,
    )


def _kept(
    case: Case, holder: Person, letter: Letter, kept: Compartment, digest: str
) -> Certificate:
    last = latest_talk(holder)
    return Certificate.objects.create(
        case=case,
        person=holder.id,
        number=letter.number,
        version=kept.version,
        digest=digest,
        issued=letter.issued,
        expires=letter.expires,
        stays=last is not None and last.purpose == KEPT,
    )


def _end_those_of(case: Case, person: str, at: datetime) -> list[Certificate]:
    """End what somebody had before: two that stand would be two that can be found."""
    before = list(case.certificates.filter(person=person, ended=None))
    for row in before:
        row.ended, row.why = at, REPLACED
        row.save(update_fields=["ended", "why"])
    return before
