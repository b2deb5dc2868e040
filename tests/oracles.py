"""Independent judges of what a formula comes to.

None of them knows Kleene's tables or the diagrams of the library. `World` reads a
formula with plain yes and no, list by list; `Completions` goes through every
completion one by one; `Judge` and `Proof` ask the decision diagrams of another library.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TypeAlias

from dd.autoref import BDD, Function

from asylon.logic.exactness import Step
from asylon.logic.formulas import (
    All,
    Any,
    AtLeast,
    Constant,
    Fact,
    Formula,
    Named,
    Not,
    Quantified,
    Setting,
)
from asylon.logic.grounding import Shape
from asylon.logic.modules import facts
from asylon.logic.truth import BY_RANK, FALSE, TRUE, UNKNOWN, Truth

Known: TypeAlias = Mapping[str, Truth]
Places: TypeAlias = Mapping[str, tuple[str, Shape]]


@dataclass(frozen=True)
class World:
    """A claim of which everything is known: each fact holds or does not."""

    answers: Mapping[str, bool]
    settings: Mapping[str, str] = field(default_factory=dict)
    shape: Shape = field(default_factory=Shape)

    def holds(self, formula: Formula, places: Places | None = None) -> bool:
        """Say whether a formula holds; `places` are the entries it is asked of."""
        inside = places or {}
        match formula:
            case Fact(name, of):
                return self.answers[f"{inside[of][0]}.{name}" if of else name]
            case Constant(truth):
                return truth is TRUE
            case Setting(parameter, value):
                return self.settings[parameter] == value
            case Not(part):
                return not self.holds(part, inside)
            case Named(_, body):
                return self.holds(body, inside)
            case All(parts):
                return all(self.holds(part, inside) for part in parts)
            case Any(parts):
                return any(self.holds(part, inside) for part in parts)
            case AtLeast(count, parts):
                return sum(self.holds(part, inside) for part in parts) >= count
            case Quantified(kind=kind, body=body):
                entries = self._members(formula, inside)
                found = [self.holds(body, entry) for entry in entries]
                return all(found) if kind == "every" else any(found)

    def _members(self, formula: Quantified, inside: Places) -> Iterator[Places]:
        """Go through the entries that belong to a list."""
        owner, shape = inside[formula.within] if formula.within else ("", self.shape)
        path = f"{owner}.{formula.over}".lstrip(".")
        for name, inner in shape.entries(formula.over).members:
            entry = {**inside, formula.of: (f"{path}.{name}", inner)}
            if self.holds(formula.belongs, entry):
                yield entry


def worlds(names: Sequence[str]) -> Iterator[dict[str, bool]]:
    """Go through every way in which facts can turn out."""
    for answers in product((False, True), repeat=len(names)):
        yield dict(zip(names, answers, strict=True))


def every_findings(names: Sequence[str]) -> Iterator[dict[str, Truth]]:
    """Go through every way in which facts can be found, or left open."""
    for truths in product(BY_RANK, repeat=len(names)):
        yield dict(zip(names, truths, strict=True))


def agreed(outcomes: Iterable[bool]) -> Truth:
    """Give what all outcomes agree on, unknown if they do not."""
    seen = set(outcomes)
    if len(seen) > 1:
        return UNKNOWN
    return TRUE if seen.pop() else FALSE


class Completions:
    """Every completion of a ground formula with few facts.

    Sets of completions are kept as the bits of one number, so that a test can ask
    about thousands of findings.
    """

    def __init__(self, formula: Formula) -> None:
        self.names = facts(formula)
        every = list(worlds(self.names))
        self._all = (1 << len(every)) - 1
        self._holds = _bits(World(answers).holds(formula) for answers in every)
        self._with = {name: _bits(each[name] for each in every) for name in self.names}

    def value(self, known: Known) -> Truth:
        """Give what all completions of the findings agree on."""
        left = self._completing(known)
        holding = left & self._holds
        if holding in {0, left}:
            return TRUE if holding else FALSE
        return UNKNOWN

    def turn_on(self, known: Known) -> set[str]:
        """Name the open facts on which the outcome turns in some completion."""
        open_ = (name for name in self.names if not _is_settled(known, name))
        return {name for name in open_ if self._turns_on(name, known)}

    def _turns_on(self, name: str, known: Known) -> bool:
        """Whether two completions that differ in this fact alone differ in outcome."""
        left = self._completing(known)
        step = len(self.names) - 1 - self.names.index(name)
        with_it, without = left & self._with[name], left & ~self._with[name]
        shift = 1 << step
        return (with_it & self._holds) >> shift != without & self._holds

    def _completing(self, known: Known) -> int:
        left = self._all
        for name in self.names:
            if _is_settled(known, name):
                holds = known[name] is TRUE
                left &= self._with[name] if holds else ~self._with[name]
        return left


def _bits(answers: Iterable[bool]) -> int:
    return sum(answer << place for place, answer in enumerate(answers))


def _is_settled(known: Known, name: str) -> bool:
    return known.get(name, UNKNOWN) is not UNKNOWN


class Judge:
    """A ground formula as a decision diagram of another library."""

    def __init__(self, formula: Formula) -> None:
        self._bdd = BDD()
        self._bdd.declare(*_by_entry(facts(formula)))
        self.root = _built(formula, self._bdd)

    def value(self, known: Known) -> Truth:
        """Give what all completions of the findings agree on."""
        left = self._left(known)
        if left == self._bdd.true:
            return TRUE
        return FALSE if left == self._bdd.false else UNKNOWN

    def turn_on(self, known: Known) -> set[str]:
        """Name the open facts on which the outcome turns in some completion."""
        return set(self._bdd.support(self._left(known)))

    def _left(self, known: Known) -> Function:
        asked = self._bdd.vars
        settled = {
            name: truth is TRUE
            for name, truth in known.items()
            if name in asked and truth is not UNKNOWN
        }
        return self._bdd.let(settled, self.root)


def agree_on_what_they_share(one: Formula, other: Formula) -> bool:
    """Whether two formulas settle alike, with all that only one of them asks open."""
    names = facts(one), facts(other)
    bdd = BDD()
    bdd.declare(*_by_entry(list(dict.fromkeys(names[0] + names[1]))))
    roots = _built(one, bdd), _built(other, bdd)
    alone = set(names[0]) - set(names[1]), set(names[1]) - set(names[0])
    yes = [bdd.forall(own, root) for own, root in zip(alone, roots, strict=True)]
    no = [bdd.forall(own, ~root) for own, root in zip(alone, roots, strict=True)]
    return bool(yes[0] == yes[1] and no[0] == no[1])


class Proof:
    """Kleene's tables and all completions, compared on all findings at once.

    Each fact becomes three: whether it holds, whether it was found to hold, and
    whether it was found not to hold.
    """

    def __init__(self, formula: Formula) -> None:
        names = _by_entry(facts(formula))
        self._bdd = BDD()
        for name in names:
            self._bdd.declare(name, _found(name, TRUE), _found(name, FALSE))
        self._names = names
        self._possible = self._bdd.true
        fits = self._bdd.true
        for name in reversed(names):
            holds, yes, no = self._bdd.var(name), *self._rails(name)
            self._possible = self._possible & ~(yes & no)
            fits = fits & (~yes | holds) & (~no | ~holds)
        root = _built(formula, self._bdd)
        self._settled = (
            self._bdd.forall(names, ~fits | root),
            self._bdd.forall(names, ~fits | ~root),
        )

    def is_exact(self, steps: Sequence[Step]) -> bool:
        """Whether Kleene's tables settle just what all completions agree on."""
        made: dict[str, tuple[Function, Function]] = {}
        for step in steps:
            made[step.name] = self._kleene(step.formula, made)
        pairs = zip(made[steps[-1].name], self._settled, strict=True)
        return all(
            found & self._possible == agreed_on & self._possible
            for found, agreed_on in pairs
        )

    def _rails(self, name: str) -> tuple[Function, Function]:
        return self._bdd.var(_found(name, TRUE)), self._bdd.var(_found(name, FALSE))

    def _kleene(
        self, formula: Formula, made: Mapping[str, tuple[Function, Function]]
    ) -> tuple[Function, Function]:
        """Where the tables say yes, and where they say no."""
        match formula:
            case Fact(name):
                return made[name] if name in made else self._rails(name)
            case Constant(truth):
                constant = self._bdd.true, self._bdd.false
                return constant if truth is TRUE else constant[::-1]
            case Named(_, body):
                return self._kleene(body, made)
            case Not(part):
                return self._kleene(part, made)[::-1]
        needed, parts = _needed(formula)
        both = [self._kleene(part, made) for part in parts]
        enough = len(parts) - needed + 1
        return (
            _at_least(needed, [yes for yes, _ in both], self._bdd),
            _at_least(enough, [no for _, no in both], self._bdd),
        )


def _found(name: str, truth: Truth) -> str:
    return f"{name} found {truth.value}"


def _by_entry(names: Sequence[str]) -> list[str]:
    """Let facts about one entry follow one another, which keeps diagrams small."""
    entry = {name: name.split(".")[:2] if "." in name else [] for name in names}
    order = [entry[name] for name in names]
    return sorted(names, key=lambda name: order.index(entry[name]))


def _built(formula: Formula, bdd: BDD) -> Function:
    match formula:
        case Fact(name):
            return bdd.var(name)
        case Constant(truth):
            return bdd.true if truth is TRUE else bdd.false
        case Named(_, body):
            return _built(body, bdd)
        case Not(part):
            return ~_built(part, bdd)
    needed, parts = _needed(formula)
    return _at_least(needed, [_built(part, bdd) for part in parts], bdd)


def _needed(formula: Formula) -> tuple[int, tuple[Formula, ...]]:
    """Say how many of its parts a formula needs."""
    match formula:
        case All(parts):
            return len(parts), parts
        case Any(parts):
            return 1, parts
        case AtLeast(count, parts):
            return count, parts
    message = f"not ground: {formula}"
    raise TypeError(message)


def _at_least(count: int, parts: Sequence[Function], bdd: BDD) -> Function:
    """Give where so many of the parts hold."""
    so_many = [bdd.true] + [bdd.false] * count
    for part in reversed(parts):
        for wanted in range(count, 0, -1):
            so_many[wanted] = so_many[wanted] | part & so_many[wanted - 1]
    return so_many[count]
