"""What follows in law from the findings of a claim, as its procedure asks it.

Nothing is found here, and nothing is taken for granted: what the law book cannot say of
a claim is unknown, and unknown carries nothing against anybody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from asylon.casework import takeaway
from asylon.casework.files import CaseClaim
from asylon.casework.procedure import procedure
from asylon.casework.proceedings import Law
from asylon.determination import (
    Claim,
    Determination,
    Determiner,
    Examiner,
    Protection,
)
from asylon.law import DEFINITION, DocumentError, LawBook, LawError, Settings
from asylon.law.bindings import cited_as_binding
from asylon.logic.modules import Signs
from asylon.logic.truth import FALSE, UNKNOWN, Truth, any_of

OTHERWISE = ("refugee", "complementary")
"""The kinds of protection that stand in the way of a refusal, beside the definition.

A status of its own, such as that of the stateless, is examined and shown. It bars no
return, and so stands in nobody's way.
"""
EXCLUDED = "excluded"
"""By this name the definition uses the provision that excludes.

Its other ends, such as help from another body or the rights of a national, are no
exclusion: they find nothing against the person.
"""
UNHCR = "unhcr"

NOTHING = Law((frozenset(), frozenset()), (DEFINITION,))
"""What is said of a claim of which nothing can be worked out: all of it is open."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What the engine makes of a claim.

    Attributes:
        found: what follows under the definition.
        otherwise: what follows under each other protection that may be owed.
    """

    found: Determination
    otherwise: tuple[Protection, ...]

    @property
    def complementary(self) -> Truth:
        """Whether another protection than the definition's is met.

        Where none was examined it is not known that there is none.
        """
        values = [each.value for each in self.otherwise]
        return any_of(values) if values else UNKNOWN


class Engine:
    """A law book at work on the claims of files; it keeps what it has worked out."""

    def __init__(self, book: LawBook) -> None:
        """Take the law book."""
        self.book = book
        self._definition = Determiner(book)
        self._otherwise = Examiner(book, OTHERWISE)
        self._exclusions: dict[str, Determiner] = {}
        self._may_bind: dict[tuple[str, date], Collection[str]] = {}

    def law(self, claim: CaseClaim, *, on: date | None = None) -> Law:
        """Say what the law makes of the findings of a claim, for its procedure.

        Args:
            claim: what was found.
            on: the day whose law applies, where it is not that of the signature.
        """
        try:
            followed = self.follow(claim, on=on)
        except LawError:
            return NOTHING
        found = followed.found
        return Law(
            signs=self._signs(followed),
            open=tuple(dict.fromkeys(self._open(followed))),
            definition=found.definition,
            excluded=self._excluded(found.claim, found.settings),
            complementary=followed.complementary,
        )

    def follow(self, claim: CaseClaim, *, on: date | None = None) -> Followed:
        """Work out what follows from the findings of a claim.

        Raises:
            LawError: nothing does, since the law book does not know what was found, the
                day, or whose law applies.
        """
        read = takeaway.read(claim, self.book, claim.id).claim
        day = on or read.on
        if day is None or not _has_law(claim):
            problem = "it says no day or no state, and so not whose law applies"
            raise DocumentError(claim.id, problem, "Say whose law applies, and when.")
        found = self._definition.determine(read, on=day)
        owed = self._owed(claim, day)
        return Followed(found, self._otherwise.examine(read, found.settings, owed))

    def _owed(self, claim: CaseClaim, on: date) -> Collection[str]:
        """Name the other protections of which nothing shows that nobody owes them.

        Where UNHCR decides, it keeps to all of them, whatever binds the state.
        """
        every = self._otherwise.provisions
        if UNHCR in procedure().kinds[claim.procedure].first:
            return every
        key = claim.state, on
        if key not in self._may_bind:
            self._may_bind[key] = frozenset(
                each
                for each in every
                if cited_as_binding(self.book, claim.state, each, on) is not FALSE
            )
        return self._may_bind[key]

    def _open(self, followed: Followed) -> Iterator[str]:
        """Go through the open elements that can still change what is decided.

        A protection that was not examined, and asks no element of lists that are said
        to be empty, is open as a whole.
        """
        found = followed.found
        yield from found.answer.decisive
        for each in followed.otherwise if followed.complementary is UNKNOWN else ():
            if each.found:
                yield from each.found.answer.decisive
            else:
                law = self._otherwise.law(each.provision, found.settings)
                asked = law.inquiry(found.claim.shape).at_first.decisive
                yield from asked or (each.provision,)

    def _excluded(self, claim: Claim, settings: Settings) -> Truth:
        uses = self.book.provision(DEFINITION, settings.on).uses
        if EXCLUDED not in uses:
            return UNKNOWN
        name = uses[EXCLUDED]
        if name not in self._exclusions:
            self._exclusions[name] = Determiner(self.book, name)
        law = self._exclusions[name].law(settings)
        return law.determine(claim).definition

    def _signs(self, followed: Followed) -> Signs:
        """Say what helps and what harms, under any protection that may be owed.

        A finding against another protection needs its reasons as well.
        """
        settings, shape = followed.found.settings, followed.found.claim.shape
        laws = [self._definition.law(settings)]
        laws += [self._otherwise.law(e.provision, settings) for e in followed.otherwise]
        signs = [law.inquiry(shape).signs for law in laws]
        helping, harming = zip(*signs, strict=True)
        return frozenset().union(*helping), frozenset().union(*harming)


def _has_law(claim: CaseClaim) -> bool:
    return bool(claim.state or procedure().kinds[claim.procedure].jurisdiction)
