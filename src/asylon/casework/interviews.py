"""Interviews: what was said, in both languages, and nothing of it ever overwritten.

The record only grows. A correction is a part of its own that names what it corrects, an
objection is effective at once and needs no reason, and what was read back is what stood
there then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache

from asylon.casework.actors import Actor
from asylon.casework.holds import Refusal
from asylon.identity import RecordError, Vocabulary
from asylon.identity.vocabulary import tables_of, vocabulary
from asylon.logic import FALSE, TRUE, Truth

SPOKEN = frozenset({"question", "answer", "point", "statement", "correction"})
"""What has to be read back."""

ASKING = frozenset({"question", "point"})
ANSWERING = frozenset({"answer", "correction", "statement"})
SPEAKS_FOR_THEM = frozenset({"person", "interpreter", "guardian"})
WORDLESS = frozenset({"break", "objection", "read_back"})
"""What needs no words: nobody who objects has to say why."""

ORIGIN = "origin"
BOTH_FEARS = ("fear_at_departure", "fear_since")


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of an interview.

    Attributes:
        kind: what it is, such as a question.
        at: the moment, as `2026-11-30T14:05` in UTC.
        speaker: who says it.
        words: as they were said, in `language`.
        rendered: as the interpreter said them, in the language `into`.
        answers: the question or point that it answers.
        corrects: the part that it corrects, which is kept beside it.
        topic: what a question is about.
        doubt: what a doubt of origin rests on.
        until: the end of a break.
    """

    id: str
    kind: str
    at: str
    speaker: str
    words: str = ""
    language: str = ""
    rendered: str = ""
    into: str = ""
    answers: str = ""
    corrects: str = ""
    topic: str = ""
    doubt: str = ""
    until: str = ""

    def __post_init__(self) -> None:
        words()["segment"].require(self.kind, "kind")
        words()["speaker"].require(self.speaker, "speaker")
        if self.topic:
            words()["topic"].require(self.topic, "topic")
        for name in ("at", "until"):
            _refuse_no_moment(name, getattr(self, name), required=name == "at")
        if self.kind not in WORDLESS and not self.words.strip():
            raise RecordError("words", "there are no words", "Write it as it was said.")

    @property
    def moment(self) -> datetime:
        """When it was said."""
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True, slots=True)
class Interview:
    """An interview: who is there, and what was said.

    Attributes:
        language: the language that the person chose to speak.
        interpreter, counsel, guardian: their names; empty, where there is none.
        consented: the day on which the person agreed to be interviewed so.
        signed_off: the day on which the record was closed, after it was read back.
    """

    id: str
    on: date
    officer: Actor
    language: str
    interpreter: str = ""
    counsel: str = ""
    guardian: str = ""
    room: str = ""
    consented: date | None = None
    segments: tuple[Segment, ...] = ()
    signed_off: date | None = None

    def segment(self, id: str) -> Segment | None:
        """Give a part by its name, if there is one."""
        return next((each for each in self.segments if each.id == id), None)

    @property
    def objection(self) -> Segment | None:
        """Give the objection that stands, if one does."""
        for each in reversed(self.segments):
            if each.kind == "replaced":
                return None
            if each.kind == "objection":
                return each
        return None

    @property
    def is_read_back(self) -> bool:
        """Whether all that was said was read back, and no objection stands."""
        kinds = [each.kind for each in self.segments]
        if "read_back" not in kinds or self.objection:
            return False
        last = len(kinds) - 1 - kinds[::-1].index("read_back")
        return SPOKEN.isdisjoint(kinds[last + 1 :]) and not SPOKEN.isdisjoint(kinds)

    def corrections(self, id: str) -> tuple[Segment, ...]:
        """List what corrects a part, in its order."""
        return tuple(each for each in self.segments if each.corrects == id)

    def answers(self, id: str) -> tuple[Segment, ...]:
        """List what answers a question or a point, in its order."""
        return tuple(each for each in self.segments if each.answers == id)


def said(interview: Interview, new: Segment) -> Interview | Refusal:
    """Add a part to the record; what stands there is never changed."""
    refusal = _not_now(interview, new) or _not_so(interview, new)
    if refusal:
        return refusal
    return replace(interview, segments=(*interview.segments, new))


def rendered(
    interview: Interview, id: str, said: str, into: str
) -> Interview | Refusal:
    """Add how the interpreter said a part; what was rendered already is never changed."""
    part = interview.segment(id)
    if interview.signed_off:
        return Refusal("interview.signed-off")
    if part is None or not said.strip():
        return Refusal("interview.no-such-part")
    if part.rendered:
        return Refusal("interview.rendered-already")
    since = interview.segments[interview.segments.index(part) :]
    if any(each.kind == "read_back" for each in since):
        return Refusal("interview.read-back-since")
    new = replace(part, rendered=said, into=into)
    parts = tuple(new if each is part else each for each in interview.segments)
    return replace(interview, segments=parts)


def grown(before: Sequence[Segment], after: Sequence[Segment]) -> tuple[Segment, ...]:
    """List by which parts a record grew; what was said before stands in it unchanged.

    A part that was rendered since is listed once more, as it is now.

    Raises:
        RecordError: something that was said is changed or left out.
    """
    grew = [
        new
        for old, new in zip(before, after, strict=False)
        if old != new and not _only_rendered(old, new)
    ]
    if grew or len(after) < len(before):
        problem = "what was said before is changed or left out"
        raise RecordError("segments", problem, "Add a correction beside it.")
    known = set(before)
    return tuple(each for each in after if each not in known)


def _only_rendered(old: Segment, new: Segment) -> bool:
    return not old.rendered and new == replace(
        old, rendered=new.rendered, into=new.into
    )


def signed_off(interview: Interview, on: date) -> Interview | Refusal:
    """Close the record; it has to have been read back as it stands."""
    if interview.signed_off:
        return Refusal("interview.signed-off")
    if interview.objection:
        return Refusal("interview.objection")
    if not interview.is_read_back:
        return Refusal("procedure.guard.read-back")
    return replace(interview, signed_off=on)


def asked_about(interviews: Sequence[Interview], topic: str) -> Truth:
    """Say whether a topic was asked about and answered in any interview."""
    asked = (
        (interview, each)
        for interview in interviews
        for each in interview.segments
        if each.kind in ASKING and each.topic == topic
    )
    answers = (part for interview, each in asked for part in interview.answers(each.id))
    found = any(
        each.kind in ANSWERING and each.speaker in SPEAKS_FOR_THEM for each in answers
    )
    return TRUE if found else FALSE


def _not_now(interview: Interview, new: Segment) -> Refusal | None:
    if interview.signed_off:
        return Refusal("interview.signed-off")
    if interview.segment(new.id):
        return Refusal("interview.twice")
    if interview.segments and new.moment < interview.segments[-1].moment:
        return Refusal("interview.earlier")
    if interview.objection and new.kind in SPOKEN:
        return Refusal("interview.objection")
    if new.kind == "replaced" and not interview.objection:
        return Refusal("interview.nothing-to-replace")
    return None


def _not_so(interview: Interview, new: Segment) -> Refusal | None:
    named = [each for each in (new.answers, new.corrects) if each]
    if not all(interview.segment(each) for each in named):
        return Refusal("interview.no-such-part")
    if new.topic == ORIGIN and new.kind in ASKING and not new.doubt.strip():
        return Refusal("interview.origin-without-doubt")
    return None


def _refuse_no_moment(name: str, value: str, *, required: bool) -> None:
    if not value and not required:
        return
    try:
        datetime.fromisoformat(value)
    except ValueError:
        problem = "this is no moment"
        raise RecordError(name, problem, "Write it as 2026-11-30T14:05.") from None


@cache
def words() -> Mapping[str, Vocabulary]:
    """Read the vocabularies: `segment`, `speaker` and `topic`."""
    document = tables_of(__package__, "interviews.toml")
    return {
        name: vocabulary(each) for name, each in document.named_tables("vocabulary")
    }


@cache
def refusals() -> Vocabulary:
    """Read why something of an interview is refused."""
    document = tables_of(__package__, "interviews.toml")
    told = dict(document.named_tables("refusal"))
    says = {code: table.text("says") for code, table in told.items()}
    return Vocabulary("why an interview waits", says)


def vocabularies() -> Iterator[Vocabulary]:
    """Go through the words of interviews."""
    yield from words().values()
    yield refusals()
