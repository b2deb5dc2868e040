"""The law book: everything the documents say, asked by name and by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256

from asylon.law.countries import CountryFinding, CountryText, Declaration
from asylon.law.documents import Document
from asylon.law.errors import NotInForceError, UnknownNameError
from asylon.law.parameters import OtherName, Parameter, ParameterSet
from asylon.law.provisions import Element, ListRule, Provision
from asylon.law.register import Instrument, StateBindings
from asylon.law.resolving import Resolver
from asylon.law.tables import Table
from asylon.logic.formulas import Formula, Named

DEFINITION = "csr51/article-1"
"""The provision that says who is a refugee."""


@dataclass(frozen=True)
class LawBook:
    """Everything the law documents say, ready to be applied to a day.

    `others` are documents that are only kept here: scenarios, starting claims, the
    floor.
    """

    documents: tuple[Document, ...]
    provisions: Mapping[str, tuple[Provision, ...]]
    parameters: Mapping[str, Parameter]
    sets: Mapping[str, ParameterSet]
    lists: Mapping[str, ListRule]
    other_names: Mapping[str, OtherName] = field(default_factory=dict)
    others: Mapping[str, tuple[tuple[Document, Table], ...]] = field(
        default_factory=dict
    )
    countries: Mapping[str, tuple[CountryText, ...]] = field(default_factory=dict)
    declarations: Mapping[str, Declaration] = field(default_factory=dict)
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    bindings: Mapping[str, StateBindings] = field(default_factory=dict)

    @cached_property
    def texts(self) -> tuple[Provision | ListRule, ...]:
        """Everything that has elements: each version of a provision, each list."""
        versions = (each for every in self.provisions.values() for each in every)
        return (*versions, *self.lists.values())

    @cached_property
    def country_texts(self) -> tuple[CountryText, ...]:
        """What every document says of its country."""
        return tuple(each for texts in self.countries.values() for each in texts)

    @cached_property
    def country_findings(self) -> dict[str, CountryFinding]:
        """Every country finding by its identifier."""
        findings = (each for text in self.country_texts for each in text.findings)
        return {each.id: each for each in findings}

    @cached_property
    def elements(self) -> dict[str, Element]:
        """Every element by name; the latest version of a provision has the say."""
        texts = (*self.texts, *self.country_texts)
        return {name: each for text in texts for name, each in text.elements.items()}

    @cached_property
    def without_effect(self) -> dict[str, str]:
        """Facts that may be recorded and that no definition asks, with the reason."""
        versions = [each for every in self.provisions.values() for each in every]
        return {
            name: why for each in versions for name, why in each.without_effect.items()
        }

    @cached_property
    def first_day(self) -> date:
        """The first day on which any text of the law book governs."""
        return min(each[0].in_force.first for each in self.provisions.values())

    @cached_property
    def hash(self) -> str:
        """One hash for the whole law book, over the hashes of its documents."""
        lines = sorted(f"{each.hash}  {each.name}\n" for each in self.documents)
        return sha256("".join(lines).encode()).hexdigest()

    def provision(self, identifier: str, on: date) -> Provision:
        """Get the version of a provision that is in force on a day."""
        for version in self.versions(identifier):
            if version.in_force.covers(on):
                return version
        versions = self.versions(identifier)
        first, last = versions[0].in_force.first, versions[-1].in_force.last
        raise NotInForceError(versions[0].citation, on, first, last)

    def versions(self, identifier: str) -> tuple[Provision, ...]:
        """List the versions of a provision, the earliest first."""
        if identifier not in self.provisions:
            raise UnknownNameError("law", "provision", identifier, self.provisions)
        return self.provisions[identifier]

    def is_outside(self, identifier: str, on: date) -> bool:
        """Whether a provision is not in force yet on a day, or no longer.

        Nothing follows then from it. A gap between two texts is a mistake instead.
        """
        first, last = self.versions(identifier)[0], self.versions(identifier)[-1]
        ended = last.in_force.last
        return on < first.in_force.first or (ended is not None and on > ended)

    def formula(self, identifier: str, on: date) -> Formula:
        """Spell a provision out in full, as in force on a day."""
        return Named(
            identifier,
            Resolver(self, on).provision(identifier),
            self.provision(identifier, on).per,
        )

    def counts_as_protection(self, identifier: str, on: date) -> bool:
        """Whether a provision says when another country's protection counts."""
        if identifier not in self.provisions:
            return False
        return self.provision(identifier, on).is_protection

    def text_of(self, name: str, on: date) -> Provision | ListRule:
        """Get the provision or list that a name in a formula belongs to."""
        identifier = name.partition("#")[0]
        return self.lists.get(identifier) or self.provision(identifier, on)
