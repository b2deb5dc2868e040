"""What somebody could plant among the tables who has every right on the database."""

from __future__ import annotations

_MOVED = 'ALTER TABLE "{table}" RENAME TO moved'

SQLITE = {
    "trigger": (
        'CREATE TRIGGER planted AFTER INSERT ON "{table}" '
        "BEGIN DELETE FROM record_head; END",
    ),
    "trigger before": (
        'CREATE TRIGGER planted BEFORE UPDATE ON "{table}" '
        "BEGIN SELECT RAISE(IGNORE); END",
    ),
    "view": ('CREATE VIEW planted AS SELECT * FROM "{table}"',),
    "view in its place": (_MOVED, 'CREATE VIEW "{table}" AS SELECT * FROM moved'),
    "table": ("CREATE TABLE planted (x)",),
    "table in its place": (_MOVED, 'CREATE TABLE "{table}" AS SELECT * FROM moved'),
    "column": ('ALTER TABLE "{table}" ADD COLUMN planted text',),
    "column that reckons": (
        'ALTER TABLE "{table}" ADD COLUMN planted text '
        "GENERATED ALWAYS AS ('x') VIRTUAL",
    ),
    "index": ('CREATE UNIQUE INDEX planted ON "{table}" (1)',),
    "virtual table": ("CREATE VIRTUAL TABLE planted USING fts5(x)",),
}

_FUNCTION = (
    "CREATE FUNCTION pg_temp.quiet() RETURNS trigger LANGUAGE plpgsql "
    "AS $$ BEGIN RETURN NULL; END $$"
)

POSTGRESQL = {
    "trigger": (
        _FUNCTION,
        'CREATE TRIGGER planted BEFORE UPDATE ON "{table}" FOR EACH ROW '
        "EXECUTE FUNCTION pg_temp.quiet()",
    ),
    "function": (_FUNCTION.replace("pg_temp.quiet", "planted"),),
    "view": ('CREATE VIEW planted AS SELECT * FROM "{table}"',),
    "stored view": ('CREATE MATERIALIZED VIEW planted AS SELECT * FROM "{table}"',),
    "view in its place": (_MOVED, 'CREATE VIEW "{table}" AS SELECT * FROM moved'),
    "table": ("CREATE TABLE planted (x int)",),
    "table in its place": (_MOVED, 'CREATE TABLE "{table}" AS SELECT * FROM moved'),
    "table before it": ('CREATE TEMP TABLE "{table}" (x int)',),
    "table elsewhere": (
        "CREATE FOREIGN DATA WRAPPER planted",
        "CREATE SERVER planted FOREIGN DATA WRAPPER planted",
        "CREATE FOREIGN TABLE planted (x int) SERVER planted",
    ),
    "heir": ('CREATE TABLE planted () INHERITS ("{table}")',),
    "heir in another schema": (
        "CREATE SCHEMA planted",
        'CREATE TABLE planted.planted () INHERITS ("{table}")',
    ),
    "rule": ('CREATE RULE planted AS ON DELETE TO "{table}" DO INSTEAD NOTHING',),
    "policy": ('ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',),
    "column": ('ALTER TABLE "{table}" ADD COLUMN planted text',),
    "column that reckons": (
        'ALTER TABLE "{table}" ADD COLUMN planted text '
        "GENERATED ALWAYS AS ('x') STORED",
    ),
    "table called like one of another database": ("CREATE TABLE sqlite_stat1 (x int)",),
    "link from what is unique": (
        'ALTER TABLE "{table}" ADD FOREIGN KEY (id) REFERENCES cases_case '
        "ON DELETE CASCADE",
    ),
    "what excludes, over what is unique": (
        'ALTER TABLE "{table}" ADD EXCLUDE USING hash (id WITH =)',
    ),
    "quiet triggers": ('ALTER TABLE "{table}" DISABLE TRIGGER ALL',),
    "search path": ("SET LOCAL search_path = public, pg_catalog",),
}


def plants(vendor: str) -> dict[str, tuple[str, ...]]:
    """Get what can be planted in a database, by name."""
    return SQLITE if vendor == "sqlite" else POSTGRESQL
