"""Claims in batches: two choices of settings, and what findings are worth under each.

Claims whose lists have one shape are laid out as planes, one bit a claim. A finding
made under the standards of the first choice counts under the second only where the law
book's ordering carries it; where it does not, it is marked to be found again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from asylon.determination.applicable import ApplicableLaw
from asylon.determination.claims import BY_THEMSELVES, Claim, Finding, worth
from asylon.logic.grounding import Shape
from asylon.logic.planes import (
    Columns,
    Planes,
    Words,
    nowhere,
    pack,
    planes,
)
from asylon.logic.truth import FALSE, TRUE, UNKNOWN, Truth


@dataclass(frozen=True)
class Comparison:
    """One provision under two choices of settings: before, and after."""

    before: ApplicableLaw
    after: ApplicableLaw

    @cached_property
    def changed(self) -> frozenset[str]:
        """The parameters that have another value after than before."""
        then, now = self.before.settings.values, self.after.settings.values
        return frozenset(name for name in now if then[name] != now[name])

    def names(self, shape: Shape) -> tuple[str, ...]:
        """List the facts that are asked before or after, each once."""
        asked = (law.inquiry(shape).names for law in (self.before, self.after))
        return tuple(dict.fromkeys(name for names in asked for name in names))

    def under(self, name: str) -> dict[str, str]:
        """Say under which standards and tests a fact is found before."""
        element = self.before.book.elements.get(name.rpartition(".")[2])
        values = self.before.settings.values
        return {each: values[each] for each in (element.under if element else ())}

    def carries(self, name: str, found: Truth) -> bool:
        """Whether a finding made as before counts after as well."""
        finding = Finding(found, self.under(name))
        law = self.after
        return worth(finding, name, law.book, law.settings.values) is found

    def stamped(self, claim: Claim) -> Claim:
        """Note on each finding that does not say so that it was made as before."""
        found = {
            name: replace(finding, under={**self.under(name), **finding.under})
            for name, finding in claim.findings.items()
        }
        return replace(claim, findings=found)


@dataclass(frozen=True)
class Source:
    """Claims whose lists have one shape, each to be had by its place.

    Attributes:
        shape: the lists.
        count: how many claims there are.
        claim: gives a claim, with the standards its findings were made under.
        id: gives the name of a claim.
    """

    shape: Shape
    count: int
    claim: Callable[[int], Claim]
    id: Callable[[int], str]


@dataclass(frozen=True)
class Batch:
    """Claims whose lists have one shape, with what their findings are worth.

    Attributes:
        comparison: the two choices of settings.
        source: the claims.
        before: what the findings are worth under the first choice.
        after: what they are worth under the second.
        again: of each fact asked after, whose finding has to be made again.
    """

    comparison: Comparison
    source: Source
    before: Columns
    after: Columns
    again: Mapping[str, Words]

    @property
    def shape(self) -> Shape:
        """The lists of the claims."""
        return self.source.shape

    @property
    def count(self) -> int:
        """How many claims there are."""
        return self.source.count

    @cached_property
    def bytes_read(self) -> int:
        """How many bytes of findings the two formulas ask."""
        comparison, read = self.comparison, dict[int, int]()
        for law, known in (
            (comparison.before, self.before),
            (comparison.after, self.after),
        ):
            for name in law.inquiry(self.shape).names:
                for words in known.get(name, ()):
                    read[id(words)] = words.nbytes
        return sum(read.values())


def batch_of_findings(comparison: Comparison, source: Source, found: Columns) -> Batch:
    """Lay out claims whose findings were all made by officers, and all as before."""
    none = nowhere(source.count)
    after: dict[str, Planes] = {}
    again: dict[str, Words] = {}
    for name, made in found.items():
        kept = [
            words if comparison.carries(name, truth) else none
            for words, truth in zip(made, (TRUE, FALSE), strict=True)
        ]
        after[name] = Planes(*kept)
        lost = made.differs(after[name])
        if lost.any():
            again[name] = lost
    asked = comparison.after.inquiry(source.shape).names
    again = {name: again[name] for name in asked if name in again}
    return Batch(comparison, source, found, after, again)


def batch_of_claims(comparison: Comparison, claims: Sequence[Claim]) -> Batch:
    """Lay out claims whose lists have one shape."""
    shape = claims[0].shape
    stamped = [comparison.stamped(claim) for claim in claims]
    names = comparison.names(shape)
    before = [_weighed(comparison.before, claim, names)[0] for claim in stamped]
    after = [_weighed(comparison.after, claim, names) for claim in stamped]
    lost = {name for _, again in after for name in again}
    asked = comparison.after.inquiry(shape).names
    return Batch(
        comparison,
        Source(shape, len(claims), stamped.__getitem__, lambda at: stamped[at].id),
        _columns(before, names),
        _columns([known for known, _ in after], names),
        {
            name: pack(np.array([name in again for _, again in after]))
            for name in asked
            if name in lost
        },
    )


def _weighed(
    law: ApplicableLaw, claim: Claim, names: Iterable[str]
) -> tuple[dict[str, Truth], frozenset[str]]:
    """Say what the findings of a claim are worth, and which are to be made again."""
    known: dict[str, Truth] = {}
    again: set[str] = set()
    for name in names:
        finding = claim.findings.get(name)
        if finding is None or finding.value is UNKNOWN:
            continue
        by_itself = finding.layer in BY_THEMSELVES
        if by_itself and not law.favours(claim, name, finding.value):
            continue
        if worth(finding, name, law.book, law.settings.values) is UNKNOWN:
            again.add(name)
        else:
            known[name] = finding.value
    return known, frozenset(again)


def _columns(
    rows: Sequence[Mapping[str, Truth]], names: Iterable[str]
) -> dict[str, Planes]:
    return {name: planes([row.get(name, UNKNOWN) for row in rows]) for name in names}
