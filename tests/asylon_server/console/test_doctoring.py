"""Whatever is out of order is named, with its repair."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import OperationalError

from asylon_server.console import doctoring
from asylon_server.console.plainly import ConsoleError, plainly
from asylon_server.settings.deployment import Deployment


@pytest.fixture
def look(office):
    def looked(*words):
        words = words or ("--passphrase-file", office.passphrase_file)
        said = office.ask("doctor", "--json", *words)
        return said.code, {row["check"]: row for row in said.rows}

    return looked


def change(office, *commands, name="default"):
    file = office.folder / "data" / f"{name}.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        for each in commands:
            database.execute(each)
        database.commit()


def test_all_is_well_in_a_new_deployment(look):
    code, rows = look()

    wrong = [name for name, row in rows.items() if not row["ok"]]
    # Faces belong to the machine; without them such letters are refused.
    assert set(wrong) <= {"fonts"}
    assert code == bool(wrong)
    assert {"config", "keys", "custody", "disk", "sqlite", "integrity", "record"} <= {
        *rows
    }
    assert all(bool(row["repair"]) != row["ok"] for row in rows.values())


@pytest.mark.parametrize("name", ["sealer.pem", "sessions.key", "custody.json"])
def test_a_missing_key_is_named(office, look, name):
    (office.folder / "keys" / name).unlink()

    code, rows = look("--no-keys")

    assert code == 1
    assert name in rows["keys"]["said"]
    assert "asylon backup --keys" in rows["keys"]["repair"]


def test_a_key_that_others_may_read_is_named(office, look):
    (office.folder / "keys" / "sealer.pem").chmod(0o644)

    _, rows = look("--no-keys")

    assert not rows["keys"]["ok"]
    assert "chmod" in rows["keys"]["repair"]


def test_a_wrong_passphrase_is_named(office, look, tmp_path):
    (tmp_path / "wrong").write_text("another passphrase")

    _, rows = look("--passphrase-file", tmp_path / "wrong")

    assert not rows["custody"]["ok"]
    assert "asylon custody rebuild" in rows["custody"]["repair"]


def test_a_row_that_was_changed_by_hand_is_named(office, look):
    change(office, "UPDATE organisations_account SET role = 'supervisor'")

    code, rows = look("--no-keys")

    assert code == 1
    assert "row.altered" in rows["record"]["said"]
    assert "restore the newest backup" in rows["record"]["repair"]


def test_a_key_of_a_case_that_is_gone_is_named(office, look):
    office.wrote("register", 0, 2)
    change(office, "DELETE FROM keystore_wrappedkey", name="keys")

    _, rows = look("--no-keys")

    assert not rows["case keys"]["ok"]
    assert "keys.sqlite3" in rows["case keys"]["repair"]


def test_coded_rows_like_no_other_are_counted(office, look):
    office.wrote("register", 0, 2)

    _, rows = look("--no-keys")

    assert rows["coded rows"]["said"] == "Of 2 coded rows 0 are like no other."


def test_a_database_that_is_none_is_named_without_a_trace(office, look):
    (office.folder / "data" / "default.sqlite3").write_bytes(b"no database" * 1_000)

    code, rows = look("--no-keys")

    assert code == 1
    assert not rows["migrations"]["ok"]
    assert "restore a backup" in rows["migrations"]["repair"]


def test_a_database_that_cannot_be_read_stops_every_command_in_one_line(office):
    (office.folder / "data" / "default.sqlite3").write_bytes(b"no database" * 1_000)

    for words in (("user", "list"), ("log", "verify"), ("log", "head")):
        said = office.ask(*words)
        assert said.code in (1, 2)
        assert (said.out + said.err).count("\n") <= 2


@pytest.mark.parametrize("reason", ["database is locked", "database or disk is full"])
def test_what_a_database_refuses_is_told_with_where_to_look(reason):
    with pytest.raises(ConsoleError, match=rf"{reason}\. `asylon doctor`"), plainly():
        raise OperationalError(reason)


@pytest.mark.soak
def test_a_locked_database_is_told(office):
    file = office.folder / "data" / "default.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")

        said = office.ask("user", "add", "Lee", "--role", "interpreter")

    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "database is locked" in said.err
    assert "asylon doctor" in said.err


@pytest.mark.django_db(databases=["default", "keys"])
def test_a_database_that_may_lose_what_it_acknowledged_is_refused(monkeypatch):
    here = Deployment(Path("x"), "Office", "legal_aid", "CHN")
    monkeypatch.setitem(doctoring._PRAGMAS, "synchronous", 3)

    with pytest.raises(ConsoleError, match=r"synchronous = 2: .* use PostgreSQL"):
        doctoring.require_safe_writing(here)
