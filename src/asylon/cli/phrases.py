"""Phrases that the list of the law and its pages share."""

from __future__ import annotations

from collections.abc import Iterable, Sized

from asylon.cli.speaking import is_english, spoken
from asylon.law import Provision
from asylon.law.countries import Period
from asylon.law.jurisdictions import STATES
from asylon.law.provisions import Source


def count(scenarios: Sized) -> str:
    """Say how many scenarios there are."""
    return spoken().say_many(
        "about a provision", "{count} scenario", "{count} scenarios", len(scenarios)
    )


def elements(text: Provision) -> str:
    """Say how many elements a provision has."""
    return spoken().say_many(
        "about a provision", "{count} element", "{count} elements", len(text.elements)
    )


def heading(text: Provision) -> str:
    """Give the citation and the title of a provision."""
    return spoken().say(
        "provision, as a heading",
        "{citation}: {title}",
        citation=spoken().law("citation", text.citation),
        title=spoken().law("title", text.title),
    )


def of_each(kind: str) -> str:
    """Say that something is asked, or kept, of each member of a list."""
    member = spoken().named("member", kind)
    return spoken().say("what is asked of each", "of each {member}", member=member)


def period(days: Period) -> str:
    """Say from when to when something holds."""
    words = spoken()
    first = words.day(days.first)
    if days.last is None:
        return words.say("period", "from {first}", first=first)
    last = words.day(days.last)
    return words.say("period", "from {first} to {last}", first=first, last=last)


def notes(told: Iterable[str]) -> str:
    """Join short notes into one line."""
    first, *others = told
    for each in others:
        first = spoken().say(
            "notes in a row", "{notes}; {next}", notes=first, next=each
        )
    return first


def cited(source: Source) -> str:
    """Give a source, and whether it was read."""
    say = spoken().say
    read_ = say("source", "{source} [read]", source=source.cite)
    memory = say("source", "{source} [from memory, to be checked]", source=source.cite)
    return read_ if source.read else memory


def as_sentence(reason: str) -> str:
    """Close a reason that is told as a sentence of its own."""
    return spoken().say("a reason as a sentence", "{reason}.", reason=reason)


def state(code: str, title: str) -> str:
    """Name a state: in the language of the law book as its document does."""
    words = spoken()
    if code in STATES:
        return title if is_english() else words.place(code)
    return words.law("set", title)


def name_and_id(name: str, identifier: str) -> str:
    """Give a name with its identifier."""
    return spoken().say(
        "name and identifier", "{name} ({id})", name=name, id=identifier
    )
