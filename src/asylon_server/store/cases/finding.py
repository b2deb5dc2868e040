"""Finding people by name: the tokens that are kept of them, and the search.

Whoever told a year of birth is found by the whole name and that year. Of whom no year
is known a token is kept that is another one in every case, so that nobody who reads the
tables sees which names are alike; a search makes it anew for each such case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q

from asylon.casework import File, Person
from asylon.identity.lookup import AROUND, folded, readings, years
from asylon.security import indexes
from asylon.security.custody import Custody
from asylon_server.store.cases.lists import Row, listed
from asylon_server.store.cases.models import Case, NameToken, YearlessToken
from asylon_server.store.record import rows
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor, Thing, can
from asylon_server.store.rights.errors import NotThereError

MOST_YEARS = 15
"""A search over more years of birth at once would be one for a name alone."""

MOST_FOUND = 50
"""So many cases are opened for one search."""

LOOKED_AT = 20_000
"""Among so many tokens of people without a year a search looks, the newest first."""


class TooManyYearsError(Exception):
    """The years of birth that were asked for are too many to look through at once."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, and what it looked at.

    Attributes:
        rows: The cases.
        first: The first year of birth that was looked for; 0 where none was known.
        last: The last one.
        is_cut: Whether there are more cases than are shown.
        is_whole: Whether everybody without a year of birth was looked at.
    """

    rows: tuple[Row, ...]
    first: int = 0
    last: int = 0
    is_cut: bool = False
    is_whole: bool = True


def found(
    actor: Actor, name: str, born: Iterable[int], *, at: datetime, custody: Custody
) -> Found:
    """Find cases of the actor's office by a name and years of birth, or near ones.

    People of whom no year of birth is known are looked for with every search.

    Raises:
        NotThereError: the actor searches for nobody.
        TooManyYearsError: the years are too many for one search.
    """
    if can(actor, "search", Thing("case", organisation=actor.organisation)) is None:
        raise NotThereError
    told = sorted(set(born))
    if len(told) > MOST_YEARS:
        raise TooManyYearsError
    near = {y + step for y in told for step in range(-AROUND, AROUND + 1)}
    around = near & set(indexes.YEARS)
    reading = folded(name)
    known = [custody.token(reading, y) for y in sorted(around)] if reading else []
    yearless, is_whole = _without_year(actor, reading, custody)
    by_year = NameToken.objects.filter(token__in=known).values("case")
    scope = Q(organisation_id=actor.organisation, erased=None)
    scope &= Q(pk__in=by_year) | Q(pk__in=yearless)
    cases = list(Case.objects.within(scope).order_by("reference")[: MOST_FOUND + 1])
    with transaction.atomic():
        shown = listed(
            actor, cases[:MOST_FOUND], "search", "case found", at=at, custody=custody
        )
        record("people searched", actor, at=at, details={"found": len(shown)})
    first, last = (min(around), max(around)) if around else (0, 0)
    return Found(tuple(shown), first, last, len(cases) > MOST_FOUND, is_whole)


def _without_year(
    actor: Actor, reading: str, custody: Custody
) -> tuple[list[UUID], bool]:
    """Find the cases with somebody of a name of whom no year of birth is known."""
    if not reading:
        return [], True
    kept = YearlessToken.objects.filter(
        case__organisation=actor.organisation, case__erased=None
    )
    told = list(kept.order_by("-pk").values_list("case", "token")[: LOOKED_AT + 1])
    looked = told[:LOOKED_AT]
    made = custody.tokens_within(reading, [str(case) for case, _token in looked])
    matches = [
        case
        for (case, token), own in zip(looked, made, strict=True)
        if bytes(token) == own
    ]
    return matches, len(told) <= LOOKED_AT


def keep_tokens(case: Case, file: File, custody: Custody) -> list[models.Model]:
    """Keep what the people of a case are found by."""
    known, alone = _wanted(case, file, custody)
    return [
        *(NameToken.objects.create(case=case, token=each) for each in known),
        *(YearlessToken.objects.create(case=case, token=each) for each in alone),
    ]


def is_found(case: Case, file: File, custody: Custody) -> bool:
    """Whether the people of a case are found by what is kept of them."""
    kept = [sorted(bytes(each.token) for each in kind.all()) for kind in _kinds(case)]
    return kept == [*_wanted(case, file, custody)]


def _wanted(
    case: Case, file: File, custody: Custody
) -> tuple[list[bytes], list[bytes]]:
    known = sorted(set(tokens(file.people, custody)))
    return known, sorted(set(yearless(file.people, str(case.pk), custody)))


def take_tokens(case: Case) -> list[str]:
    """Take away what the people of a case were found by; the rows are named."""
    names = [rows.name(each) for kind in _kinds(case) for each in kind.all()]
    for kind in _kinds(case):
        kind.all().delete()
    return names


def _kinds(
    case: Case,
) -> tuple[models.Manager[NameToken], models.Manager[YearlessToken]]:
    return case.tokens, case.yearless


def tokens(people: Iterable[Person], custody: Custody) -> Iterator[bytes]:
    """Give the tokens that people are found by: readings of names with years of birth."""
    for person in people:
        for reading in readings(person.names):
            for year in _years(person):
                yield custody.token(reading, year)


def yearless(people: Iterable[Person], case: str, custody: Custody) -> Iterator[bytes]:
    """Give the tokens of people without a year of birth: of names, within their case.

    A name alone that has the same token in every case is given away by how often it
    comes; within a case each token comes once.
    """
    for person in people:
        if not _years(person):
            for reading in readings(person.names):
                yield from custody.tokens_within(reading, [case])


def _years(person: Person) -> list[int]:
    """Give the years of birth that somebody can be found by; a slip of the pen is none."""
    return sorted(years(person.born) & set(indexes.YEARS))
