"""Acts on cases: may it, do it, write it down; all in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, models, transaction
from django.db.models import Q

from asylon.casework import File, Hold
from asylon.security.custody import Custody
from asylon_server.store.cases import changes, fields, finding, reads, segments
from asylon_server.store.cases.models import Assignment, Case
from asylon_server.store.cases.placing import place
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor, Thing, can
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.vault import sealing
from asylon_server.store.vault.models import Compartment


def register(
    actor: Actor,
    file: File,
    *,
    submission: str,
    at: datetime,
    custody: Custody,
) -> Case:
    """Open a case for a family, with the holds that its file begins with.

    Args:
        actor: Who registers; the case becomes the actor's work.
        file: What was told.
        submission: The name of the form that was sent; the same one sent again gives
            the case that it made the first time.
        at: When.
        custody: Where the wrapping key is.

    Returns:
        The case.

    Raises:
        NotThereError: the actor registers nobody here.
        ToldOtherwiseError: the form made a case before, and says something else now.
    """
    here = Thing("case", organisation=actor.organisation)
    if can(actor, "open", here) is None:
        raise NotThereError
    try:
        return opened_case(actor, file, submission, at=at, custody=custody)
    except IntegrityError:
        # The same form was sent twice at once, and the other one came first.
        again = sent_before(actor, submission)
        if again is None:
            raise
        return _same(again, file, custody)


def sent_before(actor: Actor, submission: str) -> Case | None:
    """Find the case that a form has made before, in the office of whoever sends it."""
    sent = Q(submission=submission, organisation_id=actor.organisation)
    return Case.objects.within(sent).first()


def _same(case: Case, file: File, custody: Custody) -> Case:
    """Give the case that a form made before, unless the form says more by now."""
    _version, first = reads.whole(case, custody=custody, version=1)
    _version, now = reads.whole(case, custody=custody)
    told = changes.between(first.people, file.people)
    if not all(changes.is_made(now, each) for each in told):
        raise changes.ToldOtherwiseError(case.id)
    return case


def opened_case(
    actor: Actor,
    file: File,
    submission: str,
    *,
    at: datetime,
    custody: Custody,
    others: Iterable[UUID] = (),
) -> Case:
    """Open a case in the transaction of an act that was allowed already.

    Args:
        actor: Who opens it; the case becomes the actor's work.
        file: What was told.
        submission: The name of the form that was sent; sent again, it gives its case.
        at: When.
        custody: Where the wrapping key is.
        others: Accounts whose work it becomes as well.
    """
    with transaction.atomic():
        again = sent_before(actor, submission)
        if again:
            return _same(again, file, custody)
        case = Case(
            id=uuid4(),
            reference=file.reference,
            organisation_id=actor.organisation,
            opened=at,
            submission=submission,
        )
        case.save(force_insert=True)
        sealing.open_case(case.id, custody)
        assigned = [
            Assignment.objects.create(case=case, account_id=each, since=at)
            for each in dict.fromkeys((actor.account, *others))
        ]
        kept = _keep(case, file, follows=0, at=at, custody=custody)
        placed = place(actor, case, file.holds, at=at, custody=custody)
        record(
            "case opened",
            actor,
            at=at,
            case=case.id,
            wrote=[case, *assigned, *kept, *placed],
        )
    return case


def keep_amended(
    case: Case,
    actor: Actor,
    file: File,
    holds: Sequence[Hold] = (),
    *,
    follows: int,
    at: datetime,
    custody: Custody,
    parts: Iterable[str] = (),
    form: str = "",
) -> int:
    """Keep a new version in the transaction of an act that was allowed already.

    Args:
        case: The case.
        actor: Who amends.
        file: All that is told now.
        holds: Holds that are to stand, where they do not yet.
        follows: The version that the writer had read.
        at: When.
        custody: Where the wrapping key is.
        parts: The names of the parts that change, for the record.
        form: The name of the form that was sent, drawn by chance, if one was.

    Returns:
        The new version.
    """
    removed = finding.take_tokens(case)
    kept = _keep(case, file, follows=follows, at=at, custody=custody)
    placed = place(actor, case, holds, at=at, custody=custody)
    details: dict[str, object] = {"version": follows + 1, "parts": sorted(set(parts))}
    if form:
        details["form"] = form
    record(
        "case amended",
        actor,
        at=at,
        case=case.id,
        wrote=[*kept, *placed],
        removed=removed,
        details=details,
    )
    return follows + 1


def _keep(
    case: Case, file: File, *, follows: int, at: datetime, custody: Custody
) -> list[models.Model]:
    """Seal who they are and what they said, and the tokens the case is found by."""
    sealed = keep_file(case, file, follows=follows, at=at, custody=custody)
    return [*sealed, *finding.keep_tokens(case, file, custody)]


def keep_file(
    case: Case, file: File, *, follows: int, at: datetime, custody: Custody
) -> list[Compartment]:
    """Seal who they are and what they said, each by itself; the caller records its act.

    What was said in interviews is sealed part by part, and only what is new of it.
    The tokens that people are found by stay as they are.
    """
    parted = fields.apart(fields.with_holds(file, ()))
    names = (sealing.IDENTITY, sealing.TESTIMONY)
    kept = [
        sealing.keep(
            case.id,
            name,
            part.as_json().encode(),
            follows=follows,
            at=at,
            custody=custody,
        )
        for name, part in zip(names, parted, strict=True)
    ]
    return [*kept, *segments.keep(case.id, file, at=at, custody=custody)]
