"""What is said in interviews, as it is kept: each part by itself, and only ever added.

The parts of one interview are the versions of a compartment of its own, so that a part
is a small seal and an older one is never written over. A part that the interpreter said
later is kept once more, with their words; what it said before stands in it unchanged.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from asylon.casework import CaseClaim, File
from asylon.casework.interviews import Interview, Segment, grown
from asylon.identity import RecordError, as_dict, from_dict
from asylon.security.custody import Custody
from asylon_server.store.vault import sealing
from asylon_server.store.vault.models import Compartment

START = "interview-"


def put_back(file: File, case: UUID, *, custody: Custody) -> File:
    """Put what was said into the interviews of a file."""
    if not any(claim.interviews for claim in file.claims):
        return file
    claims = [of_claim(each, case, custody=custody) for each in file.claims]
    return replace(file, claims=tuple(claims))


def of_claim(
    claim: CaseClaim, case: UUID, *, custody: Custody, until: datetime | None = None
) -> CaseClaim:
    """Put what was said into the interviews of a claim; all of it, or until a moment."""
    if not claim.interviews:
        return claim
    start = f"{START}{claim.id}-"
    kept = sealing.series(case, start, custody=custody, until=until)
    interviews = [
        replace(each, segments=_read(kept.get(named(claim.id, each.id), ())))
        for each in claim.interviews
    ]
    return replace(claim, interviews=tuple(interviews))


def as_in(claim: CaseClaim, whole: CaseClaim) -> CaseClaim:
    """Put what was said into the interviews of a claim, as it stands in the whole one."""
    said = {each.id: each.segments for each in whole.interviews}
    interviews = [replace(e, segments=said.get(e.id, ())) for e in claim.interviews]
    return replace(claim, interviews=tuple(interviews))


def keep(
    case: UUID, file: File, *, at: datetime, custody: Custody
) -> list[Compartment]:
    """Seal what a file says in interviews beyond what is kept, in the transaction of an act.

    An interview of which the file holds the header alone stays as it is.

    Raises:
        RecordError: what was said before is changed or left out.
    """
    wrote: list[Compartment] = []
    for claim in file.claims:
        if not any(each.segments for each in claim.interviews):
            continue
        before = of_claim(claim, case, custody=custody)
        for old, new in zip(before.interviews, claim.interviews, strict=True):
            if new.segments:
                wrote += keep_part(case, claim.id, old, new, at=at, custody=custody)
    return wrote


def refuse_less(before: CaseClaim, after: CaseClaim) -> None:
    """Refuse a claim in which less stands than was said, or something else.

    Raises:
        RecordError: what was said before is changed or left out.
    """
    now = {each.id: each.segments for each in after.interviews}
    for each in before.interviews:
        grown(each.segments, now.get(each.id, ()))
        if each.id not in now:
            problem = f"the interview `{each.id:.20}` is left out"
            raise RecordError("interviews", problem, "Leave it where it was.")


def keep_part(
    case: UUID,
    claim: str,
    before: Interview,
    after: Interview,
    *,
    at: datetime,
    custody: Custody,
) -> list[Compartment]:
    """Seal what was said since in one interview, in the transaction of an act."""
    new = grown(before.segments, after.segments)
    return _sealed(case, named(claim, after.id), new, at, custody)


def named(claim: str, interview: str) -> str:
    """Name the compartment of an interview."""
    return f"{START}{claim}-{interview}"


def _sealed(
    case: UUID, name: str, new: Sequence[Segment], at: datetime, custody: Custody
) -> list[Compartment]:
    last = sealing.last_version(case, name) if new else 0
    return [
        sealing.keep(
            case,
            name,
            json.dumps(as_dict(each), ensure_ascii=False).encode(),
            follows=last + place,
            at=at,
            custody=custody,
        )
        for place, each in enumerate(new)
    ]


def _read(kept: Sequence[bytes]) -> tuple[Segment, ...]:
    parts: dict[str, Segment] = {}
    for each in kept:
        part = from_dict(Segment, json.loads(each))
        parts[part.id] = part
    return tuple(parts.values())
