"""Two people told one thing at once: both are shown, and the officer chooses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from asylon_server.store.cases import telling
from asylon_server.store.cases.changes import SINGLE, Change, StaleError
from asylon_server.store.cases.telling import Standing
from asylon_server.web.common.edge import Request
from asylon_server.web.desk import sending

LEAVE, MINE, BOTH = "leave", "mine", "both"


@dataclass(frozen=True, slots=True)
class Conflict:
    """What stands, and what somebody would have put in place of what stood before.

    Attributes:
        standing: What stands now.
        wanted: The change that could not be made.
        is_unanswered: Whether it was shown before, and nothing was chosen.
    """

    standing: Standing
    wanted: Change
    is_unanswered: bool = False

    @classmethod
    def of(
        cls, request: Request, case: UUID, wanted: Change, *, since: int
    ) -> Conflict:
        """Find what stands in the way of a change."""
        standing = _standing(request, case, wanted, since=since)
        sent = request.POST
        unanswered = "stands" in sent and sent.get("choice") not in {LEAVE, MINE, BOTH}
        return cls(standing, wanted, unanswered)

    @property
    def may_both(self) -> bool:
        """Whether both can stand beside one another."""
        has_both = self.standing.thing is not None and self.wanted.new is not None
        return has_both and self.wanted.part not in SINGLE

    def context(self, stands: list[str], mine: list[str]) -> dict[str, object]:
        """Give the page both, in lines."""
        return {"conflict": self, "stands": stands, "mine": mine}


def chosen(
    request: Request, case: UUID, wanted: Change, *, since: int
) -> Change | None:
    """Say what the officer chose to make, on a page that showed both, or at once.

    Returns:
        The change to make; None where what stands is to stay.

    Raises:
        StaleError: the page showed both, and nothing was chosen.
    """
    stands = sending.number(request.POST.get("stands", ""))
    if not stands:
        return wanted
    match request.POST.get("choice"):
        case "leave":
            return None
        case "both":
            # Of what there is one of alone, the store refuses a second.
            return replace(wanted, old=None)
        case "mine":
            found = _standing(request, case, wanted, since=since, until=stands)
            return replace(wanted, old=found.thing)
    raise StaleError


def _standing(
    request: Request,
    case: UUID,
    wanted: Change,
    *,
    since: int,
    until: int | None = None,
) -> Standing:
    return telling.standing(
        request.user.actor,
        case,
        wanted,
        since=since,
        until=until,
        at=request.at,
        custody=request.custody,
    )
