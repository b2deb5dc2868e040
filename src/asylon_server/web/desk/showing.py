"""A file as the pages show it: in the reader's words, and nothing that was not told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from asylon.casework import ANY, File, Hold, Person
from asylon.casework.actors import vocabulary_of
from asylon.casework.needs import needs
from asylon.dates import Told, noted, said
from asylon.identity import Kinship, Name, NationalityClaim, vocabularies
from asylon.languages import Catalogue
from asylon_server.store.cases.lists import Row
from asylon_server.web.desk.fields import language_name


@dataclass(frozen=True, slots=True)
class Listed:
    """A case as a row of a list."""

    case: UUID
    reference: str
    people: list[str]
    holds: list[str]
    needs: list[str]
    opened: datetime
    readable: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A hold in words."""

    destination: str
    whom: str
    ground: str
    begun: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody on a file, as a summary of rows: what it is, and what was told of it."""

    id: str
    title: str
    rows: list[tuple[str, list[str]]]
    needs: list[str]


def listed(row: Row, words: Catalogue) -> Listed:
    """Show a case in a row."""
    return Listed(
        row.case,
        row.file.reference,
        [name for person in row.file.people if (name := called(person))],
        hold_tags(row.file, words),
        need_tags(row.file, words),
        row.opened,
        row.readable,
        row.opens,
    )


def called(person: Person) -> str:
    """Say what somebody is called; empty where no name is reached."""
    return person.names[0].words if person.names else ""


def titled(file: File, person: Person) -> str:
    """Say what somebody is called, or which of the people it is."""
    number = [each.id for each in file.people].index(person.id) + 1
    return called(person) or _("Person %(number)s") % {"number": number}


def destination(code: str, words: Catalogue) -> str:
    """Name where nobody is sent."""
    if code == ANY:
        return _("any state")
    return words.place(code)


def hold_tags(file: File, words: Catalogue) -> list[str]:
    """Say against which destinations holds stand."""
    places = dict.fromkeys(each.destination for each in file.holds if each.stands)
    return [
        _("Hold: %(place)s") % {"place": destination(each, words)} for each in places
    ]


def need_tags(file: File, words: Catalogue) -> list[str]:
    """Name the specific needs of the people."""
    kinds = dict.fromkeys(need.kind for each in file.people for need in each.needs)
    return [needs().name(each, words) for each in kinds]


def held(file: File, hold: Hold, words: Catalogue) -> Held:
    """Show a hold."""
    known = {each.id: each for each in file.people}
    whom = titled(file, known[hold.person]) if hold.person in known else ""
    return Held(
        destination(hold.destination, words),
        whom or _("everybody on the case"),
        vocabulary_of("ground").name(hold.ground, words),
        words.day(hold.begun),
    )


def claimed(claim: NationalityClaim, words: Catalogue) -> str:
    """Show what is claimed of a nationality."""
    status = vocabularies()["nationality"].name(claim.status, words)
    told = pgettext("nationality", "%(state)s: %(status)s")
    return told % {"state": words.place(claim.state), "status": status}


def named(name: Name, words: Catalogue) -> str:
    """Show a name with its kind."""
    kind = vocabularies()["name"].name(name.kind, words)
    return pgettext("a name and its kind", "%(name)s (%(kind)s)") % {
        "name": name.words,
        "kind": kind,
    }


def birth(told: Told, words: Catalogue) -> list[str]:
    """Show a birth: as told, the days it can mean, and why there are several."""
    meaning = said(told, words)
    notes = noted(told, words)
    original = told.words
    if meaning in {original, f"“{original}”"}:
        return [meaning, *notes]
    both = pgettext("a date as told, and its meaning", "“%(told)s”: %(meaning)s")
    return [both % {"told": original, "meaning": meaning}, *notes]


def spoken(language: str, dialect: str) -> str:
    """Name a language in itself, with the place that it sounds of."""
    name = language_name(language)
    if not (name and dialect):
        return name or dialect
    both = pgettext("a language and its dialect", "%(language)s (%(dialect)s)")
    return both % {"language": name, "dialect": dialect}


def relatives(file: File, person: Person, words: Catalogue) -> list[str]:
    """Say who somebody's relatives are, each in a line."""
    return [relative(file, each, words) for each in person.kin]


def relative(file: File, kinship: Kinship, words: Catalogue) -> str:
    """Say who is what to somebody."""
    known = {each.id: each for each in file.people}
    if kinship.other in known:
        who = titled(file, known[kinship.other])
    else:
        who = kinship.names[0].words if kinship.names else ""
    kind = vocabularies()["kinship"].name(kinship.kind, words)
    told = pgettext("a relative and the relation", "%(name)s: %(kind)s")
    return told % {"name": who, "kind": kind}
