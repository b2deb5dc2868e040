"""Draws that follow from a seed and a name, and counts that are met to the unit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import TypeVar

from numpy.random import PCG64, Generator, SeedSequence

T = TypeVar("T")


class Draws:
    """Draws for one thing: the same for the same seed and numbers, every time."""

    def __init__(self, seed: int, *numbers: int) -> None:
        """Begin drawing for whatever the numbers stand for."""
        self._chance = Generator(PCG64(SeedSequence([seed, *numbers])))

    def one(self, among: Sequence[T]) -> T:
        """Draw one of several, each as likely."""
        return among[int(self._chance.integers(len(among)))]

    def weighted(self, among: Sequence[T], weights: Sequence[float]) -> T:
        """Draw one of several by weight."""
        ends = list(accumulate(weights))
        place = bisect_right(ends, self._chance.random() * ends[-1])
        # A product may be rounded up to the very end.
        return among[min(place, len(among) - 1)]

    def whole(self, first: int, last: int) -> int:
        """Draw a whole number from the first to the last."""
        return int(self._chance.integers(first, last + 1))

    def happens(self, chance: float) -> bool:
        """Draw whether something happens."""
        return bool(self._chance.random() < chance)

    def day(self, first: date, last: date) -> date:
        """Draw a day from the first to the last."""
        return date.fromordinal(self.whole(first.toordinal(), last.toordinal()))

    def order(self, count: int) -> list[int]:
        """Draw an order of so many things."""
        return [int(each) for each in self._chance.permutation(count)]


def share(rate: float, count: int) -> int:
    """Give how many of so many a rate is, to the nearest whole number, halves up.

    >>> share(0.25, 632), share(0.05, 10)
    (158, 1)
    """
    return int(rate * count + 0.5)
