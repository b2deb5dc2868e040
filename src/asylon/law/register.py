"""The register of instruments, and what each state has done about them.

An instrument is where provisions come from: a treaty, a regulation, a declaration. A
provision belongs to the one whose identifier begins its own. What a state has done is
told with days and sources, so that only what binds it is cited as binding it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from asylon.law.documents import Document
from asylon.law.provisions import InForce, Provision, Source
from asylon.logic.truth import Truth

Status: TypeAlias = Literal["party", "bound", "signed", "none", "ended"]
"""What a state is to an instrument on a day."""

BINDING = ("party", "bound")
"""The statuses under which an instrument binds."""

STATUSES = (*BINDING, "signed", "none")
"""What a document may say; that a status has ended follows from the days."""

OPEN_TO: Mapping[str, tuple[str, ...]] = {
    "treaty": ("party", "signed", "none"),
    "bilateral": ("party", "signed", "none"),
    "regulation": ("bound", "none"),
    "directive": ("bound", "none"),
    "statute": ("none",),
    "declaration": ("none",),
    "guidance": (),
    "act": (),
}
"""The kinds of instrument, and what a state can be to one of each kind.

Guidance is nobody's obligation, and an act is the law of one state: no state can do
anything about either.
"""

EFFECTS = ("law", "displaced")


@dataclass(frozen=True, slots=True)
class Displacing:
    """An article before which an obligation gives way, and why."""

    instrument: str
    article: str
    because: str


@dataclass(frozen=True, slots=True)
class Carried:
    """Articles of another instrument that parties to this one undertake to apply."""

    instrument: str
    articles: tuple[str, ...]
    source: Source

    def takes_in(self, article: str) -> bool:
        """Whether an article, or one it is part of, is among those taken over."""
        return any(is_within(article, each) for each in self.articles)


@dataclass(frozen=True, slots=True)
class Wait:
    """How long after the deposit of its instrument a state is bound."""

    days: int
    months: int
    source: Source


@dataclass(frozen=True, slots=True)
class Instrument:
    """One instrument: what it is, since when it is in force, and what it allows.

    Attributes:
        parties: the two parties of a bilateral one; empty where others may join.
        no_reservations_to: the articles to which no state may make a reservation.
        effect: `law`, or `displaced`: shown, and without effect on any result.
        carries: what parties undertake to apply of another instrument.
        wait: how long after its deposit an instrument of ratification binds.
    """

    id: str
    title: str
    short: str
    citation: str
    kind: str
    adopted: date
    in_force: InForce | None
    statement: str
    source: Source
    document: Document
    depositary: str = ""
    parties: tuple[str, ...] = ()
    no_reservations_to: tuple[str, ...] = ()
    effect: str = "law"
    displaced_by: tuple[Displacing, ...] = ()
    carries: Carried | None = None
    wait: Wait | None = None
    note: str = ""

    @property
    def is_displaced(self) -> bool:
        """Whether it gives way to other law, and has no effect on any result."""
        return self.effect == "displaced"

    @property
    def is_for_states(self) -> bool:
        """Whether states can do anything about it at all."""
        return bool(OPEN_TO[self.kind])

    @property
    def binds_states(self) -> bool:
        """Whether any state can be bound by it: no declaration binds one."""
        return any(each in BINDING for each in OPEN_TO[self.kind])

    def is_open_to(self, state: str) -> bool:
        """Whether a state can have anything to do with it."""
        return self.is_for_states and (not self.parties or state in self.parties)

    def admits_no_reservation_to(self, article: str) -> bool:
        """Whether a reservation to an article, or to a part of it, is excluded."""
        return any(touch(article, each) for each in self.no_reservations_to)


@dataclass(frozen=True, slots=True)
class Reservation:
    """A reservation to an article, of this instrument or of one it carries."""

    article: str
    of: str
    note: str
    last: date | None = None

    def stands(self, on: date) -> bool:
        """Whether it has not been withdrawn yet."""
        return self.last is None or on <= self.last


@dataclass(frozen=True, slots=True)
class Complaints:
    """Whether a state lets people complain to a body, and under which article."""

    to: str
    article: str
    accepted: Truth
    first: date | None = None


@dataclass(frozen=True, slots=True)
class Binding:
    """What one state has done about one instrument.

    Attributes:
        status: what it came to; on a day it may be less, or have ended.
        first: the first day bound; none if it is not, or the day is to be checked.
        by: the act by which it became bound, such as accession.
        last: the last day; none while it goes on.
    """

    instrument: str
    status: str
    source: Source
    first: date | None = None
    signed: date | None = None
    deposited: date | None = None
    by: str = ""
    last: date | None = None
    reserved: tuple[Reservation, ...] = ()
    declarations: tuple[str, ...] = ()
    complaints: tuple[Complaints, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class StateBindings:
    """All that one state has done, by instrument."""

    id: str
    title: str
    statement: str
    document: Document
    bindings: Mapping[str, Binding] = field(default_factory=dict)


def article_of(provision: Provision) -> str:
    """Tell which article of its instrument a provision is.

    It is what the citation says after the instrument, without the word for "article"
    and without what is said about the spot: `33(1)`, `1A(2)`, `III(3)`.
    """
    cited = re.split(r"[;,]", provision.short_citation)[0]
    words = re.sub(r"^[^\W\d_]{5,}\s+", "", cited).split()
    return words[0] if words else ""


def is_within(article: str, other: str) -> bool:
    """Whether an article is another or a part of it.

    >>> is_within("33(1)", "33"), is_within("1A(2)", "1"), is_within("33", "3")
    (True, True, False)
    """
    part, whole = _numbers(article), _numbers(other)
    return part[: len(whole)] == whole


def touch(one: str, other: str) -> bool:
    """Whether two articles are the same, or one is a part of the other."""
    return is_within(one, other) or is_within(other, one)


def _numbers(article: str) -> list[str]:
    return re.findall(r"\d+|[^\W\d_]+", article)
