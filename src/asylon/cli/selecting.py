"""Choosing the claims of a file that a command was asked about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from asylon.cli import showing
from asylon.cli.inputs import InputError
from asylon.cli.speaking import spoken
from asylon.determination import Entry, Refused
from asylon.determination.notices import problem
from asylon.law import DEFINITION, LawBook, NotInForceError


def chosen_entries(
    entries: Sequence[Entry], wanted: str | None, file: Path
) -> list[Entry]:
    """Give every entry of a file, or the one that is named."""
    ids = [_id(entry) for entry in entries]
    if wanted is not None and wanted not in ids:
        message = spoken().say(
            "problem",
            "{file}: there is no claim `{id}`. There is {ids}.",
            file=file,
            id=wanted,
            ids=spoken().listed(ids),
        )
        raise InputError(message)
    return [entry for entry in entries if wanted in {None, _id(entry)}]


def _id(entry: Entry) -> str:
    return entry.id if isinstance(entry, Refused) else entry.claim.id


def with_law(
    entries: Iterable[Entry], where: Path, book: LawBook, asked: date | None
) -> Iterator[Entry]:
    """Refuse the entries on whose own day the law book has a gap, and keep the rest.

    A day that the command was asked about is the same for all, and is not looked at.
    """
    gaps: dict[date, str] = {}
    for entry in entries:
        if isinstance(entry, Refused) or asked:
            yield entry
            continue
        day = entry.claim.on or showing.today()
        if day not in gaps:
            gaps[day] = _gap(book, day)
        id_ = entry.claim.id
        yield Refused(id_, f"{where}, {id_}: {gaps[day]}") if gaps[day] else entry


def _gap(book: LawBook, day: date) -> str:
    """Say which text that a claim is held against has no version on a day."""
    for identifier, versions in book.provisions.items():
        is_asked = identifier == DEFINITION or versions[-1].protects
        if is_asked and not book.is_outside(identifier, day):
            try:
                book.formula(identifier, day)
            except NotInForceError as error:
                return problem(error, spoken())
    return ""
