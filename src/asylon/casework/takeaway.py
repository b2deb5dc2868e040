"""What a file that was taken away says to the engine, so that its reasons can be replayed.

Whoever has the file and the law book works out the same, without a connection and
without the system that wrote it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias

from asylon.casework.assessments import Assessment, Found
from asylon.casework.files import CaseClaim, File
from asylon.casework.procedure import procedure
from asylon.determination import Decision, Refused
from asylon.determination.claims import COMPLETE
from asylon.determination.claimsfile import read_claim
from asylon.law import DocumentError, LawBook
from asylon.law.tables import Table
from asylon.logic.grounding import MISSING

SIGNED = "sign"

Listed: TypeAlias = Mapping[str, Collection[str]]
"""By the path of a list, the entries that somebody told of."""


def entries(file: File, book: LawBook) -> Iterator[Decision | Refused]:
    """Read the claims of a file as the engine takes them, one after the other."""
    for claim in file.claims:
        try:
            yield read(claim, book, f"{file.reference}, {claim.id}")
        except DocumentError as error:
            yield Refused(claim.id, str(error))


def read(
    claim: CaseClaim, book: LawBook, where: str, told: Listed | None = None
) -> Decision:
    """Read one claim as the engine takes it.

    Args:
        claim: what was found.
        book: the law book, which says what can be found.
        where: how errors name the claim.
        told: entries of lists on which nothing need have been found.

    Raises:
        DocumentError: a finding is on something that the law book does not ask.
    """
    told = told or {}
    _refuse_within(claim.assessment.standing, told, where)
    entry = entry_of(claim)
    for path, names in told.items():
        table = entry.setdefault("facts", {})
        for each in path.split("."):
            table = table.setdefault(each, {})
        for each in names:
            table.setdefault(each, {})
    return read_claim(Table(entry, where), book)


def entry_of(claim: CaseClaim) -> dict[str, Any]:
    """Write a claim as an entry of a claims file."""
    entry: dict[str, Any] = {
        "id": claim.id,
        "jurisdiction": procedure().kinds[claim.procedure].jurisdiction or claim.state,
        "facts": _facts(claim.assessment),
        "screened": list(claim.assessment.screened),
        "indicators": list(claim.assessment.indicators),
    }
    entry |= {"on": _signed(claim), "lodged": claim.lodged}
    return {key: value for key, value in entry.items() if value}


def _signed(claim: CaseClaim) -> date | None:
    """Give the day on which the decision was signed, by which the law is chosen."""
    signed = [each.on for each in claim.steps if each.act == SIGNED]
    return signed[-1] if signed else None


def _facts(assessment: Assessment) -> dict[str, Any]:
    """Lay the findings that stand out by their paths, lists within lists."""
    facts: dict[str, Any] = {}
    for path, found in assessment.standing.items():
        *above, name = path.split(".")
        table = facts
        for each in above:
            table = table.setdefault(each, {})
        if name == MISSING:
            # That nobody is missing from a list is how a list says that it is complete.
            table[COMPLETE] = {"true": "false", "false": "true"}.get(
                found.value, "unknown"
            )
        else:
            table[name] = _finding(found)
    return facts


def _refuse_within(paths: Collection[str], told: Collection[str], where: str) -> None:
    """Refuse a finding below another finding: one of the two would be lost."""
    below = (*paths, *(f"{path}." for path in told))
    above = {path[:at] for path in below for at, each in enumerate(path) if each == "."}
    for path in paths:
        if path in above:
            problem = f"`{path:.80}` is a finding, and others are below it"
            raise DocumentError(where, problem, "Name an element of the law book.")


def _finding(found: Found) -> object:
    under = {each.parameter: each.value for each in found.under}
    return {"found": found.value, "under": under} if under else found.value
