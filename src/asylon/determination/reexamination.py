"""Re-examination: which claims would come out differently under other settings.

It makes a list for people to review. It changes nobody's status: a decision stands
until a named person takes another, after hearing the applicant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import compress
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from asylon.determination.applicable import Determination
from asylon.determination.attribution import Attribution, Causes
from asylon.determination.batches import Batch, Comparison, batch_of_claims
from asylon.determination.claims import Claim
from asylon.logic.evaluation import Reason
from asylon.logic.exactness import compiled
from asylon.logic.planes import (
    Planes,
    Words,
    bits_at,
    count_of,
    everywhere,
    marked,
    places,
    planes,
    truths,
    words_for,
)
from asylon.logic.programs import Program
from asylon.logic.truth import TRUE, UNKNOWN, Truth

Direction: TypeAlias = Literal["towards_protection", "away_from_protection", "opened"]
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)

Engine: TypeAlias = Literal["planes", "rows"]
ENGINES: tuple[Engine, ...] = get_args(Engine)

_OCTETS = 8
"""In a word."""

MOST_IN_A_BATCH = 65_536
"""So many claims at a time keep what is worked on within a processor's cache."""


def direction(before: Truth, after: Truth) -> Direction:
    """Say which way a claim flips, by where it comes out.

    >>> direction(UNKNOWN, TRUE), direction(TRUE, UNKNOWN)
    ('towards_protection', 'opened')
    """
    if after is UNKNOWN:
        return "opened"
    return "towards_protection" if after is TRUE else "away_from_protection"


@dataclass(frozen=True, slots=True)
class Flip:
    """A claim that comes out differently.

    Attributes:
        id: the claim.
        before: what followed under the first choice of settings.
        after: what follows under the second.
        elements: the parts of the law that it hangs on, the widest first.
        parameters: the changed settings that it hangs on.
        because_of: findings it hangs on, which no longer count as they were made.
        found_again: all its findings that have to be made again.
    """

    id: str
    before: Truth
    after: Truth
    elements: tuple[str, ...]
    parameters: tuple[str, ...]
    because_of: tuple[str, ...]
    found_again: tuple[str, ...]

    @property
    def direction(self) -> Direction:
        """Which way it flips."""
        return direction(self.before, self.after)


@dataclass(frozen=True)
class Reexamined:
    """What became of the claims of one batch."""

    batch: Batch
    before: Planes
    after: Planes
    again: Mapping[str, Words]
    flips: Words
    causes: Causes

    def count(self, before: Truth, after: Truth) -> int:
        """Count the claims that came out so before, and come out so after."""
        both = self.before.where(before) & self.after.where(after)
        return count_of(both & everywhere(self.batch.count))

    def directions(self) -> dict[Direction, Words]:
        """Give for each direction which claims flip that way."""
        return {
            "towards_protection": self.flips & self.after.true,
            "away_from_protection": self.flips & self.after.false,
            "opened": self.flips & self.after.where(UNKNOWN),
        }

    def each(self, most: int | None = None) -> Iterator[tuple[int, Flip]]:
        """Go through the claims that flip, each with its place in the batch.

        Args:
            most: only so many, the first ones.
        """
        where = places(self.flips)[:most]
        causes, at = self.causes, where.tolist()
        told = zip(
            *(
                _names(marks, where)
                for marks in (
                    causes.elements,
                    causes.parameters,
                    causes.findings,
                    self.again,
                )
            ),
            strict=True,
        )
        before, after = truths(self.before, where), truths(self.after, where)
        for place, then, now, names in zip(at, before, after, told, strict=True):
            yield place, Flip(self.batch.source.id(place), then, now, *names)


def _names(
    marks: Mapping[str, Words], where: NDArray[np.int64]
) -> list[tuple[str, ...]]:
    """List for each of these claims the names that are marked of it, in order."""
    if not marks or not len(where):
        return [()] * len(where)
    marks = dict(sorted(marks.items()))
    bits = np.stack([bits_at(words, where) for words in marks.values()])
    packed = np.packbits(bits, axis=0).T
    spare = -packed.shape[1] % _OCTETS
    rows = np.ascontiguousarray(np.pad(packed, ((0, 0), (0, spare))))
    # Whole words sort much more quickly than rows of octets.
    keys = rows.view(np.uint64)
    alone = keys[:, 0] if keys.shape[1] == 1 else keys
    patterns, which = np.unique(alone, axis=0, return_inverse=True)
    octets = np.ascontiguousarray(patterns.reshape(-1, keys.shape[1])).view(np.uint8)
    told = [
        tuple(compress(marks, row))
        for row in np.unpackbits(octets, axis=1, count=len(marks)).tolist()
    ]
    return [told[each] for each in which.ravel().tolist()]


@dataclass
class Tally:
    """What became of all claims together.

    Attributes:
        claims: how many there were.
        outcomes: how many came out so before, and come out so after.
        elements: by part of the law and direction, how many flips hang on it; a part
            that is asked of each entry of a list counts once for a claim.
        parameters: by setting, how many flips hang on it.
        found_again: by fact, of how many claims that flip it has to be found again.
        bytes_read: how many bytes of findings were asked.
    """

    claims: int = 0
    outcomes: Counter[tuple[Truth, Truth]] = field(default_factory=Counter)
    elements: Counter[tuple[str, Direction]] = field(default_factory=Counter)
    parameters: Counter[str] = field(default_factory=Counter)
    found_again: Counter[str] = field(default_factory=Counter)
    bytes_read: int = 0

    @property
    def flips(self) -> dict[Direction, int]:
        """How many claims flip, by direction."""
        found: Counter[Direction] = Counter()
        for (before, after), count in self.outcomes.items():
            if before is not after:
                found[direction(before, after)] += count
        return {each: found[each] for each in DIRECTIONS}

    def add(self, found: Reexamined) -> None:
        """Count a batch in."""
        self.claims += found.batch.count
        self.bytes_read += found.batch.bytes_read
        for before in Truth:
            for after in Truth:
                self.outcomes[before, after] += found.count(before, after)
        ways = found.directions()
        for name, where in _without_entries(found.causes.elements).items():
            for way, words in ways.items():
                self.elements[name, way] += count_of(where & words)
        for name, where in found.causes.parameters.items():
            self.parameters[name] += count_of(where)
        for name, where in _without_entries(found.again).items():
            if count := count_of(where & found.flips):
                self.found_again[name] += count


def most_first(counted: Counter[str]) -> list[tuple[str, int]]:
    """Order what was counted, the most first, and by name where as many."""
    return sorted(counted.items(), key=lambda each: (-each[1], each[0]))


def _without_entries(marks: Mapping[str, Words]) -> dict[str, Words]:
    """Put together what is marked of each entry of a list."""
    together: dict[str, Words] = {}
    for name, words in marks.items():
        last = name.rpartition(".")[2]
        together[last] = together[last] | words if last in together else words
    return together


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
