"""What the desk offers to somebody; the store asks again before it does anything."""

from __future__ import annotations

from dataclasses import dataclass, replace

from asylon_server.store.cases import (
    audits,
    declaring,
    emergencies,
    offices,
    receipts,
    releases,
)
from asylon_server.store.cases.reporting import may_report
from asylon_server.store.claims import complaints, planning
from asylon_server.store.entry import resets
from asylon_server.store.rights import Actor, Thing, can
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.rights.policy import is_assignable
from asylon_server.store.vault.sealing import refuse_identities
from asylon_server.web.common.deployed import deployment


@dataclass(frozen=True, slots=True)
class Offers:
    """Which ways in are shown."""

    works: bool
    takes_steps: bool
    interviews: bool
    registers: bool
    takes_reports: bool
    takes_wishes: bool
    gives_receipts: bool
    reads_groups: bool
    opens_certificates: bool
    issues_certificates: bool
    confirms_certificates: bool
    assigns: bool
    declares_conflicts: bool
    audits: bool
    settles: bool
    breaks_open: bool
    reviews_emergencies: bool
    to_review: int
    runs_accounts: bool
    erases: bool
    releases: bool


_NAMING = (
    "registers",
    "takes_reports",
    "takes_wishes",
    "gives_receipts",
    "reads_groups",
    "opens_certificates",
    "issues_certificates",
    "confirms_certificates",
    "breaks_open",
    "settles",
    "erases",
)
"""What keeps who somebody is, looks for it, or needs the keys that seal it."""


def of(actor: Actor) -> Offers:
    """Say what is offered to somebody: of what their role may, what can be done here."""
    may = _of(actor)
    if deployment().identities:
        return may
    return replace(may, **dict.fromkeys(_NAMING, False))


def demand(actor: Actor, offer: str) -> None:
    """Refuse a page that is not for somebody, or that this deployment has for nobody.

    Raises:
        NotThereError: the role has no such page anywhere.
        NoIdentitiesError: it would have, where identities may be held.
    """
    if not getattr(_of(actor), offer):
        raise NotThereError
    if offer in _NAMING and not deployment().identities:
        refuse_identities()


def _of(actor: Actor) -> Offers:
    here = Thing("case", organisation=actor.organisation)
    mine = frozenset({actor.account})
    paper = Thing("certificate", actor.organisation, mine)
    reviews = emergencies.reviews(actor)
    return Offers(
        works=is_assignable(actor.kind, actor.role),
        takes_steps=can(actor, "act", Thing("claim", assigned=mine)) is not None,
        interviews=planning.takes_part(actor),
        registers=can(actor, "open", here) is not None,
        takes_reports=may_report(actor),
        takes_wishes=receipts.may(actor, receipts.TAKE),
        gives_receipts=receipts.may(actor, receipts.GIVE),
        reads_groups=declaring.may(actor, declaring.READ),
        opens_certificates=can(actor, "read", paper) is not None,
        issues_certificates=can(actor, "issue", paper) is not None,
        confirms_certificates=can(actor, "confirm", paper) is not None,
        assigns=offices.may_assign(actor),
        declares_conflicts=can(actor, "declare", Thing("conflict", assigned=mine))
        is not None,
        audits=audits.may_audit(actor),
        settles=complaints.may_settle(actor),
        breaks_open=emergencies.may_open(actor),
        reviews_emergencies=reviews,
        to_review=emergencies.to_review(actor) if reviews else 0,
        runs_accounts=resets.may(actor, "reset"),
        erases=can(actor, "propose", Thing("erasing", assigned=mine)) is not None,
        releases=releases.may(actor),
    )
