"""The fewest findings that bring an outcome about.

At each fact of a diagram there are three ways on: find it, find its opposite, or do
without it, in which case both branches have to lead to the outcome.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from asylon.logic.diagrams import ALWAYS, NEVER, Diagram, Node
from asylon.logic.truth import FALSE, TRUE, Truth

IMPOSSIBLE = 1 << 40


class Price(NamedTuple):
    """What it takes to find a fact so, or so; `IMPOSSIBLE` if it cannot be."""

    false: int = IMPOSSIBLE
    true: int = IMPOSSIBLE


NO_WAY = Price()

_Way: TypeAlias = tuple[int, Node, Truth | None]


class Cheapest:
    """The cheapest findings that leave a diagram only one outcome."""

    def __init__(
        self, diagram: Diagram, outcome: Truth, prices: Sequence[Price]
    ) -> None:
        """Take the diagram, true or false, and a price for each of its facts."""
        self._diagram, self._prices = diagram, prices
        self._goal = ALWAYS if outcome is TRUE else NEVER
        self._join = diagram.both if outcome is TRUE else diagram.either
        end = diagram.root, None
        self._best: dict[Node, _Way] = {
            ALWAYS: (IMPOSSIBLE, *end),
            NEVER: (IMPOSSIBLE, *end),
            self._goal: (0, *end),
        }
        self.price = self._reach(diagram.root)

    def findings(self) -> list[tuple[str, Truth]]:
        """List the cheapest findings."""
        chosen: list[tuple[str, Truth]] = []
        node = self._diagram.root
        while node > ALWAYS:
            level, _, _ = self._diagram.branches(node)
            _, node, truth = self._best[node]
            if truth is not None:
                chosen.append((self._diagram.names[level], truth))
        return chosen

    def _reach(self, node: Node) -> int:
        way = self._best.get(node)
        if way is None:
            way = self._best[node] = self._way(node)
        return way[0]

    def _way(self, node: Node) -> _Way:
        level, low, high = self._diagram.branches(node)
        without = self._join(low, high)
        best: _Way = (self._reach(without), without, None)
        false, true = self._prices[level]
        if true < best[0] and (total := true + self._reach(high)) < best[0]:
            best = total, high, TRUE
        if false < best[0] and (total := false + self._reach(low)) < best[0]:
            best = total, low, FALSE
        return best
