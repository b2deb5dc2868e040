"""Which functions with checks a test runs, in its own process and in those it starts.

Nobody has to say which tests are near to a check then: those that come past it.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import groupby
from pathlib import Path
from types import FunctionType

from tests.asylon_server.removing.guards import (
    Guard,
    code_of,
    found,
    functions,
    in_place_of,
    source_of,
)

RAN = "ASYLON_RAN"
"""The file in which each process writes what it ran."""

_seen: set[str] = set()
_gates: dict[str, FunctionType] = {}


def ran(name: str) -> None:
    """Note that a function runs."""
    if name not in _seen:
        _seen.add(name)
        with Path(os.environ[RAN]).open("a", encoding="utf-8") as file:
            file.write(f"{name}\n")


@contextmanager
def noted(file: Path) -> Iterator[set[str]]:
    """Give what runs meanwhile, once it is over."""
    _seen.clear()
    file.write_text("", encoding="utf-8")
    told: set[str] = set()
    yield told
    told.update(file.read_text(encoding="utf-8").splitlines())


def marked(name: str, source: str, wanted: Iterable[str]) -> ast.Module:
    """Write a module whose functions say that they run."""
    tree, known = ast.parse(source), set(wanted)
    for function, node in functions(tree):
        if function in known:
            place = f"{name}:{function}"
            words = f"from {__name__} import ran as _ran\n_ran({place!r})"
            # After what a docstring says, which is read by those who ask for help.
            at = 1 if ast.get_docstring(node) is not None else 0
            node.body[at:at] = ast.parse(words).body
    return ast.fix_missing_locations(tree)


def mark(guards: Iterable[Guard]) -> None:
    """Let every function with a check say that it runs, in this process."""
    for name, each in groupby(guards, key=lambda e: e.module):
        of_module = list(each)
        gates = [(e.place, gate) for e in of_module if (gate := e.gate()) is not None]
        wanted = {e.function for e in of_module if not e.is_of_an_address}
        made = compile(marked(name, source_of(name), wanted), "made", "exec")
        # All are found first: what makes others is known by its code as it was.
        module = import_module(name)
        told = [each for function in sorted(wanted) for each in found(module, function)]
        for one, function in told:
            one.__code__ = code_of(made, function)
        for place, gate in gates:
            _mark_gate(place, gate)


def _mark_gate(place: str, gate: FunctionType) -> None:
    true = FunctionType(gate.__code__, gate.__globals__, closure=gate.__closure__)
    true.__kwdefaults__ = gate.__kwdefaults__
    _gates[place] = true
    words = f"from {__name__} import through as _through"
    answer = f"return _through({place!r})(*args, **named)"
    gate.__code__ = in_place_of(gate, (words, answer))


def through(place: str) -> FunctionType:
    """Note that somebody comes to a gate, and give it as it was."""
    ran(place)
    return _gates[place]
