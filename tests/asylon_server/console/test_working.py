"""What is over is taken away, and a backup is made each night, with nobody there."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from asylon_server.console import chores
from asylon_server.settings.deployment import Deployment
from asylon_server.store.entry import keeping, sweeping
from asylon_server.store.entry.models import KeptForm, Session, Spent, Tries
from tests.asylon_server.console.conftest import PATIENCE, asked

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)

both = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def here(tmp_path):
    (tmp_path / "data").mkdir()
    return Deployment(tmp_path, "Office", "legal_aid", "CHN")


@pytest.fixture
def saving(here):
    """A deployment that is saved each night, and was swept lately."""
    did(here, chores.SWEEP, NOW + 300 * HOUR)
    return replace(here, backups="/b", backup_keys="/k")


def did(here, name, at, failed=""):
    chores._keep(here, name, chores.Done(at.isoformat(), failed))


def test_sweeping_comes_each_hour(here):
    assert chores.due(here, at=NOW) == [chores.SWEEP]

    did(here, chores.SWEEP, NOW)

    assert chores.due(here, at=NOW + HOUR) == []
    assert chores.due(here, at=NOW + 2 * HOUR) == [chores.SWEEP]


def test_a_backup_comes_once_a_night(saving):
    assert chores.due(saving, at=NOW) == [chores.SAVE]

    did(saving, chores.SAVE, NOW)

    assert chores.due(saving, at=chores.night(NOW) + 23 * HOUR) == []
    assert chores.due(saving, at=chores.night(NOW) + 25 * HOUR) == [chores.SAVE]


def test_a_backup_that_failed_is_tried_again_within_the_hour(saving):
    did(saving, chores.SAVE, NOW, "no room")

    assert chores.due(saving, at=NOW + HOUR / 2) == []
    assert chores.due(saving, at=NOW + 2 * HOUR) == [chores.SAVE]


def test_without_a_folder_no_backup_is_made(here):
    assert chores.SAVE not in chores.due(here, at=NOW)


def test_a_file_of_chores_that_is_none_says_nothing(here):
    (here.folder / "data" / "chores.json").write_text('["x"]')

    assert chores.due(here, at=NOW) == [chores.SWEEP]


@both
def test_what_is_over_is_taken_away_and_nothing_else():
    for until in (NOW, NOW + HOUR):
        times = {"begun": NOW, "seen": NOW, "until": until}
        Session.objects.create(key=str(until), sealed=b"", **times)
        Spent.objects.create(token=str(until), until=until)
    for last in (NOW - HOUR, NOW):
        Tries.objects.create(token=str(last), failures=1, last=last)
    keeping.keep("secret", "account", "/", [], at=NOW - 2 * HOUR)

    sweeping.sweep(at=NOW)

    left = [each.objects.count() for each in (Session, Spent, Tries, KeptForm)]
    assert left == [1, 1, 1, 0]


def with_folders(office, tmp_path, *, there=True):
    folders = [tmp_path / "saved", tmp_path / "copy"]
    for each in folders if there else ():
        each.mkdir()
    file = office.folder / "asylon.toml"
    said = file.read_text().replace('backups = ""', f'backups = "{folders[0]}"')
    said = said.replace('backup_keys = ""', f'backup_keys = "{folders[1]}"')
    file.write_text(said)
    return folders


def wait_for(is_so):
    until = time.monotonic() + PATIENCE
    while not is_so() and time.monotonic() < until:
        time.sleep(0.2)
    assert is_so()


def test_while_it_is_served_a_backup_is_made_that_can_be_restored(office, tmp_path):
    saved, copy = with_folders(office, tmp_path)

    with office.served():
        wait_for(lambda: list(saved.glob("*.asylon.tar.gz")))
        wait_for(
            lambda: (
                "The newest is 0 hours old; 1" in office.ask("doctor", "--no-keys").out
            )
        )

    [file] = saved.iterdir()
    said = asked("restore", file, tmp_path / "anew", "--keys", copy)
    assert said.code == 0
    assert "No backup is made at night any more." in said.out
    assert 'backups = ""' in (tmp_path / "anew" / "asylon.toml").read_text()


def test_a_folder_that_is_not_there_is_told_and_not_made(office, tmp_path):
    saved, _ = with_folders(office, tmp_path, there=False)

    with office.served():
        wait_for(lambda: "failed" in office.ask("doctor", "--no-keys").out)

    assert not saved.exists()
    assert f"{saved}: the folder is not there." in office.ask("doctor", "--no-keys").out


@pytest.mark.parametrize(
    "said", ['backups = "/b"', 'backups = "b"\nbackup_keys = "k"', "backups = 1"]
)
def test_folders_of_backups_are_named_both_and_whole(tmp_path, said):
    kind = 'name = "x"\nkind = "unhcr"\nstate = "CHN"\n'
    (tmp_path / "asylon.toml").write_text(kind + said)

    answer = asked("user", "list", "--home", tmp_path)

    assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert "backup" in answer.err
