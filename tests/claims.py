"""Claims of invented people: one built from a starting claim, or any at all."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from random import Random
from typing import Any

from hypothesis import strategies as st

from asylon.determination import Claim, Determination, Determiner, Finding, read_facts
from asylon.determination.claims import LAYERS
from asylon.law import DEFINITION, LawBook, Settings, choose
from asylon.law.readers import CLOSINGS
from asylon.law.tables import Table
from asylon.logic.modules import facts
from tests.shipped import BOOK, ON, SETS, SHAPES, random_findings, spelled_out

NORTH_KOREAN = "north-korean-in-china"

_DETERMINERS: dict[str, Determiner] = {}


def a_claim(
    found: Mapping[str, object] | None = None,
    *,
    like: str | None = NORTH_KOREAN,
    book: LawBook = BOOK,
    **about: Any,
) -> Claim:
    """Make a claim like one that ships, with findings by the path of the fact."""
    given: dict[str, Any] = {}
    for _, table in book.others["claim"]:
        if table.data["claim"] == like:
            given = deepcopy(dict(table.data["facts"]))
    for path, value in (found or {}).items():
        *above, last = path.split(".")
        level = given
        for name in above:
            level = level.setdefault(name, {})
        level[last] = value
    read = read_facts(Table(given, "a claim"), book)
    about = {name: _frozen(value) for name, value in about.items()}
    return Claim("A", read.findings, read.shape, recorded=read.recorded, **about)


def _frozen(value: Any) -> Any:
    return frozenset(value) if isinstance(value, set) else value


def determined(
    claim: Claim,
    *,
    provision: str = DEFINITION,
    set_id: str = "unhcr",
    on: date = ON,
    settings: Settings | None = None,
    **stated: str,
) -> Determination:
    """Determine a claim by the law that ships, with some settings as stated."""
    determiner = _DETERMINERS.setdefault(provision, Determiner(BOOK, provision))
    if settings is None:
        parameters = BOOK.sets[set_id]
        settings = choose(BOOK, parameters, on, lodged=claim.lodged, file=stated)
    return determiner.law(settings).determine(claim)


@st.composite
def cases(
    draw: st.DrawFn, *, layers: tuple[str, ...] = LAYERS
) -> tuple[Claim, Determination]:
    """Draw a claim by the law that ships, and what follows from it under some set."""
    set_id, shape = draw(st.sampled_from(SETS)), draw(st.sampled_from(SHAPES))
    formula = spelled_out(DEFINITION, set_id, shape)
    chance = Random(draw(st.integers(0, 2**32)))
    known = next(random_findings(formula, chance, 1))
    claim = Claim(
        id="A",
        findings={
            name: Finding(value, _under(name, chance), _layer(layers, chance))
            for name, value in known.items()
        },
        shape=shape,
        screened=frozenset(draw(st.sets(st.sampled_from(CLOSINGS)))),
        indicators=frozenset(
            draw(
                st.one_of(
                    st.just(set()),
                    st.sets(st.sampled_from((*CLOSINGS, *facts(formula))), max_size=3),
                )
            )
        ),
    )
    return claim, determined(claim, set_id=set_id)


def _layer(layers: tuple[str, ...], chance: Random) -> Any:
    """Let most findings be of the first layer."""
    return layers[0] if chance.random() < 0.9 else chance.choice(layers)


def _under(name: str, chance: Random) -> dict[str, str]:
    """Say of one finding in eight which standard or test it was made under."""
    element = BOOK.elements.get(name.rpartition(".")[2])
    if element is None or chance.random() < 0.875:
        return {}
    values = {each: list(BOOK.parameters[each].values) for each in element.under}
    return {each: chance.choice(known) for each, known in values.items()}
