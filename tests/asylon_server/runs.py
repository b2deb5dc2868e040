"""In which of the two runs a test is asked that need not be asked in both."""

from __future__ import annotations

import pytest

from tests.conftest import SOAK
from tests.django_settings import DATABASE

on_sqlite = pytest.mark.skipif(
    DATABASE == "postgresql" and not SOAK, reason="asked in the run on SQLite"
)
"""Marks what goes the same way on either database, and is quicker here."""

on_postgresql = pytest.mark.skipif(
    DATABASE != "postgresql", reason="asked in the run on PostgreSQL"
)
"""Marks what PostgreSQL alone does."""

once = pytest.mark.skipif(
    DATABASE != "postgresql" and not SOAK, reason="asked in the run on PostgreSQL"
)
"""Marks what brings databases of its own."""
