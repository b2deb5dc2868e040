"""What the engine says of a claim in a reader's language: beside an officer, or for good.

An officer finds. Beside that stands what follows so far, why, what is open and what
would decide; and once a decision is written, its reasons, which whoever has the file
works out again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from asylon.casework.assessments import Found, Under
from asylon.casework.decisions import Reasoning
from asylon.casework.files import CaseClaim
from asylon.casework.lawful import NOTHING, OTHERWISE, Engine, Laid
from asylon.casework.people import Person
from asylon.casework.proceedings import Law
from asylon.casework.takeaway import Listed
from asylon.determination import Determination, Examiner, Line, Narrator
from asylon.determination.notices import Herald, problem
from asylon.determination.sentences import tree
from asylon.languages import Catalogue
from asylon.law import LawBook, LawError
from asylon.law.adopting import pinned
from asylon.law.bindings import cited_as_binding
from asylon.law.readers import PROTECTS
from asylon.logic import questions
from asylon.logic.grounding import MISSING
from asylon.logic.truth import UNKNOWN, Truth

LISTS = ("nationalities", "linked_states", "destinations")
"""The lists on which stands, to be asked about, each state that a person names."""


@dataclass(frozen=True, slots=True)
class Point:
    """A finding in words, as it stands or as it would have to be made."""

    path: str
    value: Truth
    text: str


@dataclass(frozen=True, slots=True)
class Other:
    """A protection beside the definition, in words.

    Attributes:
        counts: whether it stands in the way of a refusal here; see `lawful.OTHERWISE`.
        reasons: why; empty where nothing that it asks was found.
    """

    provision: str
    kind: str
    value: Truth
    text: str
    counts: bool
    reasons: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside an officer while they find.

    Attributes:
        law: the same, as the procedure asks it.
        says: what follows, in one sentence.
        reasons: why, outermost first.
        carried_by: the fewest findings that settle it, once it is settled.
        decisive: what is open and can still change it.
        to_establish, to_defeat: the fewest findings that would be enough either way.
        again: findings to be made again, under the standard that applies now.
        proposed: what the law book proposes against the person, and an officer has to
            find themselves.
        others: the protections beside the definition.
        problem: why nothing can be worked out, where that is so.
    """

    law: Law
    value: Truth
    says: str
    reasons: tuple[Line, ...] = ()
    carried_by: tuple[Point, ...] = ()
    decisive: tuple[Point, ...] = ()
    to_establish: tuple[Point, ...] = ()
    to_defeat: tuple[Point, ...] = ()
    again: tuple[Point, ...] = ()
    proposed: tuple[Point, ...] = ()
    others: tuple[Other, ...] = ()
    warnings: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """Something an officer can find on in a claim, and what was found.

    Attributes:
        guidance: how to look at it; in English, as the law book has it.
        under: the standards and tests that apply to it now.
        found: the finding that stands.
        matters: whether it can still change what is decided.
        by: the country finding or declaration of the law book that speaks to it.
    """

    path: str
    name: str
    question: str
    guidance: tuple[str, ...]
    under: tuple[Under, ...]
    found: Found | None
    matters: bool
    by: str = ""


@dataclass(frozen=True, slots=True)
class Reasons:
    """The reasons of a decision, by which law and on which day.

    Attributes:
        law: the hash of every document that gives the law book its meaning.
        set: the settings that applied.
        tree: the reasons as `asylon explain --json` gives them.
    """

    law: tuple[str, ...]
    set: str
    on: date
    says: str
    lines: tuple[Line, ...]
    tree: Mapping[str, object]

    def as_reasoning(self) -> Reasoning:
        """Write them as a part of the reasons of a draft."""
        words = "\n".join(f"{'  ' * each.depth}{each.text}" for each in self.lines)
        return Reasoning(self.says, words)


def told_by(person: Person, book: LawBook) -> Listed:
    """Lay out the states that a person named on the lists of a claim."""
    theirs = [each.state for each in person.nationalities if each.state]
    states = tuple(dict.fromkeys((*theirs, *person.feared)))
    return {
        each: states if each == LISTS[-1] else tuple(dict.fromkeys(theirs))
        for each in LISTS
        if each in book.lists
    }


class Explainer:
    """Says in one language what an engine makes of claims."""

    def __init__(self, engine: Engine, words: Catalogue) -> None:
        """Take the engine and the language."""
        self.engine, self.book, self.words = engine, engine.book, words
        kinds = [each for each in PROTECTS if each not in OTHERWISE]
        self._statuses = Examiner(self.book, kinds)

    def beside(
        self,
        claim: CaseClaim,
        told: Listed | None = None,
        *,
        on: date | None = None,
        law: Law | None = None,
    ) -> Beside:
        """Say what follows so far from the findings of a claim.

        Args:
            claim: what was found.
            told: entries to be looked at though nothing was found on them yet; see
                `told_by`.
            on: the day whose law applies, where it is not that of the signature.
            law: the same as the procedure asks it, where that was worked out before.
        """
        try:
            laid = self.engine.laid(claim, told, on=on)
        except LawError as error:
            says = self._narrator(self.book.first_day).outcome(UNKNOWN)
            why = problem(error, self.words)
            return Beside(NOTHING, UNKNOWN, says, problem=why)
        found = self._determined(laid)
        answer, narrator = found.answer, self._narrator(laid.settings.on)

        def points(asked: Iterable[questions.Found]) -> tuple[Point, ...]:
            return tuple(
                Point(name, value, narrator.finding(name, value))
                for name, value in asked
            )

        def open_(names: Iterable[str]) -> tuple[Point, ...]:
            return points((name, UNKNOWN) for name in names)

        return Beside(
            law=law or self.engine.law_of(laid),
            value=answer.value,
            says=narrator.outcome(answer.value, found.protection_of),
            reasons=tuple(narrator.lines(answer.reason, found.claim.findings)),
            carried_by=points(answer.carried_by),
            decisive=open_(answer.decisive),
            to_establish=points(answer.to_establish),
            to_defeat=points(answer.to_defeat),
            again=open_(found.found_again),
            proposed=open_(found.proposed),
            others=tuple(self._others(laid, claim, narrator)),
            warnings=tuple(map(Herald(self.words).notice, found.warnings)),
        )

    def _determined(self, laid: Laid) -> Determination:
        return self.engine.definition.law(laid.settings).determine(laid.claim)

    def _others(
        self, laid: Laid, claim: CaseClaim, narrator: Narrator
    ) -> Iterator[Other]:
        state = claim.state or laid.settings.set.jurisdiction
        for examiner in (self.engine.otherwise, self._statuses):
            counts = examiner is self.engine.otherwise
            only = laid.owed if counts else None
            for version, touched in examiner.touched(laid.claim, laid.settings, only):
                reasons: tuple[Line, ...] = ()
                if touched:
                    law = examiner.law(version.id, laid.settings)
                    reasons = tuple(narrator.lines(*law.explain(laid.claim)))
                binds = cited_as_binding(self.book, state, version.id, narrator.on)
                yield Other(
                    provision=version.id,
                    kind=version.protects,
                    value=reasons[0].value if reasons else UNKNOWN,
                    text=narrator.protection(version.id, state, binds),
                    counts=counts,
                    reasons=reasons,
                )

    def elements(
        self,
        claim: CaseClaim,
        told: Listed | None = None,
        *,
        on: date | None = None,
        law: Law | None = None,
    ) -> tuple[Element, ...]:
        """List what an officer can find on in a claim, in the order of the law.

        A list itself stands there as well: whether somebody is still missing from it.

        Args:
            claim: what was found.
            told: entries to be asked about though nothing was found on them yet; see
                `told_by`.
            on: the day whose law applies, where it is not that of the signature.
            law: the same as the procedure asks it, where that was worked out before.

        Raises:
            LawError: nothing can be worked out; `beside` says why.
        """
        laid = self.engine.laid(claim, told, on=on)
        asked = (*self.engine.asked(laid), *self._asked_of_a_status(laid))
        standing = claim.assessment.standing
        paths = dict.fromkeys((*filter(self._can_be_found, asked), *standing))
        matters = frozenset((law or self.engine.law_of(laid)).open)
        answered = self.engine.definition.law(laid.settings).answered(laid.claim)
        narrator = self._narrator(laid.settings.on)

        def element(path: str) -> Element:
            known = self.book.elements.get(path.rpartition(".")[2])
            finding = answered.findings.get(path)
            values = laid.settings.values
            return Element(
                path=path,
                name=narrator.short(path),
                question=narrator.question(path),
                guidance=known.guidance if known else (),
                under=tuple(
                    Under(e, values[e]) for e in (known.under if known else ())
                ),
                found=standing.get(path),
                matters=path in matters,
                by=finding.by if finding else "",
            )

        return tuple(map(element, paths))

    def _asked_of_a_status(self, laid: Laid) -> Iterator[str]:
        settings, shape = laid.settings, laid.claim.shape
        for provision in self._statuses.provisions:
            if not self.book.is_outside(provision, settings.on):
                yield from self._statuses.law(provision, settings).asked(shape)

    def _can_be_found(self, path: str) -> bool:
        """Whether a fact is about somebody who is on a list, or about a list."""
        above, _, last = path.rpartition(".")
        known = last == MISSING or last in self.book.elements
        return known and MISSING not in above.split(".")

    def reasons(self, claim: CaseClaim, *, on: date | None = None) -> Reasons:
        """Give the reasons that a decision keeps, and by which law they are replayed.

        Raises:
            LawError: nothing can be worked out; `beside` says why.
        """
        found = self._determined(self.engine.laid(claim, on=on))
        narrator = self._narrator(found.settings.on)
        reason, findings = found.answer.reason, found.claim.findings
        return Reasons(
            law=tuple(sorted(pinned(self.book).values())),
            set=found.settings.set.id,
            on=found.settings.on,
            says=narrator.outcome(found.definition, found.protection_of),
            lines=tuple(narrator.lines(reason, findings)),
            tree=tree(reason, findings, narrator),
        )

    def _narrator(self, on: date) -> Narrator:
        return Narrator(self.book, on, self.words)
