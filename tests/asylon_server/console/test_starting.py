"""A deployment is opened only where its database answers to the line that asked."""

from __future__ import annotations

import pytest
from django.db import connection

from asylon_server.console import starting
from asylon_server.console.plainly import ConsoleError
from asylon_server.settings.shared import DIRECT
from tests.asylon_server.runs import on_postgresql

pytestmark = [on_postgresql, pytest.mark.django_db]


def test_a_line_to_the_database_itself_is_taken():
    starting.hold_to_line()


def test_lines_that_something_between_shares_out_are_refused():
    """What stands between passes on nothing that a line was begun with."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {DIRECT} = ''")

    with pytest.raises(ConsoleError, match="Name the database itself"):
        starting.hold_to_line()
