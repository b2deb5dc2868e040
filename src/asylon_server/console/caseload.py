"""Loading the invented caseload by the acts that people's own work goes through.

Nothing is written to a table here: organisations and accounts are opened, families are
registered and held, and each act stands in the record as of the day it is set on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush

from asylon.casework import File, Person
from asylon.casework.actors import rules
from asylon.casework.proceedings import is_child
from asylon.invented.people import People
from asylon.invented.stories import Way, stories, ways
from asylon.logic import FALSE
from asylon.security import PrivateKey
from asylon.security.custody import Custody
from asylon_server.console import cast
from asylon_server.console.proceeding import Act, Held, Proceedings, Seats
from asylon_server.letters import FacesError
from asylon_server.store.cases import acts as registering
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
    going = _Going(Proceedings(_seats(people), custody), key)
    waiting = [way for way in ways() for _each in range(way.claims)]
    for number, (file, moment) in enumerate(_set_on(files, at), 1):
        going.on(moment)
        case = _registered(people, number, file, custody=custody, at=moment)
        _give(people, number, case, custody=custody, at=moment)
        for held in _on_its_way(people, case, file, waiting):
            going.wait(held, moment, at)
        if number % BATCH == 0:
            seal(key, at=moment)
        told(number, len(files))
    going.on(at)
    seal(key, at=at)
    return len(files)


class _Going:
    """Acts on claims that wait for their moment, so that the record keeps its order."""

    def __init__(self, proceedings: Proceedings, key: PrivateKey) -> None:
        self.proceedings, self.key = proceedings, key
        self.pending: list[tuple[datetime, tuple[int, int], Act]] = []
        self.stopped: set[int] = set()

    def wait(self, held: Held, since: datetime, until: datetime) -> None:
        """Let the acts on a claim wait for their moments."""
        for each in self.proceedings.planned(held, since, until):
            heappush(self.pending, each)

    def on(self, until: datetime) -> None:
        """Do all whose moment has come."""
        while self.pending and self.pending[0][0] <= until:
            moment, (claim, _place), act = heappop(self.pending)
            try:
                _ = claim in self.stopped or act(moment)
            except FacesError:  # a machine without faces prints no letter
                self.stopped.add(claim)


def _seats(people: Mapping[cast.Part, Actor]) -> Seats:
    return Seats(
        registers=people[cast.REGISTRARS[-1]],
        examines=people[cast.EXAMINER],
        interprets=people[cast.INTERPRETER],
        reviews=people[cast.REVIEWER],
        reviews_elsewhere=people[cast.REVIEWER_ELSEWHERE],
        tells=people[cast.TELLER],
        counsel=people[cast.COUNSEL],
        hears=people[cast.BOARD[0]],
        hears_too=people[cast.BOARD[1]],
        supervises=people[cast.SUPERVISORS[-1]],
    )


def _on_its_way(
    people: Mapping[cast.Part, Actor], case: Case, file: File, waiting: list[Way]
) -> Iterator[Held]:
    """Choose the claim of a case of UNHCR that is taken on, if one fits what waits."""
    if case.organisation_id != people[cast.REGISTRARS[-1]].organisation:
        return
    on = case.opened.date()
    for claim in file.claims:
        way = _fitting(waiting, file.person(claim.person), on)
        if way:
            waiting.remove(way)
            yield Held(case, file, claim, way, len(waiting))
            return


def _fitting(waiting: Sequence[Way], person: Person, on: date) -> Way | None:
    """Find a way that fits what somebody says of their nationality, and is of age."""
    if is_child(person, on) is not FALSE:
        return None
    said = frozenset(each.state for each in person.nationalities)
    fits = (way for way in waiting if said <= stories()[way.story].states)
    return next(fits, None)


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
    return registering.register(
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
