"""Claims: what is open on one, what it waits for, and the steps that are taken on it.

A step is asked of the table of the procedure, done and written down in one transaction.
What the guards ask is answered by the whole file, whatever whoever acts is shown of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from asylon.casework import CaseClaim, File, exceptions
from asylon.casework.decisions import fingerprint
from asylon.casework.exceptions import Proposed
from asylon.casework.holds import Refusal
from asylon.casework.procedure import (
    Act,
    Guard,
    Standing,
    Step,
    missing,
    open_to,
    procedure,
    taken,
)
from asylon.logic import TRUE, Truth
from asylon.security.custody import Custody
from asylon_server.store.cases import acts, fields, reads, segments
from asylon_server.store.cases.models import Case
from asylon_server.store.cases.placing import hand
from asylon_server.store.claims import staffing
from asylon_server.store.claims.answering import answers
from asylon_server.store.claims.asking import (
    ActedMeanwhileError,
    Asked,
    StepRefusedError,
    nothing,
)
from asylon_server.store.organisations.models import Organisation
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor, Thing, can, shipped_table
from asylon_server.store.rights.errors import NotThereError

PART = "claims"
LODGE = "lodge"
SCHEDULE = "schedule"
HOW_IT_IS_TOLD = MappingProxyType(dict.fromkeys(("understood", "safely"), TRUE))
ASKED_THERE = MappingProxyType(
    {
        SCHEDULE: staffing.FITS,
        "tell": HOW_IT_IS_TOLD,
        "tell_again": HOW_IT_IS_TOLD,
    }
)
"""What the page of an act asks itself, so that nobody waits for it before."""

SIGN = "sign"
UNHCR = "unhcr"
NOT_THEIRS = Refusal("procedure.not-theirs")


@dataclass(frozen=True, slots=True)
class Offer:
    """An act that the table gives somebody now, and the guards that it still fails."""

    act: Act
    missing: tuple[Guard, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """A claim as its page shows it.

    Attributes:
        seen: The case, as far as whoever looks reaches it.
        claim: The claim, as far as they do, with what was said where they reach it.
        standing: How far it has come.
        offers: What the table gives them to do, in its order.
        saw: The fingerprint of all that was said and found, for whoever takes part; of
            the whole, which does not turn on what they reach.
    """

    seen: reads.Seen
    claim: CaseClaim
    standing: Standing
    offers: tuple[Offer, ...]
    saw: str = ""


def may_act(actor: Actor, seen: reads.Seen) -> bool:
    """Whether somebody who reads a case takes part in the procedure of its claims."""
    return may_work(actor, seen.thing)


def may_work(actor: Actor, thing: Thing) -> bool:
    """Whether somebody takes part in the procedure of the claims of a case."""
    return can(actor, "act", replace(thing, kind="claim")) is not None


def looked_at(
    actor: Actor,
    case_id: UUID,
    claim_id: str,
    *,
    at: datetime,
    custody: Custody,
    witnessed: date | None = None,
) -> Open:
    """Read a claim, with what is open on it and what is missing for each act.

    Raises:
        NotThereError: there is no such case or claim, or not for this account.
    """
    seen = reads.case_file(actor, case_id, at=at, custody=custody)
    claim = of_file(seen.file, claim_id)
    case = reads.standing(case_id)
    if case is None:
        raise NotThereError
    standing = claim.course.standing(procedure())
    reads_said = fields.NARRATIVE in seen.classes
    if not may_act(actor, seen):
        if reads_said:
            claim = segments.of_claim(claim, case_id, custody=custody)
        return Open(seen, claim, standing, ())
    file, whole = _whole(case, claim_id, custody)
    if reads_said:
        claim = segments.as_in(claim, whole)
    offers = _offers(
        actor, case, file, whole, at=at, custody=custody, witnessed=witnessed
    )
    saw = fingerprint(whole.interviews, whole.assessment)
    return Open(seen, claim, standing, offers, saw)


def offered(
    actor: Actor,
    case: Case,
    claim_id: str,
    *,
    at: datetime,
    custody: Custody,
    witnessed: date | None = None,
    presumed: Mapping[str, Truth],
) -> tuple[Offer, ...]:
    """List the acts that the table gives somebody who may act on a claim.

    Args:
        actor: Who acts.
        case: The case.
        claim_id: The claim.
        at: When.
        custody: Where the wrapping key is.
        witnessed: The day on which UNHCR last signed the head of the record.
        presumed: What is taken to be so that the page of an act asks itself.

    Raises:
        NotThereError: there is no such claim.
    """
    file, whole = _whole(case, claim_id, custody)
    return _offers(
        actor,
        case,
        file,
        whole,
        at=at,
        custody=custody,
        witnessed=witnessed,
        presumed=presumed,
    )


def _whole(case: Case, claim_id: str, custody: Custody) -> tuple[File, CaseClaim]:
    """Open the whole file, and one claim of it with all that was said."""
    _version, file = reads.whole(case, custody=custody)
    whole = segments.of_claim(of_file(file, claim_id), case.id, custody=custody)
    return file, whole


def _offers(
    actor: Actor,
    case: Case,
    file: File,
    whole: CaseClaim,
    *,
    at: datetime,
    custody: Custody,
    witnessed: date | None,
    presumed: Mapping[str, Truth] = MappingProxyType({}),
) -> tuple[Offer, ...]:
    by = hand(actor)
    there = [(e, Step(e.id, by, at.date())) for e in open_to(whole.course, by)]
    asked = Asked("", confirmed=True)
    facts = answers(
        actor,
        case,
        file,
        whole,
        asked,
        steps=[step for _act, step in there],
        at=at,
        custody=custody,
        witnessed=witnessed,
    )
    return tuple(
        Offer(act, _missing(whole, step, _asks(act, {**facts, **presumed})))
        for act, step in there
    )


def lodge(
    actor: Actor,
    case_id: UUID,
    claim: CaseClaim,
    *,
    at: datetime,
    custody: Custody,
) -> CaseClaim:
    """Lodge the claim of somebody on a case, in the procedure that it names.

    A wish that was heard at registration becomes it; else it gets a name of its own
    within the file.

    Raises:
        NotThereError: there is no such case or person, or not for this account.
        StepRefusedError: the procedure does not let it be lodged, or a claim of theirs
            is there; or a body of a state would leave out UNHCR, which works on it.
    """
    with transaction.atomic():
        case = allowed(actor, case_id, at=at, custody=custody)
        if _leaves_out_unhcr(actor, case, claim, at=at):
            raise StepRefusedError(NOT_THEIRS)
        version, file = reads.whole_said(case, custody=custody)
        if claim.person not in {each.id for each in file.people}:
            raise NotThereError
        wider, new = _with_lodged(file, claim)
        return _taken(
            actor,
            case,
            wider,
            new,
            Asked(LODGE),
            follows=version,
            at=at,
            custody=custody,
        )


def _leaves_out_unhcr(
    actor: Actor, case: Case, claim: CaseClaim, *, at: datetime
) -> bool:
    """Whether a body of a state chooses to decide alone what UNHCR works on."""
    if actor.kind not in shipped_table().state_bodies:
        return False
    if UNHCR in procedure().kinds[claim.procedure].first:
        return False
    seen = reads.thing(case, at=at)
    theirs = Q(pk=seen.organisation) | Q(accounts__pk__in=seen.assigned)
    return Organisation.objects.filter(theirs, kind=UNHCR).exists()


def _with_lodged(file: File, claim: CaseClaim) -> tuple[File, CaseClaim]:
    for each in file.claims:
        if each.person == claim.person:
            if each.steps:
                raise StepRefusedError(Refusal("procedure.claim-is-there"))
            heard = replace(each, procedure=claim.procedure, state=claim.state)
            return with_claim(file, heard), heard
    new = replace(claim, id=_next_name(file))
    return replace(file, claims=(*file.claims, new)), new


def _next_name(file: File) -> str:
    numbers = [int(e.id[1:]) for e in file.claims if e.id[1:].isdecimal()]
    return f"c{max(numbers, default=0) + 1}"


def take(
    actor: Actor,
    case_id: UUID,
    claim_id: str,
    asked: Asked,
    *,
    at: datetime,
    custody: Custody,
    witnessed: date | None = None,
) -> CaseClaim:
    """Take a step on a claim, and give the claim as it stands after it.

    Args:
        actor: Who acts.
        case_id: The case.
        claim_id: The claim, by its name within the file.
        asked: The step.
        at: When.
        custody: Where the wrapping key is.
        witnessed: The day on which UNHCR last signed the head of the record.

    Raises:
        NotThereError: there is no such case or claim, or not for this account.
        ActedMeanwhileError: somebody else acted since the claim was read.
        StepRefusedError: the procedure does not let it be done.
    """
    with transaction.atomic():
        case = allowed(actor, case_id, at=at, custody=custody, reaches=asked.reaches)
        return take_on(
            actor,
            case,
            claim_id,
            asked,
            at=at,
            custody=custody,
            witnessed=witnessed,
        )


def take_on(
    actor: Actor,
    case: Case,
    claim_id: str,
    asked: Asked,
    *,
    at: datetime,
    custody: Custody,
    witnessed: date | None = None,
) -> CaseClaim:
    """Take a step in the transaction of an act that was allowed, on a case it locked.

    Raises:
        NotThereError: there is no such claim.
        ActedMeanwhileError: somebody else acted since the claim was read.
        StepRefusedError: the procedure does not let it be done.
    """
    version, file = reads.whole_said(case, custody=custody)
    claim = of_file(file, claim_id)
    heard = fields.heard(claim.steps)
    if asked.read is not None and asked.read < len(heard):
        raise ActedMeanwhileError(heard[-1])
    return _taken(
        actor,
        case,
        file,
        claim,
        asked,
        follows=version,
        at=at,
        custody=custody,
        witnessed=witnessed,
    )


def allowed(
    actor: Actor,
    case_id: UUID,
    *,
    at: datetime,
    custody: Custody,
    reaches: frozenset[str] = frozenset(),
) -> Case:
    """Find a case on whose claims somebody may act, and lock it.

    Args:
        actor: Who would act.
        case_id: The case.
        at: When.
        custody: What opens the holds.
        reaches: The field classes that they have to reach.

    Raises:
        NotThereError: there is no such case, or not for this account.
    """
    case = reads.standing(case_id, locked=True)
    seen = reads.thing(case, at=at, custody=custody) if case else reads.NOTHING
    if case is None or can(actor, "act", replace(seen, kind="claim")) is None:
        raise NotThereError
    if not reaches <= (can(actor, "read", seen) or frozenset()):
        raise NotThereError
    return case


def of_file(file: File, claim_id: str) -> CaseClaim:
    """Find a claim of a file.

    Raises:
        NotThereError: there is none of this name.
    """
    for each in file.claims:
        if each.id == claim_id:
            return each
    raise NotThereError


def with_claim(file: File, claim: CaseClaim) -> File:
    """Put a claim in the place of the one of its name."""
    claims = tuple(claim if each.id == claim.id else each for each in file.claims)
    return replace(file, claims=claims)


def _taken(
    actor: Actor,
    case: Case,
    file: File,
    claim: CaseClaim,
    asked: Asked,
    *,
    follows: int,
    at: datetime,
    custody: Custody,
    witnessed: date | None = None,
) -> CaseClaim:
    if asked.act == SIGN and asked.keeps is nothing:
        message = "a decision is signed with its letter, or not at all"
        raise ValueError(message)
    step = Step(asked.act, hand(actor), at.date(), asked.outcome, words=asked.words)
    facts = answers(
        actor,
        case,
        file,
        claim,
        asked,
        steps=[step],
        at=at,
        custody=custody,
        witnessed=witnessed,
    )
    step = _excepted(claim, step, facts)
    after = taken(claim.course, step, facts)
    if isinstance(after, tuple):
        raise StepRefusedError(*after)
    new = replace(asked.change(claim), steps=after.course.steps)
    if step.despite:
        new = replace(new, exceptions=tuple(_used(new.exceptions, step)))
    if asked.act == LODGE:
        new = replace(new, lodged=at.date())
    segments.refuse_less(claim, new)
    now = with_claim(file, new)
    wrote = acts.keep_file(case, now, follows=follows, at=at, custody=custody)
    kept = asked.keeps(case, now, new)
    details = {"claim": claim.id, "steps": len(new.steps)}
    record(
        f"claim {asked.act}",
        actor,
        at=at,
        case=case.id,
        wrote=[*wrote, *asked.beside, *kept.rows],
        details={**kept.details, **details},
    )
    return new


def _missing(
    claim: CaseClaim, step: Step, facts: Mapping[str, Truth]
) -> tuple[Guard, ...]:
    """List what a step waits for, in spite of what two people agreed on."""
    agreed = exceptions.standing(claim.exceptions, step.act)
    return exceptions.left(missing(claim.course, step, facts), agreed)


def _excepted(claim: CaseClaim, step: Step, facts: Mapping[str, Truth]) -> Step:
    """Give a step with the exception that was agreed for it, where it needs one."""
    agreed = exceptions.standing(claim.exceptions, step.act)
    if agreed is None:
        return step
    failed = {each.id for each in missing(claim.course, step, facts)}
    is_needed = bool(failed & set(agreed.guards))
    return replace(step, despite=agreed.despite) if is_needed else step


def _used(those: Iterable[Proposed], step: Step) -> Iterator[Proposed]:
    for each in those:
        is_it = each.stands and each.act == step.act and each.despite == step.despite
        yield replace(each, used=step.on) if is_it else each


def _asks(act: Act, facts: Mapping[str, Truth]) -> Mapping[str, Truth]:
    """Leave out what the page of an act asks itself, such as whether a plan fits."""
    return {**facts, **ASKED_THERE.get(act.id, {})}
