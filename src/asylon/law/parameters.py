"""Parameters: the points on which courts and states differ, and what each has chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations, product
from typing import NamedTuple

from asylon.law.documents import Document
from asylon.law.provisions import Source
from asylon.logic.truth import FALSE, TRUE, UNKNOWN, Truth


@dataclass(frozen=True)
class ParameterValue:
    """One way to settle a point, with who does so."""

    name: str
    meaning: str
    source: Source


@dataclass(frozen=True)
class Equivalence:
    """Values that the law book declares to come to the same, with its source."""

    values: tuple[str, ...]
    source: Source
    because: str


@dataclass(frozen=True)
class Parameter:
    """A point on which settings differ.

    `plain` is the Convention's plain reading, used where a set says nothing yet.
    `implies` lists pairs: what is established under the first is established under
    the second.
    """

    id: str
    title: str
    plain: str
    plain_because: str
    values: Mapping[str, ParameterValue]
    document: Document
    implies: tuple[tuple[str, str], ...] = ()
    equivalent: tuple[Equivalence, ...] = ()

    @cached_property
    def _stricter(self) -> frozenset[tuple[str, str]]:
        """All pairs in which the first value is at least as strict as the second."""
        pairs = {(value, value) for value in self.values} | set(self.implies)
        for equivalence in self.equivalent:
            pairs |= {
                (one, other)
                for one in equivalence.values
                for other in equivalence.values
            }
        for middle, first, last in product(self.values, repeat=3):
            if {(first, middle), (middle, last)} <= pairs:
                pairs.add((first, last))
        return frozenset(pairs)

    def carries(self, finding: Truth, *, made_under: str, asked_under: str) -> Truth:
        """Say what a finding made under one value is worth under another.

        Met at a stricter standard is met at a laxer one; failed at a laxer one is
        failed at a stricter one; anything else has to be found again.
        """
        if finding is TRUE and (made_under, asked_under) in self._stricter:
            return TRUE
        if finding is FALSE and (asked_under, made_under) in self._stricter:
            return FALSE
        return UNKNOWN

    def are_equivalent(self, one: str, other: str) -> bool:
        """Whether the law book declares two values to come to the same."""
        return one == other or any(
            {one, other} <= set(equivalence.values) for equivalence in self.equivalent
        )

    def different_pairs(self) -> list[tuple[str, str]]:
        """List each pair of values that is not declared equivalent."""
        pairs = combinations(self.values, 2)
        return [pair for pair in pairs if not self.are_equivalent(*pair)]


@dataclass(frozen=True)
class OtherName:
    """What a setting means that a file calls by a name this law book does not use.

    `value` is the value it is about, or none for any. `means` are the settings of this
    law book that then apply; with none, the definition does not turn on the point.
    """

    parameter: str
    value: str | None
    means: Mapping[str, str]
    because: str
    source: Source
    document: Document

    @property
    def id(self) -> str:
        """How a file writes it."""
        return _written(self.parameter, self.value)

    @property
    def meaning(self) -> str:
        """The settings that apply, as a file of this law book would write them."""
        return " and ".join(_written(*each) for each in self.means.items())


def _written(parameter: str, value: str | None) -> str:
    return parameter if value is None else f"{parameter} = {value}"


@dataclass(frozen=True)
class DatedSetting:
    """What a set chooses for a parameter from a day on.

    `by` is "lodged" where the day on which the claim was made governs, else "decided".
    """

    parameter: str
    value: str
    first: date
    source: Source
    by: str = "decided"
    note: str = ""


@dataclass(frozen=True)
class ParameterSet:
    """The settings of one authority, or of the mandate."""

    id: str
    title: str
    kind: str
    jurisdiction: str
    statement: str
    settings: tuple[DatedSetting, ...]
    document: Document

    def of(self, parameter: str) -> list[DatedSetting]:
        """List a parameter's settings, the earliest first."""
        mine = [each for each in self.settings if each.parameter == parameter]
        return sorted(mine, key=lambda each: each.first)


@dataclass(frozen=True)
class Chosen:
    """The value that applies, and who chose it: a set, the plain reading, the file."""

    value: str
    by: str
    setting: DatedSetting | None = None


class Notice(NamedTuple):
    """Something to know about the settings that apply, with a permanent code.

    It is put into words where the reader's language is known.

    Attributes:
        subject: what it is about, where several can be told together.
        points: parameters it is about, each with the first day of its setting.
        other_name: what the law book says of the name a file uses.
    """

    code: str
    set: str
    on: date | None = None
    subject: str = ""
    nearest: str = ""
    points: tuple[tuple[str, date], ...] = ()
    other_name: OtherName | None = None


@dataclass(frozen=True)
class Settings:
    """The values of all parameters for one claim on one day."""

    set: ParameterSet
    on: date
    chosen: Mapping[str, Chosen]
    warnings: tuple[Notice, ...] = ()

    @cached_property
    def values(self) -> dict[str, str]:
        """The value of each parameter."""
        return {name: chosen.value for name, chosen in self.chosen.items()}

    @cached_property
    def key(self) -> tuple[str, ...]:
        """What tells these settings from others."""
        return tuple(self.values.values())
