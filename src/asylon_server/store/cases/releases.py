"""What bodies of a state may see of a case: the consents kept, and what was released."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from asylon.security.custody import Custody
from asylon_server.store.cases import consents, offices, reads
from asylon_server.store.cases.consents import Asking
from asylon_server.store.cases.models import Case, Grant, ReleaseConsent
from asylon_server.store.cases.offices import Worker
from asylon_server.store.organisations.models import Account, Organisation
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor, Thing, can, shipped_table
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.rights.policy import is_feared

KEEP, RELEASE, REVOKE = "keep_consent", "release", "revoke"


@dataclass(frozen=True, slots=True)
class Releases:
    """What bodies of a state may see of a case now, and what somebody may do about it.

    Attributes:
        reference: The reference of the case.
        consents: The consents that last, the latest first, and how each was asked
            for; None where nobody can say it any more.
        grants: What is released now.
        bodies: Whose consents may be kept: bodies of a state that nobody here fears.
        receivers: Of their accounts those whose work the case is.
        may: Whether `KEEP`, `RELEASE` and `REVOKE` are for whoever asks.
    """

    reference: str
    consents: tuple[tuple[ReleaseConsent, Asking | None], ...]
    grants: tuple[Grant, ...]
    bodies: tuple[Organisation, ...]
    receivers: tuple[Worker, ...]
    may: Mapping[str, bool]


def may(actor: Actor) -> bool:
    """Whether somebody ever keeps such consents, or releases on them."""
    mine = Thing("grant", actor.organisation, frozenset({actor.account}))
    return any(can(actor, verb, mine) is not None for verb in (KEEP, RELEASE))


def of_case(actor: Actor, case_id: UUID, *, at: datetime, custody: Custody) -> Releases:
    """Read what bodies of a state may see of a case. That it was read is kept first.

    Raises:
        NotThereError: there is no such case, or not for this account.
    """
    case = reads.standing(case_id)
    if case is None:
        raise NotThereError
    seen = reads.thing(case, at=at, custody=custody)
    grant = replace(seen, kind="grant")
    verbs = {
        verb: can(actor, verb, grant) is not None for verb in (KEEP, RELEASE, REVOKE)
    }
    if not (verbs[KEEP] or verbs[RELEASE]):
        raise NotThereError
    with transaction.atomic():
        record("releases read", actor, at=at, case=case.id)
    return Releases(
        case.reference,
        _consents(case, at, custody),
        _grants(case, at),
        _bodies(seen),
        _receivers(seen),
        verbs,
    )


def _consents(
    case: Case, at: datetime, custody: Custody
) -> tuple[tuple[ReleaseConsent, Asking | None], ...]:
    rows = case.release_consents.filter(since__lte=at, until__gt=at)
    rows = rows.select_related("organisation", "kept_by__organisation")
    return tuple(consents.opened(rows.order_by("-since", "pk"), custody=custody))


def _grants(case: Case, at: datetime) -> tuple[Grant, ...]:
    rows = case.grants.filter(
        since__lte=at,
        until__gt=at,
        account__organisation__kind__in=shipped_table().state_bodies,
    )
    rows = rows.select_related("account__organisation", "given_by")
    return tuple(rows.order_by("account__name", "released", "pk"))


def _bodies(seen: Thing) -> tuple[Organisation, ...]:
    rows = Organisation.objects.filter(kind__in=shipped_table().state_bodies)
    return tuple(
        each
        for each in rows.order_by("name")
        if not is_feared(each.kind, each.state, seen.feared)
    )


def _receivers(seen: Thing) -> tuple[Worker, ...]:
    rows = Account.objects.filter(
        pk__in=seen.assigned - seen.conflicted,
        is_active=True,
        organisation__in=[each.pk for each in _bodies(seen)],
    ).select_related("organisation")
    return tuple(map(offices.worker, rows.order_by("organisation__name", "name")))
