"""Reading a folder of acts, signatures and the register, as two sides exchange it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from asylon import instruments
from asylon.cli import showing
from asylon.cli.inputs import InputError, read_file
from asylon.cli.speaking import spoken
from asylon.determination import Determination, Determiner
from asylon.law import LawBook, Settings
from asylon.law.acts import Agreement
from asylon.law.adopting import Adoption, Stock, pinned
from asylon.law.agreement import Folder, Review, Standing, review
from asylon.logic.truth import TRUE

REGISTER = "organisations.toml"
ARCHIVE = "documents"
SIGNATURE = ".sig.toml"


@dataclass(frozen=True)
class Reviewed:
    """A folder of agreements with what became of each act in it."""

    folder: Folder
    review: Review
    adoption: Adoption


def read_agreements(
    path: Path, book: LawBook, register: Path | None = None
) -> Reviewed:
    """Read a folder of acts and judge them with the law in use at hand."""
    if not path.is_dir():
        message = spoken().say(
            "problem",
            "{path}: this is not a folder. Name a folder of acts.",
            path=path,
        )
        raise InputError(message)
    found = sorted(path.glob("*.toml"))
    keys = register or path / REGISTER
    signatures = [each for each in found if each.name.endswith(SIGNATURE)]
    acts = [each for each in found if each not in signatures and each.name != REGISTER]
    folder = Folder(
        acts={each.stem: read_file(each) for each in acts},
        signatures={
            each.name.removesuffix(SIGNATURE): read_file(each) for each in signatures
        },
        register=read_file(keys) if register or keys.exists() else None,
        stock=Stock(book.documents, map(read_file, (path / ARCHIVE).glob("*.toml"))),
    )
    adoption = Adoption(instruments.book(), spoken())
    return Reviewed(folder, review(folder, adoption, spoken()), adoption)


def altered_documents(path: Path) -> list[str]:
    """Name the documents kept beside the acts that are not what their name says."""
    return [
        f"{ARCHIVE}/{each.name}"
        for each in sorted((path / ARCHIVE).glob("*.toml"))
        if sha256(read_file(each)).hexdigest() != each.stem
    ]


class Acts:
    """The acts of a folder, asked which of them puts the law in use in force."""

    def __init__(self, path: Path | None, law: LawBook) -> None:
        """Read the folder once; without one, every set is a draft."""
        self._read = read_agreements(path, law) if path else None
        self._pinned = pinned(law) if path else {}

    def standing(self, set_id: str, on: date) -> Standing | None:
        """Get the act by which a set of the law in use is in force on a day."""
        if self._read is None:
            return None
        found = self._read.review.in_force(set_id, on)
        documents = getattr(found and found.act, "documents", None)
        return found if documents == self._pinned else None

    def applied(self, settings: Settings) -> Standing | None:
        """Get the act that puts in force what was applied to a claim.

        What a file itself states in place of the set was agreed by nobody.
        """
        if stated_by_file(settings):
            return None
        return self.standing(settings.set.id, settings.on)

    def stands_by_earlier(self, found: Determination) -> Earlier | None:
        """Get the result that stands by an act in force when the claim was made.

        A stricter set touches no claim already lodged: where an act that governed since
        then is more protective than the law now applied, its result stands.
        """
        claim, settings = found.claim, found.settings
        now = self.applied(settings)
        if self._read is None or now is None or claim.lodged is None:
            return None
        every = self._read.review.governing(settings.set.id, settings.on, claim.lodged)
        results = [self._under(each, found) for each in every if each is not now]
        best = max(results, key=lambda each: each.result.definition.rank, default=None)
        if best and best.result.definition.rank > found.definition.rank:
            return best
        return None

    def _under(self, standing: Standing, found: Determination) -> Earlier:
        """Determine a claim by the law that an earlier act pins."""
        if self._read is None or not isinstance(standing.act, Agreement):
            message = "only an act of agreement pins law"
            raise TypeError(message)
        book = self._read.adoption.book(standing.act, self._read.folder.stock)
        determiner = Determiner(book, found.provision)
        settings = found.settings
        result = determiner.determine(
            found.claim, set_id=settings.set.id, on=settings.on
        )
        return Earlier(standing, result)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A result under an act that was in force when the claim was made."""

    standing: Standing
    result: Determination

    def told(self) -> str:
        """Say by which act it stands."""
        words = spoken()
        name, first = self.standing.name, self.standing.first
        day = words.day(first) if first else ""
        met = words.say(
            "an earlier act",
            "By the act {act}, in force since {day} and when the claim was made, the "
            "definition is met. That result stands.",
            act=name,
            day=day,
        )
        open_ = words.say(
            "an earlier act",
            "By the act {act}, in force since {day} and when the claim was made, the "
            "definition is open. That result stands.",
            act=name,
            day=day,
        )
        return met if self.result.definition is TRUE else open_

    def as_row(self) -> dict[str, object]:
        """Give it as fields of a JSON object."""
        return {"act": self.standing.name, "definition": self.result.definition}


def stated_by_file(settings: Settings) -> tuple[str, ...]:
    """Name the parameters that a file itself states in place of the set."""
    chosen = settings.chosen.items()
    return tuple(name for name, each in chosen if each.by == "file")


def status(settings: Settings, acts: Acts | None) -> str:
    """Say whether a set is in force on the day it is applied, and by whose hand."""
    standing = acts.applied(settings) if acts else None
    say = spoken().say
    if standing is None or standing.first is None:
        return say("standing of a set", "draft, in force nowhere")
    return say(
        "standing of a set",
        "in force since {day}, signed by {signers}",
        day=spoken().day(standing.first),
        signers=spoken().names([one.signer.title for one in standing.signed]),
    )


def show_standing(results: Sequence[Determination], acts: Acts | None) -> None:
    """Say of each set that was applied whether it has force."""
    say = spoken().say
    told = {
        found.settings.set.id: standing
        for found in results
        if acts and acts.applied(found.settings)
        for standing in [status(found.settings, acts)]
    }
    for name, standing in told.items():
        row = say(
            "standing of a set",
            "The set `{set}`: {standing}.",
            set=name,
            standing=standing,
        )
        showing.paragraph(row)
    stated = [found.claim.id for found in results if stated_by_file(found.settings)]
    if acts and stated:
        row = say(
            "standing of a set",
            "In these claims the file itself states settings, which nobody agreed: "
            "{claims}.",
            claims=spoken().names(stated),
        )
        showing.paragraph(row)
    every = say("standing of a set", "Every set is a draft, in force nowhere.")
    other = say(
        "standing of a set", "Every other set, and day, is a draft, in force nowhere."
    )
    showing.paragraph(other if told else every)
