"""What is planted among the tables is found, and nothing else is called planted."""

from __future__ import annotations

import pytest
from django.db import connection

from asylon_server.store.record import schema
from tests.asylon_server.planted import plants

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def found():
    return [*schema.foreign(), *schema.changed()]


def test_the_tables_of_this_edition_are_as_it_makes_them():
    assert found() == []


@pytest.mark.parametrize("name", sorted(plants(connection.vendor)))
@pytest.mark.parametrize("table", ["cases_case", "record_event"])
def test_what_is_planted_is_found(name, table):
    with connection.cursor() as cursor:
        for sql in plants(connection.vendor)[name]:
            cursor.execute(sql.format(table=table))

    assert found()


def test_what_was_taken_from_a_table_is_found():
    with connection.cursor() as cursor:
        told = connection.introspection.get_constraints(cursor, "record_event")
        [name] = [n for n, each in told.items() if each["columns"] == ["case"]]
        cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")

    assert found() == ["record_event: constraints"]
