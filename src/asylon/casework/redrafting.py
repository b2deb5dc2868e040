"""What changed between two drafts, word by word, and what was said and found since.

Whoever reviews a draft again reads what is new of it, and not all of it once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

from asylon.casework.assessments import Found, MaterialFact, Point, Remaining, Source
from asylon.casework.decisions import Reasoning
from asylon.casework.files import CaseClaim
from asylon.casework.interviews import Segment

KEPT, ADDED, REMOVED = "kept", "added", "removed"

# Between letters of Chinese there are no spaces: each is a word of its own.
_WORDS = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff]|[^\W\u3400-\u9fff\uf900-\ufaff]+|\s+|."
)

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that were kept, added or removed."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Redrafted:
    """A part of the reasons, beside the one of its heading in the draft before.

    Attributes:
        state: whether the part as a whole was kept, added or removed.
    """

    heading: str
    state: str
    pieces: tuple[Piece, ...]

    @property
    def is_same(self) -> bool:
        """Whether not a word of it changed."""
        return all(each.kind == KEPT for each in self.pieces)


@dataclass(frozen=True, slots=True)
class News:
    """What was said and found since a claim stood as it did then.

    Attributes:
        said: parts of interviews, each with the name of its interview.
    """

    said: tuple[tuple[str, Segment], ...] = ()
    facts: tuple[MaterialFact, ...] = ()
    sources: tuple[Source, ...] = ()
    points: tuple[Point, ...] = ()
    findings: tuple[Found, ...] = ()
    remaining: tuple[Remaining, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        found = (self.facts, self.sources, self.points, self.findings, self.remaining)
        return bool(self.said or any(found))


def redrafted(
    before: Sequence[Reasoning], now: Sequence[Reasoning]
) -> tuple[Redrafted, ...]:
    """Lay the reasons of a draft beside those of the one before; parts left out come last.

    >>> [part] = redrafted(
    ...     [Reasoning("Why", "You left.")], [Reasoning("Why", "She left.")]
    ... )
    >>> [(each.kind, each.words) for each in part.pieces]
    [('removed', 'You'), ('added', 'She'), ('kept', ' left.')]
    """
    left = list(before)
    told = []
    for part in now:
        old = next((each for each in left if each.heading == part.heading), None)
        if old is None:
            told.append(Redrafted(part.heading, ADDED, _whole(ADDED, part.words)))
        else:
            left.remove(old)
            pieces = tuple(_pieces(old.words, part.words))
            told.append(Redrafted(part.heading, KEPT, pieces))
    gone = (Redrafted(e.heading, REMOVED, _whole(REMOVED, e.words)) for e in left)
    return (*told, *gone)


def news(before: CaseClaim, now: CaseClaim) -> News:
    """Say what was said and found on a claim since it stood as it did before."""
    old, new = before.assessment, now.assessment
    return News(
        said=_new(tuple(_said(before)), tuple(_said(now))),
        facts=_new(old.facts, new.facts),
        sources=_new(old.sources, new.sources),
        points=_new(old.points, new.points),
        findings=_new(old.findings, new.findings),
        remaining=_new(old.remaining, new.remaining),
    )


def _said(claim: CaseClaim) -> Iterator[tuple[str, Segment]]:
    for interview in claim.interviews:
        for each in interview.segments:
            yield interview.id, each


def _new(before: tuple[Kind, ...], now: tuple[Kind, ...]) -> tuple[Kind, ...]:
    return tuple(each for each in now if each not in before)


def _whole(kind: str, words: str) -> tuple[Piece, ...]:
    return (Piece(kind, words),)


def _pieces(before: str, now: str) -> Iterator[Piece]:
    """Lay words beside words; what changed on both sides of a space changed as one."""
    old, new = _WORDS.findall(before), _WORDS.findall(now)
    matched = SequenceMatcher(a=old, b=new, autojunk=False)
    removed, added = "", ""
    for what, first, last, begin, end in matched.get_opcodes():
        gone, come = "".join(old[first:last]), "".join(new[begin:end])
        if what != "equal" or ((removed or added) and not gone.strip()):
            removed, added = removed + gone, added + come
            continue
        yield from _change(removed, added)
        removed, added = "", ""
        yield Piece(KEPT, gone)
    yield from _change(removed, added)


def _change(removed: str, added: str) -> Iterator[Piece]:
    """Give what changed in one place; a space that both end with was kept."""
    kept = ""
    if removed[-1:] == added[-1:] and removed[-1:].isspace():
        removed, added, kept = removed[:-1], added[:-1], removed[-1]
    for kind, words in ((REMOVED, removed), (ADDED, added), (KEPT, kept)):
        if words:
            yield Piece(kind, words)
