"""Stories of invented claims: what was said, and what was found on it.

They are data. Here they become interviews and assessments as people would have written
them; whether a claim may take a step is asked of the procedure, as for anybody.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from asylon.casework import Actor
from asylon.casework.assessments import (
    AGAINST,
    FOR,
    Answered,
    Assessment,
    Considered,
    Found,
    Link,
    MaterialFact,
    Point,
    Remaining,
)
from asylon.casework.assessments import words as words_of
from asylon.casework.interviews import Interview, Segment

NO, YES = "false", "true"


@dataclass(frozen=True, slots=True)
class Said:
    """A question and its answer, each as it was said and as it was rendered."""

    question: str
    asked: str
    answer: str
    rendered: str
    topic: str = ""
    doubt: str = ""
    supports: str = ""
    against: str = ""
    about: int = 0
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A material fact of a story, and what was looked at to accept it or not."""

    id: str
    words: str
    accepted: str
    indicator: str
    looked: str


@dataclass(frozen=True, slots=True)
class Story:
    """A claim that nobody made.

    Attributes:
        states: which nationalities somebody may claim for whom it fits.
        outcome: what is drafted on it.
        said: the questions, and after them the points that were put.
        findings: the value of each element, by its path.
        reasons: why, in a sentence or two, under a heading.
        lacks: what is missing of a draft that is sent back.
        appeals: what is said against it on appeal.
        language: the one that is spoken.
    """

    id: str
    states: frozenset[str]
    outcome: str
    said: tuple[Said, ...]
    facts: tuple[Fact, ...]
    findings: Mapping[str, str]
    reasons: str
    heading: str
    lacks: str
    appeals: str
    language: str

    def interview(self, id: str, officer: Actor, on: date, *, beside: str) -> Interview:
        """Make the interview: who was there, and the day; nothing is said in it yet.

        Args:
            id: its name within the claim.
            officer: who asks.
            on: the day.
            beside: the name of the interpreter.
        """
        return Interview(
            id, on, officer, "ko", interpreter=beside, consented=on, room="1"
        )

    def segments(self, on: date) -> Iterator[Segment]:
        """Go through what was said, in its order, and that it was read back."""
        clock = _read()["clock"]
        moment = datetime.combine(on, clock["begins"])
        between = timedelta(minutes=clock["between"])
        for number, each in enumerate(self.said, 1):
            kind = "point" if each.fact else "question"
            yield Segment(
                f"q{number}",
                kind,
                _told(moment),
                "officer",
                each.question,
                "en",
                each.asked,
                "ko",
                topic=each.topic,
                doubt=each.doubt,
            )
            yield Segment(
                f"a{number}",
                "answer",
                _told(moment + between / 2),
                "person",
                each.answer,
                "ko",
                each.rendered,
                "en",
                answers=f"q{number}",
            )
            moment += between
        yield Segment("r", "read_back", _told(moment), "interpreter", language="ko")

    def assessment(self, interview: str, by: Actor, on: date) -> Assessment:
        """Write what was found, with every sentence that it rests on.

        Args:
            interview: the name of the interview.
            by: who finds.
            on: the day.
        """
        facts = tuple(self._fact(each, interview) for each in self.facts)
        answers = tuple(self._answers(facts))
        findings = tuple(
            Found(
                path,
                value,
                by,
                on,
                reasons=self.reasons,
                facts=tuple(each.id for each in facts),
                answers=answers,
            )
            for path, value in self.findings.items()
        )
        return Assessment(
            facts=facts,
            points=tuple(self._points(interview)),
            findings=findings,
            remaining=tuple(
                Remaining(each, "What is left once all that is doubted is put aside.")
                for each in words_of()["remaining"]
            ),
        )

    def _fact(self, fact: Fact, interview: str) -> MaterialFact:
        links = []
        for number, each in enumerate(self.said, 1):
            of = f"{interview}/a{number}"
            if each.supports == fact.id:
                links.append(Link(of, FOR, "The person says so themselves."))
            if each.against == fact.id:
                links.append(Link(of, AGAINST, "It does not fit what was said before."))
        return MaterialFact(
            fact.id,
            fact.words,
            tuple(self.findings),
            tuple(links),
            (Considered(fact.indicator, fact.looked),),
            distortions="Fear, and an interpreter who speaks another dialect.",
            accepted=fact.accepted,
            reasons=fact.looked,
        )

    def _points(self, interview: str) -> Iterator[Point]:
        for number, each in enumerate(self.said, 1):
            if each.fact:
                put, answered = f"{interview}/q{number}", f"{interview}/a{number}"
                yield Point(each.fact, f"{interview}/a{each.about}", put, answered)

    def _answers(self, facts: tuple[MaterialFact, ...]) -> Iterator[Answered]:
        for fact in facts:
            for link in fact.links:
                if link.side == FOR:
                    yield Answered(link.of, "It was weighed, and what was put remains.")


@dataclass(frozen=True, slots=True)
class Way:
    """How far so many claims come, by which story, and in which procedure."""

    story: str
    until: str
    claims: int
    procedure: str = "mandate"


@cache
def ways() -> tuple[Way, ...]:
    """Read the ways that claims take."""
    return tuple(Way(**each) for each in _read()["way"])


@cache
def stories() -> Mapping[str, Story]:
    """Read the stories."""
    data = _read()
    common = data["common"]["no"]
    return {id: _story(id, each, common) for id, each in data["story"].items()}


def _story(id: str, data: Mapping[str, Any], common: list[str]) -> Story:
    said = [
        Said(**{"supports" if key == "for" else key: each[key] for key in each})
        for each in (*data["said"], *data.get("put", ()))
    ]
    findings = dict.fromkeys((*common, *data["no"]), NO) | dict.fromkeys(
        data["yes"], YES
    )
    return Story(
        id,
        frozenset(data["states"]),
        data["outcome"],
        tuple(said),
        tuple(Fact(**each) for each in data["fact"]),
        findings,
        data["reasons"],
        **_read()["words"],
    )


@cache
def _read() -> Mapping[str, Any]:
    return tomllib.loads((files(__package__) / "stories.toml").read_text("utf-8"))


def _told(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
