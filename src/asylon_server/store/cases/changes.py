"""Changes of what was told, thing by thing: what stood there, and what stands instead.

A change names what its writer had read, so that two people who write at once lose
nothing: where the thing is still as it was read the change is made, and where it is not,
both are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from asylon.casework import File, Person
from asylon_server.store.cases.fields import CLASS_OF

PERSON = "person"
"""The part of a change that adds somebody."""

SINGLE = ("sex", "note")
"""Parts that hold one thing or none."""


class StaleError(Exception):
    """Somebody else changed the thing meanwhile; nothing was written."""


class ToldOtherwiseError(Exception):
    """A form that was kept before came again, and says something else now."""

    def __init__(self, case: UUID) -> None:
        """Name the case that the form has made."""
        self.case = case
        super().__init__("the form was kept before, and says something else now")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing told, in place of another.

    Attributes:
        person: Of whom, by the name within the file.
        part: The field of the person, or `PERSON` for somebody new.
        old: What stood there, as its writer had read it; None for something new.
        new: What is to stand there; None to take it out.
    """

    person: str
    part: str
    old: object | None = None
    new: object | None = None

    @property
    def field_class(self) -> str:
        """The field class that whoever makes it has to reach."""
        return "identity" if self.part == PERSON else CLASS_OF[self.part]


def values(person: Person, part: str) -> tuple[object, ...]:
    """Give the things of a part, one or many."""
    told: Any = getattr(person, part)
    if part in SINGLE:
        return (told,) if told else ()
    return tuple(told)


def made(file: File, change: Change) -> File:
    """Make a change.

    Raises:
        LookupError: nobody on the file is called so.
        StaleError: what stood there is not there any more.
    """
    if isinstance(change.new, Person):
        return _with_person(file, change.new)
    person = file.person(change.person)
    told = _changed(values(person, change.part), change)
    single = change.part in SINGLE
    value: Any = (told[-1] if told else "") if single else told
    changed = replace(person, **{change.part: value})
    people = tuple(changed if p.id == person.id else p for p in file.people)
    return replace(file, people=people)


def between(first: Sequence[Person], told: Sequence[Person]) -> Iterator[Change]:
    """Say what a second telling changes of the first; who is not in it stays."""
    known = {each.id: each for each in first}
    for person in told:
        if person.id in known:
            for part in CLASS_OF:
                yield from _between(known[person.id], person, part)
        else:
            yield Change(person.id, PERSON, new=person)


def is_made(file: File, change: Change) -> bool:
    """Whether a file says already what a change would have it say."""
    known = {each.id: each for each in file.people}
    if isinstance(change.new, Person):
        return change.new in file.people
    if change.person not in known:
        return False
    there = values(known[change.person], change.part)
    return change.old not in there and (change.new is None or change.new in there)


def added(file: File, change: Change) -> Change:
    """Make a change that only adds, where what it replaces is not there any more."""
    known = {each.id: each for each in file.people}
    if change.part == PERSON or change.person not in known:
        return change
    there = values(known[change.person], change.part)
    return change if change.old in there else replace(change, old=None)


def _between(first: Person, told: Person, part: str) -> Iterator[Change]:
    before, after = values(first, part), values(told, part)
    gone = [each for each in before if each not in after]
    come = [each for each in after if each not in before]
    for place in range(max(len(gone), len(come))):
        old = gone[place] if place < len(gone) else None
        new = come[place] if place < len(come) else None
        yield Change(told.id, part, old, new)


def _changed(there: tuple[object, ...], change: Change) -> tuple[object, ...]:
    old, new = change.old, change.new
    if old is None:
        return there if new is None or new in there else (*there, new)
    if old not in there:
        if new is not None and new in there:
            return there
        raise StaleError
    place = there.index(old)
    others = (*there[:place], *there[place + 1 :])
    if new is None or new in others:
        return others
    return (*there[:place], new, *there[place + 1 :])


def _with_person(file: File, person: Person) -> File:
    if person in file.people:
        return file
    taken = {each.id for each in file.people}
    if person.id in taken:
        numbers = [int(each[1:]) for each in taken if each[1:].isdecimal()]
        person = replace(person, id=f"p{max(numbers, default=0) + 1}")
    return replace(file, people=(*file.people, person))
