"""What the law book's country findings and declarations answer in a claim.

An officer finds the facts of a group; a country finding then answers what the law asks
about a country for the people of that group, where nobody has answered it in the case.
What it may not answer by itself is sorted out where findings are weighed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypeAlias

from asylon.determination.claims import BY_THEMSELVES, Claim, Finding, worth
from asylon.law import LawBook, Settings
from asylon.law.countries import ALWAYS, CountryFinding, Declaration
from asylon.logic.evaluation import Known
from asylon.logic.formulas import Constant, Fact, Formula, disjunction, rebuild
from asylon.logic.grounding import MISSING, Shape
from asylon.logic.questions import Found, Inquiry
from asylon.logic.reading import read
from asylon.logic.truth import TRUE, UNKNOWN, Truth

IN_FORCE = "declaration_in_force"
"""The element that a declaration of the law book answers."""


Favours: TypeAlias = Callable[[str, Truth], bool]


@dataclass(frozen=True, slots=True)
class WouldAnswer:
    """A country finding that would answer decisive facts, once its group is found.

    Attributes:
        finding: which.
        answers: the facts it would answer, and how.
        if_found: a smallest set of facts of the group that would be enough.
    """

    finding: str
    answers: tuple[Found, ...]
    if_found: tuple[Found, ...]


@dataclass(frozen=True)
class Speaking:
    """A country finding that speaks about claims whose lists have some shape."""

    finding: CountryFinding
    when: Formula
    answers: tuple[Found, ...]

    @cached_property
    def inquiry(self) -> Inquiry:
        """Whom it is about, ready to be asked."""
        return Inquiry(self.when)

    @cached_property
    def _unasked(self) -> Truth:
        return self.inquiry.value({})

    def concerns(self, known: Known) -> Truth:
        """Whether the finding is about the person, on these facts of groups."""
        return self.inquiry.value(known) if known else self._unasked


@dataclass(frozen=True, slots=True)
class Answered:
    """A claim with what the law book answers in it, and what waits for its group."""

    claim: Claim
    waiting: tuple[tuple[Speaking, Known], ...] = ()

    def would_answer(self, decisive: Collection[str]) -> Iterator[WouldAnswer]:
        """Tell which findings would answer what can still change the outcome."""
        for each, known in self.waiting if decisive else ():
            answers = tuple(found for found in each.answers if found[0] in decisive)
            if answers:
                enough = each.inquiry.answer(known).to_establish
                yield WouldAnswer(each.finding.id, answers, enough)


@dataclass(frozen=True)
class Spoken:
    """What the law book says by itself about claims whose lists have some shape."""

    findings: tuple[Speaking, ...]
    declarations: tuple[tuple[str, Declaration], ...]

    def answered(self, claim: Claim, on: date, favours: Favours) -> Answered:
        """Add to a claim what the law book answers in it.

        Where two findings answer one fact differently, the one that helps answers: a
        finding that harms, whatever its document calls it, displaces none that helps.

        Args:
            claim: whose findings stand, whoever made them.
            on: the day of the decision.
            favours: whether finding a fact so can only help the person.
        """
        if claim.as_decided or not (self.findings or self.declarations):
            return Answered(claim)
        found = dict(self._declared(claim, on))
        waiting: list[tuple[Speaking, Known]] = []
        for each in self.findings:
            answers = [one for one in each.answers if _is_open(claim, one[0])]
            if not answers:
                continue
            known = _in_the_case(claim, each.inquiry.names)
            value = each.concerns(known)
            if value is UNKNOWN and not each.finding.adverse:
                waiting.append((each, known))
            for name, answer in answers if value is TRUE else ():
                before = found.get(name)
                differs = before is not None and before.value is not answer
                if before is None or (differs and favours(name, answer)):
                    under, by = each.finding.under, each.finding.id
                    found[name] = Finding(answer, under, "country", by)
        if found:
            claim = replace(claim, findings={**claim.findings, **found})
        return Answered(claim, tuple(waiting))

    def _declared(self, claim: Claim, on: date) -> Iterator[tuple[str, Finding]]:
        for name, declaration in self.declarations:
            applies = declaration.applies(claim.jurisdiction, claim.lodged, on)
            if applies and _is_open(claim, name):
                yield name, Finding(TRUE, {}, "country", declaration.id)


def _is_open(claim: Claim, name: str) -> bool:
    finding = claim.findings.get(name)
    return finding is None or not finding.value.is_settled


def _in_the_case(claim: Claim, names: Sequence[str]) -> dict[str, Truth]:
    """Give what somebody found in the case itself on these facts."""
    findings = ((name, claim.findings.get(name)) for name in names)
    return {
        name: finding.value
        for name, finding in findings
        if finding and finding.layer not in BY_THEMSELVES
    }


def spoken(
    book: LawBook, names: Sequence[str], shape: Shape, settings: Settings
) -> Spoken:
    """Gather what the law book says by itself on the facts of a definition.

    What counts under the settings goes before what would have to be found again, and
    what helps before what may harm.

    Args:
        book: the law book.
        names: the facts the definition asks, for claims of this shape.
        shape: the lists of the claims.
        settings: those that apply.
    """
    by_entry: dict[str, list[str]] = {}
    for name in names:
        match name.split("."):
            case [_, entry, *_, last] if last != MISSING:
                by_entry.setdefault(entry, []).append(name)
    declarations = (
        (name, book.declarations[entry])
        for entry, asked in by_entry.items()
        if entry in book.declarations
        for name in asked
        if name.endswith(f".{IN_FORCE}")
    )
    findings = (
        each
        for entry, asked in by_entry.items()
        if entry in book.countries
        for each in _speaking(book, entry, asked, shape, settings.on)
    )

    def order(each: Speaking) -> tuple[bool, bool]:
        return each.finding.adverse, not _counts(each, book, settings.values)

    return Spoken(tuple(sorted(findings, key=order)), tuple(declarations))


def _counts(each: Speaking, book: LawBook, values: Mapping[str, str]) -> bool:
    """Whether all that a finding answers counts where these parameters apply."""
    under = each.finding.under
    return all(
        worth(Finding(answer, under), name, book, values).is_settled
        for name, answer in each.answers
    )


def _speaking(
    book: LawBook, code: str, names: Sequence[str], shape: Shape, on: date
) -> Iterator[Speaking]:
    for text in book.countries[code]:
        for finding in text.findings:
            if not finding.days.covers(on):
                continue
            answers = tuple(
                (name, finding.answers[last])
                for name in names
                if (last := name.rpartition(".")[2]) in finding.answers
            )
            if answers:
                yield Speaking(finding, _about(book, finding, code, shape), answers)


def _about(book: LawBook, finding: CountryFinding, code: str, shape: Shape) -> Formula:
    """Ask whom a finding is about of the entries that bear the country's code.

    A fact of a country is one and the same on whichever list the country stands.
    """
    if finding.when == ALWAYS:
        return Constant(TRUE)
    lists = [
        (kept, book.lists[kept].of)
        for kept, entries in shape.lists
        if any(name == code for name, _ in entries.members)
    ]

    def asked(part: Formula) -> Formula:
        if not isinstance(part, Fact):
            return rebuild(part, asked)
        per = book.elements[part.name].per
        if per is None:
            return part
        facts = (Fact(f"{kept}.{code}.{part.name}") for kept, of in lists if of == per)
        entries: list[Formula] = [*facts]
        return disjunction(entries) if entries else part

    return asked(read(finding.when))
