"""How acts stand: in force from a day to another, or drafts for reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from asylon.law.acts import Act, Agreement
from asylon.law.adopting import DOCUMENT_ALTERED, DOCUMENT_MISSING, Stock
from asylon.law.organisations import Register
from asylon.law.requirements import REGISTER_DIFFERS, REGISTER_MISSING
from asylon.law.signing import TAMPERED, Keys, Refusal, Signed

UNREADABLE = "law.agreement.unreadable"
STRAY = "law.agreement.stray-signature"

ALTERED = TAMPERED | {
    UNREADABLE,
    STRAY,
    DOCUMENT_ALTERED,
    DOCUMENT_MISSING,
    REGISTER_DIFFERS,
    REGISTER_MISSING,
}
"""Refusals that mean that something is not as it was signed, or cannot be checked."""


@dataclass(frozen=True)
class Folder:
    """Everything that two sides hand one another, as bytes.

    `acts` are by name; `signatures` by file name without `.sig.toml`, which is the
    name of the act, a dot, and the name of the signer.
    """

    acts: Mapping[str, bytes]
    signatures: Mapping[str, bytes] = field(default_factory=dict)
    register: bytes | None = None
    stock: Stock = field(default_factory=lambda: Stock(()))


@dataclass(frozen=True)
class Standing:
    """How an act stands: in force from a day to another, or a draft for reasons.

    `act` is none where its bytes cannot be read.
    """

    name: str
    act: Act | None
    refusals: tuple[Refusal, ...] = ()
    signed: tuple[Signed, ...] = ()
    first: date | None = None
    last: date | None = None

    @property
    def is_draft(self) -> bool:
        """Whether the act has no force on any day."""
        return self.first is None

    @property
    def is_altered(self) -> bool:
        """Whether something is not as it was signed."""
        return any(each.code in ALTERED for each in self.refusals)

    def covers(self, day: date) -> bool:
        """Whether the act is in force on a day."""
        begun = self.first is not None and self.first <= day
        return begun and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Review:
    """What became of every act of a folder."""

    standings: tuple[Standing, ...]
    strays: tuple[Refusal, ...] = ()
    register: Register | None = None
    keys: Keys | None = None

    @property
    def is_altered(self) -> bool:
        """Whether anything in the folder is not as it was signed."""
        return bool(self.strays) or any(each.is_altered for each in self.standings)

    def agreements(self, set_id: str) -> list[tuple[Agreement, Standing]]:
        """List the acts that put a set in force, with how they stand."""
        return [
            (each.act, each)
            for each in self.standings
            if isinstance(each.act, Agreement) and each.act.set == set_id
        ]

    def in_force(self, set_id: str, on: date) -> Standing | None:
        """Get the act by which a set is in force on a day, if there is one."""
        found = (each for _, each in self.agreements(set_id) if each.covers(on))
        return next(found, None)

    def governing(
        self, set_id: str, on: date, lodged: date | None = None
    ) -> tuple[Standing, ...]:
        """List the acts that a claim is computed under, the latest first.

        That is the act in force on the day, and, for a claim made earlier, every act
        that was in force since: the more protective result stands, so that a stricter
        set touches no claim already lodged.
        """
        since = min(lodged or on, on)
        found = [
            standing
            for _, standing in self.agreements(set_id)
            if standing.first is not None
            and standing.first <= on
            and (standing.last is None or standing.last >= since)
        ]
        return tuple(sorted(found, key=lambda each: each.first or since, reverse=True))
