"""What the doctor found of one thing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was looked at: `repair` says what to do where it is not in order."""

    name: str
    ok: bool
    said: str
    repair: str = ""
