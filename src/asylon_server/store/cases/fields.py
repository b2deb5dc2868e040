"""Which part of a file belongs to which field class; what is not reached is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import fields, replace
from types import MappingProxyType

from asylon.casework import CaseClaim, File, Hold, Person

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

NARRATIVE, CLAIM = "narrative", "claim"

_EMPTY = Person("nobody")


def shown(file: File, classes: Set[str]) -> File:
    """Give a file without the fields that were not reached."""
    people = tuple(_shown(each, classes) for each in file.people)
    claims = file.claims if CLAIM in classes else ()
    return replace(
        file if NARRATIVE in classes else apart(file)[0],
        people=people,
        holds=file.holds if "hold" in classes else (),
        claims=claims if NARRATIVE in classes else tuple(map(_unsaid, claims)),
    )


def merged(before: File, told: File, classes: Set[str]) -> File:
    """Take from a new telling what its writer reaches, and keep the rest as it was.

    Who is not in the telling stays; somebody new comes by whoever reaches identities.
    """
    known = {each.id: each for each in before.people}
    heard = {each.id: each for each in told.people}
    new = [each for each in heard if each not in known and "identity" in classes]
    people = tuple(
        merged_person(known.get(each, Person(each)), heard[each], classes)
        if each in heard
        else known[each]
        for each in (*known, *new)
    )
    return replace(
        before,
        people=people,
        claims=tuple(_claims(before, told, classes)),
        note=told.note if NARRATIVE in classes else before.note,
    )


def apart(file: File) -> tuple[File, File]:
    """Part a file: who people are, and what they said, which is sealed by itself."""
    identity = replace(
        file,
        people=tuple(replace(each, note="") for each in file.people),
        claims=tuple(map(_unsaid, file.claims)),
        note="",
    )
    claims = tuple(CaseClaim(e.id, e.person, note=e.note) for e in file.claims)
    people = tuple(Person(each.id, note=each.note) for each in file.people)
    return identity, File(file.reference, people, claims=claims, note=file.note)


def together(identity: File, testimony: File) -> File:
    """Put a parted file together again."""
    notes = {each.id: each.note for each in testimony.people}
    said = {each.id: each.note for each in testimony.claims}
    return replace(
        identity,
        people=tuple(replace(e, note=notes.get(e.id, "")) for e in identity.people),
        claims=tuple(replace(e, note=said.get(e.id, "")) for e in identity.claims),
        note=testimony.note,
    )


def with_holds(file: File, holds: tuple[Hold, ...]) -> File:
    """Put the holds that stand over a case into its file."""
    return replace(file, holds=holds)


def merged_person(before: Person, told: Person, classes: Set[str]) -> Person:
    """Take from a new telling of somebody what its writer reaches."""
    written = {
        each.name: getattr(told, each.name)
        for each in fields(told)
        if each.name != "id" and CLASS_OF[each.name] in classes
    }
    return replace(before, **written)


def _claims(before: File, told: File, classes: Set[str]) -> Iterator[CaseClaim]:
    """Go through the claims of both; what was said on a claim is narrative."""
    known = {each.id: each for each in before.claims}
    heard = {each.id: each for each in told.claims}
    for name in dict.fromkeys((*known, *heard)):
        was, now = known.get(name), heard.get(name)
        claim = (now if CLAIM in classes else was) or was
        said = (now if NARRATIVE in classes else was) or was
        if claim:
            yield replace(claim, note=said.note if said else "")


def _unsaid(claim: CaseClaim) -> CaseClaim:
    return replace(claim, note="")


def _shown(person: Person, classes: Set[str]) -> Person:
    hidden = {
        each.name: getattr(_EMPTY, each.name)
        for each in fields(person)
        if each.name != "id" and CLASS_OF[each.name] not in classes
    }
    return replace(person, **hidden)
