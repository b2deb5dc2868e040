"""Wrapped keys live in a database of their own, so that they are backed up apart."""

from __future__ import annotations

from typing import Any

from django.conf import settings

KEYS = "keys"
_APP = "keystore"
_SEALED = frozenset({"keystore", "vault"})


class KeysApart:
    """Send what belongs to the key store there, and everything else elsewhere."""

    def db_for_read(self, model: Any, **_hints: Any) -> str | None:
        """Name the database to read a model from."""
        return KEYS if model._meta.app_label == _APP else None

    db_for_write = db_for_read

    def allow_relation(self, one: Any, other: Any, **_hints: Any) -> bool | None:
        """Refuse a relation between the key store and anything else."""
        apart = {each._meta.app_label == _APP for each in (one, other)}
        return None if len(apart) == 1 else False

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        """Give each database its own tables only.

        Where nobody's identity may be held, there is no table to hold it.
        """
        if app_label in _SEALED and not getattr(settings, "ASYLON_IDENTITIES", False):
            return False
        return (db == KEYS) == (app_label == _APP)
