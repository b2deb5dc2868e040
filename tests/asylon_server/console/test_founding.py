"""A deployment is made once, closed to others, and as its state lets it be."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing

import pytest

from asylon_server.settings.deployment import deployment
from tests.asylon_server.console.conftest import PASSPHRASE, asked
from tests.asylon_server.runs import on_sqlite

pytestmark = on_sqlite


def modes(folder):
    return {
        each.relative_to(folder).as_posix(): stat.S_IMODE(each.stat().st_mode)
        for each in (folder, *folder.rglob("*"))
    }


def tables(file):
    with closing(sqlite3.connect(file)) as database:
        rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name for (name,) in rows}


def test_all_of_a_new_deployment_is_its_owners_alone(made):
    office, said = made()

    assert said.code == 0
    assert set(modes(office.folder).values()) == {0o700, 0o600}
    assert deployment(office.folder).name == "Office “of” tests"


def test_a_passphrase_stands_in_no_file_of_it(office):
    said = b"".join(f.read_bytes() for f in office.folder.rglob("*") if f.is_file())

    assert PASSPHRASE.encode() not in said


def test_nothing_is_made_over_what_is_there(office, made):
    _, said = made()

    assert said.code == 2
    assert "there is something already" in said.err
    assert office.ask("log", "verify").code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--kind", "army"), "--kind army"),
        (("--state", "China"), "--state China"),
        (("--name", " "), "--name"),
        (("--shares", "1/5"), "--shares 1/5"),
        (("--shares", "2/3"), "no terminal to show each share"),
        (("--shares", "2/3", "--shares-to", "/"), "there is something already"),
        (("--database", "mysql:x"), "postgresql:"),
        (("--database", "postgresql://nobody@127.0.0.1:1/x"), "database"),
        (("--passphrase-file", "/dev/null"), "at least 12 characters"),
    ],
)
def test_what_cannot_be_made_leaves_nothing_behind(made, words, told):
    office, said = made(*words)

    assert said.code == 2
    assert told in said.err
    assert said.err.count("\n") == 1
    assert not office.folder.exists()


def test_shares_become_one_file_each_and_are_never_printed(made, tmp_path):
    sheets = tmp_path / "sheets"
    _, with_shares = made("--shares", "2/3", "--shares-to", sheets)
    _, without = made(folder="other")

    files = sorted(sheets.iterdir())
    assert [len(each.read_text().split()) for each in files] == [33] * 3
    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}
    assert stat.S_IMODE(sheets.stat().st_mode) == 0o700
    assert not [
        word for word in files[0].read_text().split() if word in with_shares.out
    ]
    assert "asylon custody shares" in without.out


def test_an_authority_in_china_has_nowhere_to_put_an_identity(made):
    office, said = made(kind="authority")

    assert said.code == 0
    assert "keeps no identities" in said.out
    files = {each.name for each in office.folder.rglob("*")}
    assert not files & {"custody.json", "index.key", "keys.sqlite3"}
    names = tables(office.folder / "data" / "default.sqlite3")
    assert not [each for each in names if each.startswith(("vault", "keystore"))]


def test_a_check_that_finds_nothing_says_so(made):
    office, _ = made()

    assert "Everything fits" in office.ask("log", "verify").out


def test_what_its_file_says_does_not_give_it_identities(made):
    office, _ = made(kind="authority")
    file = office.folder / "asylon.toml"
    file.write_text(file.read_text().replace("identities = false", "identities = true"))

    said = office.ask("log", "verify")

    assert said.code == 2
    assert "may hold no identities" in said.err


@pytest.mark.parametrize("kind", ["authority", "appeal_body"])
def test_a_body_of_a_state_of_which_nothing_is_said_has_none(made, kind):
    office, _ = made(kind=kind, state="KOR")

    assert not (office.folder / "keys" / "custody.json").exists()


def test_a_body_of_the_state_people_flee_from_is_not_founded(made):
    office, said = made(kind="authority", state="PRK")

    assert said.code == 2
    assert "people flee from there" in said.err
    assert not office.folder.exists()


def test_a_file_that_claims_another_kind_than_was_founded_starts_nothing(made):
    office, _ = made(kind="authority")
    file = office.folder / "asylon.toml"
    told = file.read_text().replace('"authority"', '"legal_aid"')
    file.write_text(told.replace("identities = false", "identities = true"))

    said = office.ask("log", "verify")

    assert said.code == 2
    assert "founded as" in said.err


def test_an_authority_without_identities_is_served_and_saved(made, tmp_path):
    office, _ = made(kind="authority")

    with office.served():
        said = office.ask("backup", tmp_path / "b", "--keys", tmp_path / "k")

    assert said.code == 0
    assert office.ask("doctor").code == 0
    restored = office.ask(
        "restore", tmp_path / "b", tmp_path / "r", "--keys", tmp_path / "k"
    )
    assert restored.code == 0


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("", "`name` is missing"),
        ("name =", "cannot be read"),
        ('name = "x"\nkind = "army"\nstate = "CHN"', "kind `army` is none"),
        ('name = "x"\nkind = "unhcr"\nstate = "CHN"\nx = 1', "`x` means nothing"),
        ('name = "x"\nkind = "unhcr"\nstate = "CHN"\nhosts = "a"', "`hosts` is a list"),
        ('name = "x"\nkind = "unhcr"\nstate = "CHN"\ninvented = 1', "true or false"),
    ],
)
def test_a_bad_file_of_a_deployment_is_told_in_one_line(tmp_path, said, told):
    (tmp_path / "asylon.toml").write_text(said)

    answer = asked("user", "list", "--home", tmp_path)

    assert answer.code == 2
    assert told in answer.err
    assert answer.err.count("\n") == 1
