"""The law that applies: one provision, and what follows under it from a claim.

People find, the engine composes. It says whether the definition is met, not met or
open on these findings, what carries that, what is open and what would change it. It
recognises nobody and refuses nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

from asylon.determination.claims import BY_THEMSELVES, Claim, Finding, worth
from asylon.determination.closings import (
    CLOSES_UNASKED_IN,
    Closed,
    closables,
    close,
    may_close,
)
from asylon.determination.countries import Answered, Spoken, WouldAnswer, spoken
from asylon.law import DEFINITION, LawBook, Notice, Settings
from asylon.logic.evaluation import Known, Reason
from asylon.logic.formulas import Constant, Formula
from asylon.logic.formulas import replace as put
from asylon.logic.grounding import Shape, ground
from asylon.logic.questions import Answer, Inquiry, Outlook
from asylon.logic.truth import FALSE, TRUE, UNKNOWN, Truth, all_of

_KEPT_SHAPES = 4096


@dataclass(frozen=True, slots=True)
class Determination:
    """What follows from the findings of one claim.

    Attributes:
        answer: the definition's value with reasons, before any closing.
        closed: the value after closing, and which rules closed what.
        open: every open fact the definition asks.
        found_again: findings made under another standard or test, not carried over.
        proposed: adverse country findings and presumptions, open until an officer
            adopts them in this case after hearing the applicant on them.
        would_answer: country findings that would answer decisive facts in the person's
            favour, once the facts of their group are found.
        protection_of: the nationalities whose protection alone the definition fails
            on; protection against every other state stands.
    """

    claim: Claim
    settings: Settings
    provision: str
    known: Mapping[str, Truth]
    answer: Answer
    closed: Closed
    open: tuple[str, ...]
    found_again: tuple[str, ...] = ()
    proposed: tuple[str, ...] = ()
    would_answer: tuple[WouldAnswer, ...] = ()
    protection_of: tuple[str, ...] = ()
    warnings: tuple[Notice, ...] = ()

    @property
    def definition(self) -> Truth:
        """The definition's plain three-valued value."""
        return self.answer.value

    @property
    def by_law_book(self) -> dict[str, str]:
        """Facts that a country finding or declaration answers or proposes, and which."""
        names = (*self.known, *self.found_again, *self.proposed)
        findings = self.claim.findings
        return {name: findings[name].by for name in names if findings[name].by}

    @property
    def barred_by(self) -> dict[str, Truth]:
        """Bars of a national law that apply or may apply."""
        bars = self.claim.bars.items()
        return {name: value for name, value in bars if value is not FALSE}

    @property
    def outcome(self) -> Truth:
        """The definition and the absence of national bars, together."""
        return all_of([self.definition, *(v.opposite for v in self.barred_by.values())])


class Prepared:
    """A provision spelled out for claims whose lists have one shape."""

    def __init__(self, law: ApplicableLaw, shape: Shape) -> None:
        book, on = law.book, law.settings.on
        self.inquiry = Inquiry(ground(law.formula, law.settings.values, shape))
        self.closables = closables(self.inquiry.names, book)
        self.protections = {
            label: label.split(".")[1]
            for label in self.inquiry.labels
            if "." in label and book.counts_as_protection(label.rpartition(".")[2], on)
        }

    @cached_property
    def _counting_none(self) -> Inquiry:
        return self._counting(())

    @cached_property
    def _counting_one(self) -> dict[str, Inquiry]:
        return {label: self._counting((label,)) for label in self.protections}

    def _counting(self, labels: Collection[str]) -> Inquiry:
        """The provision as if only the protection of these countries counted."""
        others = (label for label in self.protections if label not in labels)
        nobodys = dict.fromkeys(others, Constant(FALSE))
        return Inquiry(put(self.inquiry.formula, nobodys))

    def protection_of(self, known: Known) -> Iterator[str]:
        """Name the countries whose protection alone makes a provision fail."""
        if self._counting_none.value(known) is not TRUE:
            return
        for label, entry in self.protections.items():
            if self._counting_one[label].value(known) is FALSE:
                yield entry


@dataclass
class ApplicableLaw:
    """One provision as it stands on one day under one choice of settings."""

    book: LawBook
    provision: str
    formula: Formula
    settings: Settings
    _prepared: dict[Shape, Prepared] = field(default_factory=dict)
    _spoken: dict[Shape, Spoken] = field(default_factory=dict)
    _definitions: dict[Shape, Inquiry] = field(default_factory=dict)

    def inquiry(self, shape: Shape) -> Inquiry:
        """Get the provision spelled out for claims whose lists have this shape."""
        return self._for(shape).inquiry

    def asked(self, shape: Shape) -> tuple[str, ...]:
        """Name what can be found to effect, for claims whose lists have this shape.

        That is what the provision asks, and then that by which country findings know
        whom they are about.
        """
        names = self.inquiry(shape).names
        by_law = self._spoken_for(shape, names)
        groups = (name for each in by_law.findings for name in each.inquiry.names)
        return tuple(dict.fromkeys((*names, *groups)))

    def _for(self, shape: Shape) -> Prepared:
        found = self._prepared.get(shape)
        if found is None:
            if len(self._prepared) >= _KEPT_SHAPES:
                self._prepared.clear()
            found = Prepared(self, shape)
            self._prepared[shape] = found
        return found

    def _spoken_for(self, shape: Shape, names: Sequence[str]) -> Spoken:
        """Get what the law book says by itself; that turns on the day as well."""
        if shape not in self._spoken:
            self._spoken[shape] = spoken(self.book, names, shape, self.settings)
        return self._spoken[shape]

    def _definition(self, shape: Shape) -> Inquiry:
        if shape not in self._definitions:
            formula = self.book.formula(DEFINITION, self.settings.on)
            whole = ground(formula, self.settings.values, shape)
            self._definitions[shape] = Inquiry(whole)
        return self._definitions[shape]

    def favours(self, claim: Claim, name: str, found: Truth) -> bool:
        """Whether finding a fact so can only help the person.

        Asked of the definition of a refugee: what makes a clause of exclusion hold
        does not favour anybody.
        """
        inquiry = self.inquiry(claim.shape)
        if self.provision != DEFINITION and DEFINITION in self.book.provisions:
            whole = self._definition(claim.shape)
            inquiry = whole if name in whole.names else inquiry
        return inquiry.favours(name, found)

    def outlook(self, claim: Claim) -> Outlook:
        """Say what follows from a claim's findings, and what could change it.

        It is what `determine` says, without reasons, and so much quicker on open claims.
        """
        inquiry = self.inquiry(claim.shape)
        return inquiry.outlook(_Worth(self, inquiry, self.answered(claim)).known)

    def explain(self, claim: Claim) -> tuple[Reason, Mapping[str, Finding]]:
        """Say why what follows does, and name the findings, the law book's included."""
        inquiry, claim = self.inquiry(claim.shape), self.answered(claim)
        return inquiry.explain(_Worth(self, inquiry, claim).known), claim.findings

    def answered(self, claim: Claim) -> Claim:
        """Give a claim with what the law book answers in it."""
        return self._answered(claim, self.inquiry(claim.shape)).claim

    def _answered(self, claim: Claim, inquiry: Inquiry) -> Answered:
        by_law = self._spoken_for(claim.shape, inquiry.names)
        return by_law.answered(claim, self.settings.on, partial(self.favours, claim))

    def determine(self, claim: Claim) -> Determination:
        """Say what follows from a claim's findings."""
        prepared = self._for(claim.shape)
        inquiry = prepared.inquiry
        answered = self._answered(claim, inquiry)
        claim = answered.claim
        worked = _Worth(self, inquiry, claim)
        answer = inquiry.answer(worked.known)
        unasked = self.settings.set.kind in CLOSES_UNASKED_IN
        rules = may_close(prepared.closables, worked.known, claim, unasked=unasked)
        closed = close(rules, worked.known, answer.value, inquiry.value)
        protection: tuple[str, ...] = ()
        if answer.value is FALSE:
            protection = tuple(prepared.protection_of(worked.known))
        return Determination(
            claim=claim,
            settings=self.settings,
            provision=self.provision,
            known=worked.known,
            answer=answer,
            closed=closed,
            open=tuple([name for name in inquiry.names if name not in worked.known]),
            found_again=tuple(worked.found_again),
            proposed=tuple(worked.proposed),
            would_answer=tuple(answered.would_answer(answer.decisive)),
            protection_of=protection,
            warnings=self.settings.warnings,
        )


class _Worth:
    """What the findings of a claim are worth under the settings that apply."""

    def __init__(self, law: ApplicableLaw, inquiry: Inquiry, claim: Claim) -> None:
        self.known: dict[str, Truth] = {}
        self.found_again: list[str] = []
        self.proposed: list[str] = []
        values = law.settings.values
        for name in inquiry.names:
            finding = claim.findings.get(name)
            if finding is None or finding.value is UNKNOWN:
                continue
            by_itself = finding.layer in BY_THEMSELVES
            if by_itself and not law.favours(claim, name, finding.value):
                self.proposed.append(name)
            elif finding.under and worth(finding, name, law.book, values) is UNKNOWN:
                self.found_again.append(name)
            else:
                self.known[name] = finding.value
