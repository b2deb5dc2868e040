"""The people of a file: what each of them told, and what each of them agreed to.

Little is required and all can wait: a person is an identifier on the file, and whatever
else was told. Nothing is filled in from another person's entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from asylon.casework.terms import terms
from asylon.dates import Told
from asylon.identity import (
    Kinship,
    Name,
    NationalityClaim,
    RecordError,
    Stay,
    vocabularies,
)
from asylon.law.jurisdictions import STATES


@dataclass(frozen=True, slots=True)
class Speech:
    """A language the person speaks, of which place it sounds, and who interprets it."""

    language: str
    dialect: str = ""
    is_first: bool = False
    note: str = ""
    interpreter: str = ""

    def __post_init__(self) -> None:
        if not (self.language.strip() or self.dialect.strip()):
            problem = "neither a language nor a dialect is named"
            raise RecordError("language", problem, "Write one of them.")


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach the person, and when; whether it is safe is said by its place."""

    way: str
    words: str
    hours: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        terms()["way"].require(self.way, "way")
        if not self.words.strip():
            problem = "there are no words"
            raise RecordError("words", problem, "Write it as it was told.")


@dataclass(frozen=True, slots=True)
class Consent:
    """What the person agreed to or refused: one purpose, one recipient.

    No entitlement hangs on it: nothing in the library asks for a consent but to pass
    something on.
    """

    purpose: str
    recipient: str
    language: str
    given: date | None = None
    refused: date | None = None
    revoked: date | None = None
    interpreter: str = ""
    is_read_back: bool = False
    state: str = ""

    def __post_init__(self) -> None:
        if not self.purpose.strip() or not self.recipient.strip():
            problem = "a consent is to one purpose and one recipient"
            raise RecordError("consent", problem, "Name both.")
        if (self.given is None) == (self.refused is None):
            problem = "it was either given or refused"
            raise RecordError("given", problem, "Give one day, not both.")
        if self.revoked and (self.given is None or self.revoked < self.given):
            problem = "it is revoked before it was given"
            raise RecordError("revoked", problem, "Correct the days.")
        if self.state and self.state not in STATES:
            problem = "this is no code of a state"
            raise RecordError("state", problem, "Write three letters, such as CHE.")

    def stands(self, on: date) -> bool:
        """Whether something may be passed on under it, on a day.

        It has to be given and read back in the person's language by then, and not
        revoked; from the day it is revoked nothing is passed on.
        """
        given = self.given is not None and self.given <= on
        return given and self.is_read_back and not (self.revoked and self.revoked <= on)


@dataclass(frozen=True, slots=True)
class Need:
    """A specific need, by a code of the table of needs."""

    kind: str
    noted: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """One of the people of a file.

    Attributes:
        id: the person's name within the file, of no meaning outside it.
        born: the birth, as told each time it was told.
        sex: as the person says.
        feared: the states to which the person fears to be sent; none of them can ever
            be a recipient.
        contacts: safe ways alone; there is none until the person names one.
        unsafe: ways that are never used, because the person called them dangerous.
    """

    id: str
    names: tuple[Name, ...] = ()
    born: tuple[Told, ...] = ()
    sex: str = ""
    stays: tuple[Stay, ...] = ()
    nationalities: tuple[NationalityClaim, ...] = ()
    feared: tuple[str, ...] = ()
    kin: tuple[Kinship, ...] = ()
    languages: tuple[Speech, ...] = ()
    contacts: tuple[Contact, ...] = ()
    consents: tuple[Consent, ...] = ()
    needs: tuple[Need, ...] = ()
    note: str = ""
    unsafe: tuple[Contact, ...] = ()

    def __post_init__(self) -> None:
        if not self.id.strip():
            raise RecordError(
                "id", "the person has no name within the file", "Give p1."
            )
        if self.sex:
            vocabularies()["sex"].require(self.sex, "sex")
        unknown = [each for each in self.feared if each not in STATES]
        if unknown:
            problem = "this is no code of a state"
            raise RecordError("feared", problem, "Write three letters, such as PRK.")
        if any(each.state in self.feared for each in self.consents if each.state):
            problem = "nothing is passed on to a state that the person fears"
            remedy = "Take the consent out: no consent allows it."
            raise RecordError("consents", problem, remedy)
