"""What stands beside the Convention's definition, examined on the same findings.

A wider definition, a bar on return or a status of its own is examined whatever became
of the definition: that a person is excluded from refugee status, or is protected by
another country, settles nothing here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from asylon.determination.claims import Claim
from asylon.determination.determining import Determination, Determiner
from asylon.law import LawBook, NotInForceError, Settings
from asylon.logic.truth import TRUE, Truth


@dataclass(frozen=True, slots=True)
class Protection:
    """One protection beside the definition, on the findings of one claim.

    Attributes:
        provision: whose protection it is.
        kind: a wider definition of a refugee, complementary, or for the stateless.
        found: what follows from the findings.
    """

    provision: str
    kind: str
    found: Determination

    @property
    def value(self) -> Truth:
        """Whether it protects on these findings."""
        return self.found.definition


class Examiner:
    """Examines every protection of a law book, keeping what was worked out."""

    def __init__(self, book: LawBook) -> None:
        """Take the law book."""
        self.book = book
        self._determiners = {
            identifier: Determiner(book, identifier)
            for identifier, versions in book.provisions.items()
            if any(version.protects for version in versions)
        }

    def examine(self, claim: Claim, settings: Settings) -> tuple[Protection, ...]:
        """Examine a claim under the settings chosen for it, in the law's order."""
        examined: list[Protection] = []
        for identifier, determiner in self._determiners.items():
            try:
                version = self.book.provision(identifier, settings.on)
                found = determiner.law(settings).determine(claim)
            except NotInForceError:
                continue
            examined.append(Protection(identifier, version.protects, found))
        return tuple(examined)


def complementary(
    claim: Claim, examined: tuple[Protection, ...]
) -> Mapping[str, Truth]:
    """Say what protects beside the definition: what the file states, and the rest.

    What was examined and is neither established nor stated anywhere stays listed as
    open: an examination that has not been made protects nobody, and hides nothing.
    """
    return {**claim.complementary, **{each.provision: each.value for each in examined}}


def protecting(examined: tuple[Protection, ...]) -> tuple[str, ...]:
    """Name the provisions that protect on these findings."""
    return tuple(each.provision for each in examined if each.value is TRUE)
