"""Whether law may be adopted at all: what is pinned is there, whole, and above the floor.

Nothing here asks who signed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from asylon.languages import Catalogue
from asylon.law.acts import Agreement
from asylon.law.book import LawBook
from asylon.law.documents import Document
from asylon.law.errors import LawError, UnknownNameError
from asylon.law.floor import breaches
from asylon.law.gaps import days_of_change, gaps
from asylon.law.loading import load
from asylon.law.signing import Refusal
from asylon.law.unaltered import Breach
from asylon.logic.errors import LogicError

DOCUMENT_ALTERED = "law.agreement.document-altered"
DOCUMENT_MISSING = "law.agreement.document-missing"
LAW_UNREADABLE = "law.agreement.law-unreadable"
UNKNOWN_NAME = "law.agreement.unknown-name"
DAY_WITHOUT_RULE = "law.agreement.day-without-rule"
BELOW_FLOOR = "law.agreement.below-floor"

_NOT_PINNED = ("scenario", "claim")
_ENDS = ".。"
"""A refusal is told without one: whoever shows it closes the sentence."""


def pinned(book: LawBook) -> dict[str, str]:
    """Give the hash of every document that gives a law book its meaning, by name."""
    passed_over = {
        document.name
        for kind in _NOT_PINNED
        for document, _ in book.others.get(kind, ())
    }
    kept = (each for each in book.documents if each.name not in passed_over)
    return {each.name: each.hash for each in kept}


def known_set(book: LawBook, act: Agreement) -> None:
    """Refuse an act for a set that its law does not have."""
    if act.set not in book.sets:
        raise UnknownNameError(act.name, "set", act.set, book.sets)


class Stock:
    """Documents at hand: those in use by their names, and kept ones by what they hold."""

    def __init__(
        self, documents: Iterable[Document], archive: Iterable[bytes] = ()
    ) -> None:
        """Take the law in use, and texts kept from earlier."""
        self.in_use = {each.name: each for each in documents}
        self._kept = {sha256(text).hexdigest(): text for text in archive}
        self._hashes = {name: each.hash for name, each in self.in_use.items()}

    def find(self, name: str, digest: str) -> bytes | None:
        """Get the document of a name that has a hash, if it is at hand."""
        if self._hashes.get(name) == digest:
            return self.in_use[name].text
        return self._kept.get(digest)


class Adoption:
    """Judges the law that acts put in force, beside the law that ships.

    What was judged once is kept: the same documents, set and day give the same answer.
    """

    def __init__(self, shipped: LawBook, language: Catalogue) -> None:
        """Take the law book whose floor counts, and the language to answer in."""
        self.shipped, self.words, self.say = shipped, language, language.say
        self._judged: dict[tuple[object, ...], tuple[Refusal, ...]] = {}
        self._books: dict[tuple[tuple[str, str], ...], LawBook] = {}

    def refusals(self, act: Agreement, stock: Stock) -> tuple[Refusal, ...]:
        """Say why the law of an act may not be adopted; nothing if it may."""
        missing = tuple(self._missing(act, stock))
        if missing:
            return missing
        key = (*sorted(act.documents.items()), act.set, act.first)
        if key not in self._judged:
            self._judged[key] = tuple(self._faults(act, stock))
        return self._judged[key]

    def book(self, act: Agreement, stock: Stock) -> LawBook:
        """Load the law that an act pins.

        Raises:
            LawError, LogicError: it is no law book.
        """
        key = tuple(sorted(act.documents.items()))
        if key not in self._books:
            found = ((name, stock.find(name, digest)) for name, digest in key)
            self._books[key] = load(
                Document(name, text) for name, text in found if text
            )
        return self._books[key]

    def _missing(self, act: Agreement, stock: Stock) -> Iterator[Refusal]:
        for name, digest in sorted(act.documents.items()):
            if stock.find(name, digest) is not None:
                continue
            if name in stock.in_use:
                text = self.say(
                    "agreement",
                    "the law document {name} is not the one that the act names: it "
                    "was altered, or replaced by another edition",
                    name=name,
                )
                yield Refusal(DOCUMENT_ALTERED, text)
            else:
                text = self.say(
                    "agreement",
                    "the law document {name}, which the act names, is missing",
                    name=name,
                )
                yield Refusal(DOCUMENT_MISSING, text)

    def _faults(self, act: Agreement, stock: Stock) -> Iterator[Refusal]:
        try:
            book = self.book(act, stock)
            known_set(book, act)
            yield from self._gaps(book, act)
            yield from self._breaches(book, act)
        except UnknownNameError as error:
            yield Refusal(UNKNOWN_NAME, str(error).removesuffix("."))
        except (LawError, LogicError) as error:
            yield Refusal(LAW_UNREADABLE, str(error).removesuffix("."))

    def _gaps(self, book: LawBook, act: Agreement) -> Iterator[Refusal]:
        for name, day in dict.fromkeys(gaps(book, book.sets[act.set], act.first)):
            text = self.say(
                "agreement",
                "{name} has no rule on {day}: what governs it begins later, or has "
                "ended without a successor",
                name=name,
                day=self.words.day(day),
            )
            yield Refusal(DAY_WITHOUT_RULE, text)

    def _breaches(self, book: LawBook, act: Agreement) -> Iterator[Refusal]:
        chosen = book.sets[act.set]
        told: set[tuple[str, ...]] = set()
        first = max(act.first, book.first_day)
        days = (days_of_change(each, chosen, first) for each in (book, self.shipped))
        for day in sorted({day for each in days for day in each}):
            for breach in breaches(self.shipped, book, chosen, day):
                if breach[:3] not in told:
                    told.add(breach[:3])
                    yield Refusal(BELOW_FLOOR, self._told(breach))

    def _told(self, breach: Breach) -> str:
        told = {
            "on": self.words.day(breach.on),
            "where": breach.where,
            "what": breach.what,
            "because": self.words.law("floor", breach.because),
        }
        every = (self._of_values, self._of_formulas, self._of_words, self._of_marks)
        messages = {how: text for each in every for how, text in each(told).items()}
        return messages[breach.how].strip().rstrip(_ENDS)

    def _of_values(self, told: Mapping[str, str]) -> dict[str, str]:
        return {
            "value": self.say(
                "below the floor",
                "below the floor, from {on}: no signatures put {where} = {what} in "
                "force. {because}",
                **told,
            ),
            "unknown-value": self.say(
                "below the floor",
                "below the floor, from {on}: the law that ships does not know "
                "{where} = {what}, so that nobody can tell what it takes away",
                **told,
            ),
            "meaning": self.say(
                "below the floor",
                "below the floor, from {on}: {where} = {what} keeps its name and "
                "means something else than in the law that ships",
                **told,
            ),
        }

    def _of_formulas(self, told: Mapping[str, str]) -> dict[str, str]:
        return {
            "narrowed": self.say(
                "below the floor",
                "below the floor, from {on}: {where} is narrowed. {because} It would "
                "fail where the law that ships holds: {what}",
                **told,
            ),
            "widened": self.say(
                "below the floor",
                "below the floor, from {on}: {where} is widened. {because} It would "
                "hold where the law that ships fails: {what}",
                **told,
            ),
        }

    def _of_words(self, told: Mapping[str, str]) -> dict[str, str]:
        return {
            "reworded": self.say(
                "below the floor",
                "below the floor, from {on}: {where} asks `{what}` in other words or "
                "of another standard or burden, so that nobody can tell what it takes "
                "away. {because}",
                **told,
            ),
            "ordering": self.say(
                "below the floor",
                "below the floor, from {on}: the values of {where} imply one another "
                "otherwise than in the law that ships: {what}",
                **told,
            ),
        }

    def _of_marks(self, told: Mapping[str, str]) -> dict[str, str]:
        return {
            "kind": self.say(
                "below the floor",
                "below the floor, from {on}: the set {where} would need other keys "
                "than the law that ships asks for, by its kind or jurisdiction. {what}",
                **told,
            ),
            "ended": self.say(
                "below the floor",
                "below the floor, from {on}: {where} is in force in the law that "
                "ships, and missing or ended here",
                **told,
            ),
            "marked": self.say(
                "below the floor",
                "below the floor, from {on}: {where} counts as another protection "
                "than in the law that ships, or as none",
                **told,
            ),
        }
