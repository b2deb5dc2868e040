"""A home of an earlier edition is saved, brought up to this one, and nothing is lost."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tarfile
from contextlib import closing
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest

from asylon_server.console import pruning
from asylon_server.console.saving import CONTENTS
from asylon_server.settings.deployment import Deployment
from tests.asylon_server.conftest import MORNING
from tests.asylon_server.console.conftest import Office
from tests.asylon_server.writer import NAME
from tests.django_settings import DATABASE

EDITIONS = Path(__file__).parent / "editions"
FIRST, SECOND = "2026-11-24", "2026-11-25"
WITHOUT_YEAR = "리미상"
READ = [
    *(f"A-{n} {NAME} open" for n in (0, 1)),
    f"A-2 {WITHOUT_YEAR} open",
    "A-3 nothing erased",
    f"A-4 {NAME} open",
]


@pytest.fixture
def home(request, tmp_path, passphrase_file):
    """Put a home of an earlier edition in its place, on either database."""

    def put(edition, database=DATABASE):
        with tarfile.open(EDITIONS / f"{edition}-{database}.tar.gz") as archive:
            for each in archive:
                file = tmp_path / "taken" / each.name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(archive.extractfile(each).read())
        address = "sqlite"
        if database == "postgresql":
            address = request.getfixturevalue("address")("upgraded")
        return _put(tmp_path, Office(tmp_path / "office", passphrase_file), address)

    return put


def _put(tmp_path, office, address):
    taken, folder = tmp_path / "taken", office.folder
    (folder / "data").mkdir(parents=True)
    (taken / "keys").rename(folder / "keys")
    (folder / "keys").chmod(0o700)
    for each in (folder / "keys").iterdir():
        each.chmod(0o600)
    (folder / "keys" / "keys.sqlite3").rename(folder / "data" / "keys.sqlite3")
    told = Deployment(folder, "Office", "legal_aid", "CHN", database=address)
    (folder / "asylon.toml").write_text(told.text())
    if address == "sqlite":
        shutil.move(taken / "default.sqlite3", folder / "data")
    else:
        office.wrote("bring", taken)
    return office


def doctored(office):
    said = office.ask("doctor", "--json", "--passphrase-file", office.passphrase_file)
    rows = map(json.loads, said.out.splitlines())
    # Faces are of the machine, and not of the home.
    return {row["check"] for row in rows if not row["ok"]} - {"fonts", "disk"}


def saved_before(office):
    """Put three backups of earlier upgrades in their place, the newest first."""
    folder = office.folder / "backups"
    office.ask("backup", office.folder.with_name("saved"))
    folder.mkdir()
    moments = [MORNING - timedelta(days=n) for n in range(3)]
    files = [pruning.before_upgrade(folder, each) for each in moments]
    for each in files:
        _of_other_tables(office.folder.with_name("saved"), each)
    return files


def _of_other_tables(saved, to):
    """Copy a backup, as one of an edition with tables of its own."""
    with tarfile.open(saved) as archive, tarfile.open(to, "w:gz") as copy:
        for each in archive:
            content = archive.extractfile(each).read()
            if each.name == CONTENTS:
                said = json.loads(content) | {"migrations": [to.name]}
                content = json.dumps(said).encode()
            each.size = len(content)
            copy.addfile(each, BytesIO(content))


@pytest.mark.parametrize("edition", [FIRST, SECOND])
def test_a_home_of_an_earlier_edition_is_saved_and_brought_up(home, edition):
    office = home(edition)
    assert doctored(office) == {"migrations"}
    before = saved_before(office)

    with office.served() as (told, _):
        assert "changes were made to the tables." in told

    [saved] = {*before[0].parent.iterdir()} - {*before, before[0].parent / "keys"}
    assert str(saved) in told
    assert [each.exists() for each in before] == [True, True, False]
    assert office.wrote("read") == READ
    assert office.ask("log", "verify").code == 0
    assert doctored(office) == set()
    assert set(office.wrote("find", NAME, 1989)) == {"A-0", "A-1", "A-4"}
    assert office.wrote("find", WITHOUT_YEAR, 1950) == ["A-2"]


def test_an_upgrade_that_was_killed_goes_on_where_it_was(home):
    office = home(FIRST)
    with office.served(until="were made") as (_, process):
        process.kill()

    with office.served():
        pass

    assert office.wrote("read") == READ
    assert doctored(office) == set()


def test_what_an_earlier_edition_saved_is_restored_by_this_one(home, tmp_path, request):
    office = home(SECOND)
    words = ("backup", tmp_path / "saved", "--keys", tmp_path / "copy")
    assert office.ask(*words).code == 0
    to = ()
    if DATABASE == "postgresql":
        to = ("--database", request.getfixturevalue("address")("anew"))

    anew = Office(tmp_path / "anew", office.passphrase_file)
    keys = ("--keys", tmp_path / "copy")
    said = anew.ask("restore", words[1], anew.folder, *keys, *to)

    assert said.code == 0, said.out
    assert doctored(anew) == {"migrations"}
    with anew.served():
        pass
    assert doctored(anew) == set()
    assert anew.wrote("find", WITHOUT_YEAR, 1950) == ["A-2"]


def test_a_backup_with_holds_in_the_plain_asks_for_its_own_edition(home, tmp_path):
    office = home(FIRST, "sqlite")
    office.ask("backup", tmp_path / "saved", "--keys", tmp_path / "copy")

    new = tmp_path / "anew"
    said = office.ask("restore", tmp_path / "saved", new, "--keys", tmp_path / "copy")

    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "Restore it with that edition" in said.err
    assert not new.exists()


def change(office, sql):
    file = office.folder / "data" / "default.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        database.execute(sql)
        database.commit()


def test_what_was_changed_by_hand_before_is_not_taken_over(home):
    office = home(FIRST, "sqlite")
    change(office, "UPDATE organisations_account SET role = 'administrator'")

    with office.served() as (told, _):
        assert "do not fit one another" in told

    assert {"migrations", "record"} <= doctored(office)
    assert "row.altered" in office.ask("log", "verify").out


def test_a_hold_that_was_taken_away_before_is_missed(home):
    office = home(FIRST, "sqlite")
    change(office, "DELETE FROM cases_standinghold WHERE id = 1")

    with office.served():
        pass

    assert {"migrations", "record"} <= doctored(office)


def test_nothing_is_brought_up_that_claims_another_kind_than_was_founded(home):
    office = home(SECOND, "sqlite")
    file = office.folder / "asylon.toml"
    file.write_text(file.read_text().replace('"legal_aid"', '"unhcr"'))

    said = office.ask("serve", "--passphrase-file", office.passphrase_file)

    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "founded as `legal_aid`" in said.err
    assert not (office.folder / "backups").exists()


@pytest.mark.parametrize(
    "words", [("user", "list"), ("user", "add", "Lee", "--role", "registration")]
)
def test_tables_of_an_earlier_edition_are_named_by_each_command(home, words):
    said = home(SECOND, "sqlite").ask(*words)

    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "an earlier edition. Start `asylon serve`" in said.err


def test_tables_of_a_later_edition_are_left_alone(office, tmp_path):
    change(
        office,
        "INSERT INTO django_migrations (app, name, applied) "
        "VALUES ('cases', '9999_later', '2027-01-01')",
    )

    said = office.ask("serve", "--passphrase-file", office.passphrase_file)

    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "a later edition" in said.err
    assert "cases.9999_later" in office.ask("doctor", "--no-keys").out
