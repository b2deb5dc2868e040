"""What people tell about who they are: names, places, nationalities, kin.

Everything is kept as it was told. No name is the canonical one, a place is not moved to
where a map has it now, and a nationality is a claim with a status, never a label.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from asylon.dates import Told
from asylon.identity.errors import RecordError
from asylon.identity.vocabulary import _documents, vocabularies
from asylon.law.jurisdictions import STATES

SPOUSE = "spouse"
CLAIMED = "claimed_as_spouse"
BY_LAW = "acquired_by_law"
_SCRIPT = re.compile(r"[A-Z][a-z]{3}")


@dataclass(frozen=True, slots=True)
class Period:
    """From when to when, each as told, where it was told."""

    since: Told | None = None
    until: Told | None = None


ANY_TIME = Period()


@dataclass(frozen=True, slots=True)
class Name:
    """One name as told or written; a person has many, and none is the canonical one.

    `script` is its code in ISO 15924 (`Hang`, `Hani`, `Hans`, `Hant`, `Latn`), and
    `told_by` whoever gave the name, where that was not the person.
    """

    words: str
    script: str
    language: str = ""
    kind: str = "used"
    told_by: str = ""
    period: Period = ANY_TIME
    note: str = ""

    def __post_init__(self) -> None:
        _require_words(self.words)
        if not _SCRIPT.fullmatch(self.script):
            remedy = "Take its four letters from ISO 15924, such as Hang or Latn."
            raise RecordError("script", "this is no code of a script", remedy)
        vocabularies()["name"].require(self.kind, "kind")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the words of whoever told it; the country may be unknown."""

    words: str
    country: str = ""
    level: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        _require_words(self.words)
        _require_state(self.country, "country", may_be_empty=True)
        if self.level:
            vocabularies()["place"].require(self.level, "level")


@dataclass(frozen=True, slots=True)
class Stay:
    """What happened to a person at a place, and when."""

    kind: str
    place: Place
    period: Period = ANY_TIME
    note: str = ""

    def __post_init__(self) -> None:
        vocabularies()["stay"].require(self.kind, "kind")


@dataclass(frozen=True, slots=True)
class NationalityClaim:
    """What is claimed of a person and a state: never copied from a parent's entry."""

    state: str
    status: str
    article: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        _require_state(self.state, "state", may_be_empty=False)
        vocabularies()["nationality"].require(self.status, "status")
        if self.status == BY_LAW and not self.article:
            problem = "a nationality acquired by law needs its article"
            raise RecordError("article", problem, "Name the law and the article.")


@dataclass(frozen=True, slots=True)
class Kinship:
    """Who somebody is to the person: on the same file, or known by names alone.

    `claimed_by` is empty where the person says so, and else whoever says it. Nobody is
    made a spouse by another's word: that is `claimed_as_spouse`.
    """

    kind: str
    other: str = ""
    names: tuple[Name, ...] = ()
    claimed_by: str = ""
    period: Period = ANY_TIME
    note: str = ""

    def __post_init__(self) -> None:
        vocabularies()["kinship"].require(self.kind, "kind")
        if not self.other and not self.names:
            problem = "nobody is named"
            raise RecordError("other", problem, "Give a person of the file, or a name.")
        if self.kind == SPOUSE and self.claimed_by:
            problem = "a spouse is somebody whom the person calls so"
            remedy = f"Record what others say as `{CLAIMED}`."
            raise RecordError("kind", problem, remedy)

    @property
    def inverse(self) -> str:
        """What the relation is seen from the other side; empty where it has no name."""
        return _inverses().get(self.kind, "")


def _require_words(words: str) -> None:
    if not words.strip():
        raise RecordError("words", "there are no words", "Write it as it was told.")


def _require_state(state: str, field: str, *, may_be_empty: bool) -> None:
    if state not in STATES and (state or not may_be_empty):
        problem = "this is no code of a state or territory"
        raise RecordError(field, problem, "Write three letters, such as PRK.")


@cache
def _inverses() -> Mapping[str, str]:
    table = _documents().table("inverse")
    return {key: table.text(key) for key in table.data}
