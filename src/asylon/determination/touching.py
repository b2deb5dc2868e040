"""Whom a change of law can touch: the scenarios that ship, before and after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from asylon.determination.applicable import Determination
from asylon.determination.claims import Claim
from asylon.determination.determining import Determiner
from asylon.determination.scenarios import Scenario
from asylon.law import DEFINITION, LawBook, Settings
from asylon.logic.truth import UNKNOWN


@dataclass(frozen=True, slots=True)
class Regime:
    """A law book under settings: what a claim is determined by."""

    book: LawBook
    settings: Settings

    def determiner(self) -> Determiner:
        """Make ready to determine claims."""
        return Determiner(self.book)


@dataclass(slots=True)
class Touched:
    """The titles of the scenarios that a change touches, by which way."""

    towards: list[str] = field(default_factory=list)
    away: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    tried: int = 0


def touched(scenarios: Iterable[Scenario], before: Regime, after: Regime) -> Touched:
    """Determine the claim of every scenario about the definition, before and after."""
    found = Touched()
    old, new = before.determiner(), after.determiner()
    seen: set[str] = set()
    for scenario in scenarios:
        if scenario.provision != DEFINITION or scenario.title in seen:
            continue
        seen.add(scenario.title)
        found.tried += 1
        earlier = _under(old, before, scenario.claim)
        later = _under(new, after, scenario.claim)
        _sort(found, scenario.title, earlier, later)
    return found


def _under(determiner: Determiner, regime: Regime, claim: Claim) -> Determination:
    return determiner.law(regime.settings).determine(claim)


def _sort(
    found: Touched, title: str, earlier: Determination, later: Determination
) -> None:
    again = set(later.found_again) - set(earlier.found_again)
    if again and later.definition is UNKNOWN:
        found.again.append(title)
    elif later.definition.rank > earlier.definition.rank:
        found.towards.append(title)
    elif later.definition.rank < earlier.definition.rank:
        found.away.append(title)
