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
from asylon.casework.takeaway import Listed
from asylon.determination import ApplicableLaw, Claim, Determiner, Examiner
from asylon.law import DEFINITION, DocumentError, LawBook, LawError, Settings
from asylon.law.bindings import cited_as_binding
from asylon.logic.modules import Signs
from asylon.logic.questions import Outlook
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
class Laid:
    """A claim laid before the engine: by which law it is looked at.

    Attributes:
        owed: the other protections of which nothing shows that nobody owes them.
    """

    claim: Claim
    settings: Settings
    owed: Collection[str]


class Engine:
    """A law book at work on the claims of files; it keeps what it has worked out."""

    def __init__(self, book: LawBook) -> None:
        """Take the law book."""
        self.book = book
        self.definition = Determiner(book)
        self.otherwise = Examiner(book, OTHERWISE)
        self._exclusions: dict[str, Determiner] = {}
        self._may_bind: dict[tuple[str, date], Collection[str]] = {}

    def law(
        self, claim: CaseClaim, told: Listed | None = None, *, on: date | None = None
    ) -> Law:
        """Say what the law makes of the findings of a claim, for its procedure.

        Args:
            claim: what was found.
            told: entries of lists on which nothing need have been found yet. A state
                that the person named is looked at before anything is closed.
            on: the day whose law applies, where it is not that of the signature.
        """
        try:
            return self.law_of(self.laid(claim, told, on=on))
        except LawError:
            return NOTHING

    def laid(
        self, claim: CaseClaim, told: Listed | None = None, *, on: date | None = None
    ) -> Laid:
        """Lay a claim before the engine.

        Args:
            claim: what was found.
            told: entries of lists on which nothing need have been found yet.
            on: the day whose law applies, where it is not that of the signature.

        Raises:
            LawError: the law book does not know what was found, the day, or whose law
                applies.
        """
        read = takeaway.read(claim, self.book, claim.id, told).claim
        day = on or read.on
        if day is None or not _has_law(claim):
            problem = "it says no day or no state, and so not whose law applies"
            raise DocumentError(claim.id, problem, "Say whose law applies, and when.")
        settings = self.definition.settings(read, on=day)
        return Laid(read, settings, self._owed(claim, day))

    def law_of(self, laid: Laid) -> Law:
        """Say to a procedure what follows from the findings of a claim."""
        found = self.definition.law(laid.settings).outlook(laid.claim)
        others = list(self._others(laid))
        values = [each.value for each in others]
        # Where none is asked, it is not known that there is none.
        complementary = any_of(values) if values else UNKNOWN
        open_ = [*found.decisive]
        if complementary is UNKNOWN:
            open_ += [name for each in others for name in each.decisive]
        return Law(
            signs=self._signs(laid),
            open=tuple(dict.fromkeys(open_)),
            definition=found.value,
            excluded=self._excluded(laid),
            complementary=complementary,
        )

    def asked(self, laid: Laid) -> tuple[str, ...]:
        """Name what can be found to effect, by the definition and beside it."""
        names = (
            name for law in self._laws(laid) for name in law.asked(laid.claim.shape)
        )
        return tuple(dict.fromkeys(names))

    def _others(self, laid: Laid) -> Iterator[Outlook]:
        """Say of each other protection what follows.

        One on which nothing was found is open, and as a whole where it asks nothing
        since nobody named whom or what it is about.
        """
        claim, settings = laid.claim, laid.settings
        touched = self.otherwise.touched(claim, settings, laid.owed)
        for version, is_touched in touched:
            found = self.otherwise.law(version.id, settings).outlook(claim)
            if is_touched:
                yield found
            else:
                yield Outlook(UNKNOWN, found.decisive or (version.id,))

    def _owed(self, claim: CaseClaim, on: date) -> Collection[str]:
        """Name the protections that may bind the state of a claim.

        Where UNHCR decides, it keeps to all of them, whatever binds the state.
        """
        every = self.otherwise.provisions
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

    def _laws(self, laid: Laid) -> Iterator[ApplicableLaw]:
        yield self.definition.law(laid.settings)
        for version, _ in self.otherwise.touched(laid.claim, laid.settings, laid.owed):
            yield self.otherwise.law(version.id, laid.settings)

    def _excluded(self, laid: Laid) -> Truth:
        uses = self.book.provision(DEFINITION, laid.settings.on).uses
        if EXCLUDED not in uses:
            return UNKNOWN
        name = uses[EXCLUDED]
        if name not in self._exclusions:
            self._exclusions[name] = Determiner(self.book, name)
        return self._exclusions[name].law(laid.settings).outlook(laid.claim).value

    def _signs(self, laid: Laid) -> Signs:
        """Say what helps and what harms, under any protection that may be owed.

        A finding against another protection needs its reasons as well.
        """
        signs = [law.inquiry(laid.claim.shape).signs for law in self._laws(laid)]
        helping, harming = zip(*signs, strict=True)
        return frozenset().union(*helping), frozenset().union(*harming)


def _has_law(claim: CaseClaim) -> bool:
    return bool(claim.state or procedure().kinds[claim.procedure].jurisdiction)
