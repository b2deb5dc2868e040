"""Which points of law a result turns on: what would follow had they been settled otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from asylon.determination.determining import Determination, Determiner
from asylon.law.parameters import Chosen
from asylon.logic.truth import Truth


@dataclass(frozen=True, slots=True)
class Turn:
    """A value of a parameter under which something else would follow.

    `found_again` is true where that is only because findings would have to be made
    again, under another standard or test.
    """

    parameter: str
    value: str
    result: Truth
    found_again: bool


def turns(determiner: Determiner, found: Determination) -> Iterator[Turn]:
    """Try every other value of every parameter on a claim, one at a time.

    Values that the law book declares equivalent are not tried.
    """
    settings = found.settings
    for name, parameter in determiner.book.parameters.items():
        chosen = settings.chosen[name]
        for value in parameter.values:
            if parameter.are_equivalent(value, chosen.value):
                continue
            turned = {**settings.chosen, name: Chosen(value, "asked")}
            law = determiner.law(replace(settings, chosen=turned))
            other = law.determine(found.claim)
            if other.definition is not found.definition:
                again = set(other.found_again) > set(found.found_again)
                yield Turn(name, value, other.definition, again)
