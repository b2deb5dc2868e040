"""Holds in the tables: that one stands is plain, against which state is sealed.

What cannot be opened, or bears no true mark, stands against every state: whoever alters
or takes away a key loses nobody the hold.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass

from asylon.casework import ANY, Hold
from asylon.identity import RecordError
from asylon.identity import as_dict as written
from asylon.identity import from_dict as told
from asylon.security.custody import Custody
from asylon_server.store.cases.models import Case, StandingHold
from asylon_server.store.vault import sealing

STEP = 1_024
"""Seals are as long as a multiple of this, so that their length tells no ground."""

UNREAD = "wish_expressed"
"""The ground that is shown of a hold which cannot be opened."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A row, what it says, and whether it could be read.

    Attributes:
        row: The row.
        hold: What it says; against every state where it says nothing.
        by: The account that placed it; empty where that is not known.
        is_read: Whether its seal opened and its mark is true.
    """

    row: StandingHold
    hold: Hold
    by: str = ""
    is_read: bool = True


def standing(case: Case, *, custody: Custody) -> list[Standing]:
    """Read the holds of a case, in the order in which they were placed."""
    return of_cases([case], custody=custody)


def of_cases(cases: Iterable[Case], *, custody: Custody) -> list[Standing]:
    """Read the holds of many cases with one look at the table and one at the keys."""
    known = {case.id: case for case in cases}
    rows = list(StandingHold.objects.filter(case__in=known).order_by("case", "number"))
    asked = [(r.case_id, _name(r), r.version, bytes(r.sealed)) for r in rows]
    said = sealing.open_rows(asked, custody=custody)
    return [
        _read(known[row.case_id], row, text, custody)
        for row, text in zip(rows, said, strict=True)
    ]


def counted(case: Case, *, custody: Custody) -> int:
    """Count the holds whose mark is true; this needs no key of the case."""
    rows = list(case.holds.all())
    return sum(1 for row in rows if _is_marked(row, custody))


def gaps(case: Case) -> list[int]:
    """Give the numbers of holds that are missing: somebody took a row away."""
    numbers = set(case.holds.values_list("number", flat=True))
    return sorted(set(range(1, max(numbers, default=0) + 1)) - numbers)


def keep(row: StandingHold, hold: Hold, by: str, *, custody: Custody) -> StandingHold:
    """Seal what a row says, and mark it."""
    text = json.dumps({"hold": written(hold), "by": by}, ensure_ascii=False).encode()
    padded = text.ljust(-(-len(text) // STEP) * STEP)
    row.sealed = sealing.seal_row(
        row.case_id, _name(row), row.version, padded, custody=custody
    )
    row.mark = custody.mark(*_marked(row))
    row.save()
    return row


def _read(
    case: Case, row: StandingHold, text: bytes | None, custody: Custody
) -> Standing:
    if text is not None and _is_marked(row, custody):
        try:
            said = json.loads(text)
            return Standing(row, told(Hold, said["hold"]), said["by"])
        except (ValueError, KeyError, RecordError):
            pass
    return Standing(row, Hold(ANY, case.opened.date(), UNREAD), is_read=False)


def _name(row: StandingHold) -> str:
    return f"hold {row.number}"


def _marked(row: StandingHold) -> tuple[str, ...]:
    seal = bytes(row.sealed).hex()
    return ("hold", str(row.id), str(row.case_id), str(row.number), seal)


def _is_marked(row: StandingHold, custody: Custody) -> bool:
    return hmac.compare_digest(bytes(row.mark), custody.mark(*_marked(row)))
