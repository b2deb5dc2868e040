"""What every deployment has in common."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from asylon_server.settings.deployment import EMBEDDED, Deployment
from asylon_server.settings.pages import pages

ALIASES = ("default", "keys")
"""The tables, and apart from them the wrapped keys of the cases."""

DIRECT = "asylon.direct"
"""A word that each line says of itself: what stands between would not pass it on."""

_PREPARED_AFTER = 3
"""So often a line to PostgreSQL asks a question before it keeps the plan of it."""

_PACKAGE = Path(__file__).parents[1]

_APPS = (
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "asylon_server.store.organisations",
    "asylon_server.store.record",
    "asylon_server.store.keystore",
    "asylon_server.store.vault",
    "asylon_server.store.cases",
    "asylon_server.store.claims",
    "asylon_server.store.entry",
    "asylon_server.web.common",
    "asylon_server.web.desk",
)


def settings(
    deployment: Deployment, secret: str, record_key: bytes | None = None
) -> dict[str, Any]:
    """Get Django's settings for a deployment.

    Args:
        deployment: What it says of itself.
        secret: What sessions are signed with.
        record_key: What the codes of events are made with; without it nothing is
            recorded, and so nothing is done.

    Returns:
        The settings by name.
    """
    return {
        "ASYLON_IDENTITIES": deployment.identities,
        "ASYLON_RECORD_KEY": record_key,
        "ALLOWED_HOSTS": list(deployment.hosts),
        "AUTH_USER_MODEL": "organisations.Account",
        "DATABASES": databases(deployment),
        "DATABASE_ROUTERS": ["asylon_server.settings.routing.KeysApart"],
        "DEBUG": False,
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "INSTALLED_APPS": list(_APPS),
        "LANGUAGES": [("en", "English"), ("ko", "한국어"), ("zh-hans", "简体中文")],
        "LANGUAGE_CODE": "en",
        "LOCALE_PATHS": [_PACKAGE / "locale"],
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
        "SECRET_KEY": secret,
        "ROOT_URLCONF": "asylon_server.urls",
        "TIME_ZONE": "UTC",
        "USE_TZ": True,
        "WSGI_APPLICATION": "asylon_server.wsgi.application",
        **pages(deployment),
    }


def databases(deployment: Deployment) -> dict[str, Any]:
    """Say where the tables and the wrapped keys are."""
    tables, keys = (embedded(deployment.database_file(alias)) for alias in ALIASES)
    if deployment.database != EMBEDDED:
        tables = hosted(deployment.database)
    return {"default": tables} | ({"keys": keys} if deployment.identities else {})


def embedded(file: Path) -> dict[str, Any]:
    """Settings of a database in one file.

    FULL and not NORMAL: a power cut must not take back what was acknowledged. What is
    deleted is overwritten, so that an erased key cannot be read off the disk.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                "PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON; "
                "PRAGMA trusted_schema=OFF;"
            ),
        },
    }


def hosted(address: str) -> dict[str, Any]:
    """Settings of a PostgreSQL named by its address."""
    told = conninfo_to_dict(address)
    names = {
        "dbname": "NAME",
        "user": "USER",
        "password": "PASSWORD",
        "host": "HOST",
        "port": "PORT",
    }
    parts = {name: str(told.pop(key, "")) for key, name in names.items()}
    # The same few questions are asked by each page: they are planned once for a line.
    options = {
        **told,
        "options": f"-c synchronous_commit=on -c {DIRECT}=on",
        "server_side_binding": True,
        "prepare_threshold": _PREPARED_AFTER,
    }
    return {
        "ENGINE": "django.db.backends.postgresql",
        **parts,
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        # A server that was started anew left dead connections: nobody is to meet them.
        "CONN_HEALTH_CHECKS": True,
    }
