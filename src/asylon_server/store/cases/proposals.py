"""Proposals to lift a hold as they are kept: who proposes is under the seal as well.

A row that somebody wrote behind the back of the system does not open, and counts for
nothing: nobody lifts a hold by putting another person's proposal into the tables.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from asylon.casework.actors import Actor as Hand
from asylon.security.custody import Custody
from asylon_server.store.cases.holds import STEP
from asylon_server.store.cases.models import LiftingProposal
from asylon_server.store.vault import sealing

LASTS = timedelta(days=14)
"""After so long nobody has agreed, and nothing comes of it."""

OPEN, EXPIRED, AGREED, DECLINED = "open", "expired", "agreed", "declined"


@dataclass(frozen=True, slots=True)
class Said:
    """What a proposal says under its seal.

    Attributes:
        by: Who proposes, for whom, in which role.
        reason: One of the reasons of the library.
        words: What shows the reason.
        until: When it ends unanswered.
        answer: `AGREED` or `DECLINED`; empty while nobody has answered.
        why: Why it was declined.
    """

    by: Hand
    reason: str
    words: str
    until: str
    answer: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A row, and what it says; nothing where it does not open."""

    row: LiftingProposal
    said: Said | None

    def state(self, at: datetime) -> str:
        """Say whether it is open, expired, agreed to or declined."""
        if self.said is None:
            return EXPIRED
        if self.said.answer:
            return self.said.answer
        is_over = at >= datetime.fromisoformat(self.said.until)
        return EXPIRED if is_over or self.row.answered else OPEN


def keep(row: LiftingProposal, said: Said, *, custody: Custody) -> LiftingProposal:
    """Seal what a proposal says under the key of its case."""
    text = json.dumps(asdict(said), ensure_ascii=False).encode()
    padded = text.ljust(-(-len(text) // STEP) * STEP)
    case = row.hold.case_id
    row.sealed = sealing.seal_row(
        case, _name(row), row.version, padded, custody=custody
    )
    row.save()
    return row


def opened(rows: Iterable[LiftingProposal], *, custody: Custody) -> list[Proposal]:
    """Open proposals of many cases, with one look at the keys."""
    them = list(rows)
    asked = [(r.hold.case_id, _name(r), r.version, bytes(r.sealed)) for r in them]
    said = sealing.open_rows(asked, custody=custody)
    return [Proposal(row, _read(text)) for row, text in zip(them, said, strict=True)]


def _read(text: bytes | None) -> Said | None:
    if text is None:
        return None
    told = json.loads(text)
    return Said(**(told | {"by": Hand(**told["by"])}))


def _name(row: LiftingProposal) -> str:
    """Tie the seal to this row and to the hold that it is about."""
    return f"lifting {row.pk} of {row.hold_id}"
