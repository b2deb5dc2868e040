"""Agreement: which acts are in force, since when, and why the others are drafts.

A refused act is kept as a draft; nothing is lost but its force. The answer depends on
bytes alone, so that whoever has the same files comes to the same answer, offline.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from asylon.languages import Catalogue, catalogue
from asylon.law.acts import Act, Agreement, KeyReplacement, read_act
from asylon.law.adopting import DOCUMENT_ALTERED, DOCUMENT_MISSING, Adoption, Stock
from asylon.law.book import LawBook
from asylon.law.errors import LawError
from asylon.law.organisations import Register, read_register
from asylon.law.requirements import (
    BACKDATED,
    CONTRADICTS,
    REGISTER_DIFFERS,
    REGISTER_MISSING,
    SUPERSEDES_UNKNOWN,
    Requirements,
)
from asylon.law.signing import (
    TAMPERED,
    Checked,
    Checker,
    Keys,
    Refusal,
    Signed,
)

UNREADABLE = "law.agreement.unreadable"
STRAY = "law.agreement.stray-signature"

ALTERED = TAMPERED | {
    UNREADABLE,
    STRAY,
    DOCUMENT_ALTERED,
    DOCUMENT_MISSING,
    REGISTER_DIFFERS,
}
"""Refusals that mean that something is not as it was signed."""

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Folder:
    """Everything that two sides hand one another, as bytes.

    `acts` are by name; `signatures` by file name without `.sig.toml`, which is the
    name of the act, a dot, and the name of the signer.
    """

    acts: Mapping[str, bytes]
    signatures: Mapping[str, bytes] = field(default_factory=dict)
    register: bytes | None = None
    stock: Stock = field(default_factory=lambda: Stock(()))


@dataclass(frozen=True)
class Standing:
    """How an act stands: in force from a day to another, or a draft for reasons.

    `act` is none where its bytes cannot be read.
    """

    name: str
    act: Act | None
    refusals: tuple[Refusal, ...] = ()
    signed: tuple[Signed, ...] = ()
    first: date | None = None
    last: date | None = None

    @property
    def is_draft(self) -> bool:
        """Whether the act has no force on any day."""
        return self.first is None

    @property
    def is_altered(self) -> bool:
        """Whether something is not as it was signed."""
        return any(each.code in ALTERED for each in self.refusals)

    def covers(self, day: date) -> bool:
        """Whether the act is in force on a day."""
        begun = self.first is not None and self.first <= day
        return begun and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Review:
    """What became of every act of a folder."""

    standings: tuple[Standing, ...]
    strays: tuple[Refusal, ...] = ()
    register: Register | None = None
    keys: Keys | None = None

    @property
    def is_altered(self) -> bool:
        """Whether anything in the folder is not as it was signed."""
        return bool(self.strays) or any(each.is_altered for each in self.standings)

    def agreements(self, set_id: str) -> list[tuple[Agreement, Standing]]:
        """List the acts that put a set in force, with how they stand."""
        return [
            (each.act, each)
            for each in self.standings
            if isinstance(each.act, Agreement) and each.act.set == set_id
        ]

    def in_force(self, set_id: str, on: date) -> Standing | None:
        """Get the act by which a set is in force on a day, if there is one."""
        found = (each for _, each in self.agreements(set_id) if each.covers(on))
        return next(found, None)

    def governing(
        self, set_id: str, on: date, lodged: date | None = None
    ) -> tuple[Standing, ...]:
        """List the acts that a claim is computed under, the latest first.

        That is the act in force on the day, and, for a claim made earlier, every act
        that was in force since: the more protective result stands, so that a stricter
        set touches no claim already lodged.
        """
        since = min(lodged or on, on)
        found = [
            standing
            for _, standing in self.agreements(set_id)
            if standing.first is not None
            and standing.first <= on
            and (standing.last is None or standing.last >= since)
        ]
        return tuple(sorted(found, key=lambda each: each.first or since, reverse=True))


def review(
    folder: Folder, adoption: Adoption, language: Catalogue | None = None
) -> Review:
    """Judge every act of a folder."""
    return _Reviewer(folder, adoption, language or catalogue()).review()


def shipped_law(book: LawBook, language: Catalogue | None = None) -> Adoption:
    """Make ready to judge acts beside the law that ships, whose floor counts."""
    return Adoption(book, language or catalogue())


class _Reviewer:
    """Goes through one folder."""

    def __init__(self, folder: Folder, adoption: Adoption, language: Catalogue) -> None:
        self.folder, self.adoption, self.language = folder, adoption, language
        self.say = language.say
        self.unreadable: list[Standing] = []
        self.acts = list(self._read_acts())
        self.why_no_register = ""
        self.register = self._read_register()
        self.keys = Keys(self.register) if self.register else None

    def review(self) -> Review:
        standings = [*self.unreadable]
        if self.keys is None:
            why = Refusal(REGISTER_MISSING, self.why_no_register)
            standings += [Standing(act.name, act, (why,)) for act in self.acts]
        else:
            standings += self._judged(self.keys)
        standings.sort(key=lambda each: each.name)
        strays = tuple(self._strays())
        return Review(tuple(standings), strays, self.register, self.keys)

    def _read_acts(self) -> Iterator[Act]:
        for name, text in sorted(self.folder.acts.items()):
            try:
                yield read_act(name, text)
            except LawError as error:
                why = Refusal(UNREADABLE, str(error).removesuffix("."))
                self.unreadable.append(Standing(name, None, (why,)))

    def _read_register(self) -> Register | None:
        if self.folder.register is None:
            self.why_no_register = self.say(
                "agreement", "there is no register of organisations to check keys by"
            )
            return None
        try:
            return read_register(self.folder.register, "organisations.toml")
        except LawError as error:
            self.why_no_register = str(error).removesuffix(".")
            return None

    def _strays(self) -> Iterator[Refusal]:
        for name in sorted(self.folder.signatures):
            if name.rpartition(".")[0] not in self.folder.acts:
                text = self.say(
                    "agreement",
                    "{file} belongs to no act of this folder",
                    file=f"{name}.sig.toml",
                )
                yield Refusal(STRAY, text)

    def _judged(self, keys: Keys) -> Iterator[Standing]:
        needs = Requirements(keys, self.language)
        found = [each for each in self.acts if isinstance(each, KeyReplacement)]
        for change in sorted(found, key=lambda each: (each.first, each.hash)):
            yield self._replaced(change, keys, needs)
        agreements = [each for each in self.acts if isinstance(each, Agreement)]
        own = [self._on_its_own(each, keys, needs) for each in agreements]
        yield from _Order(own, self.adoption, self.folder.stock, needs).placed()

    def _replaced(
        self, act: KeyReplacement, keys: Keys, needs: Requirements
    ) -> Standing:
        checked = self._checked(act, keys)
        refusals = (*checked.refusals, *needs.of_replacement(act, checked))
        if refusals:
            return Standing(act.name, act, refusals, checked.signed)
        keys.replace(act)
        return Standing(act.name, act, (), checked.signed, act.first)

    def _on_its_own(self, act: Agreement, keys: Keys, needs: Requirements) -> Standing:
        """Judge an agreement by itself, without the others."""
        checked = self._checked(act, keys)
        refusals = [*checked.refusals, *needs.of_register(act)]
        of_law = self.adoption.refusals(act, self.folder.stock)
        refusals += of_law
        if not of_law:
            book = self.adoption.book(act, self.folder.stock)
            refusals += needs.of_kind(book.sets[act.set], checked)
        refusals += needs.of_dates(act.first, checked, BACKDATED)
        return Standing(act.name, act, tuple(refusals), checked.signed)

    def _checked(self, act: Act, keys: Keys) -> Checked:
        files = {
            name.rpartition(".")[2]: text
            for name, text in self.folder.signatures.items()
            if name.rpartition(".")[0] == act.name
        }
        return Checker(keys, self.language).check(act, files)


class _Order:
    """Puts acts that are in order by themselves one after another."""

    def __init__(
        self,
        standings: Sequence[Standing],
        adoption: Adoption,
        stock: Stock,
        needs: Requirements,
    ) -> None:
        self.standings, self.needs = standings, needs
        self.adoption, self.stock = adoption, stock
        self.accepted: dict[str, Standing] = {}

    def placed(self) -> Iterator[Standing]:
        ready = [each for each in self.standings if not each.refusals]
        yield from (each for each in self.standings if each.refusals)
        for each in sorted(ready, key=self._turn):
            act = self._act(each)
            refusals = tuple(self._conflicts(each, act, ready))
            if refusals:
                yield replace(each, refusals=refusals)
                continue
            if act.supersedes:
                earlier = self.accepted[act.supersedes]
                last = act.first - _DAY
                self.accepted[act.supersedes] = replace(earlier, last=last)
            self.accepted[act.hash] = replace(each, first=act.first)
        yield from self.accepted.values()

    def _turn(self, each: Standing) -> tuple[date, date, str]:
        act = self._act(each)
        return _complete_on(each), act.first, act.hash

    def _conflicts(
        self, standing: Standing, act: Agreement, ready: Sequence[Standing]
    ) -> Iterator[Refusal]:
        if act.supersedes:
            yield from self._of_superseding(standing, act, self.accepted)
        for other in self.accepted.values():
            theirs = self._act(other)
            runs = other.last is None or other.last >= act.first
            if runs and theirs.hash != act.supersedes and self._same_place(act, theirs):
                yield self.needs.refusal(CONTRADICTS, other.name, theirs.first)
        for other in ready:
            theirs = self._act(other)
            related = theirs.hash == act.supersedes or act.hash == theirs.supersedes
            if other is standing or related or theirs.hash in self.accepted:
                continue
            same_turn = self._turn(other)[:2] == self._turn(standing)[:2]
            if same_turn and self._same_place(act, theirs):
                yield self.needs.refusal(CONTRADICTS, other.name, theirs.first)

    def _of_superseding(
        self, standing: Standing, act: Agreement, accepted: Mapping[str, Standing]
    ) -> Iterator[Refusal]:
        earlier = accepted.get(act.supersedes or "")
        if earlier is None:
            yield self.needs.refusal(SUPERSEDES_UNKNOWN, act.name, act.first)
            return
        theirs = self._act(earlier)
        if earlier.last is not None or act.first <= theirs.first:
            yield self.needs.refusal(CONTRADICTS, earlier.name, theirs.first)
        if not self._same_place(act, theirs):
            yield self.needs.refusal(SUPERSEDES_UNKNOWN, act.name, act.first)
        # Nobody ends alone what was agreed together.
        checked = Checked(standing.signed, ())
        book = self.adoption.book(theirs, self.stock)
        yield from self.needs.of_kind(book.sets[theirs.set], checked)

    def _same_place(self, one: Agreement, other: Agreement) -> bool:
        """Whether two acts speak of the same set, or for the same jurisdiction."""
        mine, theirs = (
            self.adoption.book(each, self.stock).sets[each.set] for each in (one, other)
        )
        return mine.id == theirs.id or mine.jurisdiction == theirs.jurisdiction

    def _act(self, standing: Standing) -> Agreement:
        act = standing.act
        if not isinstance(act, Agreement):
            message = "only agreements are put in order"
            raise TypeError(message)
        return act


def _complete_on(standing: Standing) -> date:
    return Checked(standing.signed, ()).complete_on
