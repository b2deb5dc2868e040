"""Determining: what follows from the findings of a claim under a parameter set.

People find, the engine composes. It says whether the definition is met, not met or
open on these findings, what carries that, what is open and what would change it. It
recognises nobody and refuses nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from asylon.determination.claims import Claim, worth
from asylon.determination.closings import Closed, closable, with_closed
from asylon.law import DEFINITION, LawBook, Settings, choose, set_for
from asylon.logic.formulas import Formula
from asylon.logic.grounding import Shape, ground
from asylon.logic.questions import Answer, Inquiry
from asylon.logic.truth import FALSE, UNKNOWN, Truth, all_of

_KEPT_SHAPES = 4096


@dataclass(frozen=True, slots=True)
class Determination:
    """What follows from the findings of one claim.

    Attributes:
        answer: the definition's value with reasons, before any closing.
        closed: the value after closing, and which rules closed what.
        open: every open fact the definition asks.
        found_again: findings made under another standard or test, not carried over.
    """

    claim: Claim
    settings: Settings
    provision: str
    known: Mapping[str, Truth]
    answer: Answer
    closed: Closed
    open: tuple[str, ...]
    found_again: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def definition(self) -> Truth:
        """The definition's plain three-valued value."""
        return self.answer.value

    @property
    def barred_by(self) -> dict[str, Truth]:
        """Bars of a national law that apply or may apply."""
        bars = self.claim.bars.items()
        return {name: value for name, value in bars if value is not FALSE}

    @property
    def outcome(self) -> Truth:
        """The definition and the absence of national bars, together."""
        return all_of([self.definition, *(v.opposite for v in self.barred_by.values())])


@dataclass
class ApplicableLaw:
    """One provision as it stands on one day under one choice of settings."""

    book: LawBook
    provision: str
    formula: Formula
    settings: Settings
    _inquiries: dict[Shape, Inquiry] = field(default_factory=dict)

    def inquiry(self, shape: Shape) -> Inquiry:
        """Get the provision spelled out for claims whose lists have this shape."""
        found = self._inquiries.get(shape)
        if found is None:
            if len(self._inquiries) >= _KEPT_SHAPES:
                self._inquiries.clear()
            found = Inquiry(ground(self.formula, self.settings.values, shape))
            self._inquiries[shape] = found
        return found

    def determine(self, claim: Claim) -> Determination:
        """Say what follows from a claim's findings."""
        inquiry = self.inquiry(claim.shape)
        known, again = self._known(inquiry, claim)
        answer = inquiry.answer(known)
        rules = closable(inquiry.names, known, claim, self.book, self.settings.set)
        value = inquiry.value(with_closed(known, rules)) if rules else answer.value
        return Determination(
            claim=claim,
            settings=self.settings,
            provision=self.provision,
            known=known,
            answer=answer,
            closed=Closed(value, rules),
            open=tuple([name for name in inquiry.names if name not in known]),
            found_again=tuple(again),
            warnings=self.settings.warnings + claim.warnings,
        )

    def _known(
        self, inquiry: Inquiry, claim: Claim
    ) -> tuple[dict[str, Truth], list[str]]:
        known: dict[str, Truth] = {}
        again: list[str] = []
        for name in inquiry.names:
            finding = claim.findings.get(name)
            if finding is None:
                continue
            value = finding.value
            if finding.under:
                value = worth(finding, name, self.book, self.settings.values)
                if value is not finding.value:
                    again.append(name)
            if value is not UNKNOWN:
                known[name] = value
        return known, again


class Determiner:
    """Determines claims, keeping what it has worked out of the law."""

    def __init__(self, book: LawBook, provision: str = DEFINITION) -> None:
        """Take the law book and the provision to ask about."""
        self.book, self.provision = book, provision
        self._formulas: dict[tuple[str, ...], Formula] = {}
        self._laws: dict[tuple[object, ...], ApplicableLaw] = {}

    def determine(
        self, claim: Claim, *, set_id: str | None = None, on: date | None = None
    ) -> Determination:
        """Determine a claim under a set, or else the set of its jurisdiction."""
        settings = self.settings(claim, set_id=set_id, on=on)
        return self.law(settings).determine(claim)

    def settings(
        self, claim: Claim, *, set_id: str | None, on: date | None
    ) -> Settings:
        """Choose the settings: the set asked for, or the claim's own."""
        day = on or claim.on
        if day is None:
            message = f"claim {claim.id} says no day and none was asked about"
            raise ValueError(message)
        if set_id:
            chosen = self.book.sets[set_id]
            return choose(self.book, chosen, day, lodged=claim.lodged)
        found = set_for(self.book, claim.jurisdiction, f"claim {claim.id}")
        settings = choose(
            self.book, found.set, day, lodged=claim.lodged, file=claim.parameters
        )
        return replace(settings, warnings=found.warnings + settings.warnings)

    def law(self, settings: Settings) -> ApplicableLaw:
        """Get the provision as these settings have it."""
        versions = self._versions(settings.on)
        key = (versions, settings.set.id, settings.key, settings.on, settings.warnings)
        if key not in self._laws:
            if versions not in self._formulas:
                formula = self.book.formula(self.provision, settings.on)
                self._formulas[versions] = formula
            formula = self._formulas[versions]
            law = ApplicableLaw(self.book, self.provision, formula, settings)
            self._laws[key] = law
        return self._laws[key]

    def _versions(self, on: date) -> tuple[str, ...]:
        """Name the versions that are in force, so that a day's law is kept once."""
        return tuple(
            version.document.name
            for versions in self.book.provisions.values()
            for version in versions
            if version.in_force.covers(on)
        )
