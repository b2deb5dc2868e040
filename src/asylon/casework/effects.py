"""What a hold does in fact, state by state: dated data, and no promise where there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from asylon.identity import Vocabulary
from asylon.identity.vocabulary import tables_of
from asylon.law.errors import DocumentError
from asylon.law.jurisdictions import STATES
from asylon.law.tables import Table

NOT_RECOGNISED, NOTIFIED, OBSERVED = "not_recognised", "notified", "observed"
NOT_KNOWN = "not_known"

EFFECTS = Vocabulary(
    "effect of a hold",
    {
        NOT_RECOGNISED: "not recognised: people are removed all the same",
        NOTIFIED: "notified: the authorities were told, and may not wait",
        OBSERVED: "observed: nobody is removed while it stands",
        NOT_KNOWN: "not known: it promises nothing",
    },
)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a hold does in a state from a day on, and where that is known from."""

    state: str
    effect: str
    first: date
    source: str
    read: bool = False
    note: str = ""

    @property
    def protects(self) -> bool:
        """Whether somebody may rely on it: only where it is observed."""
        return self.effect == OBSERVED


def effect_of_hold_here(state: str, on: date) -> Effect:
    """Say what a hold does in a state on a day.

    What has no row, or none yet on that day, is not known.
    """
    dated = [each for each in _effects().get(state, ()) if each.first <= on]
    return dated[-1] if dated else Effect(state, NOT_KNOWN, on, "")


@cache
def _effects() -> Mapping[str, tuple[Effect, ...]]:
    return read_effects(tables_of(__package__, "effects.toml"))


def read_effects(document: Table) -> Mapping[str, tuple[Effect, ...]]:
    """Read the rows of a document, by state and in order of their days.

    Raises:
        DocumentError: a row names no state or no effect there is.
    """
    by_state: dict[str, list[Effect]] = {}
    for row in document.tables("effect"):
        effect = _effect(row)
        by_state.setdefault(effect.state, []).append(effect)
    document.finish()
    return {
        state: tuple(sorted(rows, key=lambda each: each.first))
        for state, rows in by_state.items()
    }


def _effect(row: Table) -> Effect:
    effect = Effect(
        state=row.text("state"),
        effect=row.text("effect"),
        first=row.day("from"),
        source=row.text("source"),
        read=row.get("read", bool),
        note=row.text("note", ""),
    )
    row.finish()
    if effect.state not in STATES:
        raise DocumentError(row.where, "`state` is no code of a state", "Correct it.")
    if effect.effect not in EFFECTS or effect.effect == NOT_KNOWN:
        known = ", ".join(each for each in EFFECTS if each != NOT_KNOWN)
        raise DocumentError(row.where, "there is no such effect", f"Take {known}.")
    return effect
