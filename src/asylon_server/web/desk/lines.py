"""One thing that was told of somebody, in lines of the reader's language."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from asylon.casework import Consent, Contact, Need, Person, Speech, terms
from asylon.casework.needs import needs
from asylon.dates import Told
from asylon.identity import Kinship, Name, NationalityClaim, Period, Stay, vocabularies
from asylon_server.web.common.edge import words
from asylon_server.web.desk import showing
from asylon_server.web.desk.fields import language_name
from asylon_server.web.desk.partforms import Scene


def name(thing: Name, _scene: Scene) -> list[str]:
    """Show a name."""
    letters = vocabularies()["script"].name(thing.script, words())
    return [
        showing.named(thing, words()),
        *labelled(_("Letters: %(told)s"), letters),
        *labelled(_("Language: %(told)s"), language_name(thing.language)),
        *labelled(_("Told by: %(told)s"), thing.told_by),
        *period(thing.period),
        *labelled(_("Why: %(told)s"), thing.note),
    ]


def birth(thing: Told, _scene: Scene) -> list[str]:
    """Show a birth with every day that it can mean."""
    return showing.birth(thing, words())


def sex(thing: str, _scene: Scene) -> list[str]:
    """Show the sex."""
    return [vocabularies()["sex"].name(thing, words())]


def stay(thing: Stay, _scene: Scene) -> list[str]:
    """Show what happened at a place."""
    kinds, place = vocabularies(), thing.place
    both = pgettext("a place and what happened there", "%(place)s (%(kind)s)")
    return [
        both % {"place": place.words, "kind": kinds["stay"].name(thing.kind, words())},
        *labelled(_("State: %(told)s"), place.country and words().place(place.country)),
        *labelled(
            _("Kind of place: %(told)s"),
            place.level and kinds["place"].name(place.level, words()),
        ),
        *period(thing.period),
        *labelled(_("Note: %(told)s"), place.note),
        *labelled(_("Note: %(told)s"), thing.note),
    ]


def nationality(thing: NationalityClaim, _scene: Scene) -> list[str]:
    """Show what is claimed of a nationality."""
    return [
        showing.claimed(thing, words()),
        *labelled(_("Law and article: %(told)s"), thing.article),
        *labelled(_("It rests on: %(told)s"), thing.note),
    ]


def feared(thing: str, _scene: Scene) -> list[str]:
    """Name a state that is feared."""
    return [words().place(thing)]


def kin(thing: Kinship, scene: Scene) -> list[str]:
    """Show a relative."""
    return [
        showing.relative(scene.file, thing, words()),
        *labelled(_("Who says so: %(told)s"), thing.claimed_by),
        *period(thing.period),
        *labelled(_("Note: %(told)s"), thing.note),
    ]


def speech(thing: Speech, _scene: Scene) -> list[str]:
    """Show a language."""
    first = [_("First language")] if thing.is_first else []
    return [
        showing.spoken(thing.language, thing.dialect),
        *first,
        *labelled(_("Who interprets: %(told)s"), thing.interpreter),
        *labelled(_("Note: %(told)s"), thing.note),
    ]


def contact(thing: Contact, _scene: Scene) -> list[str]:
    """Show a way of contact."""
    told = pgettext("a way of contact and the number", "%(way)s: %(words)s")
    way = terms()["way"].name(thing.way, words())
    return [
        told % {"way": way, "words": thing.words},
        *labelled(_("When: %(told)s"), thing.hours),
        *labelled(_("Note: %(told)s"), thing.note),
    ]


def consent(thing: Consent, scene: Scene) -> list[str]:
    """Show a consent, and whether it stands."""
    told = pgettext("a purpose and who receives it", "%(purpose)s: %(recipient)s")
    purpose = terms()["purpose"].name(thing.purpose, words())
    return [
        told % {"purpose": purpose, "recipient": thing.recipient},
        *labelled(_("Agreed on %(told)s"), _day(thing.given)),
        *labelled(_("Refused on %(told)s"), _day(thing.refused)),
        *labelled(_("Taken back on %(told)s"), _day(thing.revoked)),
        *([] if thing.refused or thing.stands(scene.on) else [_("It does not stand.")]),
        *labelled(_("State: %(told)s"), thing.state and words().place(thing.state)),
        *labelled(_("Language: %(told)s"), language_name(thing.language)),
        *labelled(_("Interpreter: %(told)s"), thing.interpreter),
        _("Read back") if thing.is_read_back else _("Not read back"),
    ]


def need(thing: Need, _scene: Scene) -> list[str]:
    """Show a specific need."""
    name = needs().name(thing.kind, words())
    return [name, *labelled(_("Noted on %(told)s"), _day(thing.noted))]


def person(thing: Person, scene: Scene) -> list[str]:
    """Show somebody who is to be added."""
    names = [showing.named(each, words()) for each in thing.names]
    births = [line for each in thing.born for line in showing.birth(each, words())]
    ties = [showing.relative(scene.file, each, words()) for each in thing.kin]
    return [*(names or [_("No name yet")]), *births, *ties]


def period(thing: Period) -> list[str]:
    """Show from when to when."""
    return [
        *_when(_("Since: %(told)s"), thing.since),
        *_when(_("Until: %(told)s"), thing.until),
    ]


def labelled(label: str, told: str) -> list[str]:
    """Show what was told under a label; nothing where nothing was told."""
    return [label % {"told": told}] if told else []


def _day(day: date | None) -> str:
    return words().day(day) if day else ""


def _when(label: str, told: Told | None) -> list[str]:
    if told is None:
        return []
    first, *notes = showing.birth(told, words())
    return [label % {"told": first}, *notes]
