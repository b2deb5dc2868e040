"""Who is bound by what, on which day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from asylon.law.errors import UnknownNameError
from asylon.law.register import (
    BINDING,
    Binding,
    Complaints,
    Instrument,
    Reservation,
    Status,
    Wait,
    article_of,
    touch,
)
from asylon.logic.truth import FALSE, TRUE, UNKNOWN, Truth

if TYPE_CHECKING:
    from asylon.law.book import LawBook


@dataclass(frozen=True, slots=True)
class Standing:
    """What a state is to an article, or to a whole instrument, on a day.

    Attributes:
        article: the article; empty if the instrument as a whole is meant.
        since: the first day of the status; none if it is not known.
        through: the instrument by which a state is bound that is no party to this one.
        reserved: its reservations that touch the article and have not been withdrawn.
    """

    state: str
    instrument: str
    article: str
    status: Status
    since: date | None
    through: str
    reserved: tuple[Reservation, ...]
    complaints: tuple[Complaints, ...]
    binding: Binding

    @property
    def binds(self) -> Truth:
        """Whether the article binds the state.

        It is open where a state is a party from a day that is to be checked, and where
        a reservation touches the article: how much that leaves is for a person to read.
        """
        if self.status not in BINDING:
            return FALSE
        return UNKNOWN if self.since is None or self.reserved else TRUE


def binding(book: LawBook, state: str, name: str, on: date) -> Standing:
    """Say what a state is on a day to a provision, or to a whole instrument.

    Raises:
        UnknownNameError: the law book has no such state, provision or instrument.
    """
    instrument = instrument_of(book, name)
    article = ""
    if name != instrument.id:
        article = article_of(book.versions(name)[-1])
    return standing(book, state, instrument, article, on)


def standing(
    book: LawBook, state: str, instrument: Instrument, article: str, on: date
) -> Standing:
    """Say what a state is on a day to an article of an instrument."""
    done = bindings_of(book, state, instrument.id)
    status, since = status_on(done, instrument, on)
    own = [each for each in done.reserved if each.of == instrument.id]
    through = ""
    if status not in BINDING:
        for other in _carriers(book, instrument.id, article):
            taken = bindings_of(book, state, other.id)
            carried, day = status_on(taken, other, on)
            if carried in BINDING:
                done, status, since, through = taken, carried, day, other.id
                own = [each for each in taken.reserved if each.of == instrument.id]
    return Standing(
        state=state,
        instrument=instrument.id,
        article=article,
        status=status,
        since=since,
        through=through,
        reserved=tuple(
            each
            for each in own
            if each.stands(on) and (not article or touch(each.article, article))
        ),
        complaints=done.complaints,
        binding=done,
    )


def carrier(book: LawBook, state: str, instrument: Instrument, on: date) -> str:
    """Name the instrument through which some articles of this one bind a state.

    There is none where the state is bound by this one itself.
    """
    for other in book.instruments.values():
        if other.carries and other.carries.instrument == instrument.id:
            for article in other.carries.articles:
                found = standing(book, state, instrument, article, on)
                if found.through:
                    return found.through
    return ""


def cited_as_binding(
    book: LawBook, jurisdiction: str, provision: str, on: date
) -> Truth:
    """Whether a provision may be cited to an authority as binding its state.

    It is open where the law book does not know the jurisdiction or the instrument, and
    false for an obligation that is displaced, whoever agreed to it.
    """
    identifier = provision.partition("/")[0]
    if identifier not in book.instruments or jurisdiction not in book.bindings:
        return UNKNOWN
    if book.instruments[identifier].is_displaced:
        return FALSE
    return binding(book, jurisdiction, provision, on).binds


def instrument_of(book: LawBook, name: str) -> Instrument:
    """Get the instrument that a provision belongs to, or that is named itself."""
    identifier = name.partition("/")[0]
    if identifier not in book.instruments:
        raise UnknownNameError("law", "instrument", identifier, book.instruments)
    return book.instruments[identifier]


def bindings_of(book: LawBook, state: str, instrument: str) -> Binding:
    """Get what a state has done about an instrument."""
    if state not in book.bindings:
        raise UnknownNameError("law", "state", state, book.bindings)
    done = book.bindings[state].bindings
    if instrument in done:
        return done[instrument]
    register = book.instruments[instrument]
    if register.is_open_to(state):
        where = book.bindings[state].document.name
        raise UnknownNameError(where, "binding", instrument, done)
    return Binding(instrument, "none", register.source)


def status_on(
    done: Binding, instrument: Instrument, on: date
) -> tuple[Status, date | None]:
    """Say what a state is to an instrument on a day, and since when."""
    force = instrument.in_force
    lasts = [done.last, force.last if force else None]
    last = min((each for each in lasts if each), default=None)
    if last and on > last and done.status != "none":
        return "ended", last + timedelta(days=1)
    begun = done.first or (force.first if force else done.signed or instrument.adopted)
    if done.status in BINDING and begun <= on:
        return ("party" if done.status == "party" else "bound"), done.first
    if done.signed and done.signed <= on:
        return "signed", done.signed
    if done.status == "signed" and not done.signed and instrument.adopted <= on:
        return "signed", None
    return "none", None


def _carriers(book: LawBook, instrument: str, article: str) -> Iterator[Instrument]:
    """Go through the instruments whose parties undertake to apply an article."""
    for other in book.instruments.values():
        carries = other.carries
        if carries and carries.instrument == instrument and carries.takes_in(article):
            yield other


def first_day(deposited: date, wait: Wait, instrument: Instrument) -> date:
    """Reckon the day from which a deposited instrument of ratification binds."""
    month = deposited.month - 1 + wait.months
    year, month = deposited.year + month // 12, month % 12 + 1
    day = min(deposited.day, monthrange(year, month)[1])
    bound = date(year, month, day) + timedelta(days=wait.days)
    return max(bound, instrument.in_force.first) if instrument.in_force else bound


def gaps(book: LawBook) -> Iterator[tuple[str, str]]:
    """Go through the instruments on which a state's document says nothing."""
    for state in book.bindings.values():
        for instrument in book.instruments.values():
            if instrument.is_open_to(state.id) and instrument.id not in state.bindings:
                yield state.document.name, f"it says nothing about `{instrument.id}`"


def unregistered(book: LawBook) -> Iterator[tuple[str, str]]:
    """Go through the provisions whose instrument is not in the register.

    A law book without a register is not looked at.
    """
    for name, versions in book.provisions.items() if book.instruments else ():
        identifier = name.partition("/")[0]
        if identifier not in book.instruments:
            problem = f"no instrument `{identifier}` is in the register"
            yield versions[-1].document.name, problem


def wrong_days(book: LawBook) -> Iterator[tuple[str, str]]:
    """Go through first days that are not what the instrument's own rule gives."""
    for state in book.bindings.values():
        for done in state.bindings.values():
            instrument = book.instruments[done.instrument]
            if not (done.deposited and done.first and instrument.wait):
                continue
            reckoned = first_day(done.deposited, instrument.wait, instrument)
            if reckoned != done.first:
                yield (
                    state.document.name,
                    f"`{done.instrument}` binds from {done.first}, and deposited on "
                    f"{done.deposited} it binds from {reckoned}",
                )
