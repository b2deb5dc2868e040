"""Heads that witnesses signed stay in the deployment, and stand against an old state."""

from __future__ import annotations

import shutil

import pytest

from tests.asylon_server.console.conftest import Office
from tests.asylon_server.runs import once

pytestmark = once


@pytest.fixture
def key(office, tmp_path):
    office.ask("law", "key", "new", tmp_path / "key")
    return tmp_path / "key"


@pytest.fixture
def witnessed(office, key, tmp_path):
    """Let the newest head be witnessed and brought back."""
    file = tmp_path / "head"
    office.ask("log", "head", "--out", file)
    office.ask("log", "witness", file, "--key", key)
    assert office.ask("log", "verify", file).code == 0
    return file


def kept(office):
    return sorted((office.folder / "witnessed").glob("*"))


def test_a_database_that_was_rolled_back_is_found_by_what_is_kept(
    office, key, tmp_path
):
    shutil.copytree(office.folder / "data", tmp_path / "old")
    with office.served():
        office.ask("user", "add", "Lee", "--role", "interpreter")
        assert not _waiting(office)
    file = tmp_path / "head"
    office.ask("log", "head", "--out", file)
    office.ask("log", "witness", file, "--key", key)
    assert office.ask("log", "verify", file).code == 0

    shutil.rmtree(office.folder / "data")
    shutil.copytree(tmp_path / "old", office.folder / "data")

    said = office.ask("log", "verify")
    assert said.code == 1
    assert "witness.contradicted" in said.out
    assert "witness.contradicted" in office.ask("doctor", "--no-keys").out


def _waiting(office):
    """Look again and again until nothing waits to be sealed."""
    for _ in range(20):
        if '"waiting": 0' in office.ask("log", "verify", "--json").out:
            return False
    return True


def test_a_head_is_kept_once_with_all_who_signed_it(office, witnessed, tmp_path):
    office.ask("law", "key", "new", tmp_path / "other")
    office.ask("log", "head", "--out", witnessed)
    office.ask("log", "witness", witnessed, "--key", tmp_path / "other")

    said = office.ask("log", "verify", witnessed)

    [file] = kept(office)
    assert said.code == 0
    assert file.read_text().count('"signature"') == 3


def test_a_head_without_a_witness_is_not_kept(office, tmp_path):
    office.ask("log", "head", "--out", tmp_path / "head")

    assert office.ask("log", "verify", tmp_path / "head").code == 0
    assert kept(office) == []


def test_a_restored_deployment_has_the_heads_that_were_kept(
    office, witnessed, tmp_path, passphrase_file
):
    copy = ("--keys", tmp_path / "copy")
    office.ask("backup", tmp_path / "saved", *copy)
    anew = Office(tmp_path / "anew", passphrase_file)

    said = office.ask("restore", tmp_path / "saved", anew.folder, *copy)

    assert said.code == 0, said.out
    assert [each.name for each in kept(anew)] == [each.name for each in kept(office)]


def test_a_kept_head_that_was_spoilt_is_named(office, witnessed):
    [file] = kept(office)
    file.write_text("{}")

    said = office.ask("log", "verify")

    assert (said.code, said.err.count("\n")) == (2, 1)
    assert str(file) in said.err
