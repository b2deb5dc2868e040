"""Drills on both databases: killed under load, destroyed and restored, the key lost."""

from __future__ import annotations

import json
import shutil
import signal

import pytest

from tests.asylon_server.console.conftest import Office
from tests.asylon_server.runs import once
from tests.asylon_server.writer import NAME

pytestmark = once

DATABASES = ["sqlite", "postgresql"]


@pytest.fixture(params=DATABASES)
def place(request):
    """Get the addresses of a first and of a second database."""
    if request.param == "sqlite":
        return lambda _name: "sqlite"
    return request.getfixturevalue("address")


@pytest.fixture
def running(made, place, tmp_path):
    """Make a deployment with one account, whose key has shares."""
    sheets = ("--shares", "2/3", "--shares-to", tmp_path / "sheets")
    office, said = made("--database", place("drill_one"), *sheets)
    assert said.code == 0, said.err
    assert office.ask("user", "add", "Kim", "--role", "registration").code == 0
    return office


@pytest.fixture
def load(running):
    """Register families without a pause, until killed."""
    with running.writing("register", 0, 5_000) as process:
        yield process
        process.kill()


def acknowledged(process, count):
    return [process.stdout.readline().strip() for _ in range(count)]


def killed(process):
    """Kill a process, and give all that it had acknowledged by then."""
    process.send_signal(signal.SIGKILL)
    return process.stdout.read().split()


def test_nothing_acknowledged_is_lost_where_the_writer_is_killed(running, load):
    told = acknowledged(load, 10)
    told += killed(load)

    read = running.wrote("read")
    assert {f"{each} {NAME} open" for each in told} <= set(read)
    assert all(each.endswith(f"{NAME} open") for each in read)
    assert running.ask("log", "verify").code == 0


def test_what_was_destroyed_comes_back_without_the_key_file_and_what_was_erased_does_not(
    running, load, place, tmp_path, passphrase_file
):
    told = acknowledged(load, 5)
    with running.served():
        head = sealed(running, tmp_path / "head")
        backup = running.ask("backup", tmp_path / "b", "--keys", tmp_path / "copy")
        assert backup.code == 0, backup.err
    killed(load)
    running.wrote("erase", told[1])
    running.ask("backup", tmp_path / "later", "--keys", tmp_path / "copy")
    shutil.rmtree(running.folder)
    (tmp_path / "copy" / "custody.json").unlink()

    anew = Office(tmp_path / "anew", passphrase_file)
    words = ("--keys", tmp_path / "copy", "--database", place("drill_two"))
    said = anew.ask("restore", tmp_path / "b", anew.folder, *words)
    rebuild = ("custody", "rebuild", "--shares-file", two_of(tmp_path / "sheets"))
    rebuilt = anew.ask(*rebuild, "--passphrase-file", passphrase_file)

    assert (said.code, rebuilt.code) == (0, 0), said.out + said.err + rebuilt.err
    assert "1 case was erased" in said.out
    read = set(anew.wrote("read"))
    assert {f"{each} {NAME} open" for each in told if each != told[1]} <= read
    assert f"{told[1]} nothing erased" in read
    assert anew.ask("log", "verify", tmp_path / "head").code == 0
    assert json.loads(anew.ask("log", "head", "--json").out)["log"] == head["log"]
    assert anew.wrote("find", NAME, 1989)[:1] == told[:1]


def sealed(office, file):
    """Wait for a head over what was written, and let it leave the house."""
    said = office.ask("log", "head", "--out", file, "--json")
    while said.code:
        said = office.ask("log", "head", "--out", file, "--json")
    return json.loads(said.out)


def two_of(folder):
    """Put two of the shares into one file."""
    sheets = [each.read_text() for each in sorted(folder.iterdir())]
    file = folder.with_name("two")
    file.write_text("".join(sheets[1:3]))
    return file
