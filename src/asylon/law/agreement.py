"""Agreement: which acts are in force, since when, and why the others are drafts.

A refused act is kept as a draft; nothing is lost but its force. The answer depends on
bytes alone, so that whoever has the same files comes to the same answer, offline.
"""

from __future__ import annotations

from collections.abc import Iterator

from asylon.languages import Catalogue, catalogue
from asylon.law.acts import Act, Agreement, KeyReplacement, read_act
from asylon.law.adopting import Adoption
from asylon.law.book import LawBook
from asylon.law.errors import LawError
from asylon.law.ordering import Order
from asylon.law.organisations import Register, read_register
from asylon.law.requirements import BACKDATED, REGISTER_MISSING, Requirements
from asylon.law.signing import Checked, Checker, Keys, Refusal
from asylon.law.standings import STRAY, UNREADABLE, Folder, Review, Standing

__all__ = ["Folder", "Review", "Standing", "review", "shipped_law"]


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
        yield from Order(own, self.adoption, self.folder.stock, needs).placed()

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
