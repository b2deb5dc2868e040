"""Interviews as they are held: begun, said part by part, taken over, and signed off.

Whoever holds one writes in it, and nobody else. Each part is kept by itself, so that a
save is small, and what was acknowledged is there whatever happens to the browser.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db import models, transaction

from asylon.casework import CaseClaim, File
from asylon.casework.holds import Refusal
from asylon.casework.interviews import (
    ASKING,
    Interview,
    Segment,
    rendered,
    said,
    signed_off,
)
from asylon.casework.procedure import Step, missing, open_to
from asylon.casework.proceedings import is_child
from asylon.casework.scheduling import Planned, Staff, misfits, of_people
from asylon.logic import FALSE
from asylon.security.custody import Custody
from asylon_server.store.cases import acts, fields, reads, segments
from asylon_server.store.cases.models import Case
from asylon_server.store.cases.placing import hand
from asylon_server.store.claims import answering, staffing, steps
from asylon_server.store.claims.asking import Asked, StepRefusedError
from asylon_server.store.claims.models import Appointment
from asylon_server.store.claims.staffing import SIGN_OFF
from asylon_server.store.claims.steps import Open
from asylon_server.store.record.acts import record, record_alone
from asylon_server.store.rights import Actor, can
from asylon_server.store.rights.errors import NotThereError

READ_BACK = "procedure.guard.read-back"
ANOTHER = Refusal("interview.another-officer")
NOT_BEGUN = Refusal("interview.not-begun")
BEGUN = Refusal("interview.begun")
GIVEN_UP = Refusal("interview.withdrawn")
NOT_AGREED = Refusal("interview.not-agreed")
LANGUAGE = Refusal("interview.language")
GUARDIAN = Refusal("procedure.guard.guardian")
TWICE = Refusal("interview.twice")
OF_THE_PERSON = frozenset({"person", "guardian"})
LONGEST_AGO = timedelta(hours=12)
"""Nothing waits longer in a browser: nobody stays signed in beyond it."""


@dataclass(frozen=True, slots=True)
class Where:
    """Which interview: of which case and claim, and its name."""

    case: UUID
    claim: str
    interview: str

    @property
    def details(self) -> dict[str, object]:
        """Say it as the record does."""
        return {"claim": self.claim, "interview": self.interview}


@dataclass(frozen=True, slots=True)
class Begun:
    """Who is there as an interview begins, and that the person agrees to it.

    Attributes:
        language: What the person chose to speak.
        counsel, guardian: Their names; empty where there is none.
        agreed: Whether the person agreed to be interviewed so.
    """

    language: str
    counsel: str = ""
    guardian: str = ""
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """An interview as its page shows it.

    Attributes:
        found: The claim, with what is open on it.
        planned: The plan that stands for the interview.
        interview: The interview; None where it has not begun.
        writes: Whether whoever looks writes in it.
        may_begin: Whether they may begin it or give it up, while it has not begun.
        may_take_over: Whether they could write in it, once they took over.
    """

    found: Open
    planned: Planned | None
    interview: Interview | None
    writes: bool
    may_begin: bool
    may_take_over: bool


@dataclass(frozen=True, slots=True)
class _Locked:
    where: Where
    case: Case
    version: int
    file: File
    claim: CaseClaim
    planned: Planned | None
    interview: Interview | None

    @property
    def officer(self) -> str:
        """Whose account holds it now."""
        return _officer(self.planned, self.interview)


def read(
    actor: Actor,
    where: Where,
    *,
    at: datetime,
    custody: Custody,
    witnessed: date | None = None,
) -> Held:
    """Read an interview. That it was read is kept before anything is shown.

    Raises:
        NotThereError: there is no such interview, or not for this account.
    """
    found = steps.looked_at(
        actor, where.case, where.claim, at=at, custody=custody, witnessed=witnessed
    )
    if fields.NARRATIVE not in found.seen.classes:
        raise NotThereError
    planned, there = _of(found.claim, where.interview)
    if planned is None and there is None:
        raise NotThereError
    record_alone("interview read", actor, at=at, case=where.case, details=where.details)
    offered = {each.act.id for each in found.offers}
    is_planned = there is None and planned is not None and not planned.withdrawn
    is_open = there is not None and there.signed_off is None
    return Held(
        found,
        planned,
        there,
        writes=is_open
        and SIGN_OFF in offered
        and _officer(planned, there) == str(actor.account),
        may_begin=is_planned and bool(offered & {SIGN_OFF, steps.SCHEDULE}),
        may_take_over=is_open and SIGN_OFF in offered,
    )


def begin(
    actor: Actor,
    where: Where,
    told: Begun,
    *,
    at: datetime,
    custody: Custody,
) -> None:
    """Begin an interview that was planned, if its record could be signed off in the end.

    Raises:
        NotThereError: there is no such interview, or not for this account.
        StepRefusedError: it cannot begin so; it says all that stands in the way.
    """
    with transaction.atomic():
        now = _locked(actor, where, at, custody)
        if now.planned is None:
            raise NotThereError
        refusals = _not_to_begin(now, now.planned, told, actor, at=at, custody=custody)
        if refusals:
            raise StepRefusedError(*refusals)
        plan = now.planned.plan
        new = Interview(
            where.interview,
            at.date(),
            hand(actor),
            told.language,
            interpreter=plan.interpreter.name if plan.interpreter else "",
            counsel=told.counsel,
            guardian=told.guardian,
            room=plan.room,
            consented=at.date(),
        )
        claim = replace(now.claim, interviews=(*now.claim.interviews, new))
        _kept("interview begun", actor, now, claim, at=at, custody=custody)


def say(
    actor: Actor,
    where: Where,
    told: Segment,
    *,
    ago: timedelta = timedelta(),
    at: datetime,
    custody: Custody,
) -> CaseClaim:
    """Keep one part of what is said; the same part sent twice is one.

    Args:
        actor: Who writes.
        where: The interview.
        told: The part, under a name that was drawn for it. When it was said, in which
            language, and what it answers is worked out here.
        ago: How long it waited to be sent.
        at: When it came.
        custody: Where the wrapping key is.

    Returns:
        The claim, with the part in its interview.

    Raises:
        NotThereError: there is no such interview, or not for this account.
        StepRefusedError: it is not kept; it says why.
    """
    with transaction.atomic():
        now = _locked(actor, where, at, custody)
        there = _writable(now, actor)
        before = there.segment(told.id)
        if before is not None:
            if _differs(before, told):
                raise StepRefusedError(TWICE)
            return now.claim
        part = _complete(there, now.planned, told, at - min(ago, LONGEST_AGO))
        return _added(actor, now, there, said(there, part), at=at, custody=custody)


def render(
    actor: Actor,
    where: Where,
    id: str,
    words: str,
    *,
    at: datetime,
    custody: Custody,
) -> CaseClaim:
    """Keep how the interpreter said a part; the same words sent twice are kept once.

    Raises:
        NotThereError: there is no such interview, or not for this account.
        StepRefusedError: it is not kept; it says why.
    """
    with transaction.atomic():
        now = _locked(actor, where, at, custody)
        there = _writable(now, actor)
        before = there.segment(id)
        if before and before.rendered == words:
            return now.claim
        speaker = before.speaker if before else ""
        _language, into = _languages(there, now.planned, speaker)
        after = rendered(there, id, words, into)
        return _added(actor, now, there, after, at=at, custody=custody)


def sign_off(
    actor: Actor,
    where: Where,
    *,
    read: int | None = None,
    at: datetime,
    custody: Custody,
) -> None:
    """Close the record of an interview, after it was read back.

    Raises:
        NotThereError: there is no such interview, or not for this account.
        ActedMeanwhileError: somebody else acted since the claim was read.
        StepRefusedError: it cannot be closed so; it says all that is missing.
    """
    with transaction.atomic():
        now = _locked(actor, where, at, custody)
        there = _begun(now)
        closed = signed_off(there, at.date())
        refusals = [closed] if isinstance(closed, Refusal) else []
        if now.officer != str(actor.account):
            refusals.append(ANOTHER)

        def change(claim: CaseClaim) -> CaseClaim:
            if isinstance(closed, Refusal) or refusals:
                raise StepRefusedError(*refusals)
            return _with(claim, closed)

        asked = Asked(SIGN_OFF, read=read, confirmed=True, change=change)
        try:
            steps.take(actor, where.case, where.claim, asked, at=at, custody=custody)
        except StepRefusedError as error:
            raise StepRefusedError(
                *dict.fromkeys((*refusals, *error.refusals))
            ) from None


def take_over(
    actor: Actor,
    where: Where,
    staff: tuple[Staff, Staff | None],
    words: str,
    *,
    id: str,
    at: datetime,
    custody: Custody,
) -> None:
    """Let somebody else go on with an interview, as officer or as interpreter.

    Args:
        actor: Who writes it down.
        where: The interview.
        staff: Who is officer and interpreter from now on.
        words: What is said of it; nobody has to say why there was an objection.
        id: The name that was drawn for this part of the record.
        at: When.
        custody: Where the wrapping key is.

    Raises:
        NotThereError: there is no such interview, or not for this account.
        StepRefusedError: they do not fit; it says all that does not.
    """
    with transaction.atomic():
        now = _locked(actor, where, at, custody)
        there = _begun(now)
        if now.planned is None or not _may_sign_off(actor, now.claim):
            raise NotThereError
        who = staffing.of(now.case, now.claim, at=at, custody=custody)
        plan = replace(now.planned.plan, officer=staff[0], interpreter=staff[1])
        plan = who.named(plan)
        staffing.held_by(plan)
        taken = staffing.booked(now.case, where.claim, where.interview, plan)
        person = now.file.person(now.claim.person)
        fitting = misfits(replace(plan, room=""), person, taken)
        refusals = [*who.gone(plan), *of_people(fitting)]
        names = [each.name for each in (plan.officer, plan.interpreter) if each]
        kind = "replaced" if there.objection else "remark"
        told = Segment(
            id, kind, _written(at), "officer", " ".join([*names, words]).strip()
        )
        planned = replace(now.planned, plan=plan)
        after = said(there, _complete(there, planned, told, at))
        if isinstance(after, Refusal):
            refusals.append(after)
        if refusals or isinstance(after, Refusal):
            raise StepRefusedError(*refusals)
        claim = replace(_with(now.claim, after), plans=(*now.claim.plans, planned))
        rows = _taken_over(now.case, where.claim, planned)
        _kept("interview taken over", actor, now, claim, rows, at=at, custody=custody)


def _locked(actor: Actor, where: Where, at: datetime, custody: Custody) -> _Locked:
    """Lock a case on which somebody may act, and who reaches what is said there."""
    case = steps.allowed(actor, where.case, at=at, custody=custody)
    seen = reads.thing(case, at=at, custody=custody)
    if fields.NARRATIVE not in (can(actor, "read", seen) or ()):
        raise NotThereError
    version, file = reads.whole_said(case, custody=custody)
    claim = steps.of_file(file, where.claim)
    planned, there = _of(claim, where.interview)
    if planned is None and there is None:
        raise NotThereError
    return _Locked(where, case, version, file, claim, planned, there)


def _of(claim: CaseClaim, interview: str) -> tuple[Planned | None, Interview | None]:
    there = next((each for each in claim.interviews if each.id == interview), None)
    return staffing.plan_of(claim, interview), there


def _officer(planned: Planned | None, interview: Interview | None) -> str:
    if planned:
        return planned.plan.officer.account
    return interview.officer.person if interview else ""


def _begun(now: _Locked) -> Interview:
    if now.interview is None:
        given_up = now.planned and now.planned.withdrawn
        raise StepRefusedError(GIVEN_UP if given_up else NOT_BEGUN)
    return now.interview


def _writable(now: _Locked, actor: Actor) -> Interview:
    there = _begun(now)
    if now.officer != str(actor.account):
        raise StepRefusedError(ANOTHER)
    return there


def _not_to_begin(
    now: _Locked,
    planned: Planned,
    told: Begun,
    actor: Actor,
    *,
    at: datetime,
    custody: Custody,
) -> tuple[Refusal, ...]:
    """List what stands in the way of an interview whose record could be signed off."""
    if now.interview:
        return (BEGUN,)
    if planned.withdrawn:
        return (GIVEN_UP,)
    staff = staffing.of(now.case, now.claim, at=at, custody=custody)
    person = now.file.person(now.claim.person)
    refusals = [
        *([] if now.officer == str(actor.account) else [ANOTHER]),
        *staff.gone(planned.plan),
        *of_people(misfits(planned.plan, person)),
        *staff.tied(planned.plan),
        *_not_so_begun(planned, told, child=is_child(person, at.date()) is not FALSE),
        *_unguarded(now, actor, at=at, custody=custody),
    ]
    return tuple(dict.fromkeys(refusals))


def _not_so_begun(planned: Planned, told: Begun, *, child: bool) -> Iterator[Refusal]:
    speaks = planned.plan.interpreter or planned.plan.officer
    if told.language not in speaks.languages:
        yield LANGUAGE
    if not told.agreed:
        yield NOT_AGREED
    if child and not told.guardian:
        yield GUARDIAN


def _unguarded(
    now: _Locked, actor: Actor, *, at: datetime, custody: Custody
) -> Iterator[Refusal]:
    """List what would stop the record from being signed off, read back or not."""
    if not _may_sign_off(actor, now.claim):
        yield Refusal("procedure.not-theirs")
        return
    step = Step(SIGN_OFF, hand(actor), at.date())
    asked = Asked(SIGN_OFF, fits=staffing.FITS)
    facts = answering.answers(
        actor,
        now.case,
        now.file,
        now.claim,
        asked,
        steps=[step],
        at=at,
        custody=custody,
    )
    for each in missing(now.claim.course, step, facts):
        if each.code != READ_BACK:
            yield Refusal(each.code)


def _may_sign_off(actor: Actor, claim: CaseClaim) -> bool:
    return any(each.id == SIGN_OFF for each in open_to(claim.course, hand(actor)))


def _complete(
    there: Interview, planned: Planned | None, told: Segment, moment: datetime
) -> Segment:
    """Say of a part when it was said, in which language, and what it answers."""
    last = there.segments[-1].at if there.segments else ""
    language, into = _languages(there, planned, told.speaker)
    return replace(
        told,
        at=max(_written(moment), last),
        language=language if told.words else "",
        into=into if told.rendered else "",
        answers=told.answers or _asked(there, told),
    )


def _languages(
    there: Interview, planned: Planned | None, speaker: str
) -> tuple[str, str]:
    """Name the language that somebody speaks in, and the one it is interpreted into."""
    office = next(iter(planned.plan.officer.languages), "") if planned else ""
    if speaker in OF_THE_PERSON:
        return there.language, office
    return office, there.language


def _asked(there: Interview, told: Segment) -> str:
    """Name the last question, where an answer does not say what it answers."""
    if told.kind != "answer":
        return ""
    asked = [each.id for each in there.segments if each.kind in ASKING]
    return asked[-1] if asked else ""


def _differs(before: Segment, told: Segment) -> bool:
    """Whether a part says something else than the one of its name that was kept."""
    same = ("kind", "speaker", "words", "rendered", "topic", "doubt", "corrects")
    return any(getattr(before, each) != getattr(told, each) for each in same)


def _added(
    actor: Actor,
    now: _Locked,
    before: Interview,
    after: Interview | Refusal,
    *,
    at: datetime,
    custody: Custody,
) -> CaseClaim:
    if isinstance(after, Refusal):
        raise StepRefusedError(after)
    claim = now.where.claim
    wrote = segments.keep_part(
        now.case.id, claim, before, after, at=at, custody=custody
    )
    details = {**now.where.details, "part": wrote[-1].version}
    record(
        "interview part kept",
        actor,
        at=at,
        case=now.case.id,
        wrote=wrote,
        details=details,
    )
    return _with(now.claim, after)


def _written(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"


def _with(claim: CaseClaim, interview: Interview) -> CaseClaim:
    others = (
        interview if each.id == interview.id else each for each in claim.interviews
    )
    return replace(claim, interviews=tuple(others))


def _kept(
    act: str,
    actor: Actor,
    now: _Locked,
    claim: CaseClaim,
    rows: Sequence[models.Model] = (),
    *,
    at: datetime,
    custody: Custody,
) -> None:
    file = steps.with_claim(now.file, claim)
    wrote = [
        *acts.keep_file(now.case, file, follows=now.version, at=at, custody=custody),
        *rows,
    ]
    details = now.where.details
    record(act, actor, at=at, case=now.case.id, wrote=wrote, details=details)


def _taken_over(case: Case, claim: str, planned: Planned) -> list[Appointment]:
    rows = Appointment.objects.filter(
        case=case, claim=claim, interview=planned.interview
    ).select_for_update()
    plan, changed = planned.plan, list(rows)
    other = plan.interpreter.account if plan.interpreter else ""
    for each in changed:
        each.officer_id = UUID(plan.officer.account)
        each.interpreter_id = UUID(other) if other else None
        each.save(update_fields=["officer", "interpreter"])
    return changed
