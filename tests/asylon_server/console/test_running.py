"""One command serves, seals and stops; nothing that was acknowledged is lost."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.asylon_server.console.conftest import PATIENCE
from tests.asylon_server.runs import once
from tests.asylon_server.writer import NAME

pytestmark = once


def port_of(told):
    return int(told.rpartition(":")[2])


def health(port):
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    with closing(asked):
        asked.request("GET", "/health", headers={"Host": "localhost"})
        with asked.getresponse() as answer:
            return answer.status, answer.read()


def waiting(office):
    return json.loads(office.ask("log", "verify", "--json").out)["waiting"]


def test_it_serves_seals_and_stops(office):
    with office.served() as (told, process):
        port = port_of(told)
        assert health(port) == (200, b"ok\n")
        office.ask("user", "add", "Lee", "--role", "interpreter")
        time.sleep(1)
        assert waiting(office) == 0

        process.send_signal(signal.SIGINT)

        assert process.wait(PATIENCE) == 0
    with pytest.raises(ConnectionRefusedError):
        health(port)


def test_it_stops_when_its_terminal_is_closed(office):
    with office.served() as (told, process):
        process.send_signal(signal.SIGHUP)

        assert process.wait(PATIENCE) == 0
    with pytest.raises(ConnectionRefusedError):
        health(port_of(told))


def test_a_deployment_is_served_once(office):
    with office.served():
        second = office.ask("serve", "--passphrase-file", office.passphrase_file)

    assert second.code == 2
    assert "being served already" in second.err


def test_a_port_that_is_taken_is_told(office):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        said = office.ask(
            "serve", "--port", port, "--passphrase-file", office.passphrase_file
        )

    assert (said.code, said.err.count("\n")) == (2, 1)
    assert f"--port {port}" in said.err


@pytest.mark.parametrize("name", ["sealer.pem", "sessions.key", "custody.json"])
def test_a_missing_key_is_told_and_nothing_is_served(office, name):
    (office.folder / "keys" / name).unlink()

    said = office.ask("serve", "--passphrase-file", office.passphrase_file)

    assert (said.code, said.err.count("\n")) == (2, 1)
    assert name in said.err


def test_a_wrong_passphrase_serves_nothing(office, tmp_path):
    (tmp_path / "wrong").write_text("another passphrase")

    said = office.ask("serve", "--passphrase-file", tmp_path / "wrong")

    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "passphrase does not open" in said.err


def test_without_a_terminal_the_passphrase_has_to_be_in_a_file(office):
    said = office.ask("serve")

    assert said.code == 2
    assert "--passphrase-file" in said.err


def test_a_sealer_that_falls_is_started_again(office):
    with office.served():
        found = [
            each
            for each in children()
            if b"asylon_server.console.sealing" in each[1]
            and str(office.folder).encode() in each[2]
        ]
        [(number, _, _)] = found
        signal_to(number)
        office.ask("user", "add", "Lee", "--role", "interpreter")
        time.sleep(3)

        assert waiting(office) == 0


def children():
    for each in Path("/proc").glob("[0-9]*"):
        try:
            command = (each / "cmdline").read_bytes()
            yield int(each.name), command, (each / "environ").read_bytes()
        except OSError:
            continue


def signal_to(number):
    os.kill(number, signal.SIGKILL)


def test_changes_of_the_tables_wait_for_a_backup(office):
    with closing(sqlite3.connect(office.folder / "data" / "keys.sqlite3")) as keys:
        keys.execute("DROP TABLE keystore_tombstone")
        keys.execute("DELETE FROM django_migrations WHERE name = '0002_tombstones'")
        keys.commit()
    assert "migrations" in office.ask("doctor", "--no-keys").out

    with office.served() as (told, _):
        assert "1 change was made to the tables." in told

    [saved] = (office.folder / "backups").glob("*.asylon.tar.gz")
    assert str(saved) in told


def killed(office, times):
    """Kill a writer so many times; give what it acknowledged."""
    acknowledged, first = [], 0
    for _ in range(times):
        writer = office.writing("register", first, 1_000)
        acknowledged += [writer.stdout.readline().strip() for _ in range(7)]
        writer.kill()
        rest = writer.stdout.read().splitlines()
        writer.wait()
        writer.stdout.close()
        acknowledged += [each for each in rest if each]
        first += 1_000
    return acknowledged


def check_nothing_is_lost(office, acknowledged):
    read = dict(each.split(" ", 1) for each in office.wrote("read"))

    assert all(read.get(each) == f"{NAME} open" for each in acknowledged)
    assert office.ask("log", "verify").code == 0


def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(office):
    acknowledged = killed(office, 5)

    assert len(acknowledged) >= 35
    check_nothing_is_lost(office, acknowledged)


@pytest.fixture
def hosted(made, address):
    """Get a deployment whose tables are in a PostgreSQL, with one account, Kim."""
    office, said = made("--database", address("killed"))
    assert said.code == 0, said.err
    office.ask("user", "add", "Kim", "--role", "registration")
    return office


def test_nothing_acknowledged_is_lost_on_postgresql(hosted):
    acknowledged = killed(hosted, 3)

    assert len(acknowledged) >= 21
    check_nothing_is_lost(hosted, acknowledged)


@pytest.mark.soak
def test_nothing_acknowledged_is_lost_in_many_kills_on_postgresql(hosted):
    check_nothing_is_lost(hosted, killed(hosted, 100))


@pytest.mark.soak
def test_nothing_acknowledged_is_lost_in_many_kills(office):
    check_nothing_is_lost(office, killed(office, 100))
