"""Decision diagrams: what a formula comes to, however its open facts turn out.

A reduced ordered binary decision diagram (Bryant 1986) has one form for one function,
so questions that Kleene's tables cannot answer are read off it: whether the outcome
is the same either way, and which facts it still depends on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from asylon.logic.formulas import (
    All,
    Any,
    AtLeast,
    Constant,
    Fact,
    Formula,
    Named,
    Not,
)
from asylon.logic.modules import by_owner, facts
from asylon.logic.truth import FALSE, TRUE, UNKNOWN, Truth

Node: TypeAlias = int

NEVER: Node = 0
ALWAYS: Node = 1
_VALUE = {NEVER: FALSE, ALWAYS: TRUE}


class _Without(dict[Node, Node]):
    """Works out, once for each node, where it leads without its fact."""

    def __init__(self, diagram: Diagram, outcome: Truth) -> None:
        super().__init__()
        self._diagram = diagram
        self._join = diagram.both if outcome is TRUE else diagram.either

    def __missing__(self, node: Node) -> Node:
        _, low, high = self._diagram.nodes[node]
        found = self[node] = self._join(low, high)
        return found


class Diagram:
    """A decision diagram over some facts, and the node that stands for a formula.

    Attributes:
        names: the facts in the order in which the diagram asks them.
        nodes: for each node the fact it asks (by its place in `names`), and where no
            and yes lead. The first two are the answers `NEVER` and `ALWAYS`.
        root: where to begin.
    """

    def __init__(self, names: Iterable[str]) -> None:
        """Start a diagram over these facts that never holds."""
        self.names = tuple(names)
        self.root: Node = NEVER
        last = len(self.names)
        self.nodes = [(last, NEVER, NEVER), (last, ALWAYS, ALWAYS)]
        self._unique: dict[tuple[int, Node, Node], Node] = {}
        self._choices: dict[tuple[Node, Node, Node], Node] = {}
        self._without: dict[Truth, _Without] = {}

    @classmethod
    def of(cls, formula: Formula) -> Diagram:
        """Build the diagram of a ground formula.

        >>> Diagram.of(Any((Fact("a"), Not(Fact("a"))))).value
        <Truth.TRUE: 'true'>
        """
        diagram = cls(by_owner(facts(formula)))
        levels = {name: level for level, name in enumerate(diagram.names)}
        diagram.root = diagram.node(
            formula, lambda name: diagram.decision(levels[name], NEVER, ALWAYS)
        )
        return diagram

    @property
    def value(self) -> Truth:
        """The outcome if it no longer depends on any fact, else unknown."""
        return _VALUE.get(self.root, UNKNOWN)

    def __len__(self) -> int:
        """How many decisions the diagram holds, those no longer reached included."""
        return len(self.nodes) - 2

    def reached(self) -> list[Node]:
        """List the decisions the root leads to, those that ask later facts first."""
        seen: set[Node] = set()
        ahead = [self.root]
        while ahead:
            node = ahead.pop()
            if node > ALWAYS and node not in seen:
                seen.add(node)
                ahead += self.nodes[node][1:]
        return sorted(seen, key=lambda node: (-self.nodes[node][0], node))

    def support(self) -> list[str]:
        """List the facts on which the outcome depends, in the order asked."""
        levels = {self.nodes[node][0] for node in self.reached()}
        return [self.names[level] for level in sorted(levels)]

    def under(self, truths: Sequence[Truth]) -> Diagram:
        """Give what is left of the diagram once facts are settled.

        Args:
            truths: of each fact, in the order of `names`.
        """
        left = Diagram(self.names)
        nodes = self.nodes
        done: dict[Node, Node] = {NEVER: NEVER, ALWAYS: ALWAYS}

        def settle(start: Node) -> Node:
            node = start
            while node not in done:
                level, low, high = nodes[node]
                truth = truths[level]
                if truth is UNKNOWN:
                    done[node] = left.decision(level, settle(low), settle(high))
                    break
                node = high if truth is TRUE else low
            done[start] = done[node]
            return done[node]

        left.root = settle(self.root)
        return left

    def decision(self, level: int, low: Node, high: Node) -> Node:
        """Get the node that asks one fact, or the answer if it does not matter."""
        if low == high:
            return low
        node = self._unique.setdefault((level, low, high), len(self.nodes))
        if node == len(self.nodes):
            self.nodes.append((level, low, high))
        return node

    def choice(self, test: Node, then: Node, other: Node) -> Node:
        """Give `then` where `test` holds and `other` where it does not."""
        if test <= ALWAYS:
            return then if test else other
        if then == other:
            return then
        if (then, other) == (ALWAYS, NEVER):
            return test
        key = (test, then, other)
        found = self._choices.get(key)
        if found is None:
            level = min(self.nodes[node][0] for node in key)
            no, yes = zip(*[self._sides(node, level) for node in key], strict=True)
            low, high = self.choice(*no), self.choice(*yes)
            found = self._choices[key] = self.decision(level, low, high)
        return found

    def _sides(self, node: Node, level: int) -> tuple[Node, Node]:
        """Where a node leads when a fact is found not to hold, and to hold."""
        asked, low, high = self.nodes[node]
        return (low, high) if asked == level else (node, node)

    def both(self, one: Node, other: Node) -> Node:
        """Give where both hold."""
        return self.choice(one, other, NEVER)

    def either(self, one: Node, other: Node) -> Node:
        """Give where one of the two holds."""
        return self.choice(one, ALWAYS, other)

    def without(self, outcome: Truth) -> Mapping[Node, Node]:
        """Give for each node where it leads whichever way its fact turns out.

        For true that is where both branches hold, for false where either does.
        """
        if outcome not in self._without:
            self._without[outcome] = _Without(self, outcome)
        return self._without[outcome]

    def deny(self, node: Node) -> Node:
        """Give where a node does not hold."""
        return self.choice(node, NEVER, ALWAYS)

    def counted(self, count: int, nodes: Sequence[Node]) -> Node:
        """Give where so many of the nodes hold."""
        if count <= 0:
            return ALWAYS
        if count > len(nodes):
            return NEVER
        with_it = self.counted(count - 1, nodes[1:])
        return self.choice(nodes[0], with_it, self.counted(count, nodes[1:]))

    def node(self, formula: Formula, of_fact: Callable[[str], Node]) -> Node:
        """Build the node of a ground formula.

        Args:
            formula: what to build.
            of_fact: gives the node a fact stands for.
        """
        match formula:
            case Fact(name):
                return of_fact(name)
            case Constant(truth) if truth.is_settled:
                return ALWAYS if truth is TRUE else NEVER
            case Named(_, body):
                return self.node(body, of_fact)
            case Not(part):
                return self.deny(self.node(part, of_fact))
            case All(parts) | Any(parts):
                join, node = (
                    (self.both, ALWAYS)
                    if isinstance(formula, All)
                    else (self.either, NEVER)
                )
                for part in reversed(parts):
                    node = join(self.node(part, of_fact), node)
                return node
            case AtLeast(count, parts):
                return self.counted(count, [self.node(part, of_fact) for part in parts])
        message = f"Not a ground formula: {formula}"
        raise TypeError(message)

    def example(self) -> Mapping[str, Truth]:
        """Find one way for the formula to hold: the facts it turns on, and how.

        Raises:
            ValueError: it never holds.
        """
        if self.root == NEVER:
            message = "the formula never holds"
            raise ValueError(message)
        found: dict[str, Truth] = {}
        node = self.root
        while node != ALWAYS:
            level, low, high = self.nodes[node]
            found[self.names[level]] = FALSE if low != NEVER else TRUE
            node = low if low != NEVER else high
        return found
