"""The next case for somebody: of their work, what they can do now and what is oldest.

Competence is asked of the whole file: the act is theirs, and nothing is missing for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from asylon.casework.procedure import procedure
from asylon.casework.procedure.tables import ANYONE
from asylon.casework.waiting import Waiting, waiting
from asylon.logic import TRUE
from asylon.security.custody import Custody
from asylon_server.store.cases import lists, opening, reads
from asylon_server.store.cases.models import Case
from asylon_server.store.cases.placing import hand
from asylon_server.store.cases.ties import things
from asylon_server.store.claims import steps
from asylon_server.store.rights import Actor, can

SHOWN = 5
LOOKED_AT = 200
"""Of so many of somebody's cases, those opened first, the claims are looked at."""

TRIED = 25
"""So many of them are opened whole to see whether anything is missing for the act."""

DOES_THEN = MappingProxyType(dict.fromkeys(("opened", "understood", "safely"), TRUE))
"""What whoever acts sees to when they come to the act: nobody waits for it."""


@dataclass(frozen=True, slots=True)
class Next:
    """A case that is somebody's next, and what waits for them on its claim."""

    row: lists.Row
    waits: Waiting


@dataclass(frozen=True, slots=True)
class Found:
    """What is somebody's next, and whether that was all there was to look at."""

    cases: list[Next]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    case: Case
    waits: Waiting

    @property
    def rank(self) -> tuple[date, bool, date, str, str]:
        """What ends first comes first, then what not everybody can do, then the oldest."""
        ends = min((day for _name, day in self.waits.ends), default=date.max)
        since = self.waits.since or date.min
        back = self.waits.back.on if self.waits.back else since
        is_anyones = (ANYONE, "") in procedure().acts[self.waits.act].by
        return ends, is_anyones, min(back, since), str(self.case.pk), self.waits.claim


def next_cases(
    actor: Actor,
    *,
    at: datetime,
    custody: Custody,
    witnessed: date | None = None,
) -> Found:
    """Find the cases on which somebody can take the next step now, the first one first.

    Args:
        actor: Whose work.
        at: When.
        custody: Where the wrapping key is.
        witnessed: The day on which UNHCR last signed the head of the record.
    """
    those = reads.cases_of(actor, at=at, custody=custody).order_by("opened", "pk")
    mine = list(those[: LOOKED_AT + 1])
    ranked = sorted(
        _candidates(actor, mine[:LOOKED_AT], at=at, custody=custody),
        key=lambda each: each.rank,
    )
    found = []
    for each in ranked[:TRIED]:
        offers = steps.offered(
            actor,
            each.case,
            each.waits.claim,
            at=at,
            custody=custody,
            witnessed=witnessed,
            presumed=DOES_THEN,
        )
        if any(e.act.id == each.waits.act and not e.missing for e in offers):
            found.append(each)
        if len(found) == SHOWN:
            break
    cases = {each.case.pk: each.case for each in found}
    rows = lists.listed(
        actor, [*cases.values()], "read", "case listed", at=at, custody=custody
    )
    shown = {row.case: row for row in rows}
    told = [Next(shown[e.case.pk], e.waits) for e in found if e.case.pk in shown]
    is_short = len(found) < SHOWN and len(ranked) > TRIED
    return Found(told, is_short or len(mine) > LOOKED_AT)


def _candidates(
    actor: Actor, cases: Sequence[Case], *, at: datetime, custody: Custody
) -> Iterator[_Candidate]:
    """Go through the claims on which the steps show an act for somebody."""
    ring = opening.keyring(cases, custody=custody)
    against = {case.id: reads.states(ring.held[case.id]) for case in cases}
    seen = things(cases, against, at=at, account=actor.account)
    reached = {
        case.id: classes
        for case in cases
        if (classes := can(actor, "read", seen[case.id])) is not None
        and steps.may_work(actor, seen[case.id])
    }
    files = opening.files(cases, reached, ring)
    by, on = hand(actor), at.date()
    for case in cases:
        if case.id not in files or files[case.id].closed:
            continue
        for claim in files[case.id].file.claims:
            waits = waiting(claim, by, on)
            if waits.act:
                yield _Candidate(case, waits)
