"""A form of registration that is sent again, and says something else by now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from asylon.casework import File
from asylon_server.store.cases import telling
from asylon_server.store.cases.changes import (
    SINGLE,
    Change,
    StaleError,
    between,
    is_made,
    made,
)
from asylon_server.store.cases.telling import Standing, Version
from asylon_server.web.common.edge import Request
from asylon_server.web.desk import sending
from asylon_server.web.desk.clashing import BOTH, LEAVE, MINE
from asylon_server.web.desk.partforms import Scene
from asylon_server.web.desk.parts import BY_NAME, Part
from asylon_server.web.desk.showing import titled


@dataclass(frozen=True, slots=True)
class Clash:
    """One thing that the form and the case say differently.

    Attributes:
        name: The name of the answer that chooses.
        wanted: What the form would change.
        standing: What stands in its place.
        file: The file as it stands.
        answer: What was chosen; empty before.
    """

    name: str
    wanted: Change
    standing: Standing
    file: File
    answer: str

    @property
    def part(self) -> Part:
        """Which part of what is told it is."""
        return BY_NAME[self.wanted.part]

    @property
    def whose(self) -> str:
        """What the person is called."""
        return titled(self.file, self.file.person(self.wanted.person))

    @property
    def may_both(self) -> bool:
        """Whether both can stand beside one another."""
        things = self.standing.thing, self.wanted.new
        return None not in things and self.wanted.part not in SINGLE

    @property
    def stands(self) -> list[str]:
        """Show what stands."""
        return self._lines(self.standing.thing)

    @property
    def sent(self) -> list[str]:
        """Show what the form says."""
        return self._lines(self.wanted.new)

    @property
    def chosen(self) -> Change | None:
        """What is to be made of it; None where what stands is to stay."""
        if self.answer == LEAVE:
            return None
        old = None if self.answer == BOTH else self.standing.thing
        return replace(self.wanted, old=old)

    def _lines(self, thing: object | None) -> list[str]:
        person = self.file.person(self.wanted.person)
        scene = Scene(self.file, person, self.standing.at.date())
        return [] if thing is None else self.part.lines(thing, scene)


@dataclass(frozen=True, slots=True)
class Clashes:
    """What an officer has to choose between before a form is put into its case.

    Attributes:
        version: The version of the case that is shown beside the form.
        them: Each thing that both say differently.
        is_unanswered: Whether they were shown before, and one was not chosen.
    """

    version: int
    them: list[Clash]
    is_unanswered: bool


def put(request: Request, case: UUID, file: File) -> Clashes | None:
    """Put into a case what its form says otherwise by now.

    Returns:
        What has to be chosen first; None where all of it was kept.

    Raises:
        NotThereError: the case is not for this account any more.
    """
    read = telling.versions(
        request.user.actor, case, at=request.at, custody=request.custody
    )
    sent = sending.number(request.POST.get("stands", ""))
    shown = sent if sent <= len(read) else 0
    told = _told(read, file)
    found = _clashes(request, case, told, read[(shown or len(read)) - 1])
    answers = {LEAVE, MINE, BOTH}
    if found and not (shown and all(each.answer in answers for each in found)):
        return Clashes(shown or len(read), found, bool(shown))
    try:
        _keep(request, case, told, found)
    except StaleError:
        # Somebody changed it once more since it was shown.
        return Clashes(len(read), _clashes(request, case, told, read[-1]), False)
    return None


def _keep(
    request: Request, case: UUID, told: Sequence[Change], found: Sequence[Clash]
) -> None:
    clashing = [each.wanted for each in found]
    chosen = [each.chosen for each in found]
    telling.tell(
        request.user.actor,
        case,
        [each for each in told if each not in clashing]
        + [each for each in chosen if each],
        at=request.at,
        custody=request.custody,
    )


def _told(read: Sequence[Version], file: File) -> list[Change]:
    """Say what the form changes of what it said first, and the case does not say yet."""
    now = read[-1].file
    told = between(read[0].file.people, file.people)
    return [e for e in told if not is_made(now, e) and not _was_added(read, e)]


def _was_added(read: Sequence[Version], change: Change) -> bool:
    """Whether somebody was added by this form before, and was told more of since."""
    return any(change.new in each.file.people for each in read)


def _clashes(
    request: Request, case: UUID, told: Sequence[Change], stands: Version
) -> list[Clash]:
    stale = [each for each in told if _is_stale(stands.file, each)]
    return [
        Clash(
            f"choice-{place}",
            each,
            telling.standing(
                request.user.actor,
                case,
                each,
                since=1,
                until=stands.number,
                at=request.at,
                custody=request.custody,
            ),
            stands.file,
            request.POST.get(f"choice-{place}", ""),
        )
        for place, each in enumerate(stale)
    ]


def _is_stale(file: File, change: Change) -> bool:
    try:
        made(file, change)
    except StaleError:
        return True
    return False
