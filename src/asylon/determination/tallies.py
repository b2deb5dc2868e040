"""Tallies: what became of all claims together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from asylon.determination.flips import DIRECTIONS, Direction, Reexamined, direction
from asylon.logic.planes import (
    Words,
    count_of,
)
from asylon.logic.truth import Truth


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
