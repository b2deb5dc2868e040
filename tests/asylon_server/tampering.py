"""What somebody could do who has every right on the database, drawn at random."""

from __future__ import annotations

import json
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.db import Error, transaction

from asylon.security.commitments import canonical, commitment
from asylon.security.entries import Entry
from asylon_server.store.record import rows as recorded
from tests.asylon_server.planted import plants

TABLES = {
    "organisations_organisation": "id",
    "organisations_account": "id",
    "organisations_signinlink": "id",
    "organisations_opening": "id",
    "cases_case": "id",
    "cases_assignment": "id",
    "cases_grant": "id",
    "cases_conflict": "id",
    "cases_releaseconsent": "id",
    "cases_emergency": "id",
    "cases_standinghold": "id",
    "cases_liftingproposal": "id",
    "cases_receiptcode": "id",
    "cases_grouphold": "id",
    "cases_grouplifting": "id",
    "cases_erasingproposal": "id",
    "cases_nametoken": "id",
    "vault_compartment": "id",
    "record_event": "number",
    "record_leaf": "index",
    "record_head": "size",
}
NOT_RECORDED = {"last_login"}
HEX = "0123456789abcdef"


class Database:
    """Rows as the database has them, without the models in between."""

    def __init__(self, connection) -> None:
        self.connection, self.quoted = connection, connection.ops.quote_name

    def ask(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, values or None)
            names = [each[0] for each in cursor.description or ()]
            return [
                dict(zip(names, map(plain, row), strict=True))
                for row in (cursor.fetchall() if names else ())
            ]

    def rows(self, table: str) -> list[dict[str, Any]]:
        key = self.quoted(TABLES[table])
        return self.ask(f"SELECT * FROM {self.quoted(table)} ORDER BY {key}")  # noqa: S608

    def set(self, table: str, row: dict[str, Any], **values: Any) -> None:
        sets = ", ".join(f"{self.quoted(name)} = %s" for name in values)
        self.ask(
            f"UPDATE {self.quoted(table)} SET {sets} "  # noqa: S608
            f"WHERE {self.quoted(TABLES[table])} = %s",
            *values.values(),
            row[TABLES[table]],
        )

    def remove(self, table: str, row: dict[str, Any]) -> None:
        key = TABLES[table]
        self.ask(
            f"DELETE FROM {self.quoted(table)} WHERE {self.quoted(key)} = %s",  # noqa: S608
            row[key],
        )

    def put(self, table: str, row: dict[str, Any]) -> None:
        names, marks = ", ".join(map(self.quoted, row)), ", ".join(["%s"] * len(row))
        self.ask(
            f"INSERT INTO {self.quoted(table)} ({names}) VALUES ({marks})",  # noqa: S608
            *row.values(),
        )


def plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def other(value: Any, chance: Random) -> Any:
    """Give a value of the same kind that is not the same."""
    match value:
        case bool():
            return not value
        case int():
            return value + chance.choice([-1, 1, 1000])
        case bytes():
            at = chance.randrange(len(value)) if value else 0
            bit = 1 << chance.randrange(8)
            return (
                value[:at]
                + bytes([(value[at] if value else 0) ^ bit])
                + value[at + 1 :]
            )
        case UUID():
            return uuid4()
        case date():
            return value - timedelta(days=chance.randrange(1, 90))
        case str() if value:
            at = chance.randrange(len(value))
            letters = [each for each in HEX if each != value[at].lower()]
            return value[:at] + chance.choice(letters) + value[at + 1 :]
        case _:
            return "x"


def change(database: Database, chance: Random) -> str:
    """Change one field of one row."""
    table = chance.choice([*TABLES])
    row = chance.choice(database.rows(table))
    fields = [
        name
        for name, value in row.items()
        if value is not None and name not in NOT_RECORDED
    ]
    name = chance.choice(fields)
    database.set(table, row, **{name: other(row[name], chance)})
    return f"changed {table}.{name}"


def remove(database: Database, chance: Random) -> str:
    """Take a row away."""
    table = chance.choice([*TABLES])
    database.remove(table, chance.choice(database.rows(table)))
    return f"removed from {table}"


def add(database: Database, chance: Random) -> str:
    """Put a row beside another, like it but for what has to be unique."""
    table = chance.choice([*TABLES])
    rows = database.rows(table)
    row, key = dict(chance.choice(rows)), TABLES[table]
    is_number = isinstance(row[key], int)
    row[key] = max(each[key] for each in rows) + 1 if is_number else uuid4().hex
    for name in {"name", "reference", "submission", "id", "version"} & row.keys() - {
        key
    }:
        row[name] = uuid4().hex if name == "id" else other(row[name], chance)
    database.put(table, row)
    return f"added to {table}"


def exchange(database: Database, chance: Random) -> str:
    """Exchange a field between two rows."""
    table = chance.choice([*TABLES])
    one, two = chance.sample(database.rows(table), 2)
    names = [name for name in one if one[name] != two[name] and name != TABLES[table]]
    name = chance.choice(names)
    database.set(table, one, **{name: two[name]})
    database.set(table, two, **{name: one[name]})
    return f"exchanged {table}.{name}"


def back_date(database: Database, chance: Random) -> str:
    """Say of an event that it was earlier, and make all that hangs on it fit."""
    leaf = chance.choice(database.rows("record_leaf"))
    [event] = [
        each
        for each in database.rows("record_event")
        if each["number"] == leaf["event_id"]
    ]
    said = json.loads(event["content"])
    said["at"] = said["at"].replace("2026", "2025")
    content = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
    made = commitment(event["salt"], content)
    database.set("record_event", event, content=content, commitment=made)
    case = str(UUID(str(event["case"]))) if event["case"] else ""
    entry = Entry(str(UUID(str(event["id"]))), case, made, event["form"])
    database.set("record_leaf", leaf, hash=entry.leaf(event["number"]))
    return "back-dated"


def reorder(database: Database, chance: Random) -> str:
    """Let two entries of the log take each other's place, hashes and all."""
    one, two = chance.sample(database.rows("record_leaf"), 2)
    spare = max(each["event_id"] for each in database.rows("record_leaf")) + 1
    database.set("record_leaf", one, event_id=spare)
    database.set("record_leaf", two, event_id=one["event_id"], hash=one["hash"])
    database.set("record_leaf", one, event_id=two["event_id"], hash=two["hash"])
    return "reordered"


def cut_off(database: Database, chance: Random) -> str:
    """Cut off the end of the log: heads, entries and their events."""
    heads = database.rows("record_head")
    keep = chance.choice([0, *(each["size"] for each in heads[:-1])])
    for head in heads:
        if head["size"] > keep:
            database.remove("record_head", head)
    for leaf in database.rows("record_leaf"):
        if leaf["index"] >= keep:
            database.remove("record_leaf", leaf)
            if chance.random() < 0.5:
                database.ask(
                    "DELETE FROM record_event WHERE number = %s", leaf["event_id"]
                )
    return "cut off"


def forge(database: Database, chance: Random) -> str:
    """Change a row, and write a well-formed event of it, but for the key."""
    table = chance.choice([each for each in TABLES if not each.startswith("record_")])
    row = chance.choice(database.rows(table))
    fields = [
        name
        for name, value in row.items()
        if value is not None and name not in NOT_RECORDED | {TABLES[table]}
    ]
    name = chance.choice(fields)
    database.set(table, row, **{name: other(row[name], chance)})
    model = next(each for each in apps.get_models() if each._meta.db_table == table)
    changed = model._base_manager.get(pk=row[TABLES[table]])
    said = {"rows": {recorded.name(changed): recorded.digest(changed)}}
    write_event(database, chance, said)
    return f"forged {table}"


def write_event(database: Database, chance: Random, more: dict[str, Any]) -> None:
    """Write an event as the house would, with a code that is copied or drawn."""
    like = dict(chance.choice(database.rows("record_event")))
    case = str(UUID(str(like["case"]))) if like["case"] else None
    id_ = uuid4()
    said = json.loads(like["content"]) | {"id": str(id_), "case": case} | more
    like["number"] = 1 + max(e["number"] for e in database.rows("record_event"))
    like["id"] = id_ if isinstance(like["id"], UUID) else id_.hex
    like["content"], like["salt"] = canonical(said), chance.randbytes(32)
    like["commitment"] = commitment(like["salt"], like["content"])
    like["form"] = chance.choice([1, 2])
    like["code"] = chance.choice([like["code"], b"", chance.randbytes(32)])
    database.put("record_event", like)


def empty(database: Database, chance: Random) -> str:
    """Empty the events of a case as if they were those of a case that was erased."""
    events = [each for each in database.rows("record_event") if each["case"]]
    erased = [e for e in events if e["content"] and b"case erased" in e["content"]]
    ways = ["later", "moved"] if erased else ["forged"]
    way, event = chance.choice(ways), chance.choice(events)
    case = event["case"]
    if way == "moved":
        # Not the events of the erased case itself: those are emptied already.
        case = chance.choice(erased)["case"]
        event = chance.choice([each for each in events if each["case"] != case])
    elif way == "forged":
        said = {"act": "case erased", "case": str(UUID(str(case))), "rows": {}}
        write_event(database, chance, said)
        [forged] = database.rows("record_event")[-1:]
        database.set("record_event", forged, case=case)
    else:
        event = chance.choice(erased)
    database.set("record_event", event, case=case, content=None, salt=None)
    return f"emptied, {way}"


def swap(database: Database, chance: Random) -> str:
    """Let two rows take each other's name, and all that points at them stay."""
    table = chance.choice([*TABLES])
    key = TABLES[table]
    one, two = chance.sample(database.rows(table), 2)
    is_number = isinstance(one[key], int)
    spare = 10**9 if is_number else type(one[key])(uuid4().hex)
    database.set(table, one, **{key: spare})
    database.set(table, two, **{key: one[key]})
    database.set(table, one | {key: spare}, **{key: two[key]})
    return f"swapped in {table}"


def renumber(database: Database, chance: Random) -> str:
    """Let two events take each other's number, and their leaves go with them."""
    one, two = chance.sample(database.rows("record_leaf"), 2)
    numbers = one["event_id"], two["event_id"]
    events = {e["number"]: e for e in database.rows("record_event")}
    database.set("record_leaf", one, event_id=10**9)
    database.set("record_event", events[numbers[0]], number=10**9)
    database.set("record_event", events[numbers[1]], number=numbers[0])
    database.set("record_event", {"number": 10**9}, number=numbers[1])
    database.set("record_leaf", two, event_id=numbers[0])
    database.set("record_leaf", one, event_id=numbers[1])
    return "renumbered"


def move(database: Database, chance: Random) -> str:
    """Move a row under another name."""
    table = chance.choice([*TABLES])
    row, key = chance.choice(database.rows(table)), TABLES[table]
    is_number = isinstance(row[key], int)
    new = row[key] + 10**6 if is_number else type(row[key])(uuid4().hex)
    database.set(table, row, **{key: new})
    return f"moved in {table}"


def _with_triggers(database: Database) -> list[str]:
    """Give the tables with triggers: where there are none, quieting them does nothing."""
    rows = database.ask(
        "SELECT DISTINCT tgrelid::regclass::text AS name FROM pg_trigger"
    )
    return sorted({each["name"] for each in rows} & set(TABLES))


def plant(database: Database, chance: Random) -> str:
    """Plant a trigger, a view or the like, or take a table's place."""
    known = plants(database.connection.vendor)
    name = chance.choice(sorted(known))
    table = chance.choice(_with_triggers(database) if "quiet" in name else [*TABLES])
    for sql in known[name]:
        database.ask(sql.format(table=table))
    return f"planted {name}"


WAYS = (
    *(change,) * 4,
    *(remove, add, exchange, back_date, reorder, cut_off),
    *(forge, empty, swap, renumber, move, plant),
)


def tamper(connection, chance: Random) -> str:
    """Do one thing that nobody may do, and say which."""
    database = Database(connection)
    if connection.vendor == "sqlite":
        database.ask("PRAGMA defer_foreign_keys = ON")
    while True:
        way = chance.choice(WAYS)
        try:
            with transaction.atomic():
                return way(database, chance)
        except (Error, IndexError, TypeError, ValueError):
            # The database refuses it, or there is nothing to do it to, such as an emptied event.
            continue
