"""Holds for a group as they are kept and read: for all who fear a state, at once.

No row says which cases are in a group: that is worked out from what a case fears each
time it is read, so that a new case is in it at once, and nobody reads off a table who is.
A row that bears no true mark is read as a hold for everybody, which nobody lifts.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db import models

from asylon.casework import ANY, File, Hold
from asylon.casework.actors import Actor as Hand
from asylon.identity import RecordError
from asylon.identity import as_dict as written
from asylon.identity import from_dict as told
from asylon.security.custody import Custody
from asylon_server.store.cases.models import GroupHold, GroupLifting
from asylon_server.store.kept import Kept
from asylon_server.store.rights import Actor, shipped_table

GROUND = "group_hold"
TOGETHER = 2


@dataclass(frozen=True, slots=True)
class Group:
    """A row, and what it says.

    Attributes:
        row: The row.
        hold: Against which state, since when, for whom in words, and its lifting.
        by: Who proposed it, and then who declared it.
        is_read: Whether its mark is true.
    """

    row: GroupHold
    hold: Hold
    by: tuple[Hand, ...] = ()
    is_read: bool = True

    @property
    def is_declared(self) -> bool:
        """Whether two people declared it; until then it holds nobody."""
        return len(self.by) == TOGETHER or not self.is_read

    @property
    def stands(self) -> bool:
        """Whether it holds those who fear the state, now."""
        return self.is_declared and self.hold.stands


def standing(actor: Actor, *, custody: Custody) -> tuple[Hold, ...]:
    """Give the holds for groups as a reader may know of them.

    A body of a state gets none: it could tell from them who fears which state.
    """
    if actor.kind in shipped_table().state_bodies:
        return ()
    return tuple(each.hold for each in read(custody=custody) if each.stands)


def over(file: File, declared: Sequence[Hold]) -> tuple[Hold, ...]:
    """Pick the holds for groups that a case is in: what it fears, or is held from."""
    feared = {state for each in file.people for state in each.feared}
    feared |= {each.destination for each in file.holds}
    return tuple(e for e in declared if e.destination in feared | {ANY})


def read(*, custody: Custody) -> list[Group]:
    """Read the holds for groups, the newest first."""
    return [one(row, custody=custody) for row in _ALL()]


_ALL = Kept(GroupHold, lambda: GroupHold.objects.order_by("-proposed", "-pk"))


def one(row: GroupHold, *, custody: Custody) -> Group:
    """Read a hold for a group."""
    if is_marked(row, custody):
        try:
            said = json.loads(row.said)
            by = tuple(Hand(**each) for each in said["by"])
            return Group(row, told(Hold, said["hold"]), by)
        except (ValueError, KeyError, TypeError, RecordError):
            pass
    return Group(row, Hold(ANY, row.proposed.date(), GROUND), is_read=False)


def keep(row: GroupHold, hold: Hold, by: Sequence[Hand], *, custody: Custody) -> None:
    """Write what a row says, and mark it."""
    said = {"hold": written(hold), "by": [asdict(each) for each in by]}
    write(row, said, custody=custody)


def write(
    row: GroupHold | GroupLifting, said: Mapping[str, object], *, custody: Custody
) -> None:
    """Write a row that bears a mark."""
    row.said = json.dumps(said, ensure_ascii=False, sort_keys=True)
    row.mark = custody.mark(*_marked(row))
    row.save()


def is_marked(row: GroupHold | GroupLifting, custody: Custody) -> bool:
    """Whether a row says what the house wrote into it."""
    return hmac.compare_digest(bytes(row.mark), custody.mark(*_marked(row)))


def unmarked(*, custody: Custody) -> int:
    """Count the rows of groups whose mark is not the house's own."""
    return sum(1 for row in _rows() if not is_marked(row, custody))


def mark_anew(*, custody: Custody) -> list[GroupHold | GroupLifting]:
    """Mark every row again that has no true mark.

    Whoever calls has held the rows against the record: they say what was written.

    Returns:
        The rows that had none.
    """
    changed = [each for each in _rows() if not is_marked(each, custody)]
    for row in changed:
        row.mark = custody.mark(*_marked(row))
        row.save(update_fields=["mark"])
    return changed


def _rows() -> list[GroupHold | GroupLifting]:
    rows: list[GroupHold | GroupLifting] = [*GroupHold.objects.all()]
    return [*rows, *GroupLifting.objects.all()]


def _marked(row: models.Model) -> tuple[str, ...]:
    table = row._meta.model_name or ""
    whose = str(getattr(row, "group_id", ""))
    return (table, str(row.pk), whose, str(getattr(row, "said", "")))
