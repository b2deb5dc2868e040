"""Holds for groups, and proposals to lift them, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asylon.casework.actors import vocabulary_of
from asylon.languages import Catalogue
from asylon_server.store.cases.grouplifting import Asked
from asylon_server.store.cases.groups import Group
from asylon_server.store.cases.history import account_names
from asylon_server.web.desk import showing
from asylon_server.web.desk.holdshowing import ShownProposal, who

DECLARED, PROPOSED, LIFTED = "declared", "proposed", "lifted"


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A hold for a group in words."""

    id: UUID
    state: str
    since: str
    text: str
    stage: str
    by: list[str]
    is_read: bool
    lifted: str
    reason: str


def shown(group: Group, words: Catalogue) -> ShownGroup:
    """Show a hold for a group."""
    lifted = group.hold.lifted
    return ShownGroup(
        group.row.pk,
        showing.destination(group.hold.destination, words),
        words.day(group.hold.begun),
        group.hold.note,
        LIFTED if lifted else DECLARED if group.is_declared else PROPOSED,
        [_name(each.person) for each in group.by],
        group.is_read,
        words.day(lifted.on) if lifted else "",
        vocabulary_of("reason").name(lifted.reason, words) if lifted else "",
    )


def asked(each: Asked, words: Catalogue, at: datetime) -> ShownProposal:
    """Show a proposal to lift one."""
    reason = vocabulary_of("reason").name(each.reason, words) if each.reason else ""
    return ShownProposal(
        each.row.pk,
        UUID(each.by.organisation) if each.is_read else UUID(int=0),
        _name(each.by.person),
        reason,
        each.words,
        each.row.proposed,
        each.until,
        each.state(at),
        _name(each.answered_by),
        each.why,
    )


def _name(account: str) -> str:
    if not account:
        return ""
    name, office = account_names({account}).get(account, ("", ""))
    return who(name, office)
