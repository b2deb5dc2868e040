"""Making a formula exact, so that every engine finds what all completions agree on.

Kleene's tables never settle an outcome wrongly, but they can leave one open that is in
fact settled: in `(a and b) or (not a and c)` with b and c true, a does not matter. That
happens only through facts that help in one place and harm in another. The compiled
form adds, wherever a choice hangs on such a fact, the consensus of both sides (Quine
1955). It exists for engines only: the shown law and its reasons stay as written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from asylon.logic.diagrams import ALWAYS, NEVER, Diagram, Node
from asylon.logic.evaluation import Known, Plan
from asylon.logic.formulas import (
    All,
    AtLeast,
    Constant,
    Fact,
    Formula,
    Named,
    Not,
    conjunction,
    disjunction,
    negation,
    replace,
)
from asylon.logic.formulas import Any as Either
from asylon.logic.modules import Module, facts, mixed_facts, modules
from asylon.logic.truth import FALSE, TRUE, Truth


@dataclass(frozen=True, slots=True)
class Step:
    """A formula over facts and earlier steps, with the name later steps call it by."""

    name: str
    formula: Formula


@dataclass(frozen=True)
class Compiled:
    """A ground formula as steps whose Kleene value is exact; the last is the outcome.

    `consensus` counts the terms that were added to what the law says.
    """

    steps: tuple[Step, ...]
    consensus: int = 0

    @cached_property
    def _plans(self) -> tuple[tuple[str, Plan], ...]:
        return tuple((step.name, Plan(step.formula)) for step in self.steps)

    def value(self, known: Known) -> Truth:
        """Give the value under findings, by Kleene's tables alone.

        >>> from asylon.logic.reading import read
        >>> law = read("a and b or not a and c")
        >>> compiled(law).value({"b": TRUE, "c": TRUE}), Plan(law).value({"b": TRUE})
        (<Truth.TRUE: 'true'>, <Truth.UNKNOWN: 'unknown'>)
        """
        values = dict(known)
        for name, plan in self._plans:
            values[name] = plan.value(values)
        return values[self.steps[-1].name]


def compiled(formula: Formula) -> Compiled:
    """Give the exact form of a ground formula, as steps.

    >>> from asylon.logic.reading import read, write
    >>> exact = compiled(read("a and b or not a and c"))
    >>> [write(step.formula) for step in exact.steps], exact.consensus
    (['(a and b) or (not a and c) or (c and b)'], 1)
    """
    steps: list[Step] = []
    consensus = 0
    for module in modules(formula, fine=True):
        if mixed_facts(module.outline):
            writer = _Writer(module)
            steps += writer.steps()
            consensus += writer.consensus
        else:
            steps.append(Step(module.name, module.outline))
    return Compiled(tuple(_needed(steps)), consensus)


def _needed(steps: Sequence[Step]) -> list[Step]:
    """Leave out the steps that the outcome, once worked out, does not ask."""
    asked = {steps[-1].name}
    needed: list[Step] = []
    for step in reversed(steps):
        if step.name in asked:
            needed.append(step)
            asked.update(facts(step.formula))
    return needed[::-1]


class _Writer:
    """Writes the diagram of a module as formulas, with the consensus they need."""

    def __init__(self, module: Module) -> None:
        self.name = module.name
        self.diagram = Diagram.of(module.outline)
        self.consensus = 0
        self.written: dict[Node, Formula] = {
            NEVER: Constant(FALSE),
            ALWAYS: Constant(TRUE),
        }

    def steps(self) -> Iterator[Step]:
        """Go through the decisions from the last asked to the first."""
        reached = self.diagram.reached()
        if not reached:
            yield Step(self.name, self.written[self.diagram.root])
        uses = Counter(use for node in reached for use in self._uses(node))
        for node in reached:
            formula = self._formula(node)
            if node == self.diagram.root:
                yield Step(self.name, formula)
            elif uses[node] > 1 and not isinstance(formula, Fact | Not):
                name = f"{self.name}@{node}"
                yield Step(name, formula)
                formula = Fact(name)
            self.written[node] = formula

    def _uses(self, node: Node) -> tuple[Node, ...]:
        _, low, high = self.diagram.nodes[node]
        return (low, high) if self._sign(low, high) else (low, high, low, high)

    def _sign(self, low: Node, high: Node) -> int:
        """1 where yes can only help, -1 where it can only harm, 0 where it may both."""
        if self.diagram.either(low, high) == high:
            return 1
        return -1 if self.diagram.either(low, high) == low else 0

    def _formula(self, node: Node) -> Formula:
        level, low, high = self.diagram.nodes[node]
        fact = Fact(self.diagram.names[level])
        no, yes = self.written[low], self.written[high]
        match self._sign(low, high):
            case 1:
                return disjunction([no, conjunction([fact, yes])])
            case -1:
                return disjunction([yes, conjunction([negation(fact), no])])
        self.consensus += NEVER not in {low, high}
        sides = [conjunction([fact, yes]), conjunction([negation(fact), no])]
        return disjunction([*sides, conjunction([no, yes])])


def gap(formula: Formula) -> Mapping[str, Truth] | None:
    """Find findings under which Kleene's tables leave open what is settled.

    None if there are no such findings: then the formula is exact as it stands.

    >>> from asylon.logic.reading import read
    >>> gap(read("a and b or not a and c"))
    {'b': <Truth.TRUE: 'true'>, 'c': <Truth.TRUE: 'true'>}
    >>> gap(read("a and (b or not c)"))
    """
    if not mixed_facts(formula):
        return None
    diagram = Diagram.of(formula)
    rails = _Rails(diagram)
    for outcome in (TRUE, FALSE):
        missed = rails.both(
            rails.agreed(outcome), rails.deny(rails.kleene(formula, outcome))
        )
        rails.root = rails.both(missed, rails.possible())
        if rails.root != NEVER:
            return rails.findings()
    return None


class _Rails(Diagram):
    """Truths as two facts each: found to hold, found not to hold; open is neither."""

    def __init__(self, asked: Diagram) -> None:
        super().__init__(rail for name in asked.names for rail in (name, f"not {name}"))
        self.asked = asked
        self.level = {name: 2 * at for at, name in enumerate(asked.names)}

    def found(self, name: str, truth: Truth) -> Node:
        return self.decision(self.level[name] + (truth is FALSE), NEVER, ALWAYS)

    def possible(self) -> Node:
        """Where nothing is found both to hold and not to hold."""
        node = ALWAYS
        for name in reversed(self.asked.names):
            clash = self.both(self.found(name, TRUE), self.found(name, FALSE))
            node = self.both(self.deny(clash), node)
        return node

    def agreed(self, outcome: Truth) -> Node:
        """Where every completion has the outcome."""
        done = {ALWAYS: ALWAYS, NEVER: NEVER} if outcome is TRUE else {}
        done = done or {ALWAYS: NEVER, NEVER: ALWAYS}
        for node in self.asked.reached():
            level, low, high = self.asked.nodes[node]
            name = self.asked.names[level]
            either_way = self.both(done[low], done[high])
            if_no = self.choice(self.found(name, FALSE), done[low], either_way)
            done[node] = self.choice(self.found(name, TRUE), done[high], if_no)
        return done[self.asked.root]

    def kleene(self, formula: Formula, outcome: Truth) -> Node:
        """Where Kleene's tables give the outcome."""
        match formula:
            case Fact(name):
                return self.found(name, outcome)
            case Constant(truth):
                return ALWAYS if truth is outcome else NEVER
            case Named(_, body):
                return self.kleene(body, outcome)
            case Not(part):
                return self.kleene(part, outcome.opposite)
            case All(parts):
                needed = len(parts) if outcome is TRUE else 1
            case Either(parts):
                needed = 1 if outcome is TRUE else len(parts)
            case AtLeast(count, parts):
                needed = count if outcome is TRUE else len(parts) - count + 1
            case _:
                message = f"Not a ground formula: {formula}"
                raise TypeError(message)
        return self.counted(needed, [self.kleene(part, outcome) for part in parts])

    def findings(self) -> dict[str, Truth]:
        """Read an example off the rails."""
        chosen = self.example()
        return {
            name: truth
            for name in self.asked.names
            for rail, truth in ((name, TRUE), (f"not {name}", FALSE))
            if chosen.get(rail) is TRUE
        }


def gap_in(form: Compiled) -> Mapping[str, Truth] | None:
    """Find findings on which a compiled form is not exact after all; none is hoped for.

    Each part is looked at alone: what it names stands apart, and so may be anything.
    """
    shared: dict[str, Formula] = {}
    for step in form.steps:
        formula = replace(step.formula, shared)
        if "@" in step.name:
            shared[step.name] = formula
        elif (found := gap(formula)) is not None:
            return found
    return None
