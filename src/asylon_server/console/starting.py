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
from asylon_server.settings.deployment import Deployment, deployment
from asylon_server.unlocking import HOME, unlock

ONLY_MINE = 0o077


def now() -> datetime:
    """Look at the clock, once for each command."""
    return datetime.now(UTC)


def opened(home: Path) -> Deployment:
    """Open the deployment of a folder, with Django over its tables.

    Raises:
        DeploymentError: there is none.
        ConsoleError: it would keep identities where it may not, or it was founded as
            something else than it says.
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
    from asylon_server.store.organisations import founded

    try:
        founded.check(here.kind, here.state)
    except founded.FoundedError as error:
        message = f"{here.folder / 'asylon.toml'}: {error}"
        raise ConsoleError(message) from None
    return here


def start(here: Deployment) -> None:
    """Let Django run over the tables of a deployment."""
    os.umask(ONLY_MINE)
    os.environ[HOME] = str(here.folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "asylon_server.settings.django"
    if not here.secret_file.exists():
        raise _missing(here.secret_file)
    import django

    django.setup()


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
