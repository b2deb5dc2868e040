"""Holds and proposals in words: who, why, since when, and what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from asylon.casework import File, Refusal
from asylon.casework.actors import rules, vocabulary_of
from asylon.casework.sentences import refused as told_by_the_rules
from asylon.languages import Catalogue
from asylon_server.store.cases import declaring, lifting
from asylon_server.store.cases.holdings import Holding
from asylon_server.store.cases.proposals import Proposal
from asylon_server.store.cases.reporting import UNTOLD_PLACE
from asylon_server.store.organisations.models import Account
from asylon_server.web.desk import showing

HELD = "held"

_REFUSED = {
    lifting.UNREAD: gettext_lazy(
        "This hold cannot be read, so that it stands against every state and nobody "
        "lifts it. Tell the administrator to run asylon doctor."
    ),
    lifting.PROPOSED_ALREADY: gettext_lazy(
        "Another proposal on this hold waits for its answer. Answer that one first."
    ),
    lifting.NOT_OPEN: gettext_lazy(
        "This proposal was answered already, or its time is over. Propose it anew."
    ),
    lifting.PROPOSER_GONE: gettext_lazy(
        "Whoever proposed it is not on the case any more. Somebody else has to "
        "propose it."
    ),
    declaring.DECLARED_ALREADY: gettext_lazy(
        "Two people have declared it already. It stands."
    ),
    lifting.NO_WHY: gettext_lazy("Write why you decline."),
}


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """A proposal in words."""

    id: UUID
    office: UUID
    by: str
    reason: str
    words: str
    proposed: datetime
    until: datetime
    state: str
    answered_by: str
    why: str


@dataclass(frozen=True, slots=True)
class ShownHold:
    """A hold in words, and what is proposed on it."""

    number: int
    destination: str
    whom: str
    ground: str
    begun: str
    stands: bool
    is_read: bool
    lifted: str
    reason: str
    shown_by: str
    proposals: list[ShownProposal]
    waiting: ShownProposal | None


def shown(file: File, each: Holding, words: Catalogue, at: datetime) -> ShownHold:
    """Show a hold."""
    held = showing.held(file, each.hold, words)
    lifted = each.hold.lifted
    told = [proposal(made, words, at) for made in each.proposals]
    waiting = [e for e in told if each.waiting and e.id == each.waiting.row.pk]
    return ShownHold(
        each.number,
        held.destination,
        held.whom,
        held.ground,
        held.begun,
        each.hold.stands,
        each.is_read,
        words.day(lifted.on) if lifted else "",
        vocabulary_of("reason").name(lifted.reason, words) if lifted else "",
        lifted.shown_by if lifted else "",
        [e for e in told if e not in waiting],
        waiting[0] if waiting else None,
    )


def proposal(made: Proposal, words: Catalogue, at: datetime) -> ShownProposal:
    """Show a proposal; what does not open says nothing."""
    row, said = made.row, made.said
    return ShownProposal(
        row.pk,
        row.by.organisation_id,
        _who(row.by),
        vocabulary_of("reason").name(said.reason, words) if said else "",
        said.words if said else "",
        row.proposed,
        row.until,
        made.state(at),
        _who(row.answered_by) if row.answered_by else "",
        said.why if said else "",
    )


def refused(code: str, words: Catalogue) -> str:
    """Say why something was refused, and what to do."""
    if code in _REFUSED:
        return str(_REFUSED[code])
    if code in rules("refusal"):
        return told_by_the_rules(Refusal(code), words)
    return _("This cannot be done. The hold stands.")


def held_at(file: File) -> list[tuple[str, str, str]]:
    """Say who is held where, and by whose word, so far as it is reached."""
    return [
        (
            showing.titled(file, person),
            "" if stay.place.words == UNTOLD_PLACE else stay.place.words,
            stay.note,
        )
        for person in file.people
        for stay in person.stays
        if stay.kind == HELD
    ]


def who(name: str, office: str) -> str:
    """Name somebody and the office that they act for."""
    told = pgettext("somebody and their office", "%(name)s (%(office)s)")
    return told % {"name": name, "office": office}


def _who(account: Account) -> str:
    return who(account.name, account.organisation.name)
