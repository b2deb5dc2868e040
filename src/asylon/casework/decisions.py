"""Drafts of a decision, and how one was told; complaints, and who stands beside a child."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256

from asylon.casework.actors import Actor
from asylon.casework.assessments import Assessment
from asylon.casework.interviews import Interview
from asylon.identity import RecordError, Vocabulary
from asylon.identity.records import as_dict
from asylon.identity.vocabulary import tables_of, vocabulary


@dataclass(frozen=True, slots=True)
class Reasoning:
    """A part of the reasons of a draft: what it is about, and what is said."""

    heading: str
    words: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A decision as it was drafted, and what it was drafted from.

    Attributes:
        outcome: its name in the table of the procedure.
        language: the language that the reasons are written in.
        rests_on: the fingerprint of what was said and found when it was drafted.
        law: the documents of the law book, by their hashes.
        sources: the sources that were looked at, by their fingerprints.
        elements: what is to be looked at again, by its paths, where it is remitted.
    """

    outcome: str
    by: Actor
    on: date
    language: str
    reasons: tuple[Reasoning, ...]
    rests_on: str
    law: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Telling:
    """How and when a decision was told; time runs from one that was understood.

    Attributes:
        way: how it was told.
        language: the language that it was told in.
        understood: whether the person said that they understood, in that language.
    """

    way: str
    on: date
    by: Actor
    language: str
    interpreter: str = ""
    understood: bool = False

    def __post_init__(self) -> None:
        ways()["way"].require(self.way, "way")


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint about somebody who works on a claim; it says nothing of the claim.

    Attributes:
        about: whom it is about, as steps name people.
        by: who settled it; `answer`, what they found and did.
        made_by: who made it.
    """

    id: str
    about: str
    made: date
    words: str
    settled: date | None = None
    by: Actor | None = None
    made_by: Actor | None = None
    answer: str = ""

    def __post_init__(self) -> None:
        if self.settled and self.by is None:
            problem = "it is settled by nobody"
            raise RecordError("by", problem, "Say who settled it.")
        if self.by and self.by.person == self.about:
            problem = "it is settled by whom it is about"
            raise RecordError("by", problem, "Somebody outside settles it.")

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it."""
        return self.settled is None


@dataclass(frozen=True, slots=True)
class Guardian:
    """Who stands beside a child, and since when."""

    name: str
    since: date
    until: date | None = None

    def stands(self, on: date) -> bool:
        """Whether they do on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


def fingerprint(interviews: tuple[Interview, ...], assessment: Assessment) -> str:
    """Give the fingerprint of what was said and found, by which a draft is current."""
    said = [as_dict(each) for each in interviews]
    found = as_dict(assessment)
    text = json.dumps([said, found], ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()


@cache
def ways() -> Mapping[str, Vocabulary]:
    """Read the vocabulary `way`."""
    document = tables_of(__package__, "decisions.toml")
    return {
        name: vocabulary(each) for name, each in document.named_tables("vocabulary")
    }


def vocabularies() -> Iterator[Vocabulary]:
    """Go through the words of decisions."""
    yield from ways().values()
