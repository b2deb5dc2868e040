"""`asylon law sql`: a provision, as a query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from asylon.cli import showing
from asylon.cli.inputs import InputError, check_set, read_day, read_law
from asylon.cli.lawbook import find
from asylon.cli.speaking import spoken
from asylon.law import LawBook, choose
from asylon.logic.grounding import Entries, Shape, ground
from asylon.logic.sql import DIALECTS, Dialect, query

_MOST_MEMBERS = 5


@dataclass(frozen=True, slots=True)
class SqlOptions:
    """What `law sql` was asked."""

    name: str
    set: str
    on: str | None
    dialect: str
    members: int
    as_json: bool
    law: Path | None


def sql(options: SqlOptions) -> int:
    """Write a provision as SQL over a table with one column for each fact."""
    book = read_law(options.law)
    check_set(book, options.set)
    say = spoken().say
    if options.dialect not in DIALECTS:
        message = say(
            "problem",
            "--dialect {dialect}: there is {dialects}.",
            dialect=options.dialect,
            dialects=spoken().listed(DIALECTS),
        )
        raise InputError(message)
    if not 0 <= options.members <= _MOST_MEMBERS:
        message = say(
            "problem",
            "--members {members}: from 0 to {most} entries a list.",
            members=options.members,
            most=_MOST_MEMBERS,
        )
        raise InputError(message)
    identifier = find(book, options.name)
    day = read_day(options.on, book) or showing.today()
    _check_is_whole(book, identifier, day)
    settings = choose(book, book.sets[options.set], day)
    shape = _room_for(book, options.members)
    formula = ground(book.formula(identifier, day), settings.values, shape)
    dialect: Dialect = next(each for each in DIALECTS if each == options.dialect)
    text = query(formula, dialect, table="claims")
    if options.as_json:
        row = {"provision": identifier, "set": options.set, "on": day.isoformat()}
        showing.print_json({**row, "dialect": dialect, "sql": text})
    else:
        _print_comments(identifier, options.set, day)
        print(f"{text};")
    return 0


def _print_comments(identifier: str, set_id: str, day: date) -> None:
    say = spoken().say
    whole = say(
        "above a query",
        "{provision} as the set {set} has it on {day}.",
        provision=identifier,
        set=set_id,
        day=spoken().day(day),
    )
    columns = say(
        "above a query",
        "Columns: id, and one nullable boolean for each fact; NULL is open.",
    )
    print(f"-- {whole}")
    print(f"-- {columns}")


def _check_is_whole(book: LawBook, identifier: str, day: date) -> None:
    """Refuse what is asked of each entry of a list, and not once of a claim."""
    per = book.provision(identifier, day).per
    if per:
        message = spoken().say(
            "problem",
            "{provision}: this is asked of each {member}, not once of a claim. Name a "
            "provision that uses it.",
            provision=identifier,
            member=spoken().named("member", per),
        )
        raise InputError(message)


def _room_for(book: LawBook, members: int) -> Shape:
    """Make a shape with so many entries on every list, none known to be complete."""

    def lists(kind: str | None) -> Shape:
        return Shape(
            tuple(
                (rule.id, Entries(tuple((str(n), lists(rule.of)) for n in numbers)))
                for rule in book.lists.values()
                if rule.within == kind
            )
        )

    numbers = range(1, members + 1)
    return lists(None)
