"""What a provision holds: its text in our own words, its elements and its formula."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from asylon.law.documents import Document


@dataclass(frozen=True, slots=True)
class Source:
    """Where a point of law comes from.

    `read` says whether the source itself was read; otherwise the point is from memory
    and needs a check before it is relied on.
    """

    cite: str
    read: bool


@dataclass(frozen=True, slots=True)
class InForce:
    """The days on which a text governs, the first and the last included."""

    first: date
    last: date | None
    source: Source

    def covers(self, day: date) -> bool:
        """Whether the text governs on a day."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Element:
    """A question that an officer answers with a finding.

    Attributes:
        name: permanent, and unique in the whole law book.
        asks: for a fact, or for someone's judgement.
        words: the words of the statement that it formalises.
        per: the kind of list member it is asked about; none if asked once.
        under: parameters that say by which standard or test the finding is made.
        standard: the standard of proof in words, where no parameter gives it.
        burden: who has to show it.
        closes: the rule that closes it in the applicant's favour if nothing points
            to it.
    """

    name: str
    provision: str
    asks: Literal["fact", "judgement"]
    words: str
    question: str
    per: str | None = None
    under: tuple[str, ...] = ()
    standard: str = ""
    burden: str = "applicant"
    closes: str = ""
    guidance: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A formula within a provision that has a name of its own."""

    name: str
    title: str
    words: str
    holds_when: str
    per: str | None = None


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision in one version.

    `is_protection` marks the one by which another country's protection counts: a claim
    that fails on it alone is told whose protection there is, and nothing more.
    `protects` marks what is examined beside the Convention's definition, and as what:
    a wider definition of a refugee, complementary protection, or a status of its own.
    """

    id: str
    citation: str
    title: str
    in_force: InForce
    source: Source
    statement: str
    holds_when: str
    document: Document
    per: str | None = None
    elements: Mapping[str, Element] = field(default_factory=dict)
    parts: Mapping[str, Part] = field(default_factory=dict)
    uses: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    without_effect: Mapping[str, str] = field(default_factory=dict)
    is_protection: bool = False
    protects: str = ""

    @property
    def short_citation(self) -> str:
        """The citation within its instrument, for readers who know which that is."""
        return self.citation.partition(", ")[2] or self.citation


@dataclass(frozen=True, slots=True)
class ListRule:
    """A list that claims keep, and which of its entries count.

    Attributes:
        of: the kind of its members.
        within: the kind whose members each keep such a list; none if the claim does.
        question: whether there is an entry that is not on the list yet.
        uses: provisions that the rule of belonging names.
        closes: the rule that closes the list where nothing points to a further entry.
    """

    id: str
    title: str
    of: str
    within: str | None
    belongs_when: str
    question: str
    statement: str
    source: Source
    document: Document
    elements: Mapping[str, Element]
    uses: Mapping[str, str] = field(default_factory=dict)
    closes: str = ""
