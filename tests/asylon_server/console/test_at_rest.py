"""What was told stands in no file, no log, no backup and no page of an error."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import tarfile
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.asylon_server.console.conftest import PATIENCE, ROOT
from tests.asylon_server.planting import SEED
from tests.asylon_server.runs import once
from tests.asylon_server.seeking import Seeker, spellings, words
from tests.cli.conftest import ASYLON
from tests.conftest import SOAK

pytestmark = once

COUNT = 1_000 if SOAK else 100


@pytest.fixture(scope="module")
def planted():
    return words(COUNT, seed=SEED)


@pytest.fixture(scope="module")
def seeker(planted):
    return Seeker(planted)


@pytest.fixture
def hosted(made, address):
    """Make a deployment on PostgreSQL, with one account."""
    office, said = made("--database", address("rest"))
    assert said.code == 0, said.err
    office.ask("user", "add", "Kim", "--role", "registration")
    return office


@pytest.fixture
def planting(tmp_path):
    """Plant the words in a deployment, and stop while its database is open."""
    begun = []
    temporary = tmp_path / "temporary"
    temporary.mkdir()

    def plant(office):
        file = office.folder / "asylon.toml"
        told = file.read_text(encoding="utf-8")
        file.write_text(told.replace('telephone = ""', 'telephone = "+00 000"'))
        log = (tmp_path / "said").open("wb")
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.asylon_server.planting", str(COUNT)],
            env=office.home | {"TMPDIR": str(temporary)},
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )
        begun.append((process, log))
        told = b""
        for line in process.stdout:
            told += line
            if line == b"planted\n":
                return told
        log.close()
        pytest.fail(Path(log.name).read_text(encoding="utf-8")[-2_000:])

    yield plant
    for process, log in begun:
        process.communicate(timeout=PATIENCE)
        log.close()


def test_no_word_is_in_a_file_of_the_embedded_database(
    office, planting, seeker, planted, tmp_path
):
    pages = planting(office)
    backups = saved(office, tmp_path)

    assert {b"404", b"500", b"503"} <= {line[:3] for line in pages.splitlines()}
    assert seeker.found(pages) == set()
    assert seeker.in_files(office.folder) == {}
    assert (office.folder / "data" / "default.sqlite3-wal").stat().st_size
    for folder in (backups, tmp_path / "copy", tmp_path / "temporary"):
        assert seeker.in_files(folder) == {}
    assert seeker.found((tmp_path / "said").read_bytes()) == set()
    assert is_leaking(office, seeker, planted)


def test_no_word_is_in_a_file_of_a_database_server(
    hosted, planting, seeker, postgresql, tmp_path
):
    pages = planting(hosted)
    backups = saved(hosted, tmp_path)
    postgresql.execute("CHECKPOINT")
    [data] = postgresql.execute("SHOW data_directory").fetchone()

    assert seeker.found(pages) == set()
    assert any((Path(data) / "pg_wal").iterdir())
    for folder in (Path(data), hosted.folder, backups, tmp_path / "copy"):
        assert seeker.in_files(folder) == {}


def saved(office, tmp_path):
    """Save a deployment while it is written to, and unpack what was saved."""
    words = ("backup", tmp_path / "saved", "--keys", tmp_path / "copy")
    said = office.ask(*words, TMPDIR=str(tmp_path / "temporary"))
    assert said.code == 0, said.err
    with tarfile.open(tmp_path / "saved") as archive:
        for number, each in enumerate(archive):
            # Python 3.11.2 has no filter for what it unpacks.
            if each.isfile():
                file = tmp_path / "unpacked" / f"{number}"
                file.parent.mkdir(exist_ok=True)
                file.write_bytes(archive.extractfile(each).read())
    return tmp_path / "unpacked"


def is_leaking(office, seeker, planted):
    """Whether a word that is put into a table on purpose is found."""
    file = office.folder / "data" / "default.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        leak = "UPDATE organisations_organisation SET name = ?"
        database.execute(leak, planted[:1])
        database.commit()
    return bool(seeker.in_files(office.folder))


@pytest.mark.parametrize("script", range(3))
def test_a_word_is_found_however_it_is_written(script, planted, seeker, tmp_path):
    word = planted[script]
    for number, each in enumerate(spellings(word)):
        beside = os.urandom(number % 7)
        (tmp_path / "file").write_bytes(beside + each + beside)
        found = seeker.in_files(tmp_path)
        assert len(each) < 6 or found == {"file": {word}}, each


@pytest.fixture
def serving(office, tmp_path):
    """Serve a deployment, with all that it says in a file."""
    command = [str(ASYLON), "serve", "--port", "0", "--passphrase-file"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, str(office.passphrase_file)],
            env=office.home,
            stdout=log,
            stderr=log,
        )
        until = time.monotonic() + PATIENCE
        while b"ready: " not in (tmp_path / "log").read_bytes():
            assert time.monotonic() < until
            time.sleep(0.1)
        yield process
        process.terminate()
        process.wait(PATIENCE)


def test_a_server_says_nothing_of_what_it_was_asked(
    office, serving, planted, seeker, tmp_path
):
    log = tmp_path / "log"
    port = int(log.read_text(encoding="utf-8").rpartition(":")[2])
    for word in planted[:30]:
        for request in broken(word.encode()):
            assert sent(port, request)
    serving.terminate()
    serving.wait(PATIENCE)

    assert seeker.found(log.read_bytes()) == set()
    assert seeker.in_files(office.folder) == {}


def sent(port, request):
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as end:
        end.sendall(request)
        return end.recv(4_096)


def broken(word):
    """Give requests that a server complains of."""
    yield b"GET /desk/" + word + b"/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
    yield b"GET /desk/" + word + b"/ HTTP/9.9\r\nHost: localhost\r\n\r\n"
    yield b"GET /?q=" + word + b" HTTP/1.1\r\nHost: " + word + b"\r\n\r\n"
    yield b"GET / HTTP/1.1\r\nHost: localhost\r\nX" + word + b"\r\n\r\n"
    yield word + b" / HTTP/1.1\r\nHost: localhost\r\n\r\n"
