"""Loading the invented caseload by the acts that people's own work goes through.

Nothing is written to a table here: organisations and accounts are opened, families are
registered and held, and each act stands in the record as of the day it is set on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta

from asylon.casework import File
from asylon.casework.actors import rules
from asylon.invented.people import People
from asylon.security import PrivateKey
from asylon.security.custody import Custody
from asylon_server.console import cast
from asylon_server.store.cases import acts
from asylon_server.store.cases.assigning import assign
from asylon_server.store.cases.models import Case
from asylon_server.store.cases.refusals import WorkRefusedError
from asylon_server.store.organisations.acts import open_account, open_organisation
from asylon_server.store.organisations.models import Organisation
from asylon_server.store.record.acts import seal
from asylon_server.store.rights import Actor

BATCH = 100
"""So many cases are registered before the record is sealed."""

_MORNING = time(9, tzinfo=UTC)
_BETWEEN = timedelta(minutes=7)

Told = Callable[[int, int], None]


def load(
    world: People, key: PrivateKey, *, custody: Custody, at: datetime, told: Told
) -> int:
    """Open the offices and accounts, and register every household.

    Args:
        world: The invented people.
        key: What seals the record.
        custody: Where the wrapping key is.
        at: Now; nothing is set on a later moment.
        told: Hears after each case how many of how many are done.

    Returns:
        How many cases there are.
    """
    files = sorted(world.files(), key=lambda file: (_day(file, at), file.reference))
    begun = min(_day(file, at) for file in files) - timedelta(days=1)
    people = _opened(begun)
    for number, (file, moment) in enumerate(_set_on(files, at), 1):
        case = _registered(people, number, file, custody=custody, at=moment)
        _give(people, number, case, custody=custody, at=moment)
        if number % BATCH == 0:
            seal(key, at=moment)
        told(number, len(files))
    seal(key, at=at)
    return len(files)


def _opened(at: datetime) -> dict[cast.Part, Actor]:
    """Open what takes part, with an account for everybody."""
    first = Organisation.objects.get()
    offices = {
        each.name: open_organisation(
            None, name=each.name, kind=each.kind, state=each.state, at=at
        )
        for each in cast.OFFICES
        if each.name != first.name
    }
    offices[first.name] = first
    return {
        part: open_account(
            None,
            name=part.name,
            role=part.role,
            organisation=offices[part.office.name],
            at=at,
        ).actor
        for part in cast.CAST
    }


def _registered(
    people: Mapping[cast.Part, Actor],
    number: int,
    file: File,
    *,
    custody: Custody,
    at: datetime,
) -> Case:
    """Let one after another register, where their office may place the holds."""
    registrars = [people[each] for each in cast.REGISTRARS]
    able = [each for each in registrars if _may_hold(each, file)]
    return acts.register(
        able[(number - 1) % len(able)],
        file,
        submission=f"demonstration {number}",
        at=at,
        custody=custody,
    )


def _give(
    people: Mapping[cast.Part, Actor],
    number: int,
    case: Case,
    *,
    custody: Custody,
    at: datetime,
) -> None:
    """Let the supervisor give the case to whose turn it is; none to a feared state."""
    for supervisor in cast.SUPERVISORS:
        actor = people[supervisor]
        for part, (office, nth) in cast.GIVEN.items():
            is_theirs = case.organisation_id == actor.organisation
            if is_theirs and office == supervisor.office and number % nth == 0:
                with suppress(WorkRefusedError):
                    whom = people[part].account
                    assign(actor, case.id, whom, at=at, custody=custody)


def _may_hold(actor: Actor, file: File) -> bool:
    """Whether an office may place the holds: a group's hold is for UNHCR to declare."""
    only = {rules("ground")[each.ground].only_by for each in file.holds}
    return only <= {"", actor.kind}


def _set_on(files: Iterable[File], at: datetime) -> Iterator[tuple[File, datetime]]:
    """Set each registration on the morning of its day, one after another."""
    last = datetime.min.replace(tzinfo=UTC)
    for file in files:
        last = min(max(_day(file, at), last + _BETWEEN), at)
        yield file, last


def _day(file: File, at: datetime) -> datetime:
    opened = file.opened or at.date()
    return min(datetime.combine(opened, _MORNING), at)
