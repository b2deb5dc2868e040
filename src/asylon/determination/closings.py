"""Closing open points in the applicant's favour, by rules with names.

Nothing closes against an applicant by itself. What closes shows "no indication",
never a fact, and the value before closing is kept beside the value after.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from asylon.determination.claims import Claim
from asylon.law import LawBook
from asylon.logic.evaluation import Known
from asylon.logic.grounding import MISSING
from asylon.logic.truth import FALSE, TRUE, UNKNOWN, Truth

SECOND_NATIONALITY = "second-nationality-not-shown"
CLOSES_UNASKED_IN = frozenset({"mandate", "joint"})
"""The kinds of set in which a second nationality closes although nobody asked."""


@dataclass(frozen=True, slots=True)
class Closed:
    """The value after closing, and which rule closed which open facts."""

    value: Truth
    rules: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Closable:
    """A fact, or an incomplete list, that a rule may close.

    Attributes:
        indicator: what stops the rule here: for a nationality whatever points to that
            country, otherwise whatever points to the rule's whole subject.
        needs: facts of which one has to be established before it may close. That
            nobody recorded a nationality does not show that there is none.
    """

    name: str
    rule: str
    indicator: str
    needs: tuple[str, ...] | None = None


def closables(names: Sequence[str], book: LawBook) -> tuple[Closable, ...]:
    """List the facts of a definition that a rule may close."""
    found = (_closable(name, names, book) for name in names)
    return tuple(each for each in found if each.rule)


def _closable(name: str, names: Sequence[str], book: LawBook) -> Closable:
    owner, _, last = name.rpartition(".")
    if last != MISSING:
        element = book.elements.get(last)
        rule = element.closes if element else ""
        by_country = rule == SECOND_NATIONALITY and owner
        return Closable(name, rule, f"{rule} {owner}" if by_country else rule)
    kept = owner.rpartition(".")[2]
    rule = book.lists[kept].closes
    needs = None
    if rule == SECOND_NATIONALITY:
        needs = tuple(each for each in names if _shows_entry(each, owner, kept, book))
    return Closable(name, rule, rule, needs)


def _shows_entry(name: str, path: str, kept: str, book: LawBook) -> bool:
    """Whether a fact is one by which an entry belongs to a list."""
    entry, _, last = name.rpartition(".")
    element = book.elements.get(last)
    belongs = element is not None and element.provision == kept
    return belongs and entry.rpartition(".")[0] == path


def close(
    value: Truth,
    known: Known,
    candidates: Sequence[Closable],
    claim: Claim,
    *,
    unasked: bool,
    value_of: Callable[[Known], Truth],
) -> Closed:
    """Close what closes for the applicant, and say what follows then.

    A rule closes only once its screening questions were put and nothing was raised;
    and a rule that would settle the outcome against the applicant does not close.

    Args:
        value: what follows before closing.
        known: the findings.
        candidates: what may close.
        claim: says which questions were put and what was raised.
        unasked: whether a second nationality closes although nobody asked.
        value_of: works out the value on other findings.
    """
    stopped = claim.indicators | {
        each.indicator for each in candidates if known.get(each.name) is TRUE
    }
    by_rule: dict[str, list[str]] = {}
    for each in candidates:
        put = each.rule in claim.screened or (
            unasked and each.rule == SECOND_NATIONALITY
        )
        raised = not stopped.isdisjoint((each.rule, each.name, each.indicator))
        if put and not raised and _may_close(each, known):
            by_rule.setdefault(each.rule, []).append(each.name)
    closed: dict[str, tuple[str, ...]] = {}
    for rule, names in by_rule.items():
        then = {**known, **dict.fromkeys(names, FALSE)}
        following = value_of(then)
        if following.rank >= value.rank:
            known, value, closed[rule] = then, following, tuple(names)
    return Closed(value, closed)


def _may_close(each: Closable, known: Known) -> bool:
    if known.get(each.name, UNKNOWN).is_settled:
        return False
    return each.needs is None or any(known.get(need) is TRUE for need in each.needs)
