"""Taking invented claims through the procedure, by the acts of those who take part.

Each claim follows a story as far as its way leads, and each act stands in the record as
of the moment it is set on: between the last registration and now, one after another.
What the procedure refuses here it refuses to everybody, and the loading stops.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain, count

from asylon.casework import CaseClaim, Contact, File
from asylon.casework.decisions import Reasoning, Telling
from asylon.casework.scheduling import Plan, Staff
from asylon.invented.stories import Story, Way, stories
from asylon.security.custody import Custody
from asylon_server.console import cast
from asylon_server.store.cases import grants, telling
from asylon_server.store.cases.assigning import assign
from asylon_server.store.cases.changes import Change
from asylon_server.store.cases.consents import Asking
from asylon_server.store.cases.grants import Scope
from asylon_server.store.cases.models import Case
from asylon_server.store.cases.placing import hand
from asylon_server.store.cases.refusals import WorkRefusedError
from asylon_server.store.claims import assessing, deciding, interviews, planning, steps
from asylon_server.store.claims.asking import Asked
from asylon_server.store.claims.deciding import Drafted
from asylon_server.store.claims.interviews import Begun, Where
from asylon_server.store.claims.letters import House, Shows
from asylon_server.store.rights import Actor

Act = Callable[[datetime], object]

EPOCH = datetime.min.replace(tzinfo=UTC)
TWO_HOURS = timedelta(hours=2)
STEP = timedelta(days=2)
"""So long after one another the steps of a claim are set."""

A_MINUTE = timedelta(minutes=1)
JOINT, EN, FIRST, TOLD = "joint", "en", "i1", "told"
RELEASED = frozenset({"identity", "narrative"})
DECIDED = frozenset({"recognised", "protected", "refused"})
"""Ways that end with the telling of what was decided."""


@dataclass(frozen=True, slots=True)
class Seats:
    """Who acts on a claim, for which side."""

    registers: Actor
    examines: Actor
    interprets: Actor
    reviews: Actor
    reviews_elsewhere: Actor
    tells: Actor
    counsel: Actor
    hears: Actor
    hears_too: Actor
    supervises: Actor


@dataclass(frozen=True, slots=True)
class Held:
    """A claim and its case, with the way that it is to take."""

    case: Case
    file: File
    claim: CaseClaim
    way: Way
    number: int
    begins: datetime = EPOCH

    @property
    def story(self) -> Story:
        """Give what is said and found on it."""
        return stories()[self.way.story]


class Proceedings:
    """Claims on their way, and whoever takes part in them."""

    def __init__(self, seats: Seats, custody: Custody) -> None:
        """Take who acts, and where the wrapping key is."""
        self.seats, self.custody = seats, custody
        self._free = EPOCH

    def planned(
        self, held: Held, since: datetime, until: datetime
    ) -> Iterator[tuple[datetime, tuple[int, int], Act]]:
        """Set what is done on a claim on moments, and number the acts.

        Nobody is at two interviews at once: each has its own two hours.
        """
        begins = max(self._free, since + 3 * STEP)
        self._free = begins + TWO_HOURS
        held = replace(held, begins=begins)
        first = (since + STEP, since + STEP, begins - STEP)
        moments = chain(first, (begins + n * STEP for n in count()))
        timed = zip(moments, self._acts(held), strict=False)
        for place, (moment, act) in enumerate(timed):
            yield min(moment, until), (held.number, place), act

    def _acts(self, held: Held) -> Iterator[Act]:
        """Go through what is done on a claim, up to where its way ends."""
        decided = held.way.until in DECIDED
        for stage, act in self._chain(held):
            yield act
            if stage == held.way.until or (stage == TOLD and decided):
                return

    def _chain(self, held: Held) -> Iterator[tuple[str, Act]]:
        yield "", partial(self._given, held)
        yield "lodged", partial(self._lodged, held)
        yield "planned", partial(self._planned, held)
        yield "interviewed", partial(self._interviewed, held)
        yield "", partial(self._stepped, held, self.seats.examines, Asked("examine"))
        yield "examined", partial(self._found, held)
        yield "drafted", partial(self._drafted, held, self.seats.examines, None)
        if held.way.until == "returned":
            asked = deciding.reviewing("send_back", read=None, words=held.story.lacks)
            yield "returned", partial(self._stepped, held, self.seats.reviews, asked)
        reviews = self._reviewer(held)
        if reviews is self.seats.reviews_elsewhere:
            yield "", partial(self._released, held, [reviews], "examination")
        yield "endorsed", partial(self._reviewed, held, reviews)
        yield "signed", partial(self._signed, held, self.seats.examines)
        yield TOLD, partial(self._told, held)
        appeal = Asked("appeal", words=held.story.appeals)
        yield "appealed", partial(self._stepped, held, self.seats.counsel, appeal)
        hears, hears_too = self.seats.hears, self.seats.hears_too
        yield "", partial(self._released, held, [hears, hears_too], "appeal")
        yield "", partial(self._drafted, held, hears, "remit")
        yield "", partial(self._reviewed, held, hears_too)
        yield "remitted", partial(self._signed, held, hears)

    def _reviewer(self, held: Held) -> Actor:
        if held.way.procedure == JOINT and held.story.outcome != "recognise":
            return self.seats.reviews_elsewhere
        return self.seats.reviews

    def _given(self, held: Held, at: datetime) -> None:
        """Tell how the person is reached, and give the case to all who take part."""
        told = Change(held.claim.person, "contacts", None, Contact("phone", "0"))
        telling.tell(
            self.seats.registers, held.case.id, [told], at=at, custody=self.custody
        )
        for each in fields(self.seats):
            whom = getattr(self.seats, each.name)
            with suppress(WorkRefusedError):
                assign(
                    self.seats.supervises,
                    held.case.id,
                    whom.account,
                    at=at,
                    custody=self.custody,
                )

    def _lodged(self, held: Held, at: datetime) -> None:
        told = replace(held.claim, procedure=held.way.procedure)
        steps.lodge(self.seats.counsel, held.case.id, told, at=at, custody=self.custody)

    def _planned(self, held: Held, at: datetime) -> None:
        person = held.file.person(held.claim.person)
        spoken = tuple(each.language for each in person.languages)
        dialects = tuple(each.dialect for each in person.languages if each.dialect)
        officer = Staff("", (EN,), account=str(self.seats.examines.account))
        interpreter = Staff(
            "",
            (*spoken, EN),
            dialects,
            promised=True,
            account=str(self.seats.interprets.account),
        )
        ends = held.begins + TWO_HOURS
        plan = Plan(held.begins, ends, officer, interpreter, "1")
        planning.fix(
            self.seats.examines,
            held.case.id,
            held.claim.id,
            plan,
            at=at,
            custody=self.custody,
        )

    def _interviewed(self, held: Held, at: datetime) -> None:
        who = self.seats.examines
        where = Where(held.case.id, held.claim.id, FIRST)
        begun = Begun(held.story.language, agreed=True)
        interviews.begin(who, where, begun, at=at, custody=self.custody)
        for place, each in enumerate(held.story.segments(at.date())):
            moment = at + place * A_MINUTE
            interviews.say(who, where, each, at=moment, custody=self.custody)
        interviews.sign_off(who, where, at=moment, custody=self.custody)

    def _found(self, held: Held, at: datetime) -> None:
        who = self.seats.examines
        found = held.story.assessment(FIRST, hand(who), at.date())
        asked = Asked("find", change=lambda claim: replace(claim, assessment=found))
        self._stepped(held, who, asked, at)

    def _drafted(
        self, held: Held, who: Actor, outcome: str | None, at: datetime
    ) -> None:
        claim = self._opened(held, who, at)
        drafted = Drafted(
            outcome or held.story.outcome,
            EN,
            (Reasoning(held.story.heading, held.story.reasons),),
            saw=deciding.saw(claim),
        )
        asked = deciding.drafting(who, drafted, read=None, on=at.date())
        self._stepped(held, who, asked, at)

    def _reviewed(self, held: Held, who: Actor, at: datetime) -> None:
        self._opened(held, who, at)
        self._stepped(held, who, deciding.reviewing("endorse", read=None), at)

    def _signed(self, held: Held, who: Actor, at: datetime) -> None:
        self._opened(held, who, at)
        shows = Shows(who, House(cast.TELEPHONE, invented=True), at)
        asked = deciding.signing(shows, read=None, custody=self.custody, confirmed=True)
        self._stepped(held, who, asked, at)

    def _told(self, held: Held, at: datetime) -> None:
        who = self.seats.tells
        told = Telling(
            "read_out",
            at.date(),
            hand(who),
            held.story.language,
            interpreter="…",
            understood=True,
        )
        self._stepped(held, who, deciding.telling("tell", told, read=None), at)

    def _released(
        self, held: Held, bodies: Sequence[Actor], purpose: str, at: datetime
    ) -> None:
        """Let the person agree that a body of the state reads it, and UNHCR release it."""
        scope = Scope(RELEASED, purpose, at + grants.LONGEST)
        asking = Asking(held.story.language, is_read_back=True)
        for office in dict.fromkeys(each.organisation for each in bodies):
            grants.keep_consent(
                self.seats.counsel,
                held.case.id,
                office,
                scope,
                asking,
                at=at,
                custody=self.custody,
            )
        for each in bodies:
            grants.give(
                self.seats.tells,
                held.case.id,
                each.account,
                scope,
                at=at,
                custody=self.custody,
            )

    def _opened(self, held: Held, who: Actor, at: datetime) -> CaseClaim:
        found = assessing.opened_whole(
            who, held.case.id, held.claim.id, at=at, custody=self.custody
        )
        return found.claim

    def _stepped(self, held: Held, who: Actor, asked: Asked, at: datetime) -> None:
        steps.take(
            who,
            held.case.id,
            held.claim.id,
            asked,
            at=at,
            custody=self.custody,
            witnessed=at.date(),  # the invented UNHCR signs the head every day
        )
