"""zen-engine (GoRules): a decision graph with one node of expressions, in Rust.

Expressions are integers 0/1/2 joined by least and greatest, since the engine's own
`and` raises an error on null. Where facts are dropped its Booleans are shown as well,
and integers whose every use names a default.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.metadata import version
from itertools import pairwise
from time import perf_counter
from typing import Any

import zen

from benchmarks.peers.problem import (
    FAILED,
    OPEN,
    Problem,
    Report,
    Run,
    Words,
    digits,
    inlined,
    read_problem,
    timed,
    timed_each,
)

MOST_IN_BULK = 10_000
ON_NULL = ("null and false", "false and null", "null or true", "not null")


def _list(name: str) -> Callable[[list[str]], str]:
    return lambda parts: f"{name}([{', '.join(parts)}])"


INTEGERS = Words(
    fact=str,
    step=lambda name: f"$.{name}",
    deny=lambda part: f"(2 - {part})",
    join=_list("min"),
    choose=_list("max"),
)
WITH_DEFAULT = Words(
    fact=lambda name: f"({name} ?? {OPEN})",
    step=INTEGERS.step,
    deny=INTEGERS.deny,
    join=INTEGERS.join,
    choose=INTEGERS.choose,
)
BOOLEANS = Words(
    fact=str,
    step=INTEGERS.step,
    deny=lambda part: f"(not {part})",
    join=lambda parts: f"({' and '.join(parts)})",
    choose=lambda parts: f"({' or '.join(parts)})",
    constants=("false", "null", "true"),
)


def graph(problem: Problem, words: Words) -> dict[str, Any]:
    """Write the definition as a decision graph: input, expressions, output."""
    expressions = [
        {"id": step.id, "key": step.id, "value": words.write(step.formula)}
        for step in problem.steps
    ]
    kinds = ("inputNode", "expressionNode", "outputNode")
    nodes: list[dict[str, Any]] = [
        {"id": kind, "name": kind, "type": kind, "position": {"x": 0, "y": 0}}
        for kind in kinds
    ]
    nodes[1]["content"] = {"expressions": expressions}
    edges = [
        {"id": f"to {target}", "sourceId": source, "targetId": target, "type": "edge"}
        for source, target in pairwise(kinds)
    ]
    kind = "application/vnd.gorules.decision"
    return {"contentType": kind, "nodes": nodes, "edges": edges}


class Law:
    """The definition as a decision of the engine."""

    def __init__(self, problem: Problem, words: Words) -> None:
        """Load the decision graph."""
        self.problem, self.outcome = problem, problem.steps[-1].id
        self.graph = graph(problem, words)
        self.decision = zen.ZenEngine().create_decision(json.dumps(self.graph))

    def bulk(self) -> Run:
        """Ask for many claims in one call, without a trace."""
        claims, began = self.problem.claims[:MOST_IN_BULK], perf_counter()
        loader = {"type": "static", "content": {"law": self.graph}}
        engine = zen.ZenEngine({"loader": loader})
        requests = [{"key": "law", "context": self.context(claim)} for claim in claims]
        load = perf_counter() - began
        found = engine.evaluate_batch(requests)
        answers = digits(int(each["data"]["result"][self.outcome]) for each in found)
        seconds = timed(lambda: engine.evaluate_batch(requests), self.problem.rounds)
        return Run("one call for all", answers, "status of every part", seconds, load)

    def one(self, *, trace: bool) -> Run:
        """Ask for one claim at a time."""
        claims = self.problem.claims[: self.problem.one]
        contexts = {claim: self.context(claim) for claim in claims}

        def ask(claim: bytes) -> int:
            found = self.decision.evaluate(contexts[claim], {"trace": trace})
            return int(found["result"][self.outcome])

        seconds, answers = timed_each(ask, claims, self.problem.rounds)
        if trace:
            return Run("with trace", answers, "trace of every part", seconds)
        return Run("without trace", answers, "status of every part", seconds)

    def expression(self) -> Run:
        """Ask for one claim at a time by a compiled expression without a graph."""
        expression = zen.compile_expression(inlined(self.problem, INTEGERS))
        claims = self.problem.claims[: self.problem.one]
        contexts = {claim: self.context(claim) for claim in claims}

        def ask(claim: bytes) -> int:
            return int(expression.evaluate(contexts[claim]))

        seconds, answers = timed_each(ask, claims, self.problem.rounds)
        return Run("compiled expression", answers, "status", seconds)

    def context(self, claim: bytes) -> dict[str, int]:
        """Give a claim as the engine is asked about it."""
        return dict(zip(self.problem.facts, claim, strict=True))

    def drops(self, how: str, *, two_valued: bool = False) -> Run:
        """Drop each fact in turn: it is missing from what the engine is asked about."""
        answers = []
        for claim, place in self.problem.drops():
            known: dict[str, Any] = self.problem.known(claim, dropped=place)
            if two_valued:
                known = {fact: rank == 2 for fact, rank in known.items()}
            answers.append(self._answer(known, two_valued=two_valued))
        return Run(how, digits(answers))

    def _answer(self, known: dict[str, Any], *, two_valued: bool) -> int:
        try:
            value = self.decision.evaluate(known)["result"][self.outcome]
        except RuntimeError:
            return FAILED
        if value is None:
            return OPEN
        return 2 * value if two_valued else int(value)


def on_null() -> dict[str, str]:
    """Say what the engine's own operators make of null."""
    found = {}
    for expression in ON_NULL:
        try:
            found[expression] = str(zen.evaluate_expression(expression, {})).lower()
        except RuntimeError:
            found[expression] = "error"
    return found


def main() -> None:
    """Measure and report."""
    problem = read_problem()
    integers = Law(problem, INTEGERS)
    booleans = Law(problem, BOOLEANS)
    with_default = Law(problem, WITH_DEFAULT)
    Report(
        "zen-engine",
        version("zen-engine"),
        bulk=[integers.bulk()],
        one=[
            integers.one(trace=True),
            integers.one(trace=False),
            integers.expression(),
        ],
        drops=[
            booleans.drops("Booleans (its own `and`, `or`, `not`)", two_valued=True),
            integers.drops("integers 0/1/2"),
            with_default.drops("integers 0/1/2, `?? 1` at every use"),
        ],
        notes=on_null(),
    ).print()


if __name__ == "__main__":
    main()
