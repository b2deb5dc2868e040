"""Old backups of the nights go, and never the last good one."""

from __future__ import annotations

import io
import json
import os
import tarfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from random import Random

import pytest

from asylon_server.console import (
    chores,
    nightly,
    pruning,
    saving,
    starting,
    upgrading,
)
from asylon_server.console.plainly import ConsoleError
from asylon_server.settings.deployment import Deployment

NIGHT = datetime(2026, 11, 24, 2, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "backups"
    made.mkdir()
    return made


def saved(folder, at, *, damaged=False, upgrade=False, content=b"rows"):
    """Save something; before an upgrade, of tables that may be named."""
    file = folder / f"{at.strftime(saving.STAMP)}{saving.ENDING}"
    file = pruning.before_upgrade(folder, at) if upgrade else file
    digest = sha256(b"others" if damaged else content).hexdigest()
    said = {"format": saving.FORMAT, "files": {"default.sqlite3": digest}}
    said["migrations"] = [upgrade if isinstance(upgrade, str) else str(at)]
    with tarfile.open(file, "w:gz") as archive:
        for name, each in (
            (saving.CONTENTS, json.dumps(said).encode()),
            ("default.sqlite3", content),
        ):
            head = tarfile.TarInfo(name)
            head.size = len(each)
            archive.addfile(head, io.BytesIO(each))
    return file


def nights(count, *, until=NIGHT):
    return [until - n * DAY for n in range(count)]


def test_of_two_years_a_week_of_days_five_weeks_and_twelve_months_are_kept():
    left = pruning.kept(nights(730))

    assert left[-7:] == sorted(nights(7))
    assert {each.isocalendar()[:2] for each in left} >= {
        (NIGHT - n * 7 * DAY).isocalendar()[:2] for n in range(5)
    }
    months = {(each.year, each.month) for each in left}
    assert months == {(2026, n) for n in range(1, 12)} | {(2025, 12)}
    assert len(left) <= 7 + 5 + 12


def test_taking_away_each_night_keeps_what_taking_away_once_keeps():
    left = []
    for night in reversed(nights(730)):
        left = pruning.kept([*left, night])

    assert left == pruning.kept(nights(730))


def test_a_clock_that_ran_ahead_loses_none_of_those_before(folder):
    for each in nights(5):
        saved(folder, each)
    saved(folder, NIGHT + 3650 * DAY)

    assert pruning.prune(folder) == []


def test_all_of_one_day_are_kept_while_the_day_is_among_the_last():
    made = [NIGHT - n * timedelta(hours=1) for n in range(2)]

    assert pruning.kept([*made, *nights(7)[1:]]) == sorted({*made, *nights(7)})


def test_what_is_not_kept_is_taken_away_and_what_is_somebodys_own_is_not(folder):
    files = [saved(folder, each) for each in nights(20)]
    own = folder / f"before-the-move{saving.ENDING}"
    own.write_bytes(b"")

    gone = pruning.prune(folder)

    assert gone
    assert {*folder.iterdir()} == {*files, own} - {*gone}
    assert {*pruning.dated(folder)} == {*pruning.kept(nights(20))}


def test_none_goes_that_no_whole_one_follows(folder):
    for each in nights(20):
        saved(folder, each, damaged=each in pruning.kept(nights(20)))

    assert pruning.prune(folder) == []


def test_before_upgrades_the_last_three_that_are_whole_are_kept(folder):
    broken = NIGHT - 2 * DAY
    files = {
        each: saved(folder, each, upgrade=True, damaged=each == broken)
        for each in nights(6)
    }
    own = saved(folder, NIGHT - 99 * DAY)

    gone = pruning.prune_upgrades(folder)

    assert {*gone} == {files[each] for each in nights(6)[4:]}
    assert {*folder.iterdir()} == {*files.values(), own} - {*gone}


@pytest.mark.parametrize("halves", ["half", ""], ids=["stuck", "going on"])
def test_an_upgrade_tried_again_and_again_keeps_what_was_before_it(folder, halves):
    first, *others = sorted(nights(6))
    file = saved(folder, first, upgrade=True)
    for each in others:
        saved(folder, each, upgrade=halves or True)

    pruning.prune_upgrades(folder, first=file.name)

    assert file.exists()


def test_backups_of_the_same_tables_count_as_one(folder):
    old, *_ = (saved(folder, n, upgrade=True) for n in sorted(nights(8))[:2])
    for each in nights(6):
        saved(folder, each, upgrade="same")

    assert pruning.prune_upgrades(folder) == []
    assert old.exists()


def test_what_was_saved_before_the_first_try_stays_the_first(here, monkeypatch):
    monkeypatch.setattr(upgrading.migrating, "columns_added", dict)
    monkeypatch.setattr(upgrading.migrating, "pending", list)

    for each in ("first", "second"):
        upgrading.begin(here, saved=each)

    assert upgrading._read(here)["saved"] == "first"


def test_what_is_of_upgrades_counts_as_no_backup_of_a_night(folder):
    saved(folder, NIGHT, upgrade=True)

    assert pruning.dated(folder) == {}


@pytest.mark.parametrize("content", [b"", b"x", b"\x1f\x8b"])
def test_what_is_no_backup_is_not_whole(folder, content):
    file = folder / "file"
    file.write_bytes(content)

    assert not pruning.is_whole(file)
    assert not pruning.is_whole(folder / "none")


def test_a_backup_is_whole_until_a_byte_of_it_is_another(folder):
    file = saved(folder, NIGHT)
    assert pruning.is_whole(file)

    bytes_ = bytearray(file.read_bytes())
    bytes_[len(bytes_) // 2] ^= 1
    file.write_bytes(bytes_)

    assert not pruning.is_whole(file)


@pytest.fixture
def zeroed(folder):
    """Save what cannot be pressed, and go through it with one block of it at zero."""
    file = saved(folder, NIGHT, content=Random(1).randbytes(1 << 18))
    whole, block = file.read_bytes(), 4096

    def each():
        for first in range(block, len(whole) - block, block):
            file.write_bytes(whole[:first] + bytes(block) + whole[first + block :])
            yield file

    return each


def test_a_backup_with_a_block_of_it_at_zero_is_damaged(zeroed):
    for file in zeroed():
        assert not pruning.is_whole(file)
        with pytest.raises(ConsoleError, match="damaged"), saving.unpacked(file):
            pass


def test_a_backup_that_cannot_be_taken_away_ends_no_upgrade(folder, here, capsys):
    for each in nights(3):
        saved(folder, each, upgrade=True)
    stuck = pruning.before_upgrade(folder, NIGHT - 9 * DAY)
    stuck.mkdir()

    upgrading._prune(here, "")

    assert str(stuck) in capsys.readouterr().out


def test_what_was_half_done_a_day_ago_is_taken_away(folder):
    at = datetime.now(UTC)
    for name, age in (("old", 2 * DAY), ("new", DAY / 2)):
        made = folder / f"{saving.UNFINISHED}{name}"
        made.mkdir()
        when = (at - age).timestamp()
        os.utime(made, (when, when))

    pruning.clear(folder, at=at)

    assert [each.name for each in folder.iterdir()] == [f"{saving.UNFINISHED}new"]


@pytest.fixture
def here(tmp_path, folder):
    (tmp_path / "data").mkdir()
    (tmp_path / "keys").mkdir()
    made = Deployment(tmp_path, "Office", "legal_aid", "CHN")
    return replace(made, backups=str(folder), backup_keys=str(tmp_path / "keys"))


@pytest.fixture
def saves(monkeypatch, folder):
    """Save whole or damaged backups in the place of a deployment."""

    def set_to(*, damaged):
        def save(_here, to, *, keys, at):
            return saved(to, at, damaged=damaged)

        monkeypatch.setattr(saving, "save", save)

    return set_to


def test_each_night_what_is_not_kept_goes_after_the_new_one_was_read(
    here, folder, saves
):
    for each in nights(20, until=NIGHT - DAY):
        saved(folder, each)
    saves(damaged=False)

    chores._save(here, NIGHT)

    assert {*pruning.dated(folder)} == {*pruning.kept(nights(21))}


def test_a_night_whose_backup_cannot_be_read_takes_none_away(here, folder, saves):
    before = [saved(folder, each) for each in nights(20, until=NIGHT - DAY)]
    saves(damaged=True)

    failed = chores._tried(chores.SAVE, here, NIGHT)

    assert "could not be read again" in failed
    assert {*folder.iterdir()} == {*before}


@pytest.fixture
def looked(here, folder, monkeypatch):
    """Let the doctor look after a night, at a newest backup that is so old."""

    def look(age):
        monkeypatch.setattr(starting, "now", lambda: NIGHT)
        chores._keep(here, chores.SAVE, chores.Done(NIGHT.isoformat()))
        if age:
            saved(folder, NIGHT - age)
        [found] = nightly.nightly(here)
        return found

    return look


@pytest.mark.parametrize(
    ("age", "said", "ok"),
    [
        (timedelta(hours=13), "The newest is 13 hours old; 1", True),
        (3 * DAY, "The newest is 3 days old; 1", False),
        (None, "There is none", False),
    ],
)
def test_the_doctor_says_how_old_the_newest_is(looked, age, said, ok):
    found = looked(age)

    assert (found.ok, bool(found.repair)) == (ok, not ok)
    assert said in found.said
