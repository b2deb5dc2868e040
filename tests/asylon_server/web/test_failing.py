"""Where nothing can be kept, a page says so; nothing of a case is shown."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.db import DatabaseError, InternalError, OperationalError, connection

from asylon_server.web.common import failing

# What waits to be checked at the end is checked now: it asks for a lock, too.
_READ_ONLY = "SET CONSTRAINTS ALL IMMEDIATE; SET TRANSACTION READ ONLY"


@pytest.fixture
def unwritable(db):
    """Let the database of the test take nothing more."""
    of = {"sqlite": "PRAGMA query_only = ON", "postgresql": _READ_ONLY}

    @contextmanager
    def closed():
        with connection.cursor() as cursor:
            cursor.execute(of[connection.vendor])
        yield
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA query_only = OFF")

    return closed


@pytest.mark.django_db(databases=["default", "keys"])
def test_a_page_says_that_nothing_can_be_kept(client, account, enter, unwritable):
    browser = enter(account())
    browser.raise_request_exception = False

    with unwritable():
        answer = browser.post("/sign-out/")

    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert "Nothing can be kept now" in answer.content.decode()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OperationalError("database or disk is full"), "Nothing can be kept now"),
        (OperationalError("attempt to write a readonly database"), "Nothing can be"),
        (InternalError("cannot execute INSERT in a read-only transaction"), "Nothing"),
        (OperationalError("database is locked"), "The system cannot answer now"),
    ],
)
def test_each_state_of_a_database_has_its_page(error, told):
    answer = failing.of_database(error)

    assert answer.status_code == 503
    assert told in answer.content.decode()


def raises(error):
    raise error


@pytest.mark.parametrize(
    ("error", "status"),
    [(OperationalError("database is locked"), 503), (DatabaseError("no column"), 500)],
)
def test_what_breaks_far_out_is_told_as_what_it_is(error, status):
    try:
        raises(error)
    except DatabaseError:
        answer = failing.broken(None)

    assert answer.status_code == status


def test_a_fault_of_the_system_is_not_told_as_one_of_the_disk():
    assert failing.of_database(DatabaseError("no such column: x")) is None
