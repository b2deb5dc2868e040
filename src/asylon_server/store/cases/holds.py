"""Holds in the tables: that one stands is plain, against which state is sealed.

What cannot be opened, or bears no true mark, stands against every state: whoever alters
or takes away a key loses nobody the hold.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from asylon.casework import ANY, Hold
from asylon.identity import RecordError
from asylon.identity import as_dict as written
from asylon.identity import from_dict as told
from asylon.security.custody import Custody
from asylon_server.store.cases.models import Case, StandingHold
from asylon_server.store.kept import Kept
from asylon_server.store.vault import sealing

STEP = 1_024
"""Seals are as long as a multiple of this, so that their length tells no ground."""

UNREAD = "wish_expressed"
"""The ground that is shown of a hold which cannot be opened."""

REMEMBERED = 250_000
"""Of so many holds a process knows at most which state they are against."""

_OPENED: dict[bytes, str] = {}
_AT_ONCE = 1_000


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


def of_cases(
    cases: Iterable[Case],
    *,
    custody: Custody,
    keys: Mapping[UUID, bytes] | None = None,
) -> list[Standing]:
    """Read the holds of many cases with one look at the table and one at the keys.

    Args:
        cases: The cases.
        custody: Where the wrapping key is.
        keys: Their data keys, where whoever asks has unwrapped them already.
    """
    known = {case.id: case for case in cases}
    rows = _rows(known)
    asked = [(r.case_id, _name(r), r.version, bytes(r.sealed)) for r in rows]
    said = sealing.open_rows(asked, custody=custody, keys=keys)
    return [
        _read(known[row.case_id], row, text, custody)
        for row, text in zip(rows, said, strict=True)
    ]


def against(
    cases: QuerySet[Case, Case], *, custody: Custody
) -> Iterator[tuple[UUID, str | None]]:
    """Say of the holds over many cases which states they are against.

    A process opens a seal once, and then knows it by its row and the mark of it, which
    is made over the seal with a key outside the database: a row that says another mark,
    also that of another row, or stands in another case, is opened anew. No table says
    more than it did. What is known of a case that is erased goes with the process; lists
    leave such a case out before they ask.

    Args:
        cases: The cases.
        custody: Where the wrapping key is.

    Returns:
        Of each hold its case, and the state, or None where it is not read.
    """
    rows = StandingHold.objects.filter(case__in=cases.values("pk"))
    told = list(rows.values_list("case_id", "pk", "mark"))
    found = [(each[0], _OPENED.get(_question(*each))) for each in told]
    closed = sorted({case for case, state in found if state is None})
    yield from ((case, state) for case, state in found if state is not None)
    for first in range(0, len(closed), _AT_ONCE):
        some = Case.objects.within(Q(pk__in=closed[first : first + _AT_ONCE]))
        for each in of_cases(some, custody=custody):
            yield each.row.case_id, _remembered(each)


def _remembered(each: Standing) -> str | None:
    """Keep in mind what was read; what was not is asked again each time."""
    if not each.is_read:
        return None
    if len(_OPENED) >= REMEMBERED:
        _OPENED.clear()
    question = _question(each.row.case_id, each.row.pk, each.row.mark)
    return _OPENED.setdefault(question, each.hold.destination)


def _question(case: UUID, row: UUID, mark: bytes | memoryview) -> bytes:
    return case.bytes + row.bytes + bytes(mark)


def _rows(cases: Mapping[UUID, Case]) -> list[StandingHold]:
    if len(cases) == 1:
        return _OF_ONE(*cases)
    return list(StandingHold.objects.filter(case__in=cases).order_by("case", "number"))


_OF_ONE = Kept(
    StandingHold,
    lambda case: StandingHold.objects.filter(case=case).order_by("number"),
)


def counted(case: Case, *, custody: Custody) -> int:
    """Count the holds whose mark is true; this needs no key of the case."""
    rows = list(case.holds.all())
    return sum(1 for row in rows if _is_marked(row, custody))


def gaps(case: Case) -> list[int]:
    """Give the numbers of holds that are missing: somebody took a row away."""
    numbers = set(case.holds.values_list("number", flat=True))
    return sorted(set(range(1, max(numbers, default=0) + 1)) - numbers)


def with_gaps() -> int:
    """Count the cases of which a hold was taken away from among its holds."""
    told = StandingHold.objects.order_by().values("case")
    counted = told.annotate(last=Max("number"), many=Count("pk"))
    return sum(1 for each in counted if each["last"] != each["many"])


def keep(row: StandingHold, hold: Hold, by: str, *, custody: Custody) -> StandingHold:
    """Seal what a row says, and mark it."""
    text = padded(hold, by)
    row.sealed = sealing.seal_row(
        row.case_id, _name(row), row.version, text, custody=custody
    )
    row.mark = mark(row, custody=custody)
    row.save()
    return row


def mark_anew(case: Case, *, custody: Custody) -> list[StandingHold]:
    """Mark the holds of a case again whose seal opens; of an erased case all are counted.

    Whoever calls has held the rows against the record.

    Returns:
        The rows that had no true mark.
    """
    rows = [each for each in case.holds.all() if not _is_marked(each, custody)]
    asked = [(case.id, _name(r), r.version, bytes(r.sealed)) for r in rows]
    said = sealing.open_rows(asked, custody=custody)
    changed = [r for r, text in zip(rows, said, strict=True) if text or case.erased]
    for row in changed:
        row.mark = custody.mark(*_marked(row))
        row.save(update_fields=["mark"])
    return changed


def unmarked(*, custody: Custody) -> int:
    """Count the holds without a true mark: altered, or marked with a lost index key."""
    rows = StandingHold.objects.iterator(chunk_size=2_000)
    return sum(1 for row in rows if not _is_marked(row, custody))


def padded(hold: Hold, by: str) -> bytes:
    """Write a hold as it is sealed: as long as others, whatever it says."""
    text = json.dumps({"hold": written(hold), "by": by}, ensure_ascii=False).encode()
    return text.ljust(-(-len(text) // STEP) * STEP)


def mark(row: StandingHold, *, custody: Custody) -> bytes:
    """Give the mark of a row that was sealed."""
    return custody.mark(*_marked(row))


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
