"""Which points of law a result turns on: what would follow had they been settled otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from asylon.determination.applicable import Determination
from asylon.determination.determining import Determiner
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


def same_under_all(determiner: Determiner, found: Determination) -> tuple[str, ...]:
    """Name the facts on which the result hangs, whichever single point is turned.

    Where no setting turns a result, these say why: the open ones that stay decisive
    under every setting, or the findings that carry the result under every one.
    """
    kept = list(_hangs_on(found))
    for _, other in _turned(determiner, found):
        hangs = set(_hangs_on(other))
        kept = [name for name in kept if name in hangs]
    return tuple(kept)


def _hangs_on(found: Determination) -> tuple[str, ...]:
    answer = found.answer
    if answer.value.is_settled:
        return tuple(name for name, _ in answer.carried_by)
    return tuple(answer.decisive)


def turns(determiner: Determiner, found: Determination) -> Iterator[Turn]:
    """Try every other value of every parameter on a claim, one at a time.

    Values that the law book declares equivalent are not tried.
    """
    for (name, value), other in _turned(determiner, found):
        if other.definition is not found.definition:
            again = set(other.found_again) > set(found.found_again)
            yield Turn(name, value, other.definition, again)


def _turned(
    determiner: Determiner, found: Determination
) -> Iterator[tuple[tuple[str, str], Determination]]:
    """Determine a claim anew under every other value of every parameter."""
    settings = found.settings
    for name, parameter in determiner.book.parameters.items():
        chosen = settings.chosen[name]
        for value in parameter.values:
            if not parameter.are_equivalent(value, chosen.value):
                turned = {**settings.chosen, name: Chosen(value, "asked")}
                law = determiner.law(replace(settings, chosen=turned))
                yield (name, value), law.determine(found.claim)
