"""The fewest findings that bring an outcome about.

At each fact of a diagram there are three ways on: find it, find its opposite, or do
without it, in which case both branches have to lead to the outcome.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from asylon.logic.diagrams import ALWAYS, NEVER, Diagram, Node
from asylon.logic.truth import FALSE, TRUE, Truth

IMPOSSIBLE = 1 << 40


class Price(NamedTuple):
    """What it takes to find a fact so, or so; `IMPOSSIBLE` if it cannot be."""

    false: int = IMPOSSIBLE
    true: int = IMPOSSIBLE


NO_WAY = Price()


class Cheapest:
    """The cheapest findings that leave a diagram only one outcome."""

    def __init__(
        self, diagram: Diagram, outcome: Truth, prices: Sequence[Price]
    ) -> None:
        """Take the diagram, true or false, and a price for each of its facts."""
        self._diagram, self._prices = diagram, prices
        self._without = diagram.without(outcome)
        goal, other = (ALWAYS, NEVER) if outcome is TRUE else (NEVER, ALWAYS)
        self._best = {goal: 0, other: IMPOSSIBLE}
        self.price = self._reach(diagram.root)

    def _reach(self, node: Node) -> int:
        """Give the price of the outcome from a node on."""
        best = self._best.get(node)
        if best is None:
            level, low, high = self._diagram.nodes[node]
            without = self._without[node]
            best = self._reach(without)
            false, true = self._prices[level]
            if true < best and high != without:
                best = min(best, true + self._reach(high))
            if false < best and low != without:
                best = min(best, false + self._reach(low))
            self._best[node] = best
        return best

    def findings(self) -> list[tuple[str, Truth]]:
        """List the cheapest findings."""
        chosen: list[tuple[str, Truth]] = []
        node = self._diagram.root
        while node > ALWAYS:
            level, low, high = self._diagram.nodes[node]
            best, without = self._best[node], self._without[node]
            if self._best[without] == best:
                node = without
                continue
            found, node = TRUE, high
            if self._prices[level].false + self._best.get(low, IMPOSSIBLE) == best:
                found, node = FALSE, low
            chosen.append((self._diagram.names[level], found))
        return chosen
