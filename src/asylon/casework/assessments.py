"""The assessment of a claim: facts, what stands for and against them, and findings.

An officer finds; nothing here fills a finding in. What is said of the assessment as a
whole, such as that every point was put, is worked out from it and stored nowhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from asylon.casework.actors import Actor
from asylon.casework.interviews import (
    ANSWERING,
    ASKING,
    BOTH_FEARS,
    SPEAKS_FOR_THEM,
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
        by, on: who worded it so, and when.
    """

    id: str
    words: str
    elements: tuple[str, ...]
    links: tuple[Link, ...] = ()
    considered: tuple[Considered, ...] = ()
    distortions: str = ""
    accepted: str = "unresolved"
    reasons: str = ""
    by: Actor | None = None
    on: date | None = None

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

    @property
    def standing_sources(self) -> Mapping[str, Source]:
        """Give the sources as they were written last, by their names."""
        return {each.id: each for each in self.sources}

    @property
    def standing_remaining(self) -> Mapping[str, Remaining]:
        """Give what risk was found last, by where it comes from."""
        return {each.of: each for each in self.remaining}

    def against(self, signs: Signs) -> tuple[Found, ...]:
        """List the findings that stand and go against the person under a definition."""
        helping, harming = signs
        return tuple(
            each
            for each in self.standing.values()
            if (each.value == "true" and each.element in harming)
            or (each.value == "false" and each.element in helping)
        )


@dataclass(frozen=True, slots=True)
class Lack:
    """What a finding against the person lacks, so that nothing may rest on it yet.

    Attributes:
        found: the finding.
        unput: points that were not put and answered; see `unput`.
        unasked: whether nothing was put at all, or not the question that is closed.
        undisclosed: what stands against the person and was neither said nor disclosed.
        unanswered: what speaks for the person and is not answered.
        unreasoned: whether it says no reasons, or rests on nothing.
    """

    found: Found
    unput: tuple[tuple[str, str], ...] = ()
    unasked: bool = False
    undisclosed: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    unreasoned: bool = False

    @property
    def is_put(self) -> bool:
        """Whether the person answered all that stands against them."""
        return not self.unput and not self.unasked

    @property
    def is_answerable(self) -> bool:
        """Whether all that stands against the person was said, or disclosed to them."""
        return not self.undisclosed

    @property
    def is_reasoned(self) -> bool:
        """Whether it says why, on what, and answers all that speaks for the person."""
        return not self.unreasoned and not self.unanswered

    def __bool__(self) -> bool:
        return not (self.is_put and self.is_answerable and self.is_reasoned)


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
    against = lacks(assessment, interviews, signs, on=on)
    topics = {each.of for each in assessment.remaining}
    return {
        "put": _all(each.is_put for each in against),
        "answerable": _all(each.is_answerable for each in against),
        "reasoned": _all(each.is_reasoned for each in against),
        "settled": FALSE if open else TRUE,
        "residual_risk": TRUE if topics >= set(words()["remaining"]) else FALSE,
        "both_fears": all_of([asked_about(interviews, each) for each in BOTH_FEARS]),
    }


def lacks(
    assessment: Assessment, interviews: Sequence[Interview], signs: Signs, *, on: date
) -> tuple[Lack, ...]:
    """Say of each finding against the person what it lacks, if anything."""
    looked = _Looked(assessment, interviews, on)
    return tuple(map(looked.lack, assessment.against(signs)))


def unput(
    assessment: Assessment, interviews: Sequence[Interview], *, on: date
) -> tuple[tuple[str, str], ...]:
    """List the points against the person that were not put to them and answered.

    Each is a fact, and what stands against it: a part of an interview, or a source. The
    latter is empty where a fact is not accepted and nothing of it was put.
    """
    looked = _Looked(assessment, interviews, on)
    return tuple(
        point
        for name, fact in looked.facts.items()
        for point in looked.unput(name, doubted=fact.accepted == "not_accepted")
    )


def _all(answers: Iterable[bool]) -> Truth:
    told = list(answers)
    return TRUE if told and all(told) else FALSE


class _Looked:
    """An assessment beside the interviews that its points and links name."""

    def __init__(
        self, assessment: Assessment, interviews: Sequence[Interview], on: date
    ) -> None:
        self.facts = assessment.standing_facts
        self.said = {
            f"{interview.id}/{each.id}": each
            for interview in interviews
            for each in interview.segments
        }
        disclosed = {
            each.id
            for each in assessment.sources
            if each.disclosed is not None and each.disclosed <= on
        }
        self.known = self.said.keys() | disclosed
        self.answered = {
            (each.fact, each.about)
            for each in assessment.points
            if self._is_answered(each)
        }

    def lack(self, found: Found) -> Lack:
        """Say what a finding lacks.

        What a fact is disbelieved for is put as well, whether or not a link names it,
        and so is the question of an element that is closed.
        """
        doubted = {
            name for name in found.facts if self.facts[name].accepted != "accepted"
        }
        against = [link.of for link in self._links(found, AGAINST)]
        speaking = [link.of for link in self._links(found, FOR)]
        answered = {each.of for each in found.answers}
        rests = found.facts or found.closing
        unput = [
            point
            for name in found.facts
            for point in self.unput(name, doubted=name in doubted)
        ]
        return Lack(
            found,
            unput=tuple(unput),
            unasked=self._is_unasked(found, bool(against or doubted)),
            undisclosed=tuple(each for each in against if each not in self.known),
            unanswered=tuple(each for each in speaking if each not in answered),
            unreasoned=not found.reasons.strip() or not rests,
        )

    def unput(self, name: str, *, doubted: bool) -> Iterator[tuple[str, str]]:
        """Go through the points on a fact that were not put and answered."""
        against = [e.of for e in self.facts[name].links if e.side == AGAINST]
        open_ = [(name, of) for of in against if (name, of) not in self.answered]
        yield from open_
        if doubted and not open_ and name not in {fact for fact, _ in self.answered}:
            yield name, ""

    def _links(self, found: Found, side: str) -> Iterator[Link]:
        """Go through what stands on one side of the facts that a finding rests on."""
        for name in found.facts:
            yield from (e for e in self.facts[name].links if e.side == side)

    def _is_unasked(self, found: Found, has_points: bool) -> bool:
        if found.closing is None:
            return not has_points
        return not self._was_asked(found.closing.put)

    def _was_asked(self, name: str) -> bool:
        part = self.said.get(name)
        return part is not None and part.kind in ASKING

    def _is_answered(self, point: Point) -> bool:
        answer = self.said.get(point.answered)
        if not self._was_asked(point.put) or answer is None:
            return False
        if answer.speaker not in SPEAKS_FOR_THEM:
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
