"""Days without a rule: what a set would leave open once it is in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from asylon.law.book import DEFINITION, LawBook
from asylon.law.errors import NotInForceError
from asylon.law.parameters import ParameterSet
from asylon.law.provisions import Provision


def gaps(
    book: LawBook, parameter_set: ParameterSet, first: date
) -> Iterator[tuple[str, date]]:
    """Go through what has no rule on some day from the first one on, and that day."""
    for name in book.parameters:
        settings = parameter_set.of(name)
        if settings and settings[0].first > first:
            yield name, first
    for identifier, versions in book.provisions.items():
        for earlier, later in pairwise(versions):
            last = earlier.in_force.last
            after = _next_day(last) if last else later.in_force.first
            if after < later.in_force.first and later.in_force.first > first:
                yield identifier, max(after, first)
    for day in days_of_change(book, parameter_set, first):
        yield from _without_text(book, day)


def days_of_change(
    book: LawBook, parameter_set: ParameterSet, first: date
) -> list[date]:
    """List the first day, and each later one on which a text or setting changes."""
    days = {first} | {each.first for each in parameter_set.settings}
    for versions in book.provisions.values():
        for version in versions:
            days.add(version.in_force.first)
            if version.in_force.last:
                days.add(_next_day(version.in_force.last))
    return sorted(day for day in days if day >= first)


def _without_text(book: LawBook, day: date) -> Iterator[tuple[str, date]]:
    """Name what is in force on a day, or has to be, and speaks of what is not."""
    for identifier, versions in book.provisions.items():
        if identifier == DEFINITION or _governs(versions, day):
            try:
                book.formula(identifier, day)
            except NotInForceError:
                yield identifier, day


def _governs(versions: tuple[Provision, ...], day: date) -> bool:
    return any(version.in_force.covers(day) for version in versions)


def _next_day(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)
