"""Re-examination: which claims would come out differently under other settings.

It makes a list for people to review. It changes nobody's status: a decision stands
until a named person takes another, after hearing the applicant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, TypeAlias, get_args

from asylon.determination.applicable import Determination
from asylon.determination.attribution import Attribution, Causes
from asylon.determination.batches import Batch, Comparison, batch_of_claims
from asylon.determination.claims import Claim
from asylon.determination.flips import Reexamined
from asylon.logic.evaluation import Reason
from asylon.logic.exactness import compiled
from asylon.logic.planes import (
    Planes,
    Words,
    everywhere,
    marked,
    planes,
    words_for,
)
from asylon.logic.programs import Program
from asylon.logic.truth import Truth

Engine: TypeAlias = Literal["planes", "rows"]
ENGINES: tuple[Engine, ...] = get_args(Engine)

MOST_IN_A_BATCH = 65_536
"""So many claims at a time keep what is worked on within a processor's cache."""


class Reexaminer:
    """Re-examines batches, keeping what it has worked out of the law."""

    def __init__(self, engine: Engine = "planes") -> None:
        """Take how to find the values: all claims at once, or one by one."""
        self.engine = engine
        self._programs: dict[tuple[object, ...], tuple[Program, Program]] = {}
        self._attributions: dict[tuple[object, ...], Attribution] = {}

    def reexamine(self, batch: Batch) -> Reexamined:
        """Say what becomes of the claims of a batch."""
        before, after, again = self.values(batch)
        flips = before.differs(after) & everywhere(batch.count)
        causes = Causes()
        if flips.any():
            causes = self._attribution(batch).causes(batch, flips)
        return Reexamined(batch, before, after, again, flips, causes)

    def values(self, batch: Batch) -> tuple[Planes, Planes, Mapping[str, Words]]:
        """Give what follows before and after, and what has to be found again."""
        by_engine = self._by_rows if self.engine == "rows" else self._by_planes
        return by_engine(batch)

    def _by_planes(self, batch: Batch) -> tuple[Planes, Planes, Mapping[str, Words]]:
        key = _key(batch)
        if key not in self._programs:
            laws = batch.comparison.before, batch.comparison.after
            forms = [compiled(law.inquiry(batch.shape).formula) for law in laws]
            self._programs[key] = Program({"": forms[0]}), Program({"": forms[1]})
        words = words_for(batch.count)
        before, after = (
            program.run(known, words)[""].copied()
            for program, known in zip(
                self._programs[key], (batch.before, batch.after), strict=True
            )
        )
        return before, after, batch.again

    def _by_rows(self, batch: Batch) -> tuple[Planes, Planes, Mapping[str, Words]]:
        before: list[Truth] = []
        after: list[Truth] = []
        again: dict[str, list[int]] = {}
        for place in range(batch.count):
            then, now = determined(batch, place)
            before.append(then.definition)
            after.append(now.definition)
            for name in now.found_again:
                again.setdefault(name, []).append(place)
        asked = batch.comparison.after.inquiry(batch.shape).names
        lost = {
            name: marked(again[name], batch.count) for name in asked if name in again
        }
        return planes(before), planes(after), lost

    def _attribution(self, batch: Batch) -> Attribution:
        key = _key(batch)
        if key not in self._attributions:
            self._attributions[key] = Attribution(batch.comparison, batch.shape)
        return self._attributions[key]


def _key(batch: Batch) -> tuple[object, ...]:
    comparison = batch.comparison
    return id(comparison.before), id(comparison.after), batch.shape


def determined(batch: Batch, place: int) -> tuple[Determination, Determination]:
    """Determine one claim of a batch in full, as before and as after."""
    claim = batch.source.claim(place)
    comparison = batch.comparison
    return comparison.before.determine(claim), comparison.after.determine(claim)


def explained(batch: Batch, place: int) -> tuple[Reason, Reason]:
    """Give the full reasons for one claim of a batch, as before and as after."""
    sides = (
        (batch.comparison.before, batch.before),
        (batch.comparison.after, batch.after),
    )
    before, after = (
        law.inquiry(batch.shape).explain(
            {name: found.at(place) for name, found in known.items()}
        )
        for law, known in sides
    )
    return before, after


def batches(
    claims: Iterable[Claim], comparison_for: Callable[[Claim], Comparison]
) -> Iterator[Batch]:
    """Lay claims out in batches: together those with lists of one shape and one law.

    Args:
        claims: in any order; each keeps its findings with how they were made.
        comparison_for: chooses the settings for a claim, before and after.
    """
    groups: dict[tuple[object, ...], tuple[Comparison, list[Claim]]] = {}
    for claim in claims:
        found = comparison_for(claim)
        key = (id(found.before), id(found.after), claim.shape)
        groups.setdefault(key, (found, []))[1].append(claim)
    for comparison, alike in groups.values():
        for start in range(0, len(alike), MOST_IN_A_BATCH):
            yield batch_of_claims(comparison, alike[start : start + MOST_IN_A_BATCH])
