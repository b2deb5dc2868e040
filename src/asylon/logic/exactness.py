"""Making a formula exact, so that every engine finds what all completions agree on.

Kleene's tables never settle an outcome wrongly, but they can leave one open that is in
fact settled: in `(a and b) or (not a and c)` with b and c true, a does not matter. That
happens only through facts that help in one place and harm in another. The exact form
adds, for such facts, the terms in which they have been left out (Quine's consensus).
It exists only in compiled law: the shown law and its reasons stay as written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, combinations, product

from asylon.logic.diagrams import Diagram
from asylon.logic.formulas import (
    All,
    Any,
    AtLeast,
    Constant,
    Fact,
    Formula,
    Named,
    Not,
    children,
    conjunction,
    disjunction,
    rebuild,
    walk,
)
from asylon.logic.truth import FALSE, TRUE

_MODULE = "module:"


def facts(formula: Formula) -> tuple[str, ...]:
    """List the facts of a formula in the order in which it names them."""
    names = (part.name for part in walk(formula) if isinstance(part, Fact))
    return tuple(dict.fromkeys(names))


def mixed_facts(formula: Formula) -> tuple[str, ...]:
    """List the facts that help in one place and harm in another.

    Without any, Kleene's value is exact: turning every open fact for the better, or
    every one for the worse, is a completion.

    >>> mixed_facts(Any((Fact("a"), Not(All((Fact("a"), Fact("b")))))))
    ('a',)
    """
    helping, harming = (set(_signed(formula, sign)) for sign in (True, False))
    return tuple(name for name in facts(formula) if name in helping & harming)


def _signed(formula: Formula, sign: bool) -> Iterator[str]:  # noqa: FBT001
    match formula:
        case Fact(name):
            if sign:
                yield name
        case Not(part):
            yield from _signed(part, not sign)
        case _:
            for part in children(formula):
                yield from _signed(part, sign)


def replace(formula: Formula, by: Mapping[str, Formula]) -> Formula:
    """Put formulas in the place of facts, folding what that settles."""
    if isinstance(formula, Fact):
        return by.get(formula.name, formula)
    return rebuild(formula, lambda part: replace(part, by))


def exact_form(formula: Formula) -> Formula:
    """Give a formula whose Kleene value is what all completions agree on.

    >>> from asylon.logic.reading import read, write
    >>> write(exact_form(read("a and b or not a and c")))
    '((a and b) or (not a and c) or (b and c)) and (b or c)'
    """
    outline, modules = _modules(formula)
    exact = _with_consensus(outline)
    while any(name in modules for name in facts(exact)):
        exact = replace(exact, modules)
    return exact


def _modules(formula: Formula) -> tuple[Formula, dict[str, Formula]]:
    """Split off the largest parts that share no fact with the rest.

    What is exact in itself and shares nothing may be treated as one fact.
    """
    if not mixed_facts(formula):
        return formula, {}
    found: dict[str, Formula] = {}
    total = _occurrences(formula)
    copies: dict[Formula, int] = {}
    for part in walk(formula):
        copies[part] = copies.get(part, 0) + 1

    def split(part: Formula) -> Formula:
        if isinstance(part, Fact | Constant):
            return part
        own = _occurrences(part)
        apart = all(total[name] == own[name] * copies[part] for name in own)
        if apart and not mixed_facts(part):
            name = f"{_MODULE}{len(found)}"
            name = next((key for key, body in found.items() if body == part), name)
            found[name] = part
            return Fact(name)
        return rebuild(part, split)

    return split(formula), found


def _occurrences(formula: Formula) -> dict[str, int]:
    counts: dict[str, int] = {}
    for part in walk(formula):
        if isinstance(part, Fact):
            counts[part.name] = counts.get(part.name, 0) + 1
    return counts


def _with_consensus(formula: Formula) -> Formula:
    """Add the consensus terms at the lowest place that holds all of a mixed fact."""
    mixed = mixed_facts(formula)
    if not mixed:
        return formula
    inner = rebuild(formula, _with_consensus)
    whole: Formula = inner
    for left_out in _subsets(mixed):
        sides = [
            replace(inner, dict(zip(left_out, side, strict=True)))
            for side in product((Constant(FALSE), Constant(TRUE)), repeat=len(left_out))
        ]
        term, clause = conjunction(sides), disjunction(sides)
        if _lacks(whole, term, left_out, TRUE):
            whole = disjunction([whole, term])
        if _lacks(whole, clause, left_out, FALSE):
            whole = conjunction([whole, clause])
    return whole


def _subsets(names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    sizes = range(1, len(names) + 1)
    return chain.from_iterable(combinations(names, size) for size in sizes)


def _lacks(whole: Formula, sides: Formula, open_: tuple[str, ...], value: object) -> bool:
    """Whether the sides can agree on a value that the whole leaves open.

    The other facts may be taken as settled: those of one sign only would, open,
    behave as if they had turned out against the value.
    """
    diagram = Diagram(facts(whole) + facts(sides))
    settled = rail(diagram, whole, frozenset(open_), holds=value is TRUE)
    wanted = rail(diagram, sides, frozenset(open_), holds=value is TRUE)
    return diagram.both(wanted, diagram.deny(settled)) != 0


def rail(
    diagram: Diagram, formula: Formula, open_: frozenset[str], *, holds: bool
) -> int:
    """Build where Kleene's value is true (`holds`), or false, while facts are open."""
    levels = {name: level for level, name in enumerate(diagram.names)}

    def build(part: Formula, holds: bool) -> int:  # noqa: FBT001
        match part:
            case Fact(name):
                if name in open_:
                    return 0
                return diagram.decision(levels[name], int(not holds), int(holds))
            case Constant(truth):
                return int(truth is (TRUE if holds else FALSE))
            case Not(inner):
                return build(inner, not holds)
            case Named(_, body):
                return build(body, holds)
            case AtLeast(count, parts):
                needed = count if holds else len(parts) - count + 1
                return counting(needed, [build(inner, holds) for inner in parts])
            case All(parts) | Any(parts):
                nodes = [build(inner, holds) for inner in parts]
                join = diagram.both
                if isinstance(part, All) is not holds:
                    join = diagram.either
                node = nodes[0]
                for other in nodes[1:]:
                    node = join(node, other)
                return node
        message = f"Not a ground formula: {part}"
        raise TypeError(message)

    def counting(count: int, nodes: list[int]) -> int:
        if count <= 0 or count > len(nodes):
            return int(count <= 0)
        first, *rest = nodes
        return diagram.choice(first, counting(count - 1, rest), counting(count, rest))

    return build(formula, holds)

