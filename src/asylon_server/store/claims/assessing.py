"""The assessment of a claim: what officers write into it, and its record when it is read.

Lists of an assessment only grow, so that two who write at once both keep what they
wrote. Whoever wrote over what somebody else wrote meanwhile is told first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, cached_property, partial
from uuid import UUID

from asylon.casework import Actor as Hand
from asylon.casework import CaseClaim, takeaway
from asylon.casework.assessments import (
    Assessment,
    Found,
    Link,
    MaterialFact,
    Point,
    Remaining,
    Source,
)
from asylon.casework.explaining import Beside, Element, Explainer, told_by
from asylon.casework.lawful import NOTHING
from asylon.casework.takeaway import Listed
from asylon.identity import RecordError
from asylon.languages import Catalogue
from asylon.law import DocumentError, LawError
from asylon.logic.grounding import MISSING
from asylon.security.custody import Custody
from asylon_server.store.cases import fields, history
from asylon_server.store.cases.placing import hand
from asylon_server.store.claims import answering, steps
from asylon_server.store.claims.asking import Asked
from asylon_server.store.claims.steps import Open
from asylon_server.store.record.acts import record_alone
from asylon_server.store.rights import Actor
from asylon_server.store.rights.errors import NotThereError

FIND, PUT, CLOSE = "find", "put", "close_element"
"""The acts of the procedure by which an assessment grows."""

Write = Callable[[Assessment, Hand, date], Assessment]


class WrittenMeanwhileError(Exception):
    """Somebody wrote on the same thing since it was read; nothing was written."""


@dataclass(frozen=True, slots=True)
class Writing:
    """Something to be written into an assessment, by an act of the procedure."""

    act: str
    write: Write


def of_fact(told: MaterialFact, *, read: int = 0) -> Writing:
    """Write a material fact down; one that has a name already is worded anew.

    Links are no part of a wording: those that stand go on standing.

    Args:
        told: the fact; without a name it is a new one.
        read: how many wordings of it were read.
    """

    def write(now: Assessment, by: Hand, on: date) -> Assessment:
        _refuse_unread(sum(e.id == told.id for e in now.facts if told.id), read)
        known = now.standing_facts
        if told.id and told.id not in known:
            raise NotThereError
        name = told.id or _next_name("f", known)
        links = known[name].links if told.id else told.links
        made = replace(told, id=name, links=links, by=by, on=on)
        return replace(now, facts=(*now.facts, made))

    return Writing(FIND, write)


def of_link(fact: str, link: Link) -> Writing:
    """Link a part of an interview, or a source, to a fact.

    What is linked already is linked anew, on the side and with the sentence given now.
    """

    def write(now: Assessment, by: Hand, on: date) -> Assessment:
        stands = now.standing_facts.get(fact)
        if stands is None:
            raise NotThereError
        others = tuple(each for each in stands.links if each.of != link.of)
        made = replace(stands, links=(*others, link), by=by, on=on)
        return replace(now, facts=(*now.facts, made))

    return Writing(FIND, write)


def of_finding(told: Callable[[Hand, date], Found], *, read: int) -> Writing:
    """Write a finding down, by whoever acts; one with a closing closes the element.

    Args:
        told: makes the finding of whoever acts, on the day.
        read: how many findings on the element were read.
    """

    def write(now: Assessment, by: Hand, on: date) -> Assessment:
        found = told(by, on)
        there = sum(each.element == found.element for each in now.findings)
        _refuse_unread(there, read)
        return replace(now, findings=(*now.findings, found))

    return Writing(FIND, write)


def of_closing(told: Callable[[Hand, date], Found], *, read: int) -> Writing:
    """Write down that an open element is closed against the person."""
    return Writing(CLOSE, of_finding(told, read=read).write)


def of_point(point: Point) -> Writing:
    """Write down where a point against the person was put to them, and answered."""

    def write(now: Assessment, _by: Hand, _on: date) -> Assessment:
        return replace(now, points=(*now.points, point))

    return Writing(PUT, write)


def of_source(told: Source, *, read: int = 0) -> Writing:
    """Write down a source, or on which day its substance was disclosed."""

    def write(now: Assessment, _by: Hand, _on: date) -> Assessment:
        _refuse_unread(sum(e.id == told.id for e in now.sources if told.id), read)
        known = now.standing_sources
        if told.id and told.id not in known:
            raise NotThereError
        made = replace(told, id=told.id or _next_name("d", known))
        return replace(now, sources=(*now.sources, made))

    return Writing(FIND, write)


def of_remaining(told: Iterable[Remaining], *, read: int) -> Writing:
    """Write down what risk remains; what stands in the same words is not repeated."""

    def write(now: Assessment, _by: Hand, _on: date) -> Assessment:
        _refuse_unread(len(now.remaining), read)
        stands = now.standing_remaining
        new = tuple(each for each in told if stands.get(each.of) != each)
        return replace(now, remaining=(*now.remaining, *new))

    return Writing(FIND, write)


def of_screening(screened: Iterable[str], raised: Iterable[str]) -> Writing:
    """Write down which screening questions were put, and what was raised by them."""

    def write(now: Assessment, _by: Hand, _on: date) -> Assessment:
        put = dict.fromkeys((*now.screened, *screened))
        indicators = dict.fromkeys((*now.indicators, *raised))
        return replace(now, screened=tuple(put), indicators=tuple(indicators))

    return Writing(FIND, write)


def opened(
    actor: Actor,
    case_id: UUID,
    claim_id: str,
    *,
    at: datetime,
    custody: Custody,
    witnessed: date | None = None,
) -> Open:
    """Read a claim for whoever reaches what was said.

    Raises:
        NotThereError: there is no such case or claim, or not for this account.
    """
    found = steps.looked_at(
        actor, case_id, claim_id, at=at, custody=custody, witnessed=witnessed
    )
    if not {fields.CLAIM, fields.NARRATIVE} <= found.seen.classes:
        raise NotThereError
    return found


def opened_whole(
    actor: Actor,
    case_id: UUID,
    claim_id: str,
    *,
    at: datetime,
    custody: Custody,
    witnessed: date | None = None,
) -> Open:
    """Read all that was said and found, and keep that it was opened: see `has_opened`.

    Raises:
        NotThereError: there is no such case or claim, or not for this account.
    """
    found = opened(
        actor, case_id, claim_id, at=at, custody=custody, witnessed=witnessed
    )
    if not found.seen.closed:
        details = {"claim": claim_id}
        record_alone(history.CLAIM_READ, actor, at=at, case=case_id, details=details)
    return found


def write(
    actor: Actor,
    case_id: UUID,
    claim_id: str,
    writing: Writing,
    *,
    at: datetime,
    custody: Custody,
    witnessed: date | None = None,
) -> CaseClaim:
    """Write something into the assessment of a claim, as a step of its procedure.

    Raises:
        NotThereError: there is no such case, claim or fact, or not for this account.
        WrittenMeanwhileError: somebody wrote on the same thing since it was read.
        StepRefusedError: the procedure does not let it be done.
        RecordError: the law book does not ask what was found.
    """

    def change(claim: CaseClaim) -> CaseClaim:
        grown = writing.write(claim.assessment, hand(actor), at.date())
        return _readable(replace(claim, assessment=grown))

    return steps.take(
        actor,
        case_id,
        claim_id,
        Asked(writing.act, change=change),
        at=at,
        custody=custody,
        witnessed=witnessed,
    )


class Law:
    """What the law says beside an assessment, worked out as far as it is asked.

    Attributes:
        elements: what can be found on; nothing where nothing can be worked out.
        signs: which findings help the person, and which go against them.
        open: the elements that still matter.
    """

    elements: tuple[Element, ...]

    def __init__(
        self, found: Open, words: Catalogue, *, on: date, also: str = ""
    ) -> None:
        """Ask about a claim as far as it is read, in a reader's language.

        Args:
            found: the claim.
            words: the language.
            on: the day whose law applies.
            also: the path of an element about some state, or place, nobody named yet.
        """
        engine, explainer = answering.engine(), _explainer(words)
        claim, self.elements = found.claim, ()
        person = found.seen.file.person(claim.person)
        told = told_by(person, engine.book)
        for listed in (_wider(told, also), told):
            with suppress(LawError):
                law = engine.law_of(engine.laid(claim, listed, on=on))
                self.elements = explainer.elements(claim, listed, on=on, law=law)
                break
        else:
            law = NOTHING
        self.signs, self.open = law.signs, law.open
        self._beside = partial(explainer.beside, claim, listed, on=on, law=law)

    @cached_property
    def beside(self) -> Beside:
        """Say what follows, why, what is open and what would decide."""
        return self._beside()

    def element(self, path: str) -> Element:
        """Find what is asked under a path.

        Raises:
            NotThereError: the law does not ask it.
        """
        for each in self.elements:
            if each.path == path:
                return each
        raise NotThereError


def _wider(listed: Listed, path: str) -> Listed:
    """Put the entries of a path on their lists as well."""
    wider = {name: list(entries) for name, entries in listed.items()}
    *above, _last = path.split(".")
    for place in range(1, len(above), 2):
        entries = wider.setdefault(".".join(above[:place]), [])
        if above[place] not in (*entries, MISSING):
            entries.append(above[place])
    return wider


@cache
def _explainer(words: Catalogue) -> Explainer:
    """Give what explains in a language; it keeps what it has worked out of the law."""
    return Explainer(answering.engine(), words)


def _readable(claim: CaseClaim) -> CaseClaim:
    """Give a claim back that the law book can read; nothing follows from another."""
    try:
        takeaway.read(claim, answering.engine().book, claim.id)
    except DocumentError as error:
        raise RecordError("element", error.problem, error.remedy) from None
    return claim


def _refuse_unread(there: int, read: int) -> None:
    if there > read:
        raise WrittenMeanwhileError


def _next_name(letter: str, known: Iterable[str]) -> str:
    return f"{letter}{len(list(known)) + 1}"
