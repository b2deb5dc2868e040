"""Generated formulas, findings and shapes of claims.

A formula is drawn as a list of steps, each joining what earlier steps made: that is
quick, and lets the same part stand in several places, as it does in the law.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from keyword import iskeyword
from typing import TypeAlias

from hypothesis import strategies as st

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
    walk,
)
from asylon.logic.grounding import Entries, Shape
from asylon.logic.modules import facts
from asylon.logic.reading import write
from asylon.logic.truth import BY_RANK, FALSE, TRUE, UNKNOWN, Truth

FEW = ("a", "b", "list.A.p", "list.A.q", "list.B.p")
"""So few facts that every way to find them can be gone through."""

NAMES = (*FEW, "c", "d", "list.B.q")

Step: TypeAlias = tuple[str, list[int]]
"""How to join, and which of the parts made so far to join."""

MOST_PARTS = 60

truths = st.sampled_from(BY_RANK)
_OFTEN_OPEN = st.sampled_from((UNKNOWN, TRUE, UNKNOWN, FALSE))

_KINDS = ("not", "all", "any", "choice", "all", "any", "at_least")
_PICKS = st.lists(st.integers(0, 199), min_size=3, max_size=4)
_CONSTANTS = {98: Constant(FALSE), 198: Constant(TRUE)}


def _steps(*kinds: str, most: int = 7) -> st.SearchStrategy[list[Step]]:
    step = st.tuples(st.sampled_from(_KINDS + kinds), _PICKS)
    return st.lists(step, min_size=1, max_size=most)


def _made(
    leaves: Sequence[Formula], steps: list[Step], *, constants: bool = False
) -> Formula:
    """Follow the steps; each takes up what the one before it made."""
    formula = leaves[0]
    made = list(leaves)
    for kind, picks in steps:
        parts = [formula]
        room = MOST_PARTS - _size(formula)
        for pick in picks[1:]:
            part = made[pick % len(made)] if room > 0 else leaves[pick % len(leaves)]
            room -= _size(part)
            part = _CONSTANTS.get(pick, part) if constants else part
            parts.append(Not(part) if pick % 4 == 3 else part)
        formula = _joined(kind, tuple(parts), picks[0])
        made.append(formula)
    return formula


def _size(formula: Formula) -> int:
    return sum(1 for _ in walk(formula))


def _joined(kind: str, parts: tuple[Formula, ...], pick: int) -> Formula:
    match kind:
        case "not":
            return Not(parts[0])
        case "all":
            return All(parts)
        case "any":
            return Any(parts)
        case "choice":
            test, then, other = parts[:3]
            return Any((All((test, then)), All((Not(test), other))))
        case "named":
            # A name stands for one body, as it does in the law.
            return Named(f"so that {write(parts[0])}", parts[0])
        case "every" | "some":
            return Quantified(kind, f"list_{pick}", parts[0])
    return AtLeast(1 + pick % len(parts), parts)


def ground_formulas(names: Sequence[str] = NAMES) -> st.SearchStrategy[Formula]:
    """Draw a ground formula over some of these facts."""
    leaves = tuple(map(Fact, names))
    return _steps("named").map(partial(_made, leaves, constants=True))


def findings(formula: Formula) -> st.SearchStrategy[dict[str, Truth]]:
    """Draw findings on the facts of a formula; some are unknown."""
    return st.fixed_dictionaries(dict.fromkeys(facts(formula), _OFTEN_OPEN))


@st.composite
def asked(
    draw: st.DrawFn, names: Sequence[str] = NAMES
) -> tuple[Formula, dict[str, Truth]]:
    """Draw a formula together with findings on its facts."""
    formula = draw(ground_formulas(names))
    found = draw(st.lists(_OFTEN_OPEN, min_size=len(names), max_size=len(names)))
    known = dict(zip(names, found, strict=True))
    return formula, {name: known[name] for name in facts(formula)}


identifiers = st.from_regex(r"[a-z_][a-z0-9_]{0,9}", fullmatch=True).filter(
    lambda name: not iskeyword(name)
)
"""Names as the law writes them."""

_SETTINGS = st.builds(Setting, identifiers, st.one_of(identifiers, st.just("none")))
_PRESENT = st.builds(Quantified, st.just("some"), identifiers, st.just(Constant(TRUE)))
_WRITTEN = st.lists(
    st.one_of(st.builds(Fact, identifiers), _SETTINGS, _PRESENT),
    min_size=1,
    max_size=6,
)

written_formulas = st.builds(_made, _WRITTEN, _steps("every", "some"))
"""Formulas that can be written down, unresolved, as the law has them."""

SETTINGS = {"view": "wide"}

_OF_PERSON = (Fact("r"), Setting("view", "wide"), Setting("view", "narrow"))
_OF_COUNTRY = (Fact("p", "country"), Fact("q", "country"), Fact("r"))
_OF_PLACE = (Fact("s", "place"), Fact("p", "country"))
_BELONGS = {
    "country": Any((Fact("held", "country"), Fact("r"))),
    "place": Fact("named", "place"),
}
_EITHER = st.sampled_from(("every", "some"))


def _over(
    over: str, of: str, kind: str, body: Formula, within: str | None = None
) -> Quantified:
    return Quantified(kind, over, body, of, within, _BELONGS[of])


def _quantifiers(*, places: bool) -> st.SearchStrategy[Quantified]:
    """Draw questions about every or some country of a person, or of its places."""
    leaves = st.just(_OF_COUNTRY)
    if places:
        inner = st.builds(
            partial(_over, "places", "place", within="country"),
            _EITHER,
            _steps(most=2).map(partial(_made, _OF_PLACE)),
        )
        leaves = inner.map(lambda place: (place, *_OF_COUNTRY))
    body = st.builds(_made, leaves, _steps(most=2))
    return st.builds(partial(_over, "countries", "country"), _EITHER, body)


def formulas_over_lists(
    most: int = 3, *, places: bool = True
) -> st.SearchStrategy[Formula]:
    """Draw a formula that asks up to so many different questions about countries."""
    asking = st.lists(_quantifiers(places=places), min_size=1, max_size=most)
    leaves = asking.map(lambda found: (*found, *_OF_PERSON))
    return st.builds(_made, leaves, _steps(most=3))


def shapes(
    most: int = 2, grows: st.SearchStrategy[bool] | None = None
) -> st.SearchStrategy[Shape]:
    """Draw the lists of a person: so many countries, each with so many places."""
    complete = st.booleans() if grows is None else grows
    places = _listed("places", st.just(Shape()), most, complete)
    return _listed("countries", places, most, complete)


def _listed(
    name: str,
    inner: st.SearchStrategy[Shape],
    most: int,
    grows: st.SearchStrategy[bool],
) -> st.SearchStrategy[Shape]:
    members = st.lists(inner, max_size=most).map(
        lambda found: tuple((f"{name[0]}{at}", each) for at, each in enumerate(found))
    )
    entries = st.builds(Entries, members, may_grow=grows)
    return entries.map(lambda each: Shape(((name, each),)))
