"""The order in which a database keeps its rows shows on no page.

Where two rows are alike in what a list is sorted by, PostgreSQL gives now the one and
now the other first. A page that looks different for that tells what was written since.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from asylon_server import store
from tests.asylon_server.rights.table import EVERYBODY, FRESH, PLAIN, matrix
from tests.asylon_server.rights.walking import alike, ask, path_of
from tests.asylon_server.rights.world import undone
from tests.asylon_server.runs import on_postgresql

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

MATRIX = matrix()
DRAWN = re.compile(r'data-options="[^"]*"|<svg.*?</svg>|<code.*?</code>')
"""What is drawn anew for each page: keys that a device or an app is to keep."""

ALONE = frozenset(
    ["pk", "id", "index", "name", "number", "reference", "size", "version", "case"]
)
"""What no two rows share of those that are sorted, as the number of a case's hold."""

PATHS = sorted({each.path for each in MATRIX.addresses})


@on_postgresql
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_the_same_however_the_rows_lie(path, world, door):
    address = next(each for each in MATRIX.addresses if each.path == path)
    relation = "assigned" if address.is_of_a_case else PLAIN
    world.renew()

    def seen() -> dict[str, tuple[int, str]]:
        told = {}
        for who in sorted(EVERYBODY):
            filled = MATRIX.fill | address.fill
            if address.is_of_a_case:
                filled |= world.named(world.case(who, relation))
            where = path_of(path, filled)
            session = world.sessions[who, FRESH]
            answer = ask(door, "get", where, session=session)
            status, text, _length = alike(answer, where)
            told[who] = status, DRAWN.sub("", text)
        return told

    before = seen()
    with undone():
        turn()
        after = seen()

    assert [who for who in before if before[who] != after[who]] == []


def test_what_is_sorted_is_sorted_by_what_no_two_rows_share():
    shared = [
        f"{path.name}, line {each.lineno}: {ast.unparse(each.args[-1])}"
        for path in sorted(Path(store.__file__).parent.rglob("*.py"))
        for each in ast.walk(ast.parse(path.read_text()))
        if isinstance(each, ast.Call)
        and isinstance(each.func, ast.Attribute)
        and each.func.attr == "order_by"
        and each.args
        and ast.unparse(each.args[-1]).strip("'-") not in ALONE
    ]

    assert shared == []


def turn() -> None:
    """Have the rows of every table lie the other way round."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, key in _tables():
            cursor.execute(_TURN.format(table, key))


_TURN = """
DO $$
DECLARE
    spot tid;
BEGIN
    FOR spot IN SELECT ctid FROM "{0}" ORDER BY ctid DESC LOOP
        UPDATE "{0}" SET "{1}" = "{1}" WHERE ctid = spot;
    END LOOP;
END $$
"""


def _tables() -> list[tuple[str, str]]:
    return [
        (each._meta.db_table, each._meta.pk.column)
        for each in apps.get_models()
        if each.__module__.startswith("asylon_server.")
        and not each._meta.db_table.startswith("keystore_")
    ]
