"""What a hold does in fact in the state where the office works, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from asylon.casework import effect_of_hold_here
from asylon.casework.effects import EFFECTS
from asylon_server.web.common.deployed import deployment
from asylon_server.web.common.edge import words


@dataclass(frozen=True, slots=True)
class Effect:
    """What a hold does, since when, and where that is known from.

    Attributes:
        code: Such as `not_recognised`.
        protects: Whether somebody may rely on it.
        state: The name of the state.
        said: The effect in words.
        since: The first day that is known of; empty where nothing is known.
        source: Where it is known from; empty where nothing is known.
        is_read: Whether the source was read, and is not from memory.
    """

    code: str
    protects: bool
    state: str
    said: str
    since: str
    source: str
    is_read: bool


def here(on: date) -> Effect:
    """Say what a hold does here on a day."""
    state = deployment().state
    known = effect_of_hold_here(state, on)
    return Effect(
        known.effect,
        known.protects,
        words().place(state),
        EFFECTS.name(known.effect, words()),
        words().day(known.first) if known.source else "",
        known.source,
        known.read,
    )
