"""What a deployment says of itself, and what it keeps to itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from asylon_server.settings.deployment import Deployment

SECRET = "s%40cret"  # noqa: S105


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://asylon:{SECRET}@host/name?sslmode=require",
        f"postgresql://asylon@/name?host=/run/db&password={SECRET}",
    ],
)
def test_the_password_of_a_database_is_left_out(address):
    here = Deployment(Path(), "Office", "legal_aid", "CHN", database=address)

    bare = here.without_password()

    assert SECRET not in bare.text() + repr(here)
    assert bare.database.startswith("postgresql://asylon@")
    assert here.veiled(f"no entry with s@cret or {SECRET}") == "no entry with … or …"
