"""A wish for protection that was handed over, and the code given for it.

The code is shown once and kept as a keyed hash alone, so that nobody reads off a table
who has handed a wish over. It is a ground of a hold from the moment that it is given.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from asylon.casework import ANY, File, Hold, Person
from asylon.identity import Name
from asylon.security.custody import Custody
from asylon.security.drawing import draw_paper_code
from asylon_server.store.cases import acts, reads
from asylon_server.store.cases.models import Case, ReceiptCode
from asylon_server.store.cases.placing import place
from asylon_server.store.cases.reporting import UNTOLD_SCRIPT, WHO, guards
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor, Thing, can
from asylon_server.store.rights.errors import NotThereError

GROUND = "receipt_code"
_MARK = "receipt"
TAKE, GIVE, FIND = "take", "give", "find"


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish as it was handed over; each of it may be empty.

    Attributes:
        name: What is known of the name.
        feared: The state that the person fears to be sent to.
        words: What is written, or was said by whoever brought it.
        script: In which letters the name is written.
    """

    name: str = ""
    feared: str = ""
    words: str = ""
    script: str = UNTOLD_SCRIPT


@dataclass(frozen=True, slots=True)
class Receipt:
    """What somebody finds by a code: the case, and whether they may open it."""

    case: UUID
    reference: str
    is_readable: bool


def may(actor: Actor, verb: str) -> bool:
    """Whether somebody takes wishes for their office, or finds cases by a code."""
    here = Thing("receipt", actor.organisation, frozenset({actor.account}))
    return can(actor, verb, here) is not None


def may_give(actor: Actor, seen: Thing) -> bool:
    """Whether somebody gives a code for a case, which they read as this thing."""
    return can(actor, GIVE, replace(seen, kind="receipt")) is not None


def take(
    actor: Actor,
    wish: Wish,
    *,
    reference: str,
    submission: str,
    at: datetime,
    custody: Custody,
) -> tuple[Case, str]:
    """Open a case for a wish that was handed over, and give a code for it.

    Args:
        actor: Who takes it.
        wish: What was handed over.
        reference: The reference of the case.
        submission: The name of the form that was sent; sent again, it gives its case.
        at: When.
        custody: Where the wrapping key is.

    Returns:
        The case, and the code; no code where the form was sent before, because the one
        of then is kept by nobody here.

    Raises:
        NotThereError: the actor takes no wishes here.
        ToldOtherwiseError: the form made a case before, and says something else now.
    """
    if can(actor, TAKE, Thing("receipt", organisation=actor.organisation)) is None:
        raise NotThereError
    file = _file(wish, reference, at)
    try:
        return _taken(actor, file, submission, at=at, custody=custody)
    except IntegrityError:
        # The same form was sent twice at once, and the other one came first.
        again = acts.sent_before(actor, submission)
        if again is None:
            raise
        return again, ""


def give(
    actor: Actor, case_id: UUID, *, at: datetime, custody: Custody
) -> tuple[str, str]:
    """Give a code for a case that is there already.

    Returns:
        The reference of the case, and the code.

    Raises:
        NotThereError: there is no such case, or not for this account.
    """
    with transaction.atomic():
        case = reads.standing(case_id, locked=True)
        if case is None or can(actor, GIVE, _thing(case, at, custody)) is None:
            raise NotThereError
        _version, file = reads.whole(case, custody=custody, testimony=False)
        feared = dict.fromkeys(state for each in file.people for state in each.feared)
        holds = [Hold(each, at.date(), GROUND) for each in feared or (ANY,)]
        placed = place(actor, case, holds, at=at, custody=custody)
        row, code = _drawn(case, at, custody)
        record("receipt given", actor, at=at, case=case.id, wrote=[row, *placed])
    return case.reference, code


def find(actor: Actor, code: str, *, at: datetime, custody: Custody) -> Receipt | None:
    """Find a case of the actor's office by a code; none where there is none for them.

    Raises:
        NotThereError: the actor finds nobody by a code.
    """
    if can(actor, FIND, Thing("receipt", organisation=actor.organisation)) is None:
        raise NotThereError
    hashed = _hash(code, custody)
    with transaction.atomic():
        row = ReceiptCode.objects.filter(code_hash=hashed).first()
        case = reads.standing(row.case_id) if row else None
        if case and can(actor, FIND, _thing(case, at, custody)) is None:
            case = None
        record("receipt looked up", actor, at=at, case=case.id if case else None)
    if case is None:
        return None
    seen = reads.thing(case, at=at, custody=custody)
    return Receipt(case.id, case.reference, can(actor, "read", seen) is not None)


def _taken(
    actor: Actor, file: File, submission: str, *, at: datetime, custody: Custody
) -> tuple[Case, str]:
    with transaction.atomic():
        is_new = acts.sent_before(actor, submission) is None
        others = guards(actor.organisation)
        case = acts.opened_case(
            actor, file, submission, at=at, custody=custody, others=others
        )
        if not is_new:
            return case, ""
        row, code = _drawn(case, at, custody)
        record("receipt given", actor, at=at, case=case.id, wrote=[row])
    return case, code


def _file(wish: Wish, reference: str, at: datetime) -> File:
    name = wish.name.strip()
    person = Person(
        WHO,
        names=(Name(name, wish.script),) if name else (),
        feared=(wish.feared,) if wish.feared else (),
        note=wish.words.strip(),
    )
    hold = Hold(wish.feared or ANY, at.date(), GROUND)
    return File(reference, (person,), (hold,), opened=at.date())


def _drawn(case: Case, at: datetime, custody: Custody) -> tuple[ReceiptCode, str]:
    code = draw_paper_code()
    hashed = _hash(code, custody)
    return ReceiptCode.objects.create(case=case, code_hash=hashed, given=at), code


def _hash(code: str, custody: Custody) -> bytes:
    return custody.mark(_MARK, "".join(code.split()).upper())


def _thing(case: Case, at: datetime, custody: Custody) -> Thing:
    return replace(reads.thing(case, at=at, custody=custody), kind="receipt")
