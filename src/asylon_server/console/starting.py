"""Opening a deployment: its folder, its passphrase, and Django over its tables."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import typer

from asylon.casework import may_hold_identities
from asylon.cli.inputs import read_file
from asylon.cli.speaking import spoken
from asylon.security import PrivateKey, private_key
from asylon.security.errors import SecurityError
from asylon_server.console.plainly import ConsoleError
from asylon_server.settings.deployment import EMBEDDED, Deployment, deployment
from asylon_server.settings.shared import DIRECT
from asylon_server.unlocking import HOME, unlock

ONLY_MINE = 0o077


def now() -> datetime:
    """Look at the clock, once for each command."""
    return datetime.now(UTC)


def opened(home: Path, *, of_before: bool = False) -> Deployment:
    """Open the deployment of a folder, with Django over its tables.

    Args:
        home: The folder.
        of_before: Whether its tables may be those of an earlier edition.

    Raises:
        DeploymentError: there is none.
        ConsoleError: it would keep identities where it may not, it was founded as
            something else than it says, or its tables are those of another edition.
    """
    here = deployment(home.resolve())
    if here.identities and not may_hold_identities(here.kind, here.state, now().date()):
        message = spoken().say(
            "system",
            "{file}: an authority in {state} may hold no identities, and `identities` "
            "is true. Make another deployment, with `asylon init`.",
            file=here.folder / "asylon.toml",
            state=here.state,
        )
        raise ConsoleError(message)
    start(here)
    hold_to_founding(here)
    _hold_to_edition(here, of_before=of_before)
    return here


def _hold_to_edition(here: Deployment, *, of_before: bool) -> None:
    """Make sure that the tables are those of this edition: others have other columns."""
    from asylon_server.console import migrating

    say = spoken().say
    if not migrating.is_used():
        raise ConsoleError(
            say(
                "system",
                "{folder}: its database is empty. Restore the newest backup: asylon "
                "restore",
                folder=here.folder,
            )
        )
    if migrating.foreign(migrating.applied()):
        raise ConsoleError(
            say(
                "system",
                "The tables are those of a later edition. Install that one: this one "
                "would not know what it writes in.",
            )
        )
    if not of_before and migrating.pending():
        raise ConsoleError(
            say(
                "system",
                "The tables are those of an earlier edition. Start `asylon serve`, which "
                "makes a backup and brings them up to this one.",
            )
        )


def hold_to_founding(here: Deployment) -> None:
    """Make sure that a deployment is what it was founded as.

    Raises:
        ConsoleError: it says that it is something else.
    """
    from asylon_server.store.organisations import founded

    try:
        founded.check(here.kind, here.state, invented=here.invented)
    except founded.FoundedError as error:
        message = f"{here.folder / 'asylon.toml'}: {error}"
        raise ConsoleError(message) from None


def start(here: Deployment) -> None:
    """Let Django run over the tables of a deployment."""
    os.umask(ONLY_MINE)
    os.environ[HOME] = str(here.folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "asylon_server.settings.django"
    if not here.secret_file.exists():
        raise _missing(here.secret_file)
    import django

    django.setup()
    if here.database != EMBEDDED:
        hold_to_line()


def hold_to_line() -> None:
    """Make sure that nothing between shares out the lines to the database.

    A plan that one line keeps would be asked for on another, which has none or another
    one by that name; and what is acknowledged is only on the disk where the line asked.

    Raises:
        ConsoleError: something stands between.
    """
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting(%s, true)", [DIRECT])
            [said] = cursor.fetchone()
    except DatabaseError:
        return  # That it cannot be reached is told by whoever asks it something.
    if said != "on":
        message = spoken().say(
            "system",
            "Something that shares out lines, such as PgBouncer, stands before the "
            "database, and the answer to one question could come to another. Name the "
            "database itself: `database` in asylon.toml.",
        )
        raise ConsoleError(message)


def sealer(here: Deployment) -> PrivateKey:
    """Read the key that seals the record.

    Raises:
        ConsoleError: it is missing, or is none.
    """
    if not here.sealer_file.exists():
        raise _missing(here.sealer_file)
    return private_key(here.sealer_file.read_bytes())


def _missing(file: Path) -> ConsoleError:
    message = spoken().say(
        "system",
        "{file}: the key is missing. Bring it back from the copy of the keys: "
        "`asylon restore` says how.",
        file=file,
    )
    return ConsoleError(message)


def passphrase(file: Path | None, *, new: bool = False) -> str:
    """Get the passphrase of the keys: from a file, or asked for at the terminal.

    Raises:
        ConsoleError: there is neither.
    """
    say = spoken().say
    if file is not None:
        return read_file(file).decode("utf-8", "replace").rstrip("\r\n")
    if not sys.stdin.isatty():
        message = say(
            "system",
            "There is no terminal to ask for the passphrase. Name a file that holds "
            "it: --passphrase-file FILE",
        )
        raise ConsoleError(message)
    return str(
        typer.prompt(
            say("key", "Passphrase"),
            hide_input=True,
            confirmation_prompt=say("key", "Repeat for confirmation") if new else False,
        )
    )


def unlocked(here: Deployment, file: Path | None) -> str:
    """Open the keys of a deployment with its passphrase, which is given back.

    Raises:
        ConsoleError: they are missing, or the passphrase does not open them.
    """
    if not here.identities:
        return ""
    if not here.custody_file.exists():
        raise _missing(here.custody_file)
    word = passphrase(file)
    try:
        unlock(here.custody_file, word)
    except SecurityError as error:
        message = spoken().say(
            "system",
            "{file}: {problem}. Try again, or rebuild the keys from their shares: "
            "`asylon custody rebuild`.",
            file=here.custody_file,
            problem=str(error),
        )
        raise ConsoleError(message) from None
    return word
