"""The task that every peer is given, and the report that it hands back.

The definition comes as steps, one for each named part of the law, so that a peer's own
trace speaks of the same parts. A formula is a plain tree: `["fact", id]`,
`["step", id]`, `["constant", rank]`, `["not", tree]`, `["all", [trees]]`,
`["any", [trees]]` or `["at_least", count, [trees]]`. Truths are ranks: 0 not
established, 1 open, 2 established.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from time import perf_counter
from typing import Any, TypeAlias

Tree: TypeAlias = list[Any]

OPEN = 1
FAILED = 3
"""Stands among the answers for a claim that raised an error."""


@dataclass(frozen=True)
class Step:
    """A named part of the definition; the last step is the outcome."""

    id: str
    formula: Tree


@dataclass(frozen=True)
class Problem:
    """What a peer is asked.

    Attributes:
        facts: their identifiers, in the order of the ranks of a claim.
        steps: each refers only to facts and to earlier steps.
        claims: the caseload, one byte a fact.
        whole: claims without an open fact, of which facts are dropped in turn.
        one: how many claims are asked one by one.
        rounds: how often each measurement is repeated.
        folder: where `claims.csv` and `whole.csv` hold the same claims as tables.
    """

    facts: list[str]
    steps: list[Step]
    claims: list[bytes]
    whole: list[bytes]
    one: int
    rounds: int
    folder: str = ""

    def drops(self) -> Iterator[tuple[bytes, int]]:
        """Go through each whole claim and each fact to be dropped from it."""
        for claim in self.whole:
            for place in range(len(self.facts)):
                yield claim, place

    def known(self, claim: bytes, *, dropped: int = -1) -> dict[str, int]:
        """Give the ranks of the facts of a claim that are not open."""
        return {
            fact: rank
            for place, (fact, rank) in enumerate(zip(self.facts, claim, strict=True))
            if rank != OPEN and place != dropped
        }


@dataclass
class Run:
    """One way of asking a peer: how long it took, and what it answered.

    Attributes:
        how: in a few words.
        gives: what comes with the answer.
        answers: one digit a claim.
        seconds: of each repetition, or of each call where claims are asked one by one.
        load: seconds spent before the first answer could be asked for.
    """

    how: str
    answers: str
    gives: str = ""
    seconds: list[float] = field(default_factory=list)
    load: float = 0.0


@dataclass
class Report:
    """What a peer measured of itself; the asker checks every answer."""

    peer: str
    version: str
    bulk: list[Run] = field(default_factory=list)
    one: list[Run] = field(default_factory=list)
    drops: list[Run] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> Report:
        """Read a report that a peer printed."""
        data = json.loads(text)
        for key in ("bulk", "one", "drops"):
            data[key] = [Run(**run) for run in data[key]]
        return cls(**data)

    def print(self) -> None:
        """Print the report as one JSON object."""
        print(json.dumps(asdict(self)))


def write_problem(problem: Problem, folder: Path) -> None:
    """Put a problem in a folder for a peer to read."""
    data = asdict(problem)
    del data["folder"]
    for name in ("claims", "whole"):
        (folder / f"{name}.bin").write_bytes(b"".join(data.pop(name)))
    (folder / "problem.json").write_text(json.dumps(data))


def read_problem() -> Problem:
    """Read the problem in the folder named on the command line."""
    folder = Path(sys.argv[1])
    data = json.loads((folder / "problem.json").read_text())
    width = len(data["facts"])
    for name in ("claims", "whole"):
        ranks = (folder / f"{name}.bin").read_bytes()
        data[name] = [ranks[at : at + width] for at in range(0, len(ranks), width)]
    data["folder"] = str(folder)
    data["steps"] = [Step(**step) for step in data["steps"]]
    return Problem(**data)


@dataclass(frozen=True)
class Words:
    """How a peer's language says what a tree says."""

    fact: Callable[[str], str]
    step: Callable[[str], str]
    deny: Callable[[str], str]
    join: Callable[[list[str]], str]
    choose: Callable[[list[str]], str]
    constants: tuple[str, str, str] = ("0", "1", "2")

    def write(self, tree: Tree) -> str:
        """Write a tree in the peer's language."""
        match tree:
            case ["fact" | "step" as kind, name]:
                return self.fact(name) if kind == "fact" else self.step(name)
            case ["constant", rank]:
                return self.constants[rank]
            case ["not", part]:
                return self.deny(self.write(part))
            case ["all", parts]:
                return self.join([self.write(part) for part in parts])
            case ["any", parts]:
                return self.choose([self.write(part) for part in parts])
            case ["at_least", count, parts]:
                return self.write(_spelled_out(count, parts))
        message = f"Not a tree: {tree}"
        raise ValueError(message)


def inlined(problem: Problem, words: Words) -> str:
    """Write the whole definition as one expression, with every step spelled out."""
    texts: dict[str, str] = {}
    spelled = replace(words, step=texts.__getitem__)
    for step in problem.steps:
        texts[step.id] = spelled.write(step.formula)
    return texts[problem.steps[-1].id]


def _spelled_out(count: int, parts: Sequence[Tree]) -> Tree:
    if count == 1:
        return ["any", list(parts)]
    if count == len(parts):
        return ["all", list(parts)]
    first, *rest = parts
    with_it = ["all", [first, _spelled_out(count - 1, rest)]]
    return ["any", [with_it, _spelled_out(count, rest)]]


def nested(name: str) -> Callable[[list[str]], str]:
    """Join parts by a function of two.

    >>> nested("minimum")(["a", "b", "c"])
    'minimum(minimum(a, b), c)'
    """

    def join(parts: list[str]) -> str:
        text = parts[0]
        for part in parts[1:]:
            text = f"{name}({text}, {part})"
        return text

    return join


def timed(act: Callable[[], object], rounds: int) -> list[float]:
    """Measure an act so many times, after one run that does not count."""
    act()
    seconds: list[float] = []
    for _ in range(rounds):
        began = perf_counter()
        act()
        seconds.append(perf_counter() - began)
    return seconds


def timed_each(
    act: Callable[[bytes], int], claims: Sequence[bytes], rounds: int
) -> tuple[list[float], str]:
    """Measure an act on each claim, after a round that does not count."""
    answers = digits(act(claim) for claim in claims)
    seconds: list[float] = []
    for _ in range(rounds):
        for claim in claims:
            began = perf_counter()
            act(claim)
            seconds.append(perf_counter() - began)
    return seconds, answers


def digits(ranks: Iterable[int]) -> str:
    """Write answers as one digit each."""
    return "".join(map(str, ranks))
