"""Closing open points in the applicant's favour, by rules with names.

Nothing closes against an applicant by itself. What closes shows "no indication",
never a fact, and the value before closing is kept beside the value after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from asylon.determination.claims import Claim
from asylon.law import LawBook, ParameterSet
from asylon.logic.grounding import MISSING
from asylon.logic.truth import FALSE, TRUE, UNKNOWN, Truth

SECOND_NATIONALITY = "second-nationality-not-shown"
_CLOSES_UNASKED_IN = ("mandate", "joint")


@dataclass(frozen=True, slots=True)
class Closed:
    """The value after closing, and which rule closed which open facts."""

    value: Truth
    rules: Mapping[str, tuple[str, ...]]


def closing_rule(name: str, book: LawBook) -> str:
    """Give the rule that may close a fact or an incomplete list; none is empty."""
    owner, _, last = name.rpartition(".")
    if last == MISSING:
        return book.lists[owner.rpartition(".")[2]].closes
    element = book.elements.get(last)
    return element.closes if element else ""


def closable(
    names: Iterable[str],
    known: Mapping[str, Truth],
    claim: Claim,
    book: LawBook,
    parameter_set: ParameterSet,
) -> dict[str, tuple[str, ...]]:
    """Find which open facts close, by rule.

    A rule closes only once its screening questions were put and nothing was raised.
    In the mandate's and the joint set a second nationality closes unasked as well.
    """
    ruled = {name: rule for name in names if (rule := closing_rule(name, book))}
    stopped = claim.indicators | {
        _indicator(name, rule)
        for name, rule in ruled.items()
        if known.get(name, UNKNOWN) is TRUE
    }
    closed: dict[str, list[str]] = {}
    for name, rule in ruled.items():
        unasked = (
            rule == SECOND_NATIONALITY and parameter_set.kind in _CLOSES_UNASKED_IN
        )
        put = rule in claim.screened or unasked
        raised = {rule, name, _indicator(name, rule)} & stopped
        if put and not raised and not known.get(name, UNKNOWN).is_settled:
            closed.setdefault(rule, []).append(name)
    return {rule: tuple(names) for rule, names in closed.items()}


def _indicator(name: str, rule: str) -> str:
    """What a positive finding stops: the rule, or for a nationality, that entry."""
    path = name.rpartition(".")[0]
    return f"{rule} {path}" if rule == SECOND_NATIONALITY and path else rule


def with_closed(
    known: Mapping[str, Truth], rules: Mapping[str, tuple[str, ...]]
) -> dict[str, Truth]:
    """Give the findings with the closed facts as not shown."""
    closed = {name: FALSE for names in rules.values() for name in names}
    return {**known, **closed}
