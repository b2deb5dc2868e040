"""Reading the register of instruments and the bindings of states.

What cannot be so is refused here: days out of order, a status that an instrument of its
kind does not know, a reservation to an article that admits none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

from asylon.law.documents import Document
from asylon.law.errors import DocumentError, DuplicateError, UnknownNameError
from asylon.law.jurisdictions import KNOWN
from asylon.law.readers import in_force, one_of, source
from asylon.law.register import (
    BINDING,
    EFFECTS,
    OPEN_TO,
    STATUSES,
    Binding,
    Carried,
    Complaints,
    Displacing,
    Instrument,
    Reservation,
    StateBindings,
    Wait,
)
from asylon.law.tables import Table, shown
from asylon.logic.truth import FALSE, TRUE, UNKNOWN, Truth

_ACCEPTED: Mapping[object, Truth] = {True: TRUE, False: FALSE, "unknown": UNKNOWN}
_TWO = 2


def instrument(table: Table, document: Document) -> Instrument:
    """Read an instrument of the register."""
    read = Instrument(
        id=table.text("instrument"),
        title=table.text("title"),
        short=table.text("short"),
        citation=table.text("citation"),
        kind=one_of(table, "kind", tuple(OPEN_TO), None, "kind of instrument"),
        adopted=table.day("adopted"),
        in_force=in_force(table.table("in_force")) if table.has("in_force") else None,
        statement=table.sentences("statement"),
        source=source(table.table("source")),
        document=document,
        depositary=table.text("depositary", ""),
        parties=table.texts("parties"),
        no_reservations_to=table.texts("no_reservations_to"),
        effect=one_of(table, "effect", EFFECTS, "law"),
        displaced_by=tuple(_displacing(each) for each in table.tables("displaced_by")),
        carries=_carried(table.table("carries")) if table.has("carries") else None,
        wait=_wait(table.table("wait")) if table.has("wait") else None,
        note=table.text("note", ""),
    )
    table.finish()
    _check_instrument(read, table.where)
    return read


def state(table: Table, document: Document) -> StateBindings:
    """Read what a state has done."""
    code = table.text("state")
    if code not in KNOWN:
        raise UnknownNameError(table.where, "state", code, KNOWN)
    bindings: dict[str, Binding] = {}
    for each in table.tables("binding"):
        done = _binding(each)
        if done.instrument in bindings:
            problem = f"`{done.instrument}` has a binding already"
            raise DuplicateError(each.where, problem, "Keep one.")
        bindings[done.instrument] = done
    read = StateBindings(
        id=code,
        title=table.text("title"),
        statement=table.sentences("statement"),
        document=document,
        bindings=bindings,
    )
    table.finish()
    return read


def _check_instrument(read: Instrument, where: str) -> None:
    if read.in_force and read.in_force.first < read.adopted:
        problem = (
            f"in force from {read.in_force.first}, before it was adopted on "
            f"{read.adopted}"
        )
        raise DocumentError(where, problem, "Correct the dates.")
    if (read.kind == "bilateral") != (len(read.parties) == _TWO):
        problem = "a bilateral instrument has two `parties`, and no other has any"
        raise DocumentError(where, problem, "Name both, or none.")
    if read.is_displaced != bool(read.displaced_by):
        problem = (
            "what is displaced says by what in `displaced_by`, and nothing else does"
        )
        raise DocumentError(where, problem, "Add it, or let the effect be `law`.")
    for code in read.parties:
        if code not in KNOWN:
            raise UnknownNameError(where, "state", code, KNOWN)


def _displacing(table: Table) -> Displacing:
    names = (table.text("instrument"), table.text("article"), table.text("because"))
    table.finish()
    return Displacing(*names)


def _carried(table: Table) -> Carried:
    articles, cite = table.texts("articles"), source(table.table("source"))
    read = Carried(table.text("instrument"), articles, cite)
    table.finish()
    return read


def _wait(table: Table) -> Wait:
    cite = source(table.table("source"))
    read = Wait(table.get("days", int, 0), table.get("months", int, 0), cite)
    table.finish()
    return read


def _binding(table: Table) -> Binding:
    name = table.text("instrument")
    read = Binding(
        instrument=name,
        status=one_of(table, "status", STATUSES, None),
        source=source(table.table("source")),
        first=table.maybe_day("from"),
        signed=table.maybe_day("signed"),
        deposited=table.maybe_day("deposited"),
        by=table.text("by", ""),
        last=table.maybe_day("to"),
        reserved=tuple(_reservation(each, name) for each in table.tables("reserved")),
        declarations=table.texts("declarations"),
        complaints=tuple(_complaints(each) for each in table.tables("complaints")),
        note=table.text("note", ""),
    )
    table.finish()
    _check_days(read, table.where)
    return read


def _check_days(read: Binding, where: str) -> None:
    """Refuse days that cannot follow one another, or that the status does not have."""
    days = [
        (name, day)
        for name, day in (
            ("signed", read.signed),
            ("deposited", read.deposited),
            ("from", read.first),
            ("to", read.last),
        )
        if day
    ]
    for (before, one), (after, other) in pairwise(days):
        if other < one:
            problem = f"`{after}` is {other}, before `{before}`, {one}"
            raise DocumentError(where, problem, "Correct the dates.")
    if read.status not in BINDING and (read.first or read.deposited):
        problem = f"it has a day from which it binds, and its status is `{read.status}`"
        raise DocumentError(where, problem, "Correct the status, or take out the day.")
    if read.status == "none" and days:
        problem = f"it has a day, {days[0][1]}, and its status is `none`"
        raise DocumentError(where, problem, "Correct the status, or take out the day.")


def _reservation(table: Table, instrument: str) -> Reservation:
    read = Reservation(
        article=table.text("article"),
        of=table.text("of", instrument),
        note=table.text("note"),
        last=table.maybe_day("to"),
    )
    table.finish()
    return read


def _complaints(table: Table) -> Complaints:
    accepted = table.get("accepted", object)
    if not isinstance(accepted, bool | str) or accepted not in _ACCEPTED:
        problem = f'`accepted` is true, false or "unknown", not {shown(accepted)}'
        raise DocumentError(table.where, problem, "Correct it.")
    read = Complaints(
        to=table.text("to"),
        article=table.text("article"),
        accepted=_ACCEPTED[accepted],
        first=table.maybe_day("from"),
    )
    table.finish()
    return read


def check_bindings(
    instruments: Mapping[str, Instrument], states: Mapping[str, StateBindings]
) -> None:
    """Refuse what bindings say of instruments that cannot be so."""
    for each in instruments.values():
        for name in _named(each):
            if name not in instruments:
                raise UnknownNameError(
                    each.document.name, "instrument", name, instruments
                )
    for one in states.values():
        for number, done in enumerate(one.bindings.values(), 1):
            where = f"{one.document.name}, binding {number}"
            if done.instrument not in instruments:
                name = done.instrument
                raise UnknownNameError(where, "instrument", name, instruments)
            _check_binding(instruments, done, one.id, where)


def _named(each: Instrument) -> Iterator[str]:
    yield from (other.instrument for other in each.displaced_by)
    if each.carries:
        yield each.carries.instrument


def _check_binding(
    instruments: Mapping[str, Instrument], done: Binding, state_id: str, where: str
) -> None:
    register = instruments[done.instrument]
    if not register.is_open_to(state_id):
        problem = f"`{register.id}` is between {' and '.join(register.parties)} alone"
        raise DocumentError(where, problem, "Take the binding out.")
    if done.status not in OPEN_TO[register.kind]:
        allowed = ", ".join(f"`{each}`" for each in OPEN_TO[register.kind])
        problem = f"to a {register.kind} no state is `{done.status}`"
        raise DocumentError(where, problem, f"There is {allowed}.")
    earliest = min(_days(done), default=register.adopted)
    if earliest < register.adopted:
        problem = (
            f"{earliest} is before `{register.id}` was adopted on {register.adopted}"
        )
        raise DocumentError(where, problem, "Correct the dates.")
    if done.first and register.in_force and done.first < register.in_force.first:
        problem = (
            f"bound from {done.first}, before `{register.id}` is in force on "
            f"{register.in_force.first}"
        )
        raise DocumentError(where, problem, "Correct the dates.")
    for each in done.reserved:
        _check_reservation(instruments, each, where)


def _days(done: Binding) -> list[date]:
    days = (done.signed, done.deposited, done.first, done.last)
    return [each for each in days if each]


def _check_reservation(
    instruments: Mapping[str, Instrument], made: Reservation, where: str
) -> None:
    if made.of not in instruments:
        raise UnknownNameError(where, "instrument", made.of, instruments)
    if instruments[made.of].admits_no_reservation_to(made.article):
        problem = f"`{made.of}` admits no reservation to article {made.article}"
        remedy = "What the state said is a declaration: put it under `declarations`."
        raise DocumentError(where, problem, remedy)
