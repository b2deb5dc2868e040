"""What stands beside the Convention's definition, examined on the same findings.

A wider definition, a bar on return or a status of its own is examined whatever became
of the definition: that a person is excluded from refugee status, or is protected by
another country, settles nothing here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from asylon.determination.applicable import ApplicableLaw, Determination
from asylon.determination.claims import Claim
from asylon.determination.determining import Determiner
from asylon.law import LawBook, Provision, Settings
from asylon.law.readers import PROTECTS
from asylon.logic.formulas import Fact, walk
from asylon.logic.truth import UNKNOWN, Truth


@dataclass(frozen=True, slots=True)
class Protection:
    """One protection beside the definition, on the findings of one claim.

    Attributes:
        provision: whose protection it is.
        kind: a wider definition of a refugee, complementary, or for the stateless.
        found: what follows from the findings; none where nothing it asks was found.
    """

    provision: str
    kind: str
    found: Determination | None

    @property
    def value(self) -> Truth:
        """Whether it protects on these findings."""
        return self.found.definition if self.found else UNKNOWN


class Examiner:
    """Examines every protection of a law book, keeping what was worked out."""

    def __init__(self, book: LawBook, kinds: Collection[str] = PROTECTS) -> None:
        """Take the law book, and the kinds of protection to examine."""
        self.book = book
        self._asked: dict[str, frozenset[str]] = {}
        self._determiners = {
            identifier: Determiner(book, identifier)
            for identifier, versions in book.provisions.items()
            if any(version.protects in kinds for version in versions)
        }

    @property
    def provisions(self) -> Collection[str]:
        """Name what is examined, in the law's order."""
        return self._determiners.keys()

    def examine(
        self, claim: Claim, settings: Settings, only: Collection[str] | None = None
    ) -> tuple[Protection, ...]:
        """Examine a claim under the settings chosen for it, in the law's order.

        Args:
            claim: whose findings.
            settings: those chosen for it.
            only: the protections to examine; every one if left out.
        """
        return tuple(
            Protection(
                version.id,
                version.protects,
                self.law(version.id, settings).determine(claim) if touched else None,
            )
            for version, touched in self.touched(claim, settings, only)
        )

    def touched(
        self, claim: Claim, settings: Settings, only: Collection[str] | None = None
    ) -> Iterator[tuple[Provision, bool]]:
        """Go through what is in force, and say of which anything it asks was found."""
        settled = {
            name.rpartition(".")[2]
            for name, finding in claim.findings.items()
            if finding.value.is_settled
        }
        for identifier in self._determiners:
            if only is not None and identifier not in only:
                continue
            if self.book.is_outside(identifier, settings.on):
                continue
            version = self.book.provision(identifier, settings.on)
            yield version, not settled.isdisjoint(self._facts(version, settings.on))

    def law(self, provision: str, settings: Settings) -> ApplicableLaw:
        """Get a protection as these settings have it."""
        return self._determiners[provision].law(settings)

    def _facts(self, version: Provision, on: date) -> frozenset[str]:
        """Name the elements and group facts that can settle a provision."""
        key = version.document.name
        if key not in self._asked:
            formula = self.book.formula(version.id, on)
            asked = {part.name for part in walk(formula) if isinstance(part, Fact)}
            groups = {
                name for each in self.book.country_texts for name in each.elements
            }
            self._asked[key] = frozenset(asked | groups)
        return self._asked[key]


def complementary(
    claim: Claim, examined: tuple[Protection, ...]
) -> Mapping[str, Truth]:
    """Say what protects beside the definition: what the file states, and the rest.

    What was examined and is neither established nor stated anywhere stays listed as
    open: an examination that has not been made protects nobody, and hides nothing.
    """
    return {**claim.complementary, **{each.provision: each.value for each in examined}}
