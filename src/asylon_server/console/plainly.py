"""What goes wrong, told in one short message: what, where, why, what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from asylon.cli.inputs import InputError
from asylon.cli.speaking import spoken


class ConsoleError(InputError):
    """A command of the system cannot do what it was asked."""

    code = "system.input"


@contextmanager
def plainly() -> Iterator[None]:
    """Turn what a machine or a database says into a message for a person."""
    try:
        yield
    except (InputError, BrokenPipeError):
        raise
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "asylon_server":
            raise
        message = spoken().say(
            "system",
            "The system needs the package `{name}`, which is not installed. Install "
            "`asylon[server]`.",
            name=error.name or "",
        )
        raise ConsoleError(message) from None
    except Exception as error:
        message = _told(error)
        if not message:
            raise
        raise ConsoleError(message) from error


def _told(error: Exception) -> str:
    """Tell an error that says something about the deployment; else nothing."""
    say = spoken().say
    if isinstance(error, OSError):
        return say(
            "system",
            "{path}: {reason}. Check the folder, its owner and the room on the disk.",
            path=error.filename or "",
            reason=(error.strerror or str(error)).lower(),
        )
    if _is_of_house(error):
        return str(error)
    if isinstance(error, sqlite3.Error) or _is_of_database(error):
        return say(
            "system",
            "The database does not do it: {reason}. `asylon doctor` names the repair.",
            reason=str(error).strip().partition("\n")[0].lower(),
        )
    return ""


def _is_of_house(error: Exception) -> bool:
    from asylon_server.settings.deployment import DeploymentError

    if isinstance(error, DeploymentError):
        return True
    return type(error).__module__.startswith("asylon_server.store.")


def _is_of_database(error: Exception) -> bool:
    import psycopg
    from django.db import DatabaseError

    return isinstance(error, DatabaseError | psycopg.Error)
