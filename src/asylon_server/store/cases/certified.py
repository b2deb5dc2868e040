"""Certificates that were issued: listed, opened, and confirmed by their code."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from hmac import compare_digest
from uuid import UUID

from django.db import transaction

from asylon.security.custody import Custody
from asylon_server.store.cases import reads
from asylon_server.store.cases.models import Case, Certificate
from asylon_server.store.kept import Kept
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor, Thing, can
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.vault import sealing

COMPARTMENT = "certificate"
STANDS, ENDED, EXPIRED, UNKNOWN = "stands", "ended", "expired", "unknown"
AFTER_CODE = b"\n"
"""What stands between the check code and the bytes, where both are sealed."""


def allowed(
    actor: Actor, verb: str, case_id: UUID, *, at: datetime, locked: bool = False
) -> Case:
    """Find a case for whose people somebody may do something with a certificate.

    Raises:
        NotThereError: there is no such case, or not for this account.
    """
    case = reads.standing(case_id, locked=locked)
    seen = replace(reads.thing(case, at=at), kind="certificate") if case else None
    if case is None or seen is None or can(actor, verb, seen) is None:
        raise NotThereError
    return case


def of_case(actor: Actor, case_id: UUID, *, at: datetime) -> list[Certificate]:
    """List the certificates of a case, the newest first.

    Raises:
        NotThereError: there is no such case, or not for this account.
    """
    case = allowed(actor, "read", case_id, at=at)
    return list(case.certificates.order_by("-pk"))


def of_seen(actor: Actor, seen: reads.Seen) -> list[Certificate] | None:
    """List the certificates of a case that was read, the newest first.

    Returns:
        The certificates; None where they are not for whoever read it.
    """
    if can(actor, "read", replace(seen.thing, kind="certificate")) is None:
        return None
    return _OF_CASE(seen.case)


_OF_CASE = Kept(
    Certificate, lambda case: Certificate.objects.filter(case=case).order_by("-pk")
)


def document(
    actor: Actor, case_id: UUID, number: int, *, at: datetime, custody: Custody
) -> bytes:
    """Give the very bytes that were issued; that they were opened is kept first.

    Raises:
        NotThereError: there is no such certificate, or not for this account.
        UnreadableError: what is kept was altered, or its key is gone.
    """
    with transaction.atomic():
        case = allowed(actor, "read", case_id, at=at)
        row = found(case, number)
        record("certificate opened", actor, at=at, case=case.id)
    _check, printed = _opened(row, custody)
    if not compare_digest(sha256(printed).hexdigest(), row.digest):
        raise NotThereError
    return printed


def confirm(
    actor: Actor, number: str, check: str, *, at: datetime, custody: Custody
) -> str:
    """Say whether a certificate of the actor's office stands, and nothing else of it.

    Raises:
        NotThereError: the actor confirms none.
    """
    here = Thing("certificate", organisation=actor.organisation)
    if can(actor, "confirm", here) is None:
        raise NotThereError
    number, check = (each.strip().upper() for each in (number, check))
    with transaction.atomic():
        row = Certificate.objects.filter(
            number=number, case__organisation_id=actor.organisation, case__erased=None
        ).first()
        known = _opened(row, custody)[0] if row else ""
        fits = compare_digest(known.encode(), check.encode())
        case = row.case_id if row and fits else None
        record("certificate confirmed", actor, at=at, case=case)
    return state(row, at.date()) if row and fits else UNKNOWN


def found(case: Case, number: int) -> Certificate:
    """Find a certificate of a case.

    Raises:
        NotThereError: there is none.
    """
    row = case.certificates.filter(version=number).first()
    if row is None:
        raise NotThereError
    return row


def _opened(row: Certificate, custody: Custody) -> tuple[str, bytes]:
    """Open what was sealed of a certificate: its check code, and its bytes."""
    _version, sealed = sealing.read(
        row.case_id, COMPARTMENT, custody=custody, version=row.version
    )
    check, _, printed = sealed.partition(AFTER_CODE)
    return check.decode(), printed


def state(row: Certificate, on: date) -> str:
    """Say whether a certificate stands on a day."""
    if row.ended is not None:
        return ENDED
    return STANDS if row.issued <= on <= row.expires else EXPIRED
