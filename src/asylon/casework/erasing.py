"""Erasing a file: two people of two organisations, one of which answers for the person.

What nobody has cannot be taken from them, so that a file can be erased for the safety of
those on it. Whoever could do it alone could also take away what somebody needs to be
protected, so that nobody does it alone; and no body of a state ever does it.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from asylon.casework.actors import Actor, vouches
from asylon.casework.holds import TOGETHER

SEATS = frozenset({"unhcr", "legal_aid", "agency"})
"""The kinds of organisation that take part; no body of a state is among them."""


class Ground(StrEnum):
    """Why a file is to be erased."""

    WISH = "wish"
    DANGER = "danger"


class Lacking(StrEnum):
    """What is lacking before people may erase a file."""

    SEAT = "seat"
    SECOND_PERSON = "second-person"
    SECOND_ORGANISATION = "second-organisation"
    VOUCHER = "voucher"
    COUNSEL = "counsel"


def lacking(by: Sequence[Actor], ground: Ground) -> Lacking | None:
    """Say what is lacking before these people may erase a file; None where nothing is.

    Args:
        by: Who acts, the one who proposes it first.
        ground: Why. The wish of the person is one where counsel wrote it down.
    """
    if any(each.organisation_kind not in SEATS for each in by):
        return Lacking.SEAT
    if ground is Ground.WISH and by[0].role != "counsel":
        return Lacking.COUNSEL
    if len({each.person for each in by}) < TOGETHER:
        return Lacking.SECOND_PERSON
    if len({each.organisation for each in by}) < TOGETHER:
        return Lacking.SECOND_ORGANISATION
    return None if any(map(vouches, by)) else Lacking.VOUCHER
