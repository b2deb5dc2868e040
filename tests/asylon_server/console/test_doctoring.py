"""Whatever is out of order is named, with its repair."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from django.db import OperationalError

from asylon_server.console import writing
from asylon_server.console.plainly import ConsoleError, plainly
from asylon_server.settings.deployment import Deployment
from tests.asylon_server.console.conftest import PATIENCE
from tests.cli.conftest import ASYLON, Said


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


BARE = ("setpriv", "--bounding-set=-all") if os.geteuid() == 0 else ()
"""Before a command of root, who else may write whatever is closed."""


@pytest.fixture
def unwritable(office):
    """A deployment that even its owner may not write in."""
    data = office.folder / "data"
    for each in data.iterdir():
        each.chmod(0o400)
    data.chmod(0o500)
    yield office
    data.chmod(0o700)


def narrowly(office, *words, before=(), **named):
    done = subprocess.run(
        [*before, str(ASYLON), *map(str, words)],
        env=office.home,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
        **named,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Said(done.returncode, done.stdout, done.stderr)


def test_a_database_that_may_not_be_written_is_told(unwritable):
    words = ("user", "add", "Lee", "--role", "interpreter")

    said = narrowly(unwritable, *words, before=BARE)
    looked = narrowly(unwritable, "doctor", "--no-keys", "--json", before=BARE)

    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "asylon doctor" in said.err
    rows = {row["check"]: row for row in looked.rows}
    assert looked.code == 1
    assert str(unwritable.folder / "data") in rows["writing"]["said"]
    assert "chown" in rows["writing"]["repair"]


def narrow():
    """Let no file grow: what a full disk does, and a quota."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_048, 2_048))


def test_where_nothing_has_room_all_is_told_and_nothing_half_kept(office):
    before = office.ask("log", "head", "--json").out

    words = ("user", "add", "Lee", "--role", "interpreter")

    said = narrowly(office, *words, preexec_fn=narrow)
    looked = narrowly(office, "doctor", "--no-keys", "--json", preexec_fn=narrow)

    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "asylon doctor" in said.err
    rows = {row["check"]: row for row in looked.rows}
    assert "Make room" in rows["writing"]["repair"]
    assert "Lee" not in office.ask("user", "list").out
    assert office.ask("log", "head", "--json").out == before
    assert office.ask("log", "verify").code == 0


def test_a_database_that_is_locked_is_named_with_who_to_look_for(office, look):
    file = office.folder / "data" / "default.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")

        _, rows = look("--no-keys")

    assert "locked" in rows["writing"]["said"]
    assert f"fuser {file}" in rows["writing"]["repair"]


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
    monkeypatch.setitem(writing._PRAGMAS, "synchronous", 3)

    with pytest.raises(ConsoleError, match=r"synchronous = 2: .* use PostgreSQL"):
        writing.require_safe_writing(here)


def test_a_hold_that_is_missing_among_others_is_named(office, look):
    change(
        office,
        "INSERT INTO organisations_organisation (id, kind, name, state) "
        "VALUES ('00000000000000000000000000000001', 'unhcr', 'By hand', '')",
        "INSERT INTO cases_case (id, reference, organisation_id, opened, submission) "
        "VALUES ('00000000000000000000000000000002', 'R', '00000000000000000000000000000001', '2026-01-01', 's')",
        "INSERT INTO cases_standinghold (id, number, version, sealed, mark, case_id) "
        "VALUES ('00000000000000000000000000000003', 2, 1, x'00', x'00', '00000000000000000000000000000002')",
    )

    _, rows = look()

    assert not rows["holds"]["ok"]
    assert "missing: 1" in rows["holds"]["said"]
    assert not rows["index"]["ok"]
