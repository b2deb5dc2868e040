"""The tables as the database has them, held against those that this edition makes.

Whoever has every right on a database can plant more than rows: a trigger that changes
what is written, a view in the place of a table, a column that reckons what it shows.
What is there and was not made by the house is named, and so is what it made and what
is there no longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import UniqueConstraint

from asylon_server.store.record.rows import HOUSE

Columns = tuple[str, ...]
Key = tuple[str, Columns]

_LENGTH = re.compile(r"\(.*\)")
_WORDS = {"varchar": "character varying"}
_OWN = frozenset({"django_migrations"})
_OF_SQLITE = frozenset({"sqlite_sequence", "sqlite_stat1", "sqlite_stat4"})

_IN_SQLITE = """
SELECT type || ' ' || name FROM sqlite_master
WHERE type NOT IN ('table', 'index') OR sql LIKE 'CREATE VIRTUAL%'
"""

_IN_POSTGRESQL = """
WITH here AS (
  SELECT c.oid, c.relname, c.relkind, c.relrowsecurity
  FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace
), brought AS (SELECT objid FROM pg_depend WHERE deptype = 'e')
SELECT 'relation ' || relname FROM here
  WHERE relkind IN ('v', 'm', 'f', 'p', 'c') AND oid NOT IN (SELECT * FROM brought)
UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger JOIN here ON here.oid = tgrelid
  WHERE NOT tgisinternal OR tgenabled <> 'O'
UNION ALL SELECT 'rule ' || rulename FROM pg_rewrite JOIN here ON here.oid = ev_class
  WHERE relkind = 'r'
UNION ALL SELECT 'policy ' || polname FROM pg_policy JOIN here ON here.oid = polrelid
UNION ALL SELECT 'policies of ' || relname FROM here WHERE relrowsecurity
UNION ALL SELECT 'heir of ' || relname FROM pg_inherits
  JOIN here ON here.oid = inhparent
UNION ALL SELECT 'function ' || proname FROM pg_proc
  WHERE pronamespace = current_schema()::regnamespace
  AND oid NOT IN (SELECT * FROM brought)
UNION ALL SELECT 'event trigger ' || evtname FROM pg_event_trigger
  WHERE oid NOT IN (SELECT * FROM brought)
UNION ALL SELECT 'search_path' WHERE current_schemas(true) <>
  ARRAY['pg_catalog', current_schema()]::name[]
"""

# What the database itself puts in or reckons is marked, and so fits no field.
_COLUMNS_SQLITE = """
SELECT name, lower(type) || CASE WHEN hidden OR dflt_value IS NOT NULL THEN '?'
  ELSE '' END, NOT ("notnull" OR pk) FROM pragma_table_xinfo(%s)
"""
_COLUMNS = """
SELECT attname, atttypid::regtype::text || CASE WHEN attgenerated <> '' OR atthasdef
  THEN '?' ELSE '' END, NOT attnotnull FROM pg_attribute
WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped
"""

# An index over what is no column is marked, and so is expected of no table.
_KEYS_SQLITE = """
SELECT CASE WHEN "unique" THEN 'unique' ELSE 'index' END,
  (SELECT group_concat(coalesce(i.name, '?')) FROM pragma_index_info(l.name) i)
FROM pragma_index_list(%s) l
UNION ALL SELECT 'unique', group_concat(name) FROM pragma_table_info(%s) WHERE pk
UNION ALL SELECT 'to ' || "table" || '.' || "to", "from" FROM pragma_foreign_key_list(%s)
"""
_KEYS = """
WITH named AS (
  SELECT i.indexrelid, CASE WHEN indisunique THEN 'unique' ELSE 'index' END AS kind,
    (SELECT string_agg(coalesce(a.attname, '?'), ',') FROM unnest(indkey) n
     LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = n AND n > 0)
     AS columns
  FROM pg_index i WHERE indrelid = to_regclass(%s)
)
SELECT kind, columns FROM named
UNION ALL SELECT CASE contype WHEN 'f' THEN
    'to ' || to_.relname || '.' || far.attname ELSE 'planted' END,
  coalesce(near.attname, '?')
FROM pg_constraint c
LEFT JOIN pg_class to_ ON to_.oid = confrelid
LEFT JOIN pg_attribute far ON far.attrelid = confrelid AND far.attnum = confkey[1]
LEFT JOIN pg_attribute near ON near.attrelid = conrelid AND near.attnum = conkey[1]
WHERE conrelid = to_regclass(%s) AND contype IN ('f', 'x', 't')
"""


def foreign() -> Iterator[str]:
    """Name what stands in the databases of the house and is not of its making."""
    for alias in connections:
        connection = connections[alias]
        is_sqlite = connection.vendor == "sqlite"
        for (name,) in _asked(connection, _IN_SQLITE if is_sqlite else _IN_POSTGRESQL):
            yield str(name)
        known = {m._meta.db_table for m in _models(alias)} | _OWN
        known |= _OF_SQLITE if is_sqlite else frozenset()
        for table in sorted(_tables(connection) - known):
            yield f"table {table}"


def changed() -> Iterator[str]:
    """Name the tables that are not as this edition makes them."""
    for alias in connections:
        # Tables that Django brings along are read by nobody here.
        for model in filter(_is_of_the_house, _models(alias)):
            wrong = "; ".join(_differences(connections[alias], model))
            if wrong:
                yield f"{model._meta.db_table}: {wrong}"


def _differences(
    connection: BaseDatabaseWrapper, model: type[models.Model]
) -> Iterator[str]:
    try:
        found = _columns(connection, model._meta.db_table)
        keys = _keys(connection, model._meta.db_table)
    except DatabaseError:
        found, keys = set(), set()
    if found != _expected_columns(connection, model):
        yield "columns"
    expected = _expected_keys(model)
    # The database may make an index of its own for a constraint, which changes nothing.
    made = {("index", columns) for _kind, columns in expected}
    if (expected - keys) or (keys - expected - made):
        yield "constraints"


def _columns(connection: BaseDatabaseWrapper, table: str) -> set[tuple[str, str, bool]]:
    """Get the columns: name, kind, and whether they may be empty."""
    is_sqlite = connection.vendor == "sqlite"
    named = table if is_sqlite else connection.ops.quote_name(table)
    rows = _asked(connection, _COLUMNS_SQLITE if is_sqlite else _COLUMNS, named)
    return {(name, kind, bool(null)) for name, kind, null in rows}


def _expected_columns(
    connection: BaseDatabaseWrapper, model: type[models.Model]
) -> set[tuple[str, str, bool]]:
    return {
        (str(each.column), _kind(connection, each), each.null)
        for each in model._meta.local_concrete_fields
    }


def _kind(connection: BaseDatabaseWrapper, field: models.Field[Any, Any]) -> str:
    """Say of what kind a column is, in the words of its database."""
    kind = str(field.db_type(connection)).lower()
    if connection.vendor == "sqlite":
        return kind
    bare = _LENGTH.sub("", kind)
    return _WORDS.get(bare, bare)


def _keys(connection: BaseDatabaseWrapper, table: str) -> set[Key]:
    """Get the constraints and indexes: of what kind, and over which columns."""
    is_sqlite = connection.vendor == "sqlite"
    asked = (table,) * 3 if is_sqlite else (connection.ops.quote_name(table),) * 2
    rows = _asked(connection, _KEYS_SQLITE if is_sqlite else _KEYS, *asked)
    return {
        (kind, tuple(sorted((columns or "?").split(",")))) for kind, columns in rows
    }


def _expected_keys(model: type[models.Model]) -> set[Key]:
    meta = model._meta
    made: set[Key] = set()
    for each in meta.local_concrete_fields:
        if each.unique:
            made.add(("unique", (str(each.column),)))
        elif getattr(each, "db_index", False):
            made.add(("index", (str(each.column),)))
        if isinstance(each, models.ForeignKey):
            to = each.target_field
            target = f"to {to.model._meta.db_table}.{to.column}"
            made.add((target, (str(each.column),)))
    sets = [*meta.unique_together, *_unique_sets(model)]
    made |= {("unique", _named(model, each)) for each in sets}
    made |= {("index", _named(model, each.fields)) for each in meta.indexes}
    return made


def _unique_sets(model: type[models.Model]) -> Iterator[tuple[str, ...]]:
    for each in model._meta.constraints:
        if isinstance(each, UniqueConstraint):
            yield tuple(each.fields)


def _named(model: type[models.Model], names: Iterable[str]) -> Columns:
    """Name the columns of fields."""
    columns = {f.name: str(f.column) for f in model._meta.local_concrete_fields}
    return tuple(sorted(columns[each.lstrip("-")] for each in names))


def _models(alias: str) -> list[type[models.Model]]:
    """The models whose tables a database has."""
    return [
        each
        for each in apps.get_models(include_auto_created=True)
        if router.allow_migrate_model(alias, each)
    ]


def _is_of_the_house(model: type[models.Model]) -> bool:
    return apps.get_app_config(model._meta.app_label).name.startswith(HOUSE)


def _tables(connection: BaseDatabaseWrapper) -> set[str]:
    sql = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    if connection.vendor == "sqlite":
        sql = "SELECT name FROM sqlite_master WHERE type = 'table'"
    return {name for (name,) in _asked(connection, sql)}


def _asked(connection: BaseDatabaseWrapper, sql: str, *values: str) -> list[Any]:
    with connection.cursor() as cursor:
        # Without values nothing is read into a percent sign.
        cursor.execute(sql, list(values) or None)
        return list(cursor.fetchall())
