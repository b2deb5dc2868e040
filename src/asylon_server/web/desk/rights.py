"""What the desk offers to somebody; the store asks again before it does anything."""

from __future__ import annotations

from dataclasses import dataclass

from asylon_server.store.rights import Actor, Thing, can


@dataclass(frozen=True, slots=True)
class Offers:
    """Which ways in are shown."""

    registers: bool
    opens_certificates: bool
    issues_certificates: bool
    confirms_certificates: bool


def of(actor: Actor) -> Offers:
    """Say what is offered to somebody."""
    here = Thing("case", organisation=actor.organisation)
    searches = can(actor, "search", here) is not None
    mine = Thing("certificate", actor.organisation, frozenset({actor.account}))
    return Offers(
        registers=searches and can(actor, "open", here) is not None,
        opens_certificates=can(actor, "read", mine) is not None,
        issues_certificates=can(actor, "issue", mine) is not None,
        confirms_certificates=can(actor, "confirm", mine) is not None,
    )
