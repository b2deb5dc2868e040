"""Leaving nothing of what was deleted in the files that SQLite writes beside itself.

What is deleted is overwritten in the database, and stays in its log of writes until
that is brought over and cut off.
"""

from __future__ import annotations

from django.db import connections


def cut_off(*aliases: str) -> bool:
    """Bring the logs of writes over into their databases, and cut them off.

    Within a transaction nothing is done, since SQLite would refuse.

    Returns:
        Whether nothing of what was deleted is left beside a database.
    """
    there = [each for each in aliases if each in connections.databases]
    left = [each for each in there if not _cut_off(each)]
    return not left


def _cut_off(alias: str) -> bool:
    connection = connections[alias]
    if connection.vendor != "sqlite":
        return True
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [busy, _length, _moved] = cursor.fetchone()
    return not busy
