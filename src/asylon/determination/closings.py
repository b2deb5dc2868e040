"""Closing open points in the applicant's favour, by rules with names.

Nothing closes against an applicant by itself. What closes shows "no indication",
never a fact, and the value before closing is kept beside the value after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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


def closables(
    names: Sequence[str], book: LawBook
) -> Mapping[str, tuple[Closable, ...]]:
    """Group the facts of a definition that rules may close, by rule."""
    found: dict[str, list[Closable]] = {}
    for each in (_closable(name, names, book) for name in names):
        if each.rule:
            found.setdefault(each.rule, []).append(each)
    return {rule: tuple(each) for rule, each in found.items()}


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


def may_close(
    candidates: Mapping[str, Sequence[Closable]],
    known: Known,
    claim: Claim,
    *,
    unasked: bool,
) -> dict[str, tuple[str, ...]]:
    """Find which open facts may close for the applicant, by rule.

    A rule may close only once its screening questions were put and nothing was raised.

    Args:
        candidates: what each rule may close.
        known: the findings.
        claim: says which questions were put and what was raised.
        unasked: whether a second nationality closes although nobody asked.
    """
    put = claim.screened | {SECOND_NATIONALITY} if unasked else claim.screened
    found = {
        rule: tuple(_ready(candidates[rule], known, claim))
        for rule in candidates
        if rule in put
    }
    return {rule: names for rule, names in found.items() if names}


def _ready(candidates: Sequence[Closable], known: Known, claim: Claim) -> Iterator[str]:
    raised = claim.indicators | {
        each.indicator
        for each in candidates
        if each.name in claim.indicators or known.get(each.name) is TRUE
    }
    for each in candidates:
        clear = raised.isdisjoint((each.rule, each.indicator))
        if clear and _is_ready(each, known):
            yield each.name


def _is_ready(each: Closable, known: Known) -> bool:
    if known.get(each.name, UNKNOWN).is_settled:
        return False
    return each.needs is None or any(known.get(need) is TRUE for need in each.needs)


def close(
    rules: Mapping[str, tuple[str, ...]],
    known: Known,
    value: Truth,
    value_of: Callable[[Known], Truth],
) -> Closed:
    """Close what may close, and say what follows then.

    A rule that would settle the outcome against the applicant does not close at all.

    Args:
        rules: the open facts each rule may close.
        known: the findings.
        value: what follows before closing.
        value_of: works out the value on other findings.
    """
    closed: dict[str, tuple[str, ...]] = {}
    for rule, names in rules.items():
        then = {**known, **dict.fromkeys(names, FALSE)}
        following = value_of(then)
        if following.rank >= value.rank:
            known, value, closed[rule] = then, following, names
    return Closed(value, closed)
