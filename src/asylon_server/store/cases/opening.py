"""Opening the files of cases, one or many, with one look at the keys and the seals.

What does not open is named and left out; the rest of the file is given all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from asylon.casework import File, Hold, Person
from asylon.identity import RecordError
from asylon.security.custody import Custody
from asylon_server.store.cases import fields, groups, holds
from asylon_server.store.cases.models import Case
from asylon_server.store.vault import sealing
from asylon_server.store.vault.sealing import IDENTITY, TESTIMONY

Latest = Mapping[tuple[UUID, str], tuple[int, bytes | None]]


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as far as it opened.

    Attributes:
        file: What is reached of it.
        version: The version of the identity compartment; 0 where nothing was told.
        closed: The compartments that do not open: altered, or their key is gone.
    """

    file: File
    version: int = 0
    closed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys of some cases, unwrapped for one act, and the holds they opened."""

    keys: Mapping[UUID, bytes]
    held: Mapping[UUID, Sequence[holds.Standing]]


def keyring(cases: Sequence[Case], *, custody: Custody) -> Keyring:
    """Unwrap the keys of cases, and read the holds over them."""
    keys = sealing.data_keys([case.id for case in cases], custody=custody)
    held: dict[UUID, list[holds.Standing]] = {case.id: [] for case in cases}
    for each in holds.of_cases(cases, custody=custody, keys=keys):
        held[each.row.case_id].append(each)
    return Keyring(keys, held)


def files(
    cases: Iterable[Case],
    classes: Mapping[UUID, frozenset[str]],
    ring: Keyring,
    declared: Sequence[Hold] = (),
) -> dict[UUID, Opened]:
    """Open what is reached of cases. What was said stays sealed where it is not.

    Args:
        cases: The cases; those of which nothing is reached are left out.
        classes: The field classes that are reached, by case.
        ring: The keys of the cases.
        declared: The holds for groups that whoever reads may know of.
    """
    reached = [case for case in cases if case.id in classes]
    wanted = {case.id: _wanted(classes[case.id]) for case in reached}
    latest = sealing.latest(wanted, keys=ring.keys)
    return {
        case.id: _opened(case, classes[case.id], latest, ring.held[case.id], declared)
        for case in reached
    }


def _wanted(classes: frozenset[str]) -> tuple[str, ...]:
    return (IDENTITY, TESTIMONY) if fields.NARRATIVE in classes else (IDENTITY,)


def _opened(
    case: Case,
    classes: frozenset[str],
    latest: Latest,
    standing: Sequence[holds.Standing],
    declared: Sequence[Hold],
) -> Opened:
    held = tuple(each.hold for each in standing)
    version, bare = _part(case, IDENTITY, latest)
    closed = frozenset() if bare else frozenset({IDENTITY})
    file = fields.with_holds(bare, held) if bare else outside(case, held)
    if fields.NARRATIVE in classes:
        _version, said = _part(case, TESTIMONY, latest)
        file = fields.together(file, said) if said and bare else file
        closed |= frozenset() if said else {TESTIMONY}
    file = fields.with_holds(file, (*file.holds, *groups.over(file, declared)))
    return Opened(fields.shown(file, classes), version, closed)


def _part(case: Case, name: str, latest: Latest) -> tuple[int, File | None]:
    """Read a compartment; one in which nothing was written yet is an empty file."""
    version, text = latest.get((case.id, name), (0, b""))
    if not text:
        return version, None if text is None else File(case.reference)
    try:
        return version, File.from_json(text.decode())
    except (RecordError, UnicodeDecodeError):
        return version, None


def outside(case: Case, held: Sequence[Hold]) -> File:
    """Give what stands outside the seals: the holds, over people unnamed."""
    people = dict.fromkeys(each.person for each in held if each.person)
    return File(case.reference, tuple(map(Person, people)), holds=tuple(held))
