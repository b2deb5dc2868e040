"""A deployment in a folder of its own, asked through the command as people ask it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import ASYLON, Said

ROOT = Path(__file__).parents[3]
PASSPHRASE = "a passphrase of the tests"  # noqa: S105
PATIENCE = 60


@dataclass(frozen=True)
class Office:
    """A deployment, and what is asked of it."""

    folder: Path
    passphrase_file: Path

    @property
    def home(self) -> dict[str, str]:
        here = {"ASYLON_HOME": str(self.folder), "PASSPHRASE_OF_THE_TEST": PASSPHRASE}
        return os.environ | here

    def ask(self, *words, **environment) -> Said:
        return asked(*words, env=self.home | environment)

    def writing(self, *words, **options) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.asylon_server.writer", *map(str, words)]
        return subprocess.Popen(
            command,
            env=self.home,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            **options,
        )

    def wrote(self, *words) -> list[str]:
        with self.writing(*words) as process:
            out = process.communicate(timeout=PATIENCE)[0]
        assert process.returncode == 0
        return out.splitlines()

    @contextmanager
    def served(
        self, *words, until="ready: "
    ) -> Iterator[tuple[str, subprocess.Popen[str]]]:
        command = [str(ASYLON), "serve", "--port", "0", "--passphrase-file"]
        process = subprocess.Popen(
            [*command, str(self.passphrase_file), *words],
            env=self.home,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            told = ""
            for line in process.stdout:
                told += line
                if until in line:
                    break
            assert until in told, told
            yield told, process
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=PATIENCE)


def asked(*words, env=None) -> Said:
    done = subprocess.run(
        [str(ASYLON), *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env=env,
        stdin=subprocess.DEVNULL,
        timeout=PATIENCE,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Said(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def passphrase_file(tmp_path):
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE + "\n")
    return file


@pytest.fixture
def made(tmp_path, passphrase_file):
    """Make a deployment as it is asked for."""

    def make(*more, folder="office", kind="legal_aid", state="CHN"):
        made = Office(tmp_path / folder, passphrase_file)
        words = ("--name", "Office “of” tests", "--kind", kind, "--state", state)
        keys = ("--passphrase-file", passphrase_file)
        return made, asked("init", made.folder, *words, *keys, *more)

    return make


@pytest.fixture(scope="session")
def one_office(tmp_path_factory):
    """Make one deployment, of which each test gets a copy."""
    folder = tmp_path_factory.mktemp("one")
    (folder / "passphrase").write_text(PASSPHRASE)
    made = Office(folder / "office", folder / "passphrase")
    words = ("--name", "Office", "--kind", "legal_aid", "--state", "CHN")
    keys = ("--passphrase-file", made.passphrase_file)
    sheets = ("--shares", "2/3", "--shares-to", folder / "sheets")
    said = asked("init", made.folder, *words, *keys, *sheets)
    assert said.code == 0, said.err
    assert made.ask("user", "add", "Kim", "--role", "registration").code == 0
    shares = [each.read_text() for each in sorted((folder / "sheets").iterdir())]
    (folder / "shares").write_text("".join(shares[1:]))
    return made


@pytest.fixture
def office(one_office, tmp_path, passphrase_file):
    """Get a deployment with one account, Kim."""
    shutil.copytree(one_office.folder, tmp_path / "office")
    return Office(tmp_path / "office", passphrase_file)


@pytest.fixture
def shares_file(one_office):
    return one_office.folder.with_name("shares")


@pytest.fixture
def address(postgresql):
    """Give the address of a new database."""

    def new(name):
        postgresql.execute(f"DROP DATABASE IF EXISTS {name}")
        postgresql.execute(f"CREATE DATABASE {name}")
        info = postgresql.info
        return f"postgresql://{info.user}@/{name}?host={info.host}"

    return new
