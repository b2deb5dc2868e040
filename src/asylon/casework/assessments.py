"""The assessment of a claim: facts, what stands for and against them, and findings.

An officer finds; nothing here fills a finding in. What is said of the assessment as a
whole, such as that every point was put, is worked out from it and stored nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from asylon.casework.actors import Actor
from asylon.casework.interviews import (
    ANSWERING,
    ASKING,
    BOTH_FEARS,
    Interview,
    asked_about,
)
from asylon.identity import RecordError, Vocabulary
from asylon.identity.vocabulary import tables_of, vocabulary
from asylon.logic import FALSE, TRUE, Truth
from asylon.logic.modules import Signs
from asylon.logic.truth import all_of

FOR, AGAINST = "for", "against"
VALUES = ("true", "false", "unknown")


@dataclass(frozen=True, slots=True)
class Source:
    """Something the assessment rests on that the person did not say.

    Attributes:
        disclosed: the day on which its substance was disclosed to the person or counsel.
    """

    id: str
    title: str
    fingerprint: str = ""
    disclosed: date | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A part of an interview, or a source, on one side of a fact, and why."""

    of: str
    side: str
    why: str

    def __post_init__(self) -> None:
        words()["side"].require(self.side, "side")
        _require_words("why", self.why)


@dataclass(frozen=True, slots=True)
class Considered:
    """An indicator that was looked at, and what it shows here."""

    indicator: str
    words: str

    def __post_init__(self) -> None:
        words()["indicator"].require(self.indicator, "indicator")
        _require_words("words", self.words)


@dataclass(frozen=True, slots=True)
class MaterialFact:
    """Something that was told and matters to elements of the law.

    Attributes:
        elements: the paths of the elements that it matters to.
        distortions: what may have distorted the telling, such as fear or interpreting.
        accepted: `accepted`, `not_accepted` or `unresolved`.
    """

    id: str
    words: str
    elements: tuple[str, ...]
    links: tuple[Link, ...] = ()
    considered: tuple[Considered, ...] = ()
    distortions: str = ""
    accepted: str = "unresolved"
    reasons: str = ""

    def __post_init__(self) -> None:
        words()["acceptance"].require(self.accepted, "accepted")
        _require_words("words", self.words)
        if self.accepted == "not_accepted" and not self.considered:
            problem = "a fact is not accepted, and no indicator was considered"
            raise RecordError("considered", problem, "Say what was looked at.")


@dataclass(frozen=True, slots=True)
class Point:
    """A point against the person: what it is about, how it was put, what they answered.

    Attributes:
        about: the part of an interview, or the source, that stands against the fact.
        put, answered: the parts of an interview in which it was, as `i1/s2`; `declined`
            where the person said there that they would rather not answer.
    """

    fact: str
    about: str
    put: str = ""
    answered: str = ""
    declined: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """Something that speaks for the person, and why the finding stands all the same."""

    of: str
    why: str

    def __post_init__(self) -> None:
        _require_words("why", self.why)


@dataclass(frozen=True, slots=True)
class Closing:
    """Closing an open element against the person: never only that it was not proved.

    Attributes:
        put: the part of an interview in which the question was put.
        enquiries: what the authority itself did to find out.
        doubt: why the benefit of the doubt does not help.
    """

    put: str
    enquiries: str
    doubt: str

    def __post_init__(self) -> None:
        for name in ("put", "enquiries", "doubt"):
            _require_words(name, getattr(self, name))


@dataclass(frozen=True, slots=True)
class Under:
    """The standard or test that a finding was made under: a parameter and its value."""

    parameter: str
    value: str


@dataclass(frozen=True, slots=True)
class Found:
    """What somebody found on one element, with reasons; a later one stands instead.

    Attributes:
        element: its path, such as `nationalities.PRK.well_founded_fear`.
        value: `true`, `false` or `unknown`.
        facts: the material facts that it rests on.
        answers: what speaks for the person, each answered.
    """

    element: str
    value: str
    by: Actor
    on: date
    reasons: str = ""
    facts: tuple[str, ...] = ()
    answers: tuple[Answered, ...] = ()
    under: tuple[Under, ...] = ()
    closing: Closing | None = None

    def __post_init__(self) -> None:
        if self.value not in VALUES:
            problem = "a finding is true, false or unknown"
            raise RecordError("value", problem, "Write one of them.")


@dataclass(frozen=True, slots=True)
class Remaining:
    """What risk remains when all that is doubted is left out, by where it comes from."""

    of: str
    words: str

    def __post_init__(self) -> None:
        words()["remaining"].require(self.of, "of")
        _require_words("words", self.words)


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that was found on a claim; lists only grow, and the last word stands.

    Attributes:
        screened: the closing rules whose screening questions were put.
        indicators: what was raised against closing: rules, or paths of facts.
    """

    facts: tuple[MaterialFact, ...] = ()
    sources: tuple[Source, ...] = ()
    points: tuple[Point, ...] = ()
    findings: tuple[Found, ...] = ()
    screened: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    remaining: tuple[Remaining, ...] = ()

    def __post_init__(self) -> None:
        known = {each.id for each in self.facts}
        named = {e.fact for e in self.points} | {
            f for e in self.findings for f in e.facts
        }
        if named - known:
            problem = "this names no fact of the assessment"
            raise RecordError("facts", problem, "Name one that is.")

    @property
    def standing(self) -> Mapping[str, Found]:
        """Give the findings that stand, by the path of the element."""
        return {each.element: each for each in self.findings}

    @property
    def standing_facts(self) -> Mapping[str, MaterialFact]:
        """Give the facts as they were written last, by their names."""
        return {each.id: each for each in self.facts}

    def against(self, signs: Signs) -> tuple[Found, ...]:
        """List the findings that stand and go against the person under a definition."""
        helping, harming = signs
        return tuple(
            each
            for each in self.standing.values()
            if (each.value == "true" and each.element in harming)
            or (each.value == "false" and each.element in helping)
        )


def told(
    assessment: Assessment,
    interviews: Sequence[Interview],
    signs: Signs,
    open: Collection[str],
    *,
    on: date,
) -> dict[str, Truth]:
    """Work out the facts of the procedure that an assessment answers.

    Where nothing was found against the person, no refusal has points or reasons.

    Args:
        assessment: what was found.
        interviews: what was said.
        signs: which facts help, and which harm, under the definition that applies.
        open: the elements that still matter to the outcome, those of other grounds of
            protection included.
        on: the day.
    """
    looked = _Looked(assessment, interviews, on)
    against = assessment.against(signs)
    topics = {each.of for each in assessment.remaining}
    return {
        "put": _all(against, looked.is_put),
        "answerable": _all(against, looked.is_answerable),
        "reasoned": _all(against, looked.is_reasoned),
        "settled": FALSE if open else TRUE,
        "residual_risk": TRUE if topics >= set(words()["remaining"]) else FALSE,
        "both_fears": all_of([asked_about(interviews, each) for each in BOTH_FEARS]),
    }


def _all(against: Sequence[Found], ask: Callable[[Found], bool]) -> Truth:
    return TRUE if against and all(map(ask, against)) else FALSE


class _Looked:
    """An assessment beside the interviews that its points and links name."""

    def __init__(
        self, assessment: Assessment, interviews: Sequence[Interview], on: date
    ) -> None:
        self.assessment = assessment
        self.facts = assessment.standing_facts
        self.said = {
            f"{interview.id}/{each.id}": each
            for interview in interviews
            for each in interview.segments
        }
        self.disclosed = {
            each.id
            for each in assessment.sources
            if each.disclosed is not None and each.disclosed <= on
        }

    def links(self, found: Found, side: str) -> Iterator[tuple[str, Link]]:
        """Go through what stands on one side of the facts that a finding rests on."""
        for name in found.facts:
            for link in self.facts[name].links:
                if link.side == side:
                    yield name, link

    def is_put(self, found: Found) -> bool:
        """Whether the person answered all that stands against them.

        What a fact is disbelieved for is put as well, whether or not a link names it,
        and so is the question of an element that is closed.
        """
        answered = {
            (each.fact, each.about)
            for each in self.assessment.points
            if self._is_answered(each)
        }
        doubted = {
            name for name in found.facts if self.facts[name].accepted != "accepted"
        }
        against = {(name, link.of) for name, link in self.links(found, AGAINST)}
        closed = found.closing is None or self._was_asked(found.closing.put)
        return (
            closed
            and bool(against or doubted or found.closing)
            and against <= answered
            and doubted <= {fact for fact, _ in answered}
        )

    def is_answerable(self, found: Found) -> bool:
        """Whether all that stands against the person was said, or disclosed to them."""
        known = self.said.keys() | self.disclosed
        return all(link.of in known for _, link in self.links(found, AGAINST))

    def is_reasoned(self, found: Found) -> bool:
        """Whether it says why, on what, and answers all that speaks for the person."""
        answered = {each.of for each in found.answers}
        rests = bool(found.facts) or found.closing is not None
        speaking = self.links(found, FOR)
        return (
            bool(found.reasons.strip())
            and rests
            and all(link.of in answered for _, link in speaking)
        )

    def _was_asked(self, name: str) -> bool:
        part = self.said.get(name)
        return part is not None and part.kind in ASKING

    def _is_answered(self, point: Point) -> bool:
        answer = self.said.get(point.answered)
        if not self._was_asked(point.put) or answer is None:
            return False
        # Somebody who would rather not answer says so, and that is kept as well.
        return point.declined or answer.kind in ANSWERING


def _require_words(name: str, value: str) -> None:
    if not value.strip():
        raise RecordError(name, "there are no words", "Write why, in a sentence.")


@cache
def words() -> Mapping[str, Vocabulary]:
    """Read the vocabularies: `side`, `indicator`, `acceptance` and `remaining`."""
    document = tables_of(__package__, "assessments.toml")
    return {
        name: vocabulary(each) for name, each in document.named_tables("vocabulary")
    }


def vocabularies() -> Iterator[Vocabulary]:
    """Go through the words of an assessment."""
    yield from words().values()
