"""Each right made wider, and each check removed, in turn: a test turns red each time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from tests.asylon_server.removing.modules import APART, REFUSING, SYSTEM
from tests.asylon_server.removing.widening import UNNOTICED, widened

HERE = Path(__file__).parents[1]
ROOT = HERE.parents[1]
PAGES = ("store", "claims", "web", "rights/test_acts.py")


@pytest.mark.parametrize("name", [*APART, *REFUSING])
def test_what_is_not_taken_apart_is_still_there(name):
    place = SYSTEM.joinpath(*name.split("."))

    assert place.is_dir() or place.with_suffix(".py").is_file()


@pytest.mark.soak
def test_each_word_of_the_table_of_rights_is_noticed():
    found = {each.name: each.outcome() for each in widened()}

    print(Counter(found.values()))  # noqa: T201  a soak says how far it went
    assert [name for name, told in found.items() if told == UNNOTICED] == []


@pytest.mark.soak
@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the children share the tables of a process"
)
@pytest.mark.parametrize(
    ("rooms", "files", "least"),
    [("store web", PAGES, 1_400)],
)
def test_each_check_that_is_taken_out_turns_a_test_red(rooms, files, least, tmp_path):
    found = tmp_path / "unnoticed.json"
    pytest_here = str(Path(sys.executable).with_name("pytest"))
    run = [pytest_here, "-q", "-p", "no:randomly", "-m", "not soak"]
    run += ["-p", "tests.asylon_server.removing.running", "-k", "not climbing"]
    run += [str(HERE / each) for each in files]
    named = {"ASYLON_ROOMS": rooms, "ASYLON_UNNOTICED": str(found), "ASYLON_SOAK": "0"}

    subprocess.run(run, cwd=ROOT, env=os.environ | named, check=False)

    told = json.loads(found.read_text(encoding="utf-8"))
    print(told["count"], "checks of", rooms)  # noqa: T201  a soak says how far it went
    assert told["count"] > least
    assert told["red"] == [], "these fail as they are"
    assert told["gone"] == [], "these are no checks any more: take them off the list"
    assert told["unnoticed"] == []
