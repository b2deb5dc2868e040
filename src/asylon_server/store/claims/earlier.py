"""A claim as it stood earlier, for whoever reads it again and asks what is new."""

from __future__ import annotations

from asylon.casework import CaseClaim, File
from asylon.security.custody import Custody
from asylon_server.store.cases import fields, reads, segments
from asylon_server.store.cases.models import Case
from asylon_server.store.claims.steps import Open
from asylon_server.store.vault import sealing


def as_of(found: Open, steps: int, *, custody: Custody) -> CaseClaim | None:
    """Open a claim as it stood when it had so many steps, as far as it was reached.

    Args:
        found: The claim as it was just read, by whom it is shown to.
        steps: How many steps it had.
        custody: Where the wrapping key is.

    Returns:
        The claim; None where no version of the file has so many.
    """
    case = reads.standing(found.seen.case)
    if case is None or steps > len(found.claim.steps):
        return None
    # Each step is kept with a version of its own, so that their numbers rise together.
    low, high = 1, found.seen.version
    while low < high:
        middle = (low + high) // 2
        if _steps(case, found.claim.id, middle, custody) < steps:
            low = middle + 1
        else:
            high = middle
    classes = found.seen.classes
    _version, file = reads.opened(case, classes, custody=custody, version=low)
    claim = _claim(file, found.claim.id)
    if claim is None or fields.NARRATIVE not in classes:
        return claim
    until = sealing.kept_at(case.id, sealing.IDENTITY, low)
    return segments.of_claim(claim, case.id, custody=custody, until=until)


def _steps(case: Case, claim_id: str, version: int, custody: Custody) -> int:
    _version, file = reads.whole(
        case, custody=custody, version=version, testimony=False
    )
    claim = _claim(file, claim_id)
    return len(fields.heard(claim.steps)) if claim else -1


def _claim(file: File, claim_id: str) -> CaseClaim | None:
    return next((each for each in file.claims if each.id == claim_id), None)
