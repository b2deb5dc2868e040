"""Making anew what hangs on the index key: tokens of names, and the marks of holds.

Both are made from what the seals of a case hold, so that it does not matter which key
they were made with before. The mark of a hold is given again only where its seal opens,
or where the case was erased and nothing is left but a count.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q

from asylon.security.custody import Custody
from asylon_server.store.cases import finding, groups, holds, reads
from asylon_server.store.cases.models import Case
from asylon_server.store.record.acts import record
from asylon_server.store.vault.sealing import UnreadableError


@dataclass(frozen=True, slots=True)
class Indexed:
    """How many cases had something made anew, and how many did not open."""

    changed: int
    closed: int


def index_all(*, at: datetime, custody: Custody) -> Indexed:
    """Make the tokens and marks of every case anew, where they are not as they should be."""
    changed = closed = 0
    with transaction.atomic():
        marked = groups.mark_anew(custody=custody)
        if marked:
            record("index made anew", None, at=at, wrote=marked)
    for case in Case.objects.within(~Q(pk=None)).values_list("pk", flat=True):
        try:
            changed += index(case, at=at, custody=custody)
        except UnreadableError:
            closed += 1
    return Indexed(changed, closed)


def index(case_id: UUID, *, at: datetime, custody: Custody) -> bool:
    """Make the tokens and marks of one case anew; whether something had to be.

    Raises:
        UnreadableError: its file does not open.
    """
    with transaction.atomic():
        case = Case.objects.within(Q(pk=case_id)).select_for_update().get()
        marked: list[models.Model] = [*holds.mark_anew(case, custody=custody)]
        removed, made = _tokens(case, custody)
        if not (marked or removed or made):
            return False
        wrote = [*marked, *made]
        record(
            "index made anew", None, at=at, case=case.id, wrote=wrote, removed=removed
        )
    return True


def _tokens(case: Case, custody: Custody) -> tuple[list[str], list[models.Model]]:
    """Make the tokens of a case anew, unless they are those that are there."""
    if case.erased:
        return [], []
    _version, file = reads.whole(case, custody=custody, testimony=False)
    if finding.is_found(case, file, custody):
        return [], []
    return finding.take_tokens(case), finding.keep_tokens(case, file, custody)
