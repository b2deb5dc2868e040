"""What the prompt says, of what is in order and of what is not, names nobody."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import psycopg
import pytest

from asylon_server.settings.deployment import deployment
from tests.asylon_server.seeking import Seeker
from tests.asylon_server.writer import NAME
from tests.django_settings import DATABASE

DAMAGE = (
    "UPDATE vault_compartment SET sealed = {content} WHERE version = 1",
    "UPDATE cases_standinghold SET mark = {content}",
    "DELETE FROM cases_nametoken",
    "UPDATE record_event SET salt = {content} WHERE number > 3",
    "UPDATE cases_case SET submission = submission || 'x'",
)
GONE = ("ALTER TABLE cases_assignment RENAME TO moved",)


@pytest.fixture
def office(request, made):
    """Make a deployment on the database of the run, with two cases in it."""
    address = "sqlite"
    if DATABASE == "postgresql":
        address = request.getfixturevalue("address")("prompted")
    office, said = made("--database", address)
    assert said.code == 0, said.err
    office.ask("user", "add", "Kim", "--role", "registration")
    office.wrote("register", 0, 2)
    return office


def changed(office, *statements):
    """Change the tables by hand; the content of a seal is a name, in the plain."""
    address = deployment(office.folder).database
    content = NAME.encode().hex()
    if address == "sqlite":
        with closing(sqlite3.connect(office.folder / "data/default.sqlite3")) as there:
            for each in statements:
                there.execute(each.format(content=f"x'{content}'"))
            there.commit()
        return
    with psycopg.connect(address) as there:
        for each in statements:
            there.execute(each.format(content=f"decode('{content}', 'hex')"))


def asked(office):
    """Ask for whatever looks at cases or at the tables, and give all that it says."""
    word = ("--passphrase-file", office.passphrase_file)
    commands = [
        ("log", "verify"),
        ("doctor", *word),
        ("custody", "reindex", *word),
        ("custody", "rotate", *word),
        ("user", "add", "Kim", "--role", "registration"),
    ]
    return [office.ask(*each) for each in commands]


def test_the_prompt_names_nobody_whatever_is_wrong(office):
    said = [office.ask("log", "verify", "--json")]
    for damage in (DAMAGE, GONE):
        changed(office, *damage)
        said += asked(office)

    told = "".join(each.out + each.err for each in said)
    assert (said[0].code, said[1].code) == (0, 1)
    assert {"row.altered", "event.altered"} <= set(told.split())
    assert Seeker([NAME]).found(told.encode()) == set()
