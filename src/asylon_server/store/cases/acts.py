"""Acts on cases: may it, do it, write it down; all in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, models, transaction
from django.db.models import Q

from asylon.casework import File, Hold, Person
from asylon.identity.lookup import readings, years
from asylon.security.custody import Custody
from asylon_server.store.cases import changes, fields, reads
from asylon_server.store.cases.models import (
    Assignment,
    Case,
    NameToken,
)
from asylon_server.store.cases.placing import place
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor, Thing, can
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.vault import sealing


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
    sent = Q(submission=submission, organisation_id=actor.organisation)
    try:
        return _registered(actor, file, sent, submission, at=at, custody=custody)
    except IntegrityError:
        # The same form was sent twice at once, and the other one came first.
        again = Case.objects.within(sent).first()
        if again is None:
            raise
        return _same(again, file, custody)


def _same(case: Case, file: File, custody: Custody) -> Case:
    """Give the case that a form made before, unless the form says more by now."""
    _version, first = reads.whole(case, custody=custody, version=1)
    _version, now = reads.whole(case, custody=custody)
    told = changes.between(first.people, file.people)
    if not all(changes.is_made(now, each) for each in told):
        raise changes.ToldOtherwiseError(case.id)
    return case


def _registered(
    actor: Actor,
    file: File,
    sent: Q,
    submission: str,
    *,
    at: datetime,
    custody: Custody,
) -> Case:
    with transaction.atomic():
        again = Case.objects.within(sent).first()
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
        assigned = Assignment.objects.create(
            case=case, account_id=actor.account, since=at
        )
        kept = _keep(case, file, follows=0, at=at, custody=custody)
        placed = place(actor, case, file.holds, at=at, custody=custody)
        record(
            "case opened",
            actor,
            at=at,
            case=case.id,
            wrote=[case, assigned, *kept, *placed],
        )
    return case


def amend(
    actor: Actor,
    case_id: UUID,
    file: File,
    *,
    follows: int,
    at: datetime,
    custody: Custody,
) -> int:
    """Keep a new version of what was told, after the one that the actor had read.

    Fields that the actor does not reach keep what they said.

    Returns:
        The new version.

    Raises:
        NotThereError: there is no such case, or not for this account to write in.
        ConflictingVersionError: somebody else kept a later one meanwhile.
    """
    with transaction.atomic():
        case, reached = reads.allowed(
            actor, "write", case_id, at=at, locked=True, custody=custody
        )
        _version, before = reads.whole(case, custody=custody)
        merged = fields.merged(before, file, reached)
        holds = file.holds if "hold" in reached else ()
        return keep_amended(
            case, actor, merged, holds, follows=follows, at=at, custody=custody
        )


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

    Returns:
        The new version.
    """
    removed = [
        f"cases.nametoken:{pk}" for pk in case.tokens.values_list("pk", flat=True)
    ]
    case.tokens.all().delete()
    kept = _keep(case, file, follows=follows, at=at, custody=custody)
    placed = place(actor, case, holds, at=at, custody=custody)
    details = {"version": follows + 1, "parts": sorted(set(parts))}
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
    parted = fields.apart(fields.with_holds(file, ()))
    names = (sealing.IDENTITY, sealing.TESTIMONY)
    sealed = [
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
    return [*sealed, *_tokens(case, file, custody)]


def _tokens(case: Case, file: File, custody: Custody) -> list[NameToken]:
    found = sorted(set(tokens(file.people, custody)))
    return [NameToken.objects.create(case=case, token=each) for each in found]


def tokens(people: Iterable[Person], custody: Custody) -> Iterator[bytes]:
    """Give the tokens that people are found by: readings of names with years of birth.

    Who has no year of birth has no token: a name alone could be guessed at.
    """
    for person in people:
        for reading in readings(person.names):
            for year in years(person.born):
                yield custody.token(reading, year)
