"""Grants: a few field classes of one case, released to one account for a time.

A grant only reads, and only while the case is the account's work. To a body of a state
it takes two acts of two people: the person's consent is kept, and UNHCR releases.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from asylon.security.custody import Custody
from asylon_server.store.cases import assigning, consents, reads
from asylon_server.store.cases.consents import Asking
from asylon_server.store.cases.models import Case, Grant, ReleaseConsent
from asylon_server.store.cases.refusals import WorkRefusedError
from asylon_server.store.organisations.models import Organisation
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor, Thing, can, shipped_table
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.rights.policy import is_feared

PURPOSES = ("examination", "interview", "appeal", "protection", "placement")
LONGEST = timedelta(days=30)
CONSENT_LONGEST = timedelta(days=180)

ONESELF = "grant.oneself"
NO_WORK = "grant.no-work"
CLASSES = "grant.classes"
PURPOSE = "grant.purpose"
TIME = "grant.time"
LANGUAGE = "grant.language"
NOT_READ_BACK = "grant.not-read-back"
WITHHELD = "grant.withheld"
NO_CONSENT = "grant.no-consent"
SAME_PERSON = "grant.same-person"
NO_STATE_BODY = "grant.no-state-body"
STATE_FEARED = "grant.state-feared"


@dataclass(frozen=True, slots=True)
class Scope:
    """How far a release reaches.

    Attributes:
        classes: The field classes.
        purpose: What for: one of `PURPOSES`.
        until: How long.
    """

    classes: frozenset[str]
    purpose: str
    until: datetime


def give(
    actor: Actor,
    case_id: UUID,
    account: UUID,
    scope: Scope,
    *,
    at: datetime,
    custody: Custody,
) -> list[Grant]:
    """Release fields of a case to somebody whose work it is, never to oneself.

    Raises:
        NotThereError: there is no such case or account, or not for this.
        WorkRefusedError: the rules of grants refuse it.
    """
    with transaction.atomic():
        whom = assigning.person(account)
        them = whom.actor
        is_state = them.kind in shipped_table().state_bodies
        verb = "release" if is_state else "give"
        case, seen = allowed(actor, verb, case_id, at=at, custody=custody)
        _refuse(
            {
                ONESELF: them.account == actor.account,
                NO_WORK: not _works(them, seen),
                **_faults(scope, LONGEST, at=at),
            }
        )
        if is_state:
            _check_release(actor, case, them, scope, at=at, custody=custody)
        made = _granted(actor, case, them, scope, at=at)
        if made:
            record("fields released", actor, at=at, case=case.id, wrote=made)
    return made


def revoke(
    actor: Actor,
    case_id: UUID,
    account: UUID,
    *,
    at: datetime,
    custody: Custody | None = None,
) -> None:
    """End all that was released of a case to somebody.

    Raises:
        NotThereError: there is no such case, or not for this.
    """
    with transaction.atomic():
        case, _seen = allowed(actor, "revoke", case_id, at=at, custody=custody)
        ended = _end(case.grants.filter(account_id=account, until__gt=at), at)
        if ended:
            record("release ended", actor, at=at, case=case.id, wrote=ended)


def keep_consent(
    actor: Actor,
    case_id: UUID,
    organisation: UUID,
    asked: Scope,
    asking: Asking,
    *,
    at: datetime,
    custody: Custody,
) -> ReleaseConsent:
    """Keep that the person agrees to what a body of a state may be shown.

    Args:
        actor: Who asked.
        case_id: The case.
        organisation: The body.
        asked: What it may be shown, what for, and how long.
        asking: How the person was asked.
        at: When.
        custody: Where the wrapping key is.

    Raises:
        NotThereError: there is no such case or organisation, or not for this.
        WorkRefusedError: it is no body of a state, or one that may not be shown it:
            that of a state that somebody on the case fears, too.
    """
    with transaction.atomic():
        case, seen = allowed(actor, "keep_consent", case_id, at=at, custody=custody)
        whom = Organisation.objects.filter(pk=organisation).first()
        if whom is None:
            raise NotThereError
        _refuse(
            {
                NO_STATE_BODY: whom.kind not in shipped_table().state_bodies,
                STATE_FEARED: is_feared(whom.kind, whom.state, seen.feared),
                WITHHELD: bool(asked.classes & shipped_table().withheld),
                **_faults(asked, CONSENT_LONGEST, at=at),
                LANGUAGE: not asking.language.strip(),
                NOT_READ_BACK: not asking.is_read_back,
            }
        )
        made = ReleaseConsent.objects.create(
            case=case,
            organisation=whom,
            classes=" ".join(sorted(asked.classes)),
            purpose=asked.purpose,
            kept_by_id=actor.account,
            since=at,
            until=asked.until,
        )
        consents.keep(made, asking, custody=custody)
        record("consent to release kept", actor, at=at, case=case.id, wrote=[made])
    return made


def withdraw_consent(
    actor: Actor, case_id: UUID, organisation: UUID, *, at: datetime
) -> None:
    """Keep that the person agrees no longer; what was released by it ends at once.

    Raises:
        NotThereError: there is no such case, or not for this.
    """
    with transaction.atomic():
        case, _seen = allowed(actor, "withdraw_consent", case_id, at=at)
        consents = case.release_consents.filter(organisation=organisation, until__gt=at)
        theirs = case.grants.filter(account__organisation_id=organisation, until__gt=at)
        ended = [*_end(consents, at), *_end(theirs, at)]
        if ended:
            record(
                "consent to release withdrawn", actor, at=at, case=case.id, wrote=ended
            )


def allowed(
    actor: Actor,
    verb: str,
    case_id: UUID,
    *,
    at: datetime,
    custody: Custody | None = None,
) -> tuple[Case, Thing]:
    """Find a case of which somebody may release, or end a release.

    Raises:
        NotThereError: there is no such case, or not for this account.
    """
    case = reads.standing(case_id, locked=True)
    if case is None:
        raise NotThereError
    seen = reads.thing(case, at=at, custody=custody)
    if can(actor, verb, replace(seen, kind="grant")) is None:
        raise NotThereError
    return case, seen


def _works(them: Actor, seen: Thing) -> bool:
    """Whether a case is somebody's work, and not hidden from them."""
    feared = is_feared(them.kind, them.state, seen.feared)
    kept_away = feared or them.account in seen.conflicted
    return them.active and them.account in seen.assigned and not kept_away


def _faults(scope: Scope, longest: timedelta, *, at: datetime) -> dict[str, bool]:
    known = frozenset(shipped_table().classes)
    return {
        CLASSES: not scope.classes or not scope.classes <= known,
        PURPOSE: scope.purpose not in PURPOSES,
        TIME: not at < scope.until <= at + longest,
    }


def _check_release(
    actor: Actor,
    case: Case,
    them: Actor,
    scope: Scope,
    *,
    at: datetime,
    custody: Custody,
) -> None:
    """Ask for the consent, which covers all, and which another person kept."""
    rows = case.release_consents.filter(
        organisation=them.organisation,
        purpose=scope.purpose,
        since__lte=at,
        until__gte=scope.until,
    )
    covering = [
        row
        for row, asking in consents.opened(rows, custody=custody)
        if asking and scope.classes <= frozenset(row.classes.split())
    ]
    by_others = [each for each in covering if each.kept_by_id != actor.account]
    _refuse(
        {
            WITHHELD: bool(scope.classes & shipped_table().withheld),
            NO_CONSENT: not covering,
            SAME_PERSON: not by_others,
        }
    )


def _granted(
    actor: Actor, case: Case, them: Actor, scope: Scope, *, at: datetime
) -> list[Grant]:
    """Make the rows, but for those that stand already as they are asked for."""
    there = case.grants.filter(
        account_id=them.account, purpose=scope.purpose, until__gte=scope.until
    )
    missing = scope.classes - set(there.values_list("released", flat=True))
    return [
        Grant.objects.create(
            case=case,
            account_id=them.account,
            released=name,
            purpose=scope.purpose,
            given_by_id=actor.account,
            since=at,
            until=scope.until,
        )
        for name in sorted(missing)
    ]


def _end(
    rows: Iterable[Grant | ReleaseConsent], at: datetime
) -> list[Grant | ReleaseConsent]:
    ended = list(rows)
    for each in ended:
        each.until = at
        each.save(update_fields=["until"])
    return ended


def _refuse(faults: dict[str, bool]) -> None:
    for code, is_so in faults.items():
        if is_so:
            raise WorkRefusedError(code)
