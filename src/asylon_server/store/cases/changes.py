"""Changes of what was told, thing by thing: what stood there, and what stands instead.

A change names what its writer had read, so that two people who write at once lose
nothing: where the thing is still as it was read the change is made, and where it is not,
both are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
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


def again(done: Change, now: Change) -> list[Change]:
    """Say what a form that was kept before changes when it is sent again.

    Args:
        done: What it changed the first time.
        now: What it says now.
    """
    if isinstance(done.new, Person) and isinstance(now.new, Person):
        told = replace(now.new, id=done.new.id)
        return [e for e in between([done.new], [told]) if e.new is not None]
    if (done.person, done.part) != (now.person, now.part):
        return [now]  # the name of the form was that of another one
    if now.new == done.new:
        return []
    return [replace(now, old=done.new)]


def followed(files: Sequence[File], change: Change) -> tuple[object | None, int]:
    """Follow what a writer had read through the versions after it.

    Args:
        files: The versions, from the one that the writer had read.
        change: What the writer would have changed.

    Returns:
        What stands in its place in the last of them, None where it was taken out; and
        the place of the version that put it there.
    """
    thing, place = change.old, 0
    for number, (before, after) in enumerate(pairwise(files), start=1):
        told = before.person(change.person), after.person(change.person)
        for each in _between(*told, change.part):
            if each.old == thing:
                thing, place = each.new, number
                break
        if thing is None and change.part not in SINGLE and place:
            break
    return thing, place


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
        if there and change.part in SINGLE and new not in {None, *there}:
            raise StaleError  # two told the one thing at once
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


def next_name(file: File) -> str:
    """Give the name within the file that the next person gets."""
    numbers = [int(e.id[1:]) for e in file.people if e.id[1:].isdecimal()]
    return f"p{max(numbers, default=0) + 1}"


def _with_person(file: File, person: Person) -> File:
    if person in file.people:
        return file
    if person.id in {each.id for each in file.people}:
        person = replace(person, id=next_name(file))
    return replace(file, people=(*file.people, person))
