"""What may not differ from the law that ships, whatever its formulas come to.

Whose keys a set needs, which values are stricter than which, what a question asks and
what counts as protection are told by comparing words, since no formula shows them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import permutations
from typing import NamedTuple

from asylon.law.book import LawBook
from asylon.law.parameters import Parameter, ParameterSet
from asylon.law.provisions import Element, Provision
from asylon.logic.truth import TRUE

MANDATE_KIND = "mandate"


class Breach(NamedTuple):
    """Where a law book goes below the floor.

    `how` is "value", "unknown-value", "meaning", "narrowed", "widened", "reworded",
    "kind", "ordering", "ended" or "marked"; `what` is the value, element or set it is
    about, or the facts that show it.
    """

    how: str
    where: str
    what: str
    because: str
    on: date


def altered(
    shipped: LawBook, adopted: LawBook, parameter_set: ParameterSet, on: date
) -> Iterator[Breach]:
    """Go through what differs from the law that ships and may not."""
    yield from _of_kind(shipped, parameter_set, on)
    for name in shipped.parameters.keys() & adopted.parameters.keys():
        yield from _of_ordering(shipped.parameters[name], adopted.parameters[name], on)
    yield from _of_questions(shipped, adopted, on)
    for name in shipped.lists.keys() & adopted.lists.keys():
        old, new = shipped.lists[name], adopted.lists[name]
        if (old.question, old.closes) != (new.question, new.closes):
            yield Breach("reworded", name, name, "", on)
    for name, versions in shipped.provisions.items():
        yield from _of_protection(name, versions, adopted, on)


def _of_kind(
    shipped: LawBook, parameter_set: ParameterSet, on: date
) -> Iterator[Breach]:
    """Hold a set to the keys it needs: those of the shipped set, or of its state's."""
    mine = (parameter_set.kind, parameter_set.jurisdiction)
    known = shipped.sets.get(parameter_set.id)
    others = [known] if known else _beside(shipped, parameter_set)
    if others and mine not in {(each.kind, each.jurisdiction) for each in others}:
        said = (f"{each.id}: {each.kind}, {each.jurisdiction}" for each in others)
        yield Breach("kind", parameter_set.id, "; ".join(said), "", on)
    elif not known and parameter_set.kind == MANDATE_KIND:
        yield Breach("kind", parameter_set.id, "", "", on)


def _beside(shipped: LawBook, parameter_set: ParameterSet) -> list[ParameterSet]:
    """List the shipped sets in whose place a new one would stand."""
    state = parameter_set.jurisdiction
    return [each for each in shipped.sets.values() if each.jurisdiction == state]


def _of_ordering(old: Parameter, new: Parameter, on: date) -> Iterator[Breach]:
    """Refuse that a finding made under one value counts otherwise under another."""
    shared = [value for value in old.values if value in new.values]
    other = [
        f"{one} → {two}"
        for one, two in permutations(shared, 2)
        if _related(old, one, two) != _related(new, one, two)
    ]
    if other:
        yield Breach("ordering", old.id, ", ".join(other), "", on)


def _related(parameter: Parameter, one: str, two: str) -> tuple[object, bool]:
    carried = parameter.carries(TRUE, made_under=one, asked_under=two)
    return carried, parameter.are_equivalent(one, two)


def _of_questions(shipped: LawBook, adopted: LawBook, on: date) -> Iterator[Breach]:
    """Name the elements that ask another question under the old name."""
    known: dict[str, set[tuple[object, ...]]] = {}
    for element in _elements(shipped):
        known.setdefault(element.name, set()).add(_asked(element))
    for element in _elements(adopted):
        if _asked(element) not in known.get(element.name, {_asked(element)}):
            yield Breach("reworded", element.provision, element.name, "", on)


def _elements(book: LawBook) -> Iterator[Element]:
    """Go through every element of every version, and through the facts of groups."""
    for text in (*book.texts, *book.country_texts):
        yield from text.elements.values()


def _asked(element: Element) -> tuple[object, ...]:
    """Give what an answer to an element means, and who has to show it."""
    return (
        element.question,
        element.asks,
        element.per,
        element.under,
        element.standard,
        element.burden,
        element.closes,
    )


def _of_protection(
    name: str, versions: tuple[Provision, ...], adopted: LawBook, on: date
) -> Iterator[Breach]:
    """Refuse that what protects ends, or that it counts as something else."""
    others = adopted.provisions.get(name, ())
    protects = any(each.protects and each.in_force.covers(on) for each in versions)
    if protects and not any(each.in_force.covers(on) for each in others):
        yield Breach("ended", name, "", "", on)
    marks = {(each.protects, each.is_protection) for each in versions}
    if any((each.protects, each.is_protection) not in marks for each in others):
        yield Breach("marked", name, "", "", on)
