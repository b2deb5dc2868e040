"""The tables of a PostgreSQL in files, as they are at one moment, and back again.

`COPY` is asked of the database itself, so that nothing else has to be installed and no
edition of another program has to fit. A file begins with the names of its columns.
"""

from __future__ import annotations

import json
from pathlib import Path

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

ENDING = ".copy"

_COLUMNS = """
SELECT column_name FROM information_schema.columns
WHERE table_schema = current_schema() AND table_name = %s
ORDER BY ordinal_position
"""
LEFT_OUT = frozenset(
    {
        "django_session",
        "entry_keptform",
        "entry_session",
        "entry_spent",
        "entry_tries",
    }
)
"""Who is signed in: a thief of the backup would be, too."""
_CHUNK = 1 << 16


def copy_out(folder: Path) -> dict[str, Path]:
    """Write each table to a file, all as they are at one moment."""
    made = {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for table in sorted({*_tables()} - LEFT_OUT):
            cursor.execute(_COLUMNS, [table])
            columns = [name for (name,) in cursor.fetchall()]
            path = folder / f"{table}{ENDING}"
            command = f"{_listed(table, columns)} TO STDOUT"
            with cursor.copy(command) as rows, path.open("wb") as out:
                out.write(json.dumps(columns).encode() + b"\n")
                for chunk in rows:
                    out.write(chunk)
            made[path.name] = path
    return made


def copy_in(folder: Path) -> None:
    """Fill the tables from such files; either all of them, or none."""
    with transaction.atomic(), connection.cursor() as cursor:
        known = _tables()
        cursor.execute(f"TRUNCATE {', '.join(map(_quoted, known))}")
        for path in sorted(folder.glob(f"*{ENDING}")):
            # An earlier edition saved who was signed in.
            if path.stem in LEFT_OUT:
                continue
            with path.open("rb") as source:
                columns = json.loads(source.readline())
                command = f"{_listed(path.stem, columns)} FROM STDIN"
                with cursor.copy(command) as rows:
                    while chunk := source.read(_CHUNK):
                        rows.write(chunk)
        models = [m for m in apps.get_models() if m._meta.db_table in known]
        for sql in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(sql)
        # No table is changed in the same transaction while keys are still to be checked.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _tables() -> list[str]:
    """The tables with rows of their own; what was migrated is known otherwise."""
    return sorted(set(connection.introspection.table_names()) - {"django_migrations"})


def _listed(table: str, columns: list[str]) -> str:
    return f"COPY {_quoted(table)} ({', '.join(map(_quoted, columns))})"


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
