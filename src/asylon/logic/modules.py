"""Parts of a formula that stand apart: no fact in one of them occurs outside it.

What stands apart can be worked out on its own and then be taken for a single fact, so
that a claim with many countries stays as quick as a claim with one. Only what needs it
is split off: parts that are repeated, or that repeat a fact within.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from asylon.logic.formulas import (
    AtLeast,
    Constant,
    Fact,
    Formula,
    Named,
    Not,
    children,
    rebuild,
    walk,
)

Signs: TypeAlias = tuple[frozenset[str], frozenset[str]]
"""The facts that help a formula to hold once established, and those that harm it."""


@dataclass(frozen=True, eq=False)
class Module:
    """A formula with the parts that stand apart taken out.

    `outline` names each part where it stood, as if it were a fact; `parts` holds the
    parts by those names.
    """

    name: str
    outline: Formula
    parts: Mapping[str, Module]

    def __iter__(self) -> Iterator[Module]:
        """Go through the parts and what they hold, and this module last."""
        for part in self.parts.values():
            yield from part
        yield self


def facts(formula: Formula) -> tuple[str, ...]:
    """List the facts of a formula in the order in which it names them."""
    names = (part.name for part in walk(formula) if isinstance(part, Fact))
    return tuple(dict.fromkeys(names))


def mixed_facts(formula: Formula) -> tuple[str, ...]:
    """List the facts that help in one place and harm in another.

    Without any, Kleene's value is exact: turning every open fact for the better, or
    every one for the worse, is a completion.

    >>> from asylon.logic.reading import read
    >>> mixed_facts(read("a or not (a and b)"))
    ('a',)
    """
    helping, harming = signs(formula)
    return tuple(name for name in facts(formula) if name in helping & harming)


def signs(formula: Formula) -> Signs:
    """Tell which facts help a formula to hold, and which harm it, once established."""
    found: dict[bool, set[str]] = {True: set(), False: set()}
    ahead = [(formula, True)]
    while ahead:
        part, helps = ahead.pop()
        if isinstance(part, Fact):
            found[helps].add(part.name)
        helps ^= isinstance(part, Not)
        ahead += [(child, helps) for child in children(part)]
    return frozenset(found[True]), frozenset(found[False])


def modules(formula: Formula, name: str = "outcome", *, fine: bool = False) -> Module:
    """Split a ground formula into what stands apart.

    Args:
        formula: what to split.
        name: what to call it; parts without a name of their own are numbered.
        fine: split off whatever can be, so that every outline is short.

    >>> from asylon.logic.reading import read, write
    >>> whole = modules(read("(a or b) and c or not (a or b) and d"))
    >>> write(whole.outline), [write(part.outline) for part in whole.parts.values()]
    ('(outcome.1 and c) or (not outcome.1 and d)', ['a or b'])
    """
    while isinstance(formula, Named):
        formula = formula.body
    whole = _Whole(formula)
    parts: dict[str, Module] = {}
    names: dict[int, str] = {}

    def outlined(part: Formula) -> Formula:
        place = whole.place(part)
        if place not in names:
            if part is formula or not whole.holds_apart(part, fine=fine):
                return rebuild(part, outlined)
            names[place] = _name(part, f"{name}.{len(parts) + 1}")
            parts[names[place]] = modules(part, names[place], fine=fine)
        return Fact(names[place])

    return Module(name, outlined(formula), parts)


class _Whole:
    """Knows of every distinct part of a formula how often it, and its facts, occur."""

    def __init__(self, formula: Formula) -> None:
        self._places: dict[tuple[object, ...], int] = {}
        self._place_of: dict[int, int] = {}
        self._facts: list[Counter[str]] = []
        self._copies: Counter[int] = Counter()
        self._total = self._facts[self._put(formula)]

    def _put(self, part: Formula) -> int:
        below = tuple([self._put(child) for child in children(part)])
        key = (type(part), _label(part), below)
        place = self._places.setdefault(key, len(self._facts))
        if place == len(self._facts):
            within = Counter([part.name] if isinstance(part, Fact) else ())
            for child in below:
                within.update(self._facts[child])
            self._facts.append(within)
        self._copies[place] += 1
        self._place_of[id(part)] = place
        return place

    def place(self, part: Formula) -> int:
        """Give the number of a part; parts that say the same have the same."""
        return self._place_of[id(part)]

    def holds_apart(self, part: Formula, *, fine: bool) -> bool:
        """Whether a part shares no fact with the rest, and is worth splitting off."""
        if isinstance(part, Fact | Constant):
            return False
        place = self.place(part)
        own, copies = self._facts[place], self._copies[place]
        if copies == 1 and not (fine and max(self._total.values()) > 1):
            return False
        return all(self._total[name] == count * copies for name, count in own.items())


def _label(part: Formula) -> object:
    match part:
        case Fact(name) | Named(name):
            return name
        case Constant(truth):
            return truth
        case AtLeast(count):
            return count
    return None


def _name(part: Formula, otherwise: str) -> str:
    """Name a part: by its own name, or by the entry of a list that it is about."""
    if isinstance(part, Named):
        return part.name
    owners = {tuple(name.split(".")[:-1]) for name in facts(part)}
    owner = ".".join(owners.pop()) if len(owners) == 1 else ""
    return f"{owner}.{otherwise}" if owner else otherwise


def by_owner(names: Iterable[str]) -> tuple[str, ...]:
    """Order facts so that those about one entry of a list stand together.

    A diagram that asks about one country after another stays small.

    >>> by_owner(["x", "list.A.p", "list.B.p", "list.A.q"])
    ('x', 'list.A.p', 'list.A.q', 'list.B.p')
    """
    groups: dict[tuple[str, ...], list[str]] = {}
    for name in names:
        path = tuple(name.split(".")[:2]) if "." in name else ()
        groups.setdefault(path, []).append(name)
    return tuple(name for group in groups.values() for name in group)
