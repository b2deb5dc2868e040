"""Spelling a formula out for one claim: settings decided, lists gone through.

A law of one country asks about that country's entry alone (`country is PRK`); of every
other entry it says no, so that nobody is asked for what could not matter. An entry
with a number for a name, as in a table for many claims, may be anyone: who it is is
then a fact of its own, `nationalities.1.country_is_PRK`.

A quantifier becomes a conjunction or disjunction over the entries of the claim's
list. A list that is not known to be complete has one more entry, written `?`, of
which nothing is known: so "for all" is never true and "none" never true while someone
could still be missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from asylon.logic.formulas import (
    Constant,
    Entry,
    Fact,
    Formula,
    Named,
    Quantified,
    Setting,
    conjunction,
    disjunction,
    named,
    negation,
    rebuild,
)
from asylon.logic.truth import FALSE, TRUE

MISSING = "?"
"""The name of the entry that stands for whoever is not on a list yet."""


@dataclass(frozen=True, slots=True)
class Entries:
    """What a list holds: its entries by name, each with lists of its own.

    `may_grow` is true while the list is not known to be complete.
    """

    members: tuple[tuple[str, Shape], ...] = ()
    may_grow: bool = True


@dataclass(frozen=True, slots=True)
class Shape:
    """Which lists a claim (or an entry) has, and which entries are on them."""

    lists: tuple[tuple[str, Entries], ...] = ()

    def entries(self, name: str) -> Entries:
        """Get a list; one that nobody recorded is empty and may grow."""
        return dict(self.lists).get(name, Entries())


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where in the claim a formula is asked: the path to, and shape of, each member."""

    shape: Shape
    paths: Mapping[str, tuple[str, Shape]] = field(default_factory=dict)
    whole: bool = False

    def path(self, kind: str | None) -> str:
        return "" if kind is None else self.paths[kind][0] + "."

    def enter(self, kind: str, path: str, shape: Shape) -> _Scope:
        return _Scope(self.shape, {**self.paths, kind: (path, shape)}, self.whole)


def ground(
    formula: Formula,
    settings: Mapping[str, str],
    shape: Shape | None = None,
    *,
    whole: bool = False,
) -> Formula:
    """Decide the settings and go through the lists of a formula.

    Args:
        formula: with every list resolved.
        settings: the value of each parameter the formula tests.
        shape: the lists of the claim; none recorded if left out.
        whole: keep the name of a formula that the settings decide, so that two
            choices of settings can be compared part by part.
    """
    return _ground(formula, settings, _Scope(shape or Shape(), whole=whole))


def _ground(formula: Formula, settings: Mapping[str, str], scope: _Scope) -> Formula:
    match formula:
        case Fact(name, of):
            return Fact(scope.path(of) + name)
        case Setting(parameter, value):
            return Constant(TRUE if settings[parameter] == value else FALSE)
        case Entry(of, name):
            here = scope.paths[of][0].rpartition(".")[2]
            if here.isdecimal():
                return Fact(f"{scope.path(of)}{of}_is_{name}")
            return Constant(TRUE if here == name else FALSE)
        case Named(name, body, of):
            label = scope.path(of) + name
            inner = _ground(body, settings, scope)
            return Named(label, inner) if scope.whole else named(label, inner)
        case Quantified():
            return _ground_list(formula, settings, scope)
        case _:
            return rebuild(formula, lambda part: _ground(part, settings, scope))


def _ground_list(
    formula: Quantified, settings: Mapping[str, str], scope: _Scope
) -> Formula:
    shape = scope.paths[formula.within][1] if formula.within else scope.shape
    path = scope.path(formula.within) + formula.over
    entries = shape.entries(formula.over)
    members = [*entries.members, *([(MISSING, Shape())] if entries.may_grow else [])]
    parts: list[Formula] = []
    for name, inner in members:
        here = f"{path}.{name}"
        within = scope.enter(formula.of, here, inner)
        belongs = (
            Fact(here)
            if name == MISSING
            else _ground(formula.belongs, settings, within)
        )
        body = _ground(formula.body, settings, within)
        if formula.kind == "some":
            parts.append(conjunction([belongs, body]))
        else:
            parts.append(disjunction([negation(belongs), body]))
    return conjunction(parts) if formula.kind == "every" else disjunction(parts)
