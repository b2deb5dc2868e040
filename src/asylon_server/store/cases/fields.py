"""Which part of a file belongs to which field class; what is not reached is left out."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import MISSING, fields, replace
from types import MappingProxyType
from typing import Any

from asylon.casework import CaseClaim, File, Hold, Person
from asylon.casework.decisions import Telling
from asylon.casework.interviews import Interview
from asylon.casework.procedure import Despite, Step
from asylon.casework.procedure.deadlines import Stop

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
        "unsafe": "contact",
        "consents": "consent",
        "needs": "needs",
        "note": "narrative",
    }
)
"""The field class of each part of what is kept of a person."""

NARRATIVE, CLAIM, HELPERS = "narrative", "claim", "helpers"
NOBODY = "nobody"
"""No class: what nobody reaches by reading a case, whatever was released to them."""

CLASS_OF_CLAIM: Mapping[type, Mapping[str, str]] = MappingProxyType(
    {
        CaseClaim: {
            "id": CLAIM,
            "person": CLAIM,
            "procedure": CLAIM,
            "state": CLAIM,
            "wish_heard": CLAIM,
            "lodged": CLAIM,
            "receipt_code": CLAIM,
            "note": NARRATIVE,
            "steps": CLAIM,
            "stops": CLAIM,
            "plans": NARRATIVE,
            "interviews": NARRATIVE,
            "assessment": NARRATIVE,
            "drafts": NARRATIVE,
            "tellings": CLAIM,
            # Whom a complaint is about works on the claim: see `claims.complaints`.
            "complaints": NOBODY,
            "guardians": HELPERS,
            "counsel": "identity",
            "called": CLAIM,
            "appearances": "identity",
            "submissions": NARRATIVE,
            "exceptions": NARRATIVE,
        },
        Step: {
            "act": CLAIM,
            "by": CLAIM,
            "on": CLAIM,
            "outcome": CLAIM,
            "despite": CLAIM,
            "words": NARRATIVE,
        },
        Despite: {"guards": CLAIM, "by": CLAIM, "reason": NARRATIVE},
        Stop: {"why": CLAIM, "since": CLAIM, "until": CLAIM},
        Telling: {
            "way": CLAIM,
            "on": CLAIM,
            "by": CLAIM,
            "language": "identity",
            "interpreter": "identity",
            "understood": CLAIM,
        },
        Interview: {
            "id": NARRATIVE,
            "on": NARRATIVE,
            "officer": NARRATIVE,
            "language": NARRATIVE,
            "interpreter": "identity",
            "counsel": "identity",
            "guardian": HELPERS,
            "room": "identity",
            "consented": NARRATIVE,
            "segments": NARRATIVE,
            "signed_off": NARRATIVE,
        },
    }
)
"""The field class of each part of a claim, and of what is within such a part.

What is not named here is as its whole is. Of what is named each field has a class, so
that a new one is shown to nobody before somebody has said to whom.
"""

QUIET = frozenset({"complain", "settle"})
"""Acts of which nobody learns but who made them, their counsel and who settles them.

Whom a complaint is about works on the claim. They lead to no stage, and without them
the course of a claim says the same.
"""

UNSHOWN = "…"
"""In place of words that are not reached."""

_EMPTY = Person("nobody")


def shown(file: File, classes: Set[str]) -> File:
    """Give a file without the fields that were not reached."""
    people = tuple(_shown(each, classes) for each in file.people)
    claims = file.claims if CLAIM in classes else ()
    return replace(
        file if NARRATIVE in classes else apart(file)[0],
        people=people,
        holds=tuple(shown_hold(each, classes) for each in file.holds)
        if "hold" in classes
        else (),
        claims=_shown_claim(claims, classes),
    )


def apart(file: File) -> tuple[File, File]:
    """Part a file: who people are, and what they said, which is sealed by itself.

    What was said in interviews is in neither: each part of it is sealed on its own.
    """
    identity = replace(
        file,
        people=tuple(replace(each, note="") for each in file.people),
        claims=tuple(each.unsaid for each in file.claims),
        note="",
    )
    claims = tuple(each.said for each in without_segments(file).claims)
    people = tuple(Person(each.id, note=each.note) for each in file.people)
    return identity, File(file.reference, people, claims=claims, note=file.note)


def without_segments(file: File) -> File:
    """Give a file with the headers of interviews alone."""
    return replace(
        file,
        claims=tuple(
            replace(
                claim,
                interviews=tuple(replace(e, segments=()) for e in claim.interviews),
            )
            for claim in file.claims
        ),
    )


def together(identity: File, testimony: File) -> File:
    """Put a parted file together again."""
    notes = {each.id: each.note for each in testimony.people}
    said = {each.id: each for each in testimony.claims}
    return replace(
        identity,
        people=tuple(replace(e, note=notes.get(e.id, "")) for e in identity.people),
        claims=tuple(each.resaid(said.get(each.id)) for each in identity.claims),
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


def shown_hold(hold: Hold, classes: Set[str]) -> Hold:
    """Leave out what shows that a hold could be lifted, where nobody is known by name.

    A body of the state reaches holds, and never who somebody is.
    """
    if "identity" in classes:
        return hold
    lifted = hold.lifted and replace(hold.lifted, shown_by=UNSHOWN)
    return replace(hold, note="", lifted=lifted)


def _shown(person: Person, classes: Set[str]) -> Person:
    hidden = {
        each.name: getattr(_EMPTY, each.name)
        for each in fields(person)
        if each.name != "id" and CLASS_OF[each.name] not in classes
    }
    return replace(person, **hidden)


def _shown_claim(part: Any, classes: Set[str]) -> Any:  # noqa: ANN401  any part of one
    """Give a claim, or a part of one, without what is not reached.

    What a file answers to the procedure is asked of the whole, and not of what is shown.
    """
    if isinstance(part, tuple):
        return tuple(_shown_claim(each, classes) for each in part)
    if type(part) not in CLASS_OF_CLAIM:
        return part
    class_of = CLASS_OF_CLAIM[type(part)]
    kept = {}
    for each in fields(part):
        if class_of[each.name] in classes:
            kept[each.name] = _shown_claim(getattr(part, each.name), classes)
        else:
            # What has to be there says that something is.
            kept[each.name] = UNSHOWN if each.default is MISSING else each.default
    if isinstance(part, CaseClaim):
        kept["steps"] = heard(kept["steps"])
    return replace(part, **kept)


def heard(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Leave out the steps of complaints."""
    return tuple(each for each in steps if each.act not in QUIET)
