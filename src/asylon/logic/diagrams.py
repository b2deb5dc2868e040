"""Decision diagrams: what a formula comes to, however its open facts turn out.

A reduced ordered binary decision diagram (Bryant 1986) has one form for one function,
so questions that Kleene's tables cannot answer are read off it: whether the outcome
is the same either way, and which facts it still depends on.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TypeAlias

from asylon.logic.evaluation import Known
from asylon.logic.formulas import (
    All,
    Any,
    AtLeast,
    Constant,
    Fact,
    Formula,
    Named,
    Not,
    walk,
)
from asylon.logic.truth import FALSE, TRUE, UNKNOWN, Truth

Node: TypeAlias = int
Finding: TypeAlias = tuple[str, Truth]

_FALSE, _TRUE = 0, 1
_NEVER = 1 << 30
_DEPTH = 20_000  # Recursion follows the facts of a claim; long lists have many.


class Diagram:
    """The decision diagram of one formula.

    `names` are the facts in the order in which the diagram asks them.
    """

    def __init__(self, names: Iterable[str]) -> None:
        """Start an empty diagram over these facts."""
        sys.setrecursionlimit(max(sys.getrecursionlimit(), _DEPTH))
        self.names = tuple(names)
        self.root: Node = _FALSE
        last = len(self.names)
        self._nodes = [(last, _FALSE, _FALSE), (last, _TRUE, _TRUE)]
        self._unique: dict[tuple[int, Node, Node], Node] = {}
        self._choices: dict[tuple[Node, Node, Node], Node] = {}

    @classmethod
    def of(cls, formula: Formula) -> Diagram:
        """Build the diagram of a ground formula.

        >>> Diagram.of(Any((Fact("a"), Not(Fact("a"))))).value
        <Truth.TRUE: 'true'>
        """
        facts = (part.name for part in walk(formula) if isinstance(part, Fact))
        diagram = cls(dict.fromkeys(facts))
        diagram.root = _Builder(diagram).node(formula)
        return diagram

    @property
    def value(self) -> Truth:
        """The outcome if it no longer depends on any fact, else unknown."""
        return {_FALSE: FALSE, _TRUE: TRUE}.get(self.root, UNKNOWN)

    @property
    def size(self) -> int:
        """How many decisions the diagram holds, those no longer reached included."""
        return len(self._nodes) - 2

    def support(self) -> list[str]:
        """List the facts on which the outcome depends, in the order asked."""
        levels: set[int] = set()
        seen: set[Node] = set()
        ahead = [self.root]
        while ahead:
            node = ahead.pop()
            if node > _TRUE and node not in seen:
                seen.add(node)
                level, low, high = self._nodes[node]
                levels.add(level)
                ahead += (low, high)
        return [self.names[level] for level in sorted(levels)]

    def under(self, known: Known) -> Diagram:
        """Give what is left of the diagram once these facts are settled."""
        left = Diagram(self.names)
        ranks = [known.get(name, UNKNOWN).rank for name in self.names]
        nodes = self._nodes
        done: dict[Node, Node] = {_FALSE: _FALSE, _TRUE: _TRUE}

        def settle(node: Node) -> Node:
            start = node
            level, low, high = nodes[node]
            while node > _TRUE and ranks[level] != 1:
                node = high if ranks[level] else low
                level, low, high = nodes[node]
            if node not in done:
                done[node] = left.decision(level, settle(low), settle(high))
            done[start] = done[node]
            return done[node]

        left.root = settle(self.root)
        return left

    def smallest(self, outcome: Truth, among: Known | None = None) -> list[Finding]:
        """Find a smallest set of findings that brings the outcome about.

        Args:
            outcome: true or false.
            among: the findings to choose from; any finding if left out.

        Raises:
            ValueError: nothing brings it about.
        """
        search = _Smallest(self, _TRUE if outcome is TRUE else _FALSE, among)
        if search.price(self.root) >= _NEVER:
            message = f"No findings make the outcome {outcome.value}"
            raise ValueError(message)
        return search.findings()

    def decision(self, level: int, low: Node, high: Node) -> Node:
        """Get the node that asks one fact, or the answer if it does not matter."""
        if low == high:
            return low
        node = self._unique.setdefault((level, low, high), len(self._nodes))
        if node == len(self._nodes):
            self._nodes.append((level, low, high))
        return node

    def branches(self, node: Node) -> tuple[int, Node, Node]:
        """Give the fact a node asks, and where no and yes lead."""
        return self._nodes[node]

    def choice(self, test: Node, then: Node, other: Node) -> Node:
        """Give `then` where `test` holds and `other` where it does not."""
        if test <= _TRUE:
            return then if test else other
        if then == other:
            return then
        if (then, other) == (_TRUE, _FALSE):
            return test
        key = (test, then, other)
        if key not in self._choices:
            level = min(self._nodes[node][0] for node in key)
            low, high = (
                self.choice(*(self._branch(node, level, side) for node in key))
                for side in (1, 2)
            )
            self._choices[key] = self.decision(level, low, high)
        return self._choices[key]

    def _branch(self, node: Node, level: int, side: int) -> Node:
        branches = self._nodes[node]
        return branches[side] if branches[0] == level else node

    def both(self, one: Node, other: Node) -> Node:
        """Give where both hold."""
        return self.choice(one, other, _FALSE)

    def either(self, one: Node, other: Node) -> Node:
        """Give where one of the two holds."""
        return self.choice(one, _TRUE, other)

    def deny(self, node: Node) -> Node:
        """Give where a node does not hold."""
        return self.choice(node, _FALSE, _TRUE)


class _Builder:
    """Builds the node of a formula, each distinct part once."""

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram
        self.levels = {name: level for level, name in enumerate(diagram.names)}
        self.done: dict[int, Node] = {}

    def node(self, formula: Formula) -> Node:
        if id(formula) not in self.done:
            self.done[id(formula)] = self._node(formula)
        return self.done[id(formula)]

    def _node(self, formula: Formula) -> Node:
        diagram = self.diagram
        match formula:
            case Fact(name):
                return diagram.decision(self.levels[name], _FALSE, _TRUE)
            case Constant(truth) if truth.is_settled:
                return _TRUE if truth is TRUE else _FALSE
            case Named(_, body):
                return self.node(body)
            case Not(part):
                return diagram.deny(self.node(part))
            case All(parts):
                return self._fold(diagram.both, parts, _TRUE)
            case Any(parts):
                return self._fold(diagram.either, parts, _FALSE)
            case AtLeast(count, parts):
                return self._counted(count, [self.node(part) for part in parts])
        message = f"Not a ground formula: {formula}"
        raise TypeError(message)

    def _fold(
        self,
        join: Callable[[Node, Node], Node],
        parts: tuple[Formula, ...],
        start: Node,
    ) -> Node:
        for part in reversed(parts):
            start = join(self.node(part), start)
        return start

    def _counted(self, count: int, nodes: list[Node]) -> Node:
        if count <= 0:
            return _TRUE
        if count > len(nodes):
            return _FALSE
        first, *rest = nodes
        with_it = self._counted(count - 1, rest)
        return self.diagram.choice(first, with_it, self._counted(count, rest))


class _Smallest:
    """Finds the fewest findings that leave only one outcome.

    At each fact there are three ways on: find it, find its opposite, or do without
    it, in which case both branches have to lead to the outcome.
    """

    def __init__(self, diagram: Diagram, goal: Node, among: Known | None) -> None:
        self.diagram, self.goal = diagram, goal
        names = diagram.names
        self.open_to = [(among or {}).get(name, UNKNOWN) for name in names]
        self.free = among is None
        self.best: dict[Node, tuple[int, Node, Finding | None]] = {}

    def price(self, node: Node) -> int:
        if node <= _TRUE:
            return 0 if node == self.goal else _NEVER
        if node not in self.best:
            self.best[node] = min(self._ways(node), key=lambda way: way[0])
        return self.best[node][0]

    def _ways(self, node: Node) -> list[tuple[int, Node, Finding | None]]:
        level, low, high = self.diagram.branches(node)
        join = self.diagram.both if self.goal else self.diagram.either
        without = join(low, high)
        ways: list[tuple[int, Node, Finding | None]] = [
            (self.price(without), without, None)
        ]
        name, found = self.diagram.names[level], self.open_to[level]
        if self.free or found is TRUE:
            ways.append((1 + self.price(high), high, (name, TRUE)))
        if self.free or found is FALSE:
            ways.append((1 + self.price(low), low, (name, FALSE)))
        return ways

    def findings(self) -> list[Finding]:
        chosen: list[Finding] = []
        node = self.diagram.root
        while node > _TRUE:
            _, node, finding = self.best[node]
            if finding:
                chosen.append(finding)
        return chosen
