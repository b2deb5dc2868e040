"""Which part of a file belongs to which field class; what is not reached is left out."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import fields, replace
from types import MappingProxyType

from asylon.casework import File, Hold, Person

CLASS_OF: Mapping[str, str] = MappingProxyType(
    {
        "names": "identity",
        "born": "identity",
        "sex": "identity",
        "languages": "identity",
        "nationalities": "identity",
        "stays": "whereabouts",
        "feared": "hold",
        "kin": "kinship",
        "contacts": "contact",
        "consents": "consent",
        "needs": "needs",
        "note": "narrative",
    }
)
"""The field class of each part of what is kept of a person."""

_EMPTY = Person("nobody")


def shown(file: File, classes: Set[str]) -> File:
    """Give a file without the fields that were not reached."""
    people = tuple(_shown(each, classes) for each in file.people)
    return replace(
        file,
        people=people,
        holds=file.holds if "hold" in classes else (),
        claims=file.claims if "claim" in classes else (),
        note=file.note if "narrative" in classes else "",
    )


def merged(before: File, told: File, classes: Set[str]) -> File:
    """Take from a new telling what its writer reaches, and keep the rest as it was."""
    known = {each.id: each for each in before.people}
    people = tuple(
        _merged(known.get(each.id, Person(each.id)), each, classes)
        for each in told.people
    )
    heard = {each.id for each in told.people}
    left = tuple(each for each in before.people if each.id not in heard)
    return replace(before, people=(*left, *people))


def with_holds(file: File, holds: tuple[Hold, ...]) -> File:
    """Put the holds that stand over a case into its file."""
    return replace(file, holds=holds)


def _merged(before: Person, told: Person, classes: Set[str]) -> Person:
    written = {
        each.name: getattr(told, each.name)
        for each in fields(told)
        if each.name != "id" and CLASS_OF[each.name] in classes
    }
    return replace(before, **written)


def _shown(person: Person, classes: Set[str]) -> Person:
    hidden = {
        each.name: getattr(_EMPTY, each.name)
        for each in fields(person)
        if each.name != "id" and CLASS_OF[each.name] not in classes
    }
    return replace(person, **hidden)
