"""Keys are replaced, stopped anywhere and gone on with, and everything still opens."""

from __future__ import annotations

import json
import signal
import sqlite3
from contextlib import closing
from hashlib import sha256

import pytest

from asylon.security import keyfiles
from tests.asylon_server.console.conftest import PASSPHRASE
from tests.asylon_server.runs import once
from tests.asylon_server.writer import NAME

pytestmark = once

OPEN = [f"A-{number} {NAME} open" for number in range(3)]


@pytest.fixture
def with_cases(office):
    """Get a deployment with three cases."""
    office.wrote("register", 0, 3)
    return office


def rotate(office, passphrase_file, *more):
    keys = ("--passphrase-file", passphrase_file)
    return office.ask("custody", "rotate", *keys, *more)


def reindex(office, passphrase_file, *more):
    keys = ("--passphrase-file", passphrase_file)
    return office.ask("custody", "reindex", *keys, *more)


def kept(office):
    return keyfiles.read((office.folder / "keys/custody.json").read_bytes(), PASSPHRASE)


def wrapped(office):
    file = office.folder / "data" / "keys.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        rows = database.execute("SELECT wrapped FROM keystore_wrappedkey")
        return [key for (key,) in rows]


def wrong(office, passphrase_file):
    """Ask the doctor what is not in order, and for the repair of each."""
    said = office.ask("doctor", "--passphrase-file", passphrase_file, "--json")
    rows = map(json.loads, said.out.splitlines())
    wrong = {row["check"]: row["repair"] for row in rows if not row["ok"]}
    wrong.pop("fonts", "")  # which a machine has or has not
    return wrong


def everything(folder):
    return b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())


def test_every_case_opens_after_a_rotation_and_nothing_under_the_old_key(
    with_cases, passphrase_file
):
    old, before = kept(with_cases), wrapped(with_cases)

    said = rotate(with_cases, passphrase_file)

    new = kept(with_cases)
    assert said.code == 0, said.err
    assert "asylon backup" in said.out
    assert len(new.ring) == 1
    assert not set(new.ring) & set(old.ring)
    assert all(map(new.is_current, wrapped(with_cases)))
    assert new.has_index((with_cases.folder / "keys/index.key").read_bytes())
    assert with_cases.wrote("read") == OPEN
    assert with_cases.wrote("find", NAME, 1989) == ["A-0", "A-1", "A-2"]
    assert not [key for key in before if key in everything(with_cases.folder)]
    assert with_cases.ask("log", "verify").code == 0
    assert not wrong(with_cases, passphrase_file)


@pytest.mark.parametrize("steps", [1, 3, 5])
def test_a_rotation_that_is_killed_anywhere_loses_nothing_and_goes_on(
    steps, with_cases, passphrase_file
):
    with with_cases.writing("rotate", steps) as dying:
        dying.communicate()

    assert dying.returncode == -signal.SIGKILL
    assert with_cases.wrote("read") == OPEN
    assert with_cases.wrote("register", 3, 1) == ["A-3"]

    assert rotate(with_cases, passphrase_file).code == 0
    assert with_cases.wrote("read")[:3] == OPEN
    assert len(kept(with_cases).ring) == 1


def test_the_doctor_names_a_rotation_that_was_not_finished(with_cases, passphrase_file):
    with with_cases.writing("rotate", 3) as dying:
        dying.communicate()

    said = wrong(with_cases, passphrase_file)

    assert said == {"custody": "asylon custody rotate"}


def test_shares_of_before_bring_nothing_back_and_new_ones_do(
    with_cases, passphrase_file, shares_file, tmp_path
):
    sheets = ("--shares", "2/3", "--shares-to", tmp_path / "new")
    assert rotate(with_cases, passphrase_file, *sheets).code == 0
    for name in ("custody.json", "index.key"):
        (with_cases.folder / "keys" / name).rename(tmp_path / name)
    new = [each.read_text() for each in sorted((tmp_path / "new").iterdir())]
    (tmp_path / "two").write_text("".join(new[:2]))

    old, anew = (
        with_cases.ask(
            *("custody", "rebuild", "--shares-file", file),
            *("--passphrase-file", passphrase_file),
        )
        for file in (shares_file, tmp_path / "two")
    )

    assert (old.code, anew.code) == (2, 0)
    assert "before a rotation" in old.err
    assert with_cases.wrote("read") == OPEN


def test_a_wrapped_key_that_was_altered_keeps_the_old_key(with_cases, passphrase_file):
    file = with_cases.folder / "data" / "keys.sqlite3"
    [key, *_rest] = wrapped(with_cases)
    with closing(sqlite3.connect(file)) as database:
        altered = key[:-1] + bytes([key[-1] ^ 1])
        where = "UPDATE keystore_wrappedkey SET wrapped = ? WHERE wrapped = ?"
        database.execute(where, (altered, key))
        database.commit()

    said = rotate(with_cases, passphrase_file)

    assert said.code == 1
    assert "1 wrapped key does not open" in said.out
    with closing(sqlite3.connect(file)) as database:
        database.execute(where, (key, altered))
        database.commit()
    assert rotate(with_cases, passphrase_file).code == 0
    assert with_cases.wrote("read") == OPEN


def test_keys_are_not_changed_under_a_deployment_that_is_served(
    with_cases, passphrase_file
):
    before = digest(with_cases)
    with with_cases.served():
        said = rotate(with_cases, passphrase_file), reindex(with_cases, passphrase_file)

    assert {each.code for each in said} == {2}
    assert all("being served" in each.err for each in said)
    assert digest(with_cases) == before


def digest(office):
    return sha256((office.folder / "keys" / "custody.json").read_bytes()).hexdigest()


def test_without_its_index_key_a_rebuilding_says_that_nobody_is_found(
    with_cases, passphrase_file, shares_file
):
    for name in ("custody.json", "index.key"):
        (with_cases.folder / "keys" / name).unlink()
    words = ("custody", "rebuild", "--shares-file", shares_file)

    said = with_cases.ask(*words, "--passphrase-file", passphrase_file)

    assert said.code == 0
    assert "nobody is found by name" in said.out
    assert "asylon custody reindex" in said.out
    assert with_cases.wrote("find", NAME, 1989) == []
    assert "custody reindex" in wrong(with_cases, passphrase_file)["index"]

    assert reindex(with_cases, passphrase_file).code == 0
    assert with_cases.wrote("find", NAME, 1989) == ["A-0", "A-1", "A-2"]
    assert with_cases.ask("log", "verify").code == 0
    assert not wrong(with_cases, passphrase_file)


def test_a_new_index_key_finds_the_same_people(with_cases, passphrase_file):
    with_cases.wrote("erase", "A-1")
    before = kept(with_cases)

    said = reindex(with_cases, passphrase_file, "--new-key")
    again = reindex(with_cases, passphrase_file)

    assert said.code == 0, said.err
    assert "3 cases were marked anew" in said.out
    assert "0 cases were marked anew" in again.out
    assert kept(with_cases).index_key != before.index_key
    assert kept(with_cases).ring == before.ring
    assert with_cases.wrote("find", NAME, 1989) == ["A-0", "A-2"]
    assert not wrong(with_cases, passphrase_file)


def test_nothing_is_marked_as_true_that_the_record_does_not_know(
    with_cases, passphrase_file
):
    file = with_cases.folder / "data" / "default.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        database.execute("UPDATE cases_standinghold SET mark = x'00'")
        database.commit()

    said = reindex(with_cases, passphrase_file)

    assert said.code == 2
    assert "asylon log verify" in said.err
