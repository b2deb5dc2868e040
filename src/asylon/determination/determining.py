"""Determining: a claim under a parameter set, with all that was worked out kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

from asylon.determination.applicable import ApplicableLaw, Determination, Prepared
from asylon.determination.claims import Claim
from asylon.law import DEFINITION, LawBook, Settings, choose, set_for
from asylon.logic.formulas import Formula, Setting, walk
from asylon.logic.grounding import Shape


class Determiner:
    """Determines claims, keeping what it has worked out of the law."""

    def __init__(self, book: LawBook, provision: str = DEFINITION) -> None:
        """Take the law book and the provision to ask about."""
        self.book, self.provision = book, provision
        self._formulas: dict[tuple[str, ...], Formula] = {}
        self._laws: dict[tuple[object, ...], ApplicableLaw] = {}
        self._prepared: dict[tuple[object, ...], dict[Shape, Prepared]] = {}
        self._settings: dict[tuple[object, ...], Settings] = {}

    def determine(
        self, claim: Claim, *, set_id: str | None = None, on: date | None = None
    ) -> Determination:
        """Determine a claim under a set, or else the set of its jurisdiction."""
        settings = self.settings(claim, set_id=set_id, on=on)
        return self.law(settings).determine(claim)

    def settings(
        self, claim: Claim, *, set_id: str | None = None, on: date | None = None
    ) -> Settings:
        """Choose the settings: the set asked for, or the claim's own."""
        day = on or claim.on
        if day is None:
            message = f"claim {claim.id} says no day and none was asked about"
            raise ValueError(message)
        stated = () if set_id else tuple(claim.parameters.items())
        key = (set_id or "", claim.jurisdiction, day, claim.lodged, stated)
        if key not in self._settings:
            self._settings[key] = self._chosen(claim, set_id, day)
        return self._settings[key]

    def _chosen(self, claim: Claim, set_id: str | None, day: date) -> Settings:
        if set_id:
            asked = self.book.sets[set_id]
            return choose(self.book, asked, day, lodged=claim.lodged)
        found = set_for(self.book, claim.jurisdiction, f"claim {claim.id}")
        settings = choose(
            self.book, found.set, day, lodged=claim.lodged, file=claim.parameters
        )
        return replace(settings, warnings=found.warnings + settings.warnings)

    def law(self, settings: Settings) -> ApplicableLaw:
        """Get the provision as these settings have it."""
        told = tuple((each.code, each.subject) for each in settings.warnings)
        key = (settings.set.id, settings.key, settings.on, told)
        law = self._laws.get(key)
        if law is None:
            versions = self._versions(settings.on)
            formula = self._formula(versions, settings.on)
            decided = tuple(settings.values[name] for name in decides(formula))
            law = ApplicableLaw(
                self.book,
                self.provision,
                formula,
                settings,
                # Settings that say the same of the formula share what is worked out.
                self._prepared.setdefault((versions, decided), {}),
            )
            self._laws[key] = law
        return law

    def _versions(self, on: date) -> tuple[str, ...]:
        return tuple(
            version.document.name
            for versions in self.book.provisions.values()
            for version in versions
            if version.in_force.covers(on)
        )

    def _formula(self, versions: tuple[str, ...], on: date) -> Formula:
        """Get the provision in the versions in force, so that each is kept once."""
        if versions not in self._formulas:
            self._formulas[versions] = self.book.formula(self.provision, on)
        return self._formulas[versions]


@lru_cache(maxsize=64)
def decides(formula: Formula) -> tuple[str, ...]:
    """Name the parameters that a formula asks about, in their order."""
    asked = (part.parameter for part in walk(formula) if isinstance(part, Setting))
    return tuple(dict.fromkeys(asked))
