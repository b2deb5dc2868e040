"""How a consent to release was asked for: sealed beside it, under the key of its case.

A row that somebody wrote behind the back of the system does not open, and a consent of
which nobody can say how it was asked for covers nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from asylon.security.custody import Custody
from asylon_server.store.cases.models import ReleaseConsent
from asylon_server.store.vault import sealing

STEP = 512
"""Seals are as long as a multiple of this, so that their length says little."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How somebody was asked.

    Attributes:
        language: In which language.
        is_read_back: Whether what is kept was read back to them, who said it is right.
        interpreter: Who interpreted, if anybody.
    """

    language: str
    is_read_back: bool
    interpreter: str = ""


def keep(row: ReleaseConsent, asking: Asking, *, custody: Custody) -> None:
    """Seal how a consent was asked for, in the transaction that keeps it."""
    text = json.dumps(asdict(asking), ensure_ascii=False).encode()
    padded = text.ljust(-(-len(text) // STEP) * STEP)
    row.sealed = sealing.seal_row(row.case_id, _name(row), 1, padded, custody=custody)
    row.save(update_fields=["sealed"])


def opened(
    rows: Iterable[ReleaseConsent], *, custody: Custody
) -> list[tuple[ReleaseConsent, Asking | None]]:
    """Open how consents were asked for; None where it does not open.

    Consents of before that was kept have no seal.
    """
    them = list(rows)
    asked = [(row.case_id, _name(row), 1, bytes(row.sealed)) for row in them]
    said = sealing.open_rows(asked, custody=custody)
    return [(row, _read(text)) for row, text in zip(them, said, strict=True)]


def _read(text: bytes | None) -> Asking | None:
    return None if text is None else Asking(**json.loads(text))


def _name(row: ReleaseConsent) -> str:
    """Tie the seal to what was agreed to, and to whom, so that no row says more.

    The last day is not in it: whoever agrees no longer ends a consent before.
    """
    said = f"{row.organisation_id} {row.purpose} {row.classes} by {row.kept_by_id}"
    return f"consent {row.pk} to {said}"
