"""The command as people meet it: quick help, plain text in a pipe, quiet ends."""

import subprocess
import sys
from importlib.resources import files

import pytest

from asylon import __version__
from tests.cli.conftest import ASYLON, an_entry

PUBLISHED = files("asylon.determination") / "published.toml"
ESCAPE = "\x1b"
COMMANDS = ["determine", "explain", "demo", "law", "init", "serve", "user", "log"]

IMPORTED = """
import sys
sys.argv = ["asylon", *{words}]
from asylon.cli import main
try:
    main()
except SystemExit:
    print(*sorted(sys.modules), sep="\\n", file=sys.stderr)
"""


def imported_for(*words):
    code = IMPORTED.format(words=list(words))
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("law", "--help")])
def test_help_is_told_without_the_law(words):
    modules = imported_for(*words)

    assert "asylon.cli.commands" in modules
    heavy = (
        "rich.table",
        "rich.console",
        "asylon.law",
        "asylon.logic",
        "asylon.instruments",
        "django",
        "psycopg",
        "asylon_server.settings",
    )
    assert not modules & set(heavy)


def test_help_names_every_command(ask):
    said = ask("--help")

    assert said.code == 0
    assert all(f"\n  {command} " in said.out for command in COMMANDS)


def test_the_command_alone_shows_its_help(ask):
    alone = ask()

    assert "Usage: asylon" in alone.out + alone.err


def test_the_version_is_told(ask):
    said = ask("--version")

    assert (said.code, said.out) == (0, f"asylon {__version__}\n")


@pytest.mark.parametrize(
    "words",
    [
        ("determine", PUBLISHED),
        ("explain", PUBLISHED, "--id", "D04"),
        ("law", "list"),
        ("law", "show", "1A(2)"),
        ("law", "show", "gbr"),
        ("law", "check", "--law", "tests/law/good"),
    ],
)
def test_what_is_piped_is_plain_text(ask_apart, words):
    said = ask_apart(*words, TERM="xterm-256color", COLORTERM="truecolor")

    assert said.code == 0
    assert said.out
    assert ESCAPE not in said.out + said.err
    assert max(map(len, said.out.splitlines())) <= 120


def test_the_width_of_a_terminal_does_not_change_what_is_piped(ask_apart):
    narrow = ask_apart("determine", PUBLISHED, COLUMNS="40")
    wide = ask_apart("determine", PUBLISHED, COLUMNS="400")

    assert narrow.out == wide.out


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_tick_is_never_shown_as_open(ask_apart, a_file, encoding):
    said = ask_apart("determine", a_file(an_entry()), PYTHONIOENCODING=encoding)

    assert said.code == 0
    assert "+ met" in said.out
    assert "? met" not in said.out
    assert not said.err


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_json_keeps_every_letter_on_any_pipe(ask_apart, a_file, encoding):
    file = a_file(an_entry("김"))

    said = ask_apart("determine", file, "--json", PYTHONIOENCODING=encoding)

    assert said.out.isascii()
    assert [row["id"] for row in said.rows] == ["김"]


def test_a_reader_that_leaves_early_leaves_no_trace():
    asked = subprocess.Popen(
        [ASYLON, "law", "show", "unhcr"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )

    asked.stdout.readline()
    asked.stdout.close()

    assert asked.stderr.read() == b""
    asked.stderr.close()
    asked.wait()


def test_an_error_in_the_program_itself_is_not_hidden(ask, monkeypatch):
    """Only what is wrong with the input is told in one message."""
    monkeypatch.setattr("asylon.cli.lawlist.show_list", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        ask("law", "list")


def test_the_message_and_the_code_come_from_the_real_command(ask_apart, tmp_path):
    said = ask_apart("determine", tmp_path)

    assert said.code == 2
    assert not said.out
    assert said.err == f"asylon: {tmp_path}: this is a folder. Name a file in it.\n"
