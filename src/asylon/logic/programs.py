"""Formulas laid out to be worked out on planes, many claims at once.

On planes (see `planes`) Kleene's tables are AND and OR of whole words, and a denial
exchanges two planes. The exact form of a formula (see `exactness`) gives on every claim
what it gives on that claim alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from asylon.logic.exactness import Compiled
from asylon.logic.formulas import (
    All,
    AtLeast,
    Constant,
    Fact,
    Formula,
    Named,
    Not,
)
from asylon.logic.formulas import Any as Either
from asylon.logic.planes import Columns, Planes, Words
from asylon.logic.truth import FALSE, TRUE

Form: TypeAlias = Formula | Compiled

_Place: TypeAlias = int
_Sides: TypeAlias = tuple[_Place, _Place]
_Join: TypeAlias = Callable[[Any, Any, Any], Any]

_NONE: _Place = 0
_EVERY: _Place = 1


class Program:
    """Formulas laid out as one list of operations on planes.

    What two formulas share is worked out once, and a plane that is no longer needed
    gives its room to a later one.
    """

    def __init__(self, forms: Mapping[str, Form]) -> None:
        """Lay formulas out, each under the name that its answer is to have."""
        layout = _Layout()
        outputs = {name: layout.form(form) for name, form in forms.items()}
        self.names = tuple(dict.fromkeys(name for name, _ in layout.inputs))
        self._inputs = tuple(layout.inputs.items())
        self._first = 2 + len(self._inputs)
        self._code, self._outputs, self._room = layout.allotted(outputs)
        self._kept: list[Words] = []

    def __len__(self) -> int:
        """How many operations on planes there are."""
        return len(self._code)

    def run(self, known: Columns, words: int) -> dict[str, Planes]:
        """Work every formula out on findings.

        The planes given back are overwritten when the program runs again.

        Args:
            known: the findings.
            words: how long the planes are.
        """
        slots = self._slots(known, words)
        for join, one, other, into in self._code:
            join(slots[one], slots[other], slots[into])
        return {
            name: Planes(slots[true], slots[false])
            for name, (true, false) in self._outputs.items()
        }

    def _slots(self, known: Columns, words: int) -> list[Words]:
        if not self._kept or len(self._kept[0]) != words:
            full = np.full(words, ~np.uint64(0))
            room = np.empty((self._room, words), np.uint64)
            self._kept = [np.zeros(words, np.uint64), full, *room]
        none = self._kept[_NONE]
        given = [
            known[name][side] if name in known else none
            for (name, side), _ in self._inputs
        ]
        return [*self._kept[:2], *given, *self._kept[2:]]


class _Layout:
    """Lays formulas out, each distinct operation once, operands before results."""

    def __init__(self) -> None:
        self.inputs: dict[tuple[str, int], _Place] = {}
        self._joins: dict[tuple[_Join, _Place, _Place], _Place] = {}
        self._next = 2

    def form(self, form: Form) -> _Sides:
        if not isinstance(form, Compiled):
            return self._sides(form, {})
        steps: dict[str, _Sides] = {}
        for step in form.steps:
            steps[step.name] = self._sides(step.formula, steps)
        return steps[form.steps[-1].name]

    def _sides(self, formula: Formula, steps: Mapping[str, _Sides]) -> _Sides:
        match formula:
            case Fact(name):
                return steps[name] if name in steps else self._input(name)
            case Constant(truth):
                return int(truth is TRUE), int(truth is FALSE)
            case Named(_, body):
                return self._sides(body, steps)
            case Not(part):
                return self._sides(part, steps)[::-1]
            case All(parts):
                needed = len(parts)
            case Either(parts):
                needed = 1
            case AtLeast(count, parts):
                needed = count
            case _:
                message = f"Not a ground formula: {formula}"
                raise TypeError(message)
        sides = [self._sides(part, steps) for part in parts]
        true = self._counted(needed, [true for true, _ in sides])
        return true, self._counted(
            len(parts) - needed + 1, [false for _, false in sides]
        )

    def _input(self, name: str) -> _Sides:
        for side in (0, 1):
            if (name, side) not in self.inputs:
                self.inputs[name, side] = self._new()
        return self.inputs[name, 0], self.inputs[name, 1]

    def _new(self) -> _Place:
        self._next += 1
        return self._next - 1

    def _counted(self, needed: int, parts: Sequence[_Place]) -> _Place:
        """Find where so many of the planes are set."""
        if needed == 1:
            return self._folded(np.bitwise_or, _NONE, parts)
        if needed == len(parts):
            return self._folded(np.bitwise_and, _EVERY, parts)
        # Of the parts seen so far, where none, at least one, at least two ... are set.
        reached = [_EVERY, *[_NONE] * needed]
        for part in parts:
            for count in range(needed, 0, -1):
                with_it = self._join(np.bitwise_and, reached[count - 1], part)
                reached[count] = self._join(np.bitwise_or, reached[count], with_it)
        return reached[needed]

    def _folded(self, join: _Join, start: _Place, parts: Iterable[_Place]) -> _Place:
        for part in parts:
            start = self._join(join, start, part)
        return start

    def _join(self, join: _Join, one: _Place, other: _Place) -> _Place:
        one, other = sorted((one, other))
        neutral, decisive = (
            (_EVERY, _NONE) if join is np.bitwise_and else (_NONE, _EVERY)
        )
        if one == other or decisive in (one, other):
            return decisive if decisive in (one, other) else one
        if neutral in (one, other):
            return other if one == neutral else one
        key = (join, one, other)
        if key not in self._joins:
            self._joins[key] = self._new()
        return self._joins[key]

    def allotted(
        self, outputs: Mapping[str, _Sides]
    ) -> tuple[list[tuple[_Join, int, int, int]], dict[str, _Sides], int]:
        """Give the operations that are needed, with room allotted to their results."""
        asked = {place for sides in outputs.values() for place in sides}
        needed: list[tuple[_Join, _Place, _Place, _Place]] = []
        for (join, one, other), made in reversed(self._joins.items()):
            if made in asked:
                needed.append((join, one, other, made))
                asked |= {one, other}
        needed.reverse()
        allotment = _Allotment(self.inputs.values(), outputs, needed)
        return allotment.code(), allotment.outputs(), allotment.room


class _Allotment:
    """Decides where each result is kept, and for how long."""

    def __init__(
        self,
        inputs: Iterable[_Place],
        outputs: Mapping[str, _Sides],
        needed: Sequence[tuple[_Join, _Place, _Place, _Place]],
    ) -> None:
        self._outputs, self._needed = outputs, needed
        self._slot: dict[_Place, int] = {_NONE: _NONE, _EVERY: _EVERY}
        for place in inputs:
            self._slot[place] = len(self._slot)
        self._first = len(self._slot)
        self._last: dict[_Place, int] = {}
        for number, (_, one, other, _) in enumerate(needed):
            self._last[one] = self._last[other] = number
        for sides in outputs.values():
            for place in sides:
                self._last.pop(place, None)
        self.room = 0

    def code(self) -> list[tuple[_Join, int, int, int]]:
        free: list[int] = []
        code: list[tuple[_Join, int, int, int]] = []
        for number, (join, one, other, made) in enumerate(self._needed):
            given = self._slot[one], self._slot[other]
            free += [
                self._slot[place]
                for place in (one, other)
                if self._last.get(place) == number and self._slot[place] >= self._first
            ]
            if not free:
                free.append(self._first + self.room)
                self.room += 1
            self._slot[made] = free.pop()
            code.append((join, *given, self._slot[made]))
        return code

    def outputs(self) -> dict[str, _Sides]:
        return {
            name: (self._slot[true], self._slot[false])
            for name, (true, false) in self._outputs.items()
        }
