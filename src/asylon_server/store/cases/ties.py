"""How accounts are tied to cases: by work, by a conflict, by what was released to them.

Every page of a case asks this, so that it is one look at the database, in its own words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connections, router

from asylon_server.store.cases.models import (
    Assignment,
    Case,
    Conflict,
    Emergency,
    Grant,
)
from asylon_server.store.rights import Thing

_STANDS = "since <= %s AND (until IS NULL OR until > %s)"


@dataclass
class Ties:
    """The accounts that are tied to a case."""

    assigned: set[UUID] = field(default_factory=set)
    conflicted: set[UUID] = field(default_factory=set)
    released: set[tuple[UUID, str]] = field(default_factory=set)
    opened: set[tuple[UUID, str]] = field(default_factory=set)


def things(
    cases: Sequence[Case],
    feared: Mapping[UUID, frozenset[str]],
    *,
    at: datetime,
    account: UUID | None = None,
) -> dict[UUID, Thing]:
    """See many cases as the rules do.

    Args:
        cases: The cases.
        feared: The states that the holds over each of them are against.
        at: When.
        account: Whose ties to the cases are looked up; those of all if none is given.
    """
    tied: dict[UUID, Ties] = {case.id: Ties() for case in cases}
    for tie, case, who, named in _rows(tied, at, account) if tied else ():
        match tie:
            case "assigned":
                tied[case].assigned.add(who)
            case "conflicted":
                tied[case].conflicted.add(who)
            case "opened":
                tied[case].opened |= {(who, each) for each in named.split()}
            case _:
                tied[case].released.add((who, named))
    return {
        case.id: Thing(
            kind="case",
            organisation=case.organisation_id,
            assigned=frozenset(tied[case.id].assigned),
            conflicted=frozenset(tied[case.id].conflicted),
            released=frozenset(tied[case.id].released),
            broken_open=frozenset(tied[case.id].opened),
            feared=feared[case.id],
        )
        for case in cases
    }


def _rows(
    cases: Collection[UUID], at: datetime, account: UUID | None
) -> Iterator[tuple[str, UUID, UUID, str]]:
    connection = connections[router.db_for_read(Assignment)]
    moment = connection.ops.adapt_datetimefield_value(at)
    theirs, named = _theirs(cases, account)
    among = [_key(each, connection.vendor) for each in named]
    lasting = [*among, moment, moment]
    asked = [*lasting, *among, *lasting, *lasting]
    with connection.cursor() as cursor:
        cursor.execute(_query(theirs), asked)
        rows = cursor.fetchall()
    for tie, case, who, released in rows:
        yield tie, _uuid(case), _uuid(who), released


def _theirs(cases: Collection[UUID], account: UUID | None) -> tuple[str, list[UUID]]:
    """Write the part of the query that says of which cases, and whose."""
    marks = ", ".join(["%s"] * len(cases))
    if account is None:
        return f"case_id IN ({marks})", [*cases]
    return f"case_id IN ({marks}) AND account_id = %s", [*cases, account]


def _query(theirs: str) -> str:
    """Write the query; what it is put together of are names of tables and marks."""
    tables = (Assignment, Conflict, Grant, Emergency)
    work, away, lent, night = (each._meta.db_table for each in tables)
    return (
        f"SELECT 'assigned', case_id, account_id, '' FROM {work} "  # noqa: S608
        f"WHERE {theirs} AND {_STANDS} "
        f"UNION ALL SELECT 'conflicted', case_id, account_id, '' FROM {away} "
        f"WHERE {theirs} AND lifted IS NULL "
        f"UNION ALL SELECT 'released', case_id, account_id, released FROM {lent} "
        f"WHERE {theirs} AND {_STANDS} "
        f"UNION ALL SELECT 'opened', case_id, account_id, classes FROM {night} "
        f"WHERE {theirs} AND {_STANDS}"
    )


def _key(value: UUID, vendor: str) -> Any:  # noqa: ANN401  as the database has it
    return value if vendor == "postgresql" else value.hex


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
