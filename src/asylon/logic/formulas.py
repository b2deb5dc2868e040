"""What a formula is: facts joined by and, or, not, counting and quantifiers.

A formula says how the answers to questions compose. It is a value: two formulas that
say the same in the same way are equal. A *ground* formula has neither settings nor
quantifiers left (see `grounding`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from asylon.logic.truth import FALSE, TRUE, Truth


@dataclass(frozen=True, slots=True)
class Fact:
    """A question whose answer is found, not derived.

    `of` is the kind of list member it is asked about ("country"); none if it is
    asked once.
    """

    name: str
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Constant:
    """A truth that no finding can change."""

    truth: Truth


@dataclass(frozen=True, slots=True)
class Not:
    """The denial of a formula."""

    part: Formula


@dataclass(frozen=True, slots=True)
class All:
    """Formulas that must all hold."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Formulas of which one is enough."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Formulas of which so many are needed."""

    count: int
    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """Whether a parameter has a value in the set that applies."""

    parameter: str
    value: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Whether the list member asked about is a certain one: `country is PRK`."""

    of: str
    name: str


@dataclass(frozen=True, slots=True)
class Quantified:
    """A formula asked of the entries of a list that belong to it.

    `of` is the kind of member, `within` the kind whose members each keep such a
    list, and `belongs` says which entries count. They are known once the law has
    resolved the list's name.
    """

    kind: Literal["every", "some"]
    over: str
    body: Formula
    of: str = ""
    within: str | None = None
    belongs: Formula = field(default=Constant(TRUE))


@dataclass(frozen=True, slots=True)
class Named:
    """A formula that has a name of its own, so that reasons can speak of it."""

    name: str
    body: Formula
    of: str | None = None


Formula: TypeAlias = (
    Fact | Constant | Not | All | Any | AtLeast | Setting | Entry | Quantified | Named
)


def children(formula: Formula) -> tuple[Formula, ...]:
    """List the formulas a formula is made of directly."""
    match formula:
        case All(parts) | Any(parts) | AtLeast(_, parts):
            return parts
        case Not(part):
            return (part,)
        case Quantified():
            return (formula.belongs, formula.body)
        case Named():
            return (formula.body,)
        case _:
            return ()


def walk(formula: Formula) -> Iterator[Formula]:
    """Go through a formula and everything in it, outermost first."""
    ahead = [formula]
    while ahead:
        part = ahead.pop()
        yield part
        ahead += reversed(children(part))


def rebuild(formula: Formula, change: Callable[[Formula], Formula]) -> Formula:
    """Make the same formula with each direct part changed."""
    match formula:
        case All(parts):
            return conjunction([change(part) for part in parts])
        case Any(parts):
            return disjunction([change(part) for part in parts])
        case AtLeast(count, parts):
            return counted(count, [change(part) for part in parts])
        case Not(part):
            return negation(change(part))
        case Quantified():
            return Quantified(
                formula.kind,
                formula.over,
                change(formula.body),
                formula.of,
                formula.within,
                change(formula.belongs),
            )
        case Named():
            return named(formula.name, change(formula.body), formula.of)
        case _:
            return formula


def replace(formula: Formula, by: Mapping[str, Formula]) -> Formula:
    """Put formulas in the place of facts and named formulas, folding what that settles.

    >>> replace(All((Fact("a"), Fact("b"))), {"a": Constant(TRUE)})
    Fact(name='b', of=None)
    """
    if isinstance(formula, Fact | Named) and formula.name in by:
        return by[formula.name]
    return rebuild(formula, lambda part: replace(part, by))


def negation(part: Formula) -> Formula:
    """Deny a formula, folding constants and double denials."""
    match part:
        case Constant(truth):
            return Constant(truth.opposite)
        case Not(inner):
            return inner
        case _:
            return Not(part)


def conjunction(parts: list[Formula]) -> Formula:
    """Join what must all hold, dropping what is settled.

    >>> conjunction([Fact("a"), Constant(TRUE)])
    Fact(name='a', of=None)
    """
    return _joined(All, parts, neutral=TRUE)


def disjunction(parts: list[Formula]) -> Formula:
    """Join alternatives, dropping those that are settled."""
    return _joined(Any, parts, neutral=FALSE)


def _joined(
    join: type[All] | type[Any], parts: list[Formula], *, neutral: Truth
) -> Formula:
    decisive = Constant(neutral.opposite)
    if decisive in parts:
        return decisive
    kept = tuple(dict.fromkeys(part for part in parts if part != Constant(neutral)))
    if len(kept) > 1:
        return join(kept)
    return kept[0] if kept else Constant(neutral)


def counted(count: int, parts: list[Formula]) -> Formula:
    """Need so many of the parts, dropping those that are settled."""
    count -= parts.count(Constant(TRUE))
    left = tuple(part for part in parts if not isinstance(part, Constant))
    if count <= 0:
        return Constant(TRUE)
    if count > len(left):
        return Constant(FALSE)
    if count == len(left):
        return conjunction(list(left))
    return disjunction(list(left)) if count == 1 else AtLeast(count, left)


def named(name: str, body: Formula, of: str | None = None) -> Formula:
    """Give a formula a name, unless nothing is left of it to explain."""
    return body if isinstance(body, Constant) else Named(name, body, of)
