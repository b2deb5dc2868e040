"""The demonstration is made once, shows a page, and never touches what is real."""

from __future__ import annotations

import os
import pty
import re
import shutil
import signal
import subprocess
from contextlib import contextmanager
from inspect import signature

import pytest

from asylon_server.console import demonstrating, editions, joining
from asylon_server.settings.deployment import deployment
from tests.asylon_server.console.conftest import PATIENCE, Office, asked
from tests.asylon_server.runs import once
from tests.cli.conftest import ASYLON

pytestmark = once

SIZE = ("--people", "9")


def demo(folder, *words):
    return asked("demo", "--folder", folder, *SIZE, *words)


@pytest.fixture(scope="session")
def one_demonstration(tmp_path_factory):
    """Make one demonstration, of which each test gets a copy."""
    folder = tmp_path_factory.mktemp("demonstration") / "demo"
    return folder, demo(folder)


@pytest.fixture
def shown(one_demonstration, tmp_path):
    shutil.copytree(one_demonstration[0], tmp_path / "demo")
    return Office(tmp_path / "demo", tmp_path / "demo" / "passphrase.txt")


def test_without_a_terminal_it_looks_at_one_page_and_stops(one_demonstration):
    _, said = one_demonstration

    assert (said.code, said.err) == (0, "")
    assert "Invented people: 9" in said.out
    assert "ready: http://localhost:" in said.out
    assert "The first page of Sora Invented is there." in said.out


def test_the_next_start_takes_what_is_there(shown):
    before = (shown.folder / "keys" / "custody.json").read_bytes()

    said = demo(shown.folder)

    assert said.code == 0
    assert "Invented people" not in said.out
    assert (shown.folder / "keys" / "custody.json").read_bytes() == before


def test_what_another_edition_made_or_left_unfinished_is_made_anew(shown):
    (shown.folder / "demonstration.json").write_text("")

    said = demo(shown.folder)

    assert said.code == 0
    assert "made anew" in said.out


def test_other_people_are_made_anew(shown):
    said = asked("demo", "--folder", shown.folder, "--people", "4")

    assert said.code == 0
    assert "Invented people: 4" in said.out


def test_everything_in_it_stands_in_its_record(shown):
    assert shown.ask("log", "verify").code == 0
    assert shown.ask("doctor", "--no-keys").out.count("✗") <= 1


def test_a_folder_with_anything_else_is_left_as_it_is(tmp_path, office):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter").write_text("dear")

    for folder in (tmp_path / "mine", office.folder):
        before = sorted(folder.rglob("*"))
        said = demo(folder)
        assert (said.code, said.err.count("\n")) == (2, 1)
        assert "--folder" in said.err
        assert sorted(folder.rglob("*")) == before


def test_a_demonstration_beside_a_letter_is_left_as_it_is(shown):
    (shown.folder / "letter").write_text("dear")

    said = demo(shown.folder)

    assert said.code == 2
    assert (shown.folder / "letter").read_text() == "dear"


def test_a_real_office_never_becomes_a_demonstration(office, tmp_path):
    claim(office, "invented = false", "invented = true")

    said = office.ask("serve", "--passphrase-file", office.passphrase_file)
    shutil.copy(office.passphrase_file, office.folder / "passphrase.txt")
    (office.folder / "demonstration.json").write_text("")

    assert said.code == 2
    assert "founded with `invented = false`" in said.err
    before = (office.folder / "keys" / "custody.json").read_bytes()
    assert demo(office.folder).code == 2
    assert (office.folder / "keys" / "custody.json").read_bytes() == before


def test_a_real_office_that_bears_the_mark_of_this_edition_is_not_shown(office):
    claim(office, "invented = false", "invented = true")
    (office.folder / "passphrase.txt").write_text(demonstrating.WORD)
    mark = office.folder / demonstrating.MARKER
    mark.write_text(editions.edition(9, demonstrating_seed()))
    before = sorted(each for each in office.folder.rglob("*"))

    said = demo(office.folder)

    assert (said.code, said.err.count("\n")) == (2, 1)
    assert sorted(office.folder.rglob("*")) == before


def demonstrating_seed():
    """Give the seed that the command takes where none is named."""
    return signature(joining.demo).parameters["seed"].default


def test_a_demonstration_never_becomes_a_real_office(shown):
    claim(shown, "invented = true", "invented = false")

    said = shown.ask("serve", "--passphrase-file", shown.passphrase_file)

    assert said.code == 2
    assert "founded with `invented = true`" in said.err


def claim(office, before, after):
    file = office.folder / "asylon.toml"
    file.write_text(file.read_text().replace(before, after))


def test_a_demonstration_that_is_served_is_not_made_anew(shown):
    with shown.served():
        said = asked("demo", "--folder", shown.folder, "--people", "4")

    assert said.code == 2
    assert "being served already" in said.err
    assert deployment(shown.folder).invented


def test_a_caseload_of_nobody_is_refused(tmp_path):
    said = asked("demo", "--folder", tmp_path / "demo", "--people", "0")

    assert (said.code, said.err.count("\n")) == (2, 1)
    assert not (tmp_path / "demo").exists()


@contextmanager
def on_a_terminal(folder):
    mine, theirs = pty.openpty()
    command = [str(ASYLON), "demo", "--folder", str(folder), *SIZE]
    with subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        env=os.environ | {"COLUMNS": "80", "TERM": "dumb"},
    ) as process:
        os.close(theirs)
        yield mine, process
        os.close(mine)


LINK = re.compile(r"http://localhost:\d+/sign-in/link/[\w-]{43}")


def heard(terminal, is_enough):
    said = ""
    while not is_enough(said):
        said += os.read(terminal, 65_536).decode()
    return said


def test_on_a_terminal_it_shows_a_link_for_each_role_until_told_to_stop(shown):
    with on_a_terminal(shown.folder) as (terminal, process):
        said = heard(
            terminal, lambda so_far: LINK.search(so_far.partition("administrator")[2])
        )
        process.send_signal(signal.SIGINT)
        heard(terminal, lambda so_far: "stopped" in so_far)

        assert process.wait(PATIENCE) == 0
    for role in ("registration", "supervisor", "administrator"):
        assert role in said
