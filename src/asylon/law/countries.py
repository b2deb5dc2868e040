"""Country findings and group declarations: what was found for many, once.

A country finding says of a country, from a day on, how elements of the law are answered
there for the people it is about. It is about whoever the facts of a group fit, and an
officer finds those facts in each case. A declaration recognises a group as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from asylon.law.documents import Document
from asylon.law.provisions import Element, Source
from asylon.logic.truth import Truth

ALWAYS = "always"
"""Written as `when`, it says that a finding is about everybody from the country."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days on which something holds, the first and the last included."""

    first: date
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.meets(day, day)

    def meets(self, first: date, last: date) -> bool:
        """Whether it holds on any day from the first to the last."""
        return self.first <= last and (self.last is None or first <= self.last)


@dataclass(frozen=True, slots=True)
class CountryFinding:
    """One finding on a country.

    Attributes:
        id: permanent, and unique in the whole law book.
        when: a formula over facts that says whom it is about.
        answers: by element, how it is answered for an entry of that country.
        days: the days on which it answers.
        edition: of the source, such as the edition of a code and its articles.
        under: by parameter, the standard or test it was found under; elsewhere it
            counts as any finding does that was made under another one.
        adverse: whether it may tell against the person: it is then only proposed.
    """

    id: str
    title: str
    statement: str
    when: str
    answers: Mapping[str, Truth]
    days: Period
    edition: str
    sources: tuple[Source, ...]
    under: Mapping[str, str]
    adverse: bool = False


@dataclass(frozen=True, slots=True)
class CountryText:
    """What one document says of a country: the facts of groups, and the findings.

    Attributes:
        id: the code of the country, by which claims name it on their lists.
        elements: the facts by which a person belongs to a group.
    """

    id: str
    title: str
    statement: str
    elements: Mapping[str, Element]
    findings: tuple[CountryFinding, ...]
    document: Document


@dataclass(frozen=True, slots=True)
class Declaration:
    """The recognition of a group as refugees, by whoever may recognise refugees.

    Attributes:
        id: permanent; claims name it on their list of declarations.
        jurisdiction: where it applies.
        origins: the countries from which the group comes.
        area: the part of those countries, in words.
        group: who belongs to the group, in words.
        days: from the first to the last day on which people come under it.
    """

    id: str
    title: str
    statement: str
    jurisdiction: str
    origins: tuple[str, ...]
    area: str
    group: str
    days: Period
    declared_by: str
    instrument: str
    source: Source
    document: Document

    def applies(self, jurisdiction: str, lodged: date | None, on: date) -> bool:
        """Whether a claim comes under it, made on one day and looked at on another.

        Whoever asked for protection before it ended keeps it.
        """
        return jurisdiction == self.jurisdiction and self.days.meets(lodged or on, on)
