"""A caseload of invented claims, laid out as planes, as many as are wanted.

A claim follows from a seed and its number alone: with more claims, or another law book,
the points that were asked before come out as they did. The points are those that the
law asks, whatever they are; a table says how often each comes out which way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256

import numpy as np
from numpy.random import PCG64, SeedSequence

from asylon.determination.batches import (
    Batch,
    Comparison,
    Source,
    batch_of_findings,
)
from asylon.determination.claims import Claim, Finding
from asylon.invented.rates import Rate, Rates, shipped_rates
from asylon.logic.grounding import Shape
from asylon.logic.planes import WORD, Planes, Words, words_for
from asylon.logic.truth import FALSE, TRUE, UNKNOWN

AT_ONCE = 65_536
"""So many claims are drawn together."""

_DIGITS = 12
"""Binary digits of a rate: finer than any rate of an invented caseload means."""


class Caseload:
    """Invented claims whose findings were made under the first of two settings."""

    def __init__(
        self, comparison: Comparison, *, seed: int, rates: Rates | None = None
    ) -> None:
        """Take the law that says what is asked, and where to begin drawing."""
        self.comparison, self.seed = comparison, seed
        self.rates = rates or shipped_rates()
        self.shape = self.rates.shape
        self._under = {name: comparison.under(name) for name in self._names}
        self._effects = {
            name: _effect(name, comparison, self.shape) for name in self._names
        }

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return self.comparison.names(self.shape)

    @cached_property
    def _asked_before(self) -> frozenset[str]:
        return frozenset(self.comparison.before.inquiry(self.shape).names)

    def batches(self, count: int) -> Iterator[Batch]:
        """Draw so many claims, batch by batch."""
        for number, start in enumerate(range(0, count, AT_ONCE)):
            yield self._batch(number, min(AT_ONCE, count - start))

    def _batch(self, number: int, count: int) -> Batch:
        found = self._found(number, words_for(count))
        first = number * AT_ONCE + 1

        def identified(place: int) -> str:
            return f"G{first + place}"

        def claim(place: int) -> Claim:
            return Claim(
                id=identified(place),
                findings=dict(self._findings(found, place)),
                shape=self.shape,
                on=self.comparison.before.settings.on,
            )

        source = Source(self.shape, count, claim, identified)
        return batch_of_findings(self.comparison, source, found)

    def _findings(
        self, found: Mapping[str, Planes], place: int
    ) -> Iterator[tuple[str, Finding]]:
        for name, made in found.items():
            value = made.at(place)
            if value is not UNKNOWN:
                yield name, Finding(value, self._under[name])

    def _found(self, number: int, words: int) -> dict[str, Planes]:
        leanings = self._leanings(number)
        found: dict[str, Planes] = {}
        for name in self._names:
            book = self.comparison.before.book
            rate = self.rates.of(name, self._effects[name], book)
            if rate.open < 1:
                drawn = self._drawn(name, rate, number, leanings)
                found[name] = Planes(*(side[:words] for side in drawn))
        return found

    def _leanings(self, number: int) -> list[Words]:
        """Part the claims of a batch by which way they lean."""
        parts: list[Words] = []
        rest, left = np.full(AT_ONCE // WORD, ~np.uint64(0)), 1.0
        for each in self.rates.leanings[:-1]:
            chance = self._chance(f"leaning {len(parts)}", number)
            part = rest & _drawn([(rest, each["share"] / left)], chance)
            parts.append(part)
            rest, left = rest & ~part, left - each["share"]
        return [*parts, rest]

    def _drawn(
        self, name: str, rate: Rate, number: int, leanings: Sequence[Words]
    ) -> Planes:
        """Draw one fact for the claims of a batch."""
        effect = self._effects[name]
        leant = [_leant(rate, effect, each) for each in self.rates.leanings]
        if name not in self._asked_before:
            beside = self.rates.beside
            leant = [Rate(each.true, 1 - beside * (1 - each.open)) for each in leant]
        chance = self._chance(name, number)
        pairs = list(zip(leanings, leant, strict=True))
        is_open = _drawn([(part, each.open) for part, each in pairs], chance)
        true = _drawn([(part, each.true) for part, each in pairs], chance)
        return Planes(true & ~is_open, ~(true | is_open))

    def _chance(self, name: str, number: int) -> PCG64:
        """Give what draws one fact for one batch, and always draws it alike."""
        digest = sha256(name.encode()).digest()[:8]
        entropy = [self.seed, number, int.from_bytes(digest, "little")]
        return PCG64(SeedSequence(entropy))


def _leant(rate: Rate, effect: str, leaning: Mapping[str, float]) -> Rate:
    """Give a rate for claims that lean one way: `true` is then of what is not open."""
    is_open = min(rate.open * leaning["open"], 1.0)
    true = rate.true / (1 - rate.open)
    if effect == "helps":
        true = 1 - min((1 - true) * leaning["adverse"], 1.0)
    elif effect == "harms":
        true = min(true * leaning["adverse"], 1.0)
    return Rate(true, is_open)


def _drawn(shares: Sequence[tuple[Words, float]], chance: PCG64) -> Words:
    """Set so many of the bits of each part, by chance.

    A bit is set where a fraction drawn digit by digit is less than the rate.
    """
    length = AT_ONCE // WORD
    wanted = [(part, round(share * 2**_DIGITS)) for part, share in shares]
    raw = chance.random_raw(_DIGITS * length).reshape(_DIGITS, length)
    drawn = np.zeros(length, np.uint64)
    for place in range(_DIGITS):
        digit = np.zeros(length, np.uint64)
        for part, rate in wanted:
            if (min(rate, 2**_DIGITS - 1) >> place) & 1:
                digit |= part
        drawn = (raw[place] & drawn) | (digit & (raw[place] | drawn))
    return drawn


def _effect(name: str, comparison: Comparison, shape: Shape) -> str:
    """Say whether establishing a fact helps the person, harms, or may do both."""
    law = comparison.before
    if name not in law.inquiry(shape).names:
        law = comparison.after
    inquiry = law.inquiry(shape)
    if inquiry.favours(name, TRUE):
        return "helps"
    return "harms" if inquiry.favours(name, FALSE) else "both"
