"""The library runs where nothing but itself and its few packages is installed."""

import subprocess
import sys

import pytest

BLOCKED = (
    "django",
    "duckdb",
    "psycopg",
    "asylon_server",
    "babel",
    "hypothesis",
)

IMPORT_ALL = """
import importlib, pkgutil, sys
for name in {blocked!r}:
    sys.modules[name] = None
import asylon
names = [each.name for each in pkgutil.walk_packages(asylon.__path__, "asylon.")]
for name in names:
    importlib.import_module(name)
print(*names)
"""

LIBRARY = """
import sys
for name in {blocked!r}:
    sys.modules[name] = None
from asylon import instruments
from asylon.determination import Determiner, read_scenarios
from asylon.determination.scenarios import Runner
book = instruments.book()
scenario = next(each for each in read_scenarios(book) if each.trials)
print(Runner(book).failure(scenario.trials[0]))
"""


def run(code, *, blocked):
    """Run code in a Python that finds none of these modules."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code.format(blocked=blocked)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr
    return done.stdout.split()


def test_all_of_the_library_imports_without_frameworks_and_drivers():
    names = run(IMPORT_ALL, blocked=BLOCKED)

    assert {"asylon.law.book", "asylon.logic.sql", "asylon.cli.commands"} <= set(names)


def test_the_library_determines_without_the_prompt():
    told = run(LIBRARY, blocked=(*BLOCKED, "rich", "typer", "click", "asylon.cli"))

    assert told == ["None"]


def test_a_module_that_is_blocked_is_not_found():
    """The guard itself: a blocked module cannot be imported."""
    with pytest.raises(AssertionError, match="rich"):
        run(IMPORT_ALL, blocked=(*BLOCKED, "rich"))
