"""Amending a case thing by thing, and the versions of what was told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from asylon.casework import File, Hold, Person
from asylon.security.custody import Custody
from asylon_server.store.cases import acts, changes, fields, reads
from asylon_server.store.cases.changes import Change
from asylon_server.store.cases.history import account_names
from asylon_server.store.cases.models import Case
from asylon_server.store.record.acts import record
from asylon_server.store.record.models import Event
from asylon_server.store.rights import Actor
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.vault import sealing

GROUND = "wish_expressed"
TRIES = 5
"""So often a change is made anew where another one was kept at the same moment."""


@dataclass(frozen=True, slots=True)
class Version:
    """What was told of a case, as it stood from an act on.

    Attributes:
        number: Which version.
        at: Since when.
        by: The name of the account whose act it was.
        office: The organisation of that account.
        file: What is reached of it.
    """

    number: int
    at: datetime
    by: str
    office: str
    file: File


def tell(
    actor: Actor,
    case_id: UUID,
    told: Sequence[Change],
    *,
    at: datetime,
    custody: Custody,
    only_adds: bool = False,
    form: str = "",
) -> int:
    """Change what was told, thing by thing; what others changed meanwhile stays.

    Args:
        actor: Who amends.
        case_id: The case.
        told: The changes.
        at: When.
        custody: Where the wrapping key is.
        only_adds: Whether something that was changed meanwhile stays beside what is
            told, instead of stopping the act.
        form: The name of the form that was sent, drawn by chance. The same one sent
            again changes nothing anew: what it says otherwise by now takes the place
            of what it said.

    Returns:
        The version that says it.

    Raises:
        NotThereError: there is no such case, or not for this account to write so.
        StaleError: a thing was changed by somebody else meanwhile.
    """
    for attempt in range(TRIES):
        try:
            return _told(
                actor,
                case_id,
                told,
                at=at,
                custody=custody,
                only_adds=only_adds,
                form=form,
            )
        except (sealing.ConflictingVersionError, IntegrityError):
            # Another version was kept at the same moment; the change is made on that.
            if attempt == TRIES - 1:
                raise
    raise AssertionError


def _told(
    actor: Actor,
    case_id: UUID,
    told: Sequence[Change],
    *,
    at: datetime,
    custody: Custody,
    only_adds: bool,
    form: str,
) -> int:
    with transaction.atomic():
        # Locked, so that nothing is kept of a case that is erased meanwhile.
        case, reached = reads.allowed(
            actor, "write", case_id, at=at, locked=True, custody=custody
        )
        if not {each.field_class for each in told} <= reached:
            raise NotThereError
        version, before = reads.whole(case, custody=custody)
        kept = _kept_by(case, form) if form else None
        if kept is not None:
            told = _again(case, told, kept, custody)
        file = before
        for each in told:
            change = changes.added(file, each) if only_adds else each
            file = _made(file, change, reached)
        if file == before:
            return version
        return acts.keep_amended(
            case,
            actor,
            file,
            _holds(before, file, at),
            follows=version,
            at=at,
            custody=custody,
            parts=[each.part for each in told],
            form=form,
        )


def _kept_by(case: Case, form: str) -> int | None:
    """Say which version a form made when it was sent before; None if it was not."""
    events = Event.objects.filter(case=case.id)
    for each in events.order_by("-number"):
        if each.content and form.encode() in bytes(each.content):
            said = json.loads(bytes(each.content))
            if said["details"].get("form") == form:
                return int(said["details"]["version"])
    return None


def _again(
    case: Case, told: Sequence[Change], kept: int, custody: Custody
) -> list[Change]:
    """Say what a form changes of what it has said before."""
    _number, before = reads.whole(case, custody=custody, version=kept - 1)
    _number, after = reads.whole(case, custody=custody, version=kept)
    done = list(changes.between(before.people, after.people))
    pairs = zip(done, told, strict=False)
    return [each for first, now in pairs for each in changes.again(first, now)]


def _made(file: File, change: Change, reached: frozenset[str]) -> File:
    if isinstance(change.new, Person):
        bare = fields.merged_person(Person(change.new.id), change.new, reached)
        change = Change(bare.id, changes.PERSON, new=bare)
    try:
        return changes.made(file, change)
    except LookupError:
        raise NotThereError from None


def _holds(before: File, file: File, at: datetime) -> list[Hold]:
    """Hold somebody from a state that is feared now and was not before.

    A hold against every state is not enough: it says of no state that it is feared, and
    when it is lifted nothing would be left against that one.
    """
    known = {each.id: each.feared for each in before.people}
    return [
        Hold(state, at.date(), GROUND, each.id)
        for each in file.people
        for state in each.feared
        if state not in known.get(each.id, ()) and not _is_held(file, each.id, state)
    ]


def _is_held(file: File, person: str, state: str) -> bool:
    """Whether a hold against this very state covers somebody."""
    return any(
        each.destination == state and each.covers(person, state) for each in file.holds
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in place of something that a writer had read.

    Attributes:
        thing: What it is; None where it was taken out.
        version: The latest version.
        by: The name of the account that put it there, and of its office.
        at: When.
    """

    thing: object | None
    version: int
    by: tuple[str, str]
    at: datetime


def standing(
    actor: Actor,
    case_id: UUID,
    change: Change,
    *,
    since: int,
    until: int | None = None,
    at: datetime,
    custody: Custody,
) -> Standing:
    """Find what stands now in place of what somebody would have changed.

    Args:
        actor: Who would have changed it.
        case_id: The case.
        change: The change.
        since: The version that its writer had read.
        until: The version it is wanted of; the latest if none is given.
        at: When.
        custody: Where the wrapping key is.

    Raises:
        NotThereError: there is no such case or version, or not for this account.
    """
    read = versions(actor, case_id, since=since, at=at, custody=custody)
    read = [each for each in read if until is None or each.number <= until]
    if not read:
        raise NotThereError
    thing, place = changes.followed([each.file for each in read], change)
    by = read[place]
    return Standing(thing, read[-1].number, (by.by, by.office), by.at)


def versions(
    actor: Actor, case_id: UUID, *, since: int = 1, at: datetime, custody: Custody
) -> list[Version]:
    """Read what was told as it stood, version by version, the earliest first.

    Raises:
        NotThereError: there is no such case, or not for this account.
    """
    with transaction.atomic():
        case, reached = reads.allowed(actor, "read", case_id, at=at, custody=custody)
        details = {"classes": sorted(reached), "versions_since": since}
        record("case read", actor, at=at, case=case.id, details=details)
    last, _file = reads.opened(case, reached, custody=custody)
    kept = _acts_of(case)
    found = []
    for number in range(max(1, since), last + 1):
        _number, file = reads.opened(case, reached, custody=custody, version=number)
        when, by, office = kept.get(number, (case.opened, "", ""))
        found.append(Version(number, when, by, office, file))
    return found


def _acts_of(case: Case) -> dict[int, tuple[datetime, str, str]]:
    """Say of each version when it was kept, and by whom."""
    events = Event.objects.filter(case=case.id)
    told = [json.loads(bytes(each.content)) for each in events if each.content]
    kept = {_version_of(said): said for said in told}
    names = account_names({said["by"] for said in kept.values() if said["by"]})
    return {
        number: (datetime.fromisoformat(s["at"]), *names.get(s["by"], ("", "")))
        for number, s in kept.items()
    }


def _version_of(said: dict[str, dict[str, int]]) -> int:
    acts_that_keep = {"case opened": 1}
    opened = acts_that_keep.get(str(said["act"]), 0)
    return opened or said["details"].get("version", 0)
