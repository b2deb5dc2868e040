"""`asylon law key`: drawing a key and showing its public half."""

from __future__ import annotations

import os
from pathlib import Path

import typer

from asylon.cli import showing
from asylon.cli.inputs import InputError, read_file
from asylon.cli.speaking import spoken
from asylon.security import PrivateKey, PublicKey, draw_key, private_key
from asylon.security.signatures import is_locked

_ONLY_MINE = 0o600


def new(path: Path, *, with_passphrase: bool) -> int:
    """Draw a key into a new file that only its owner may read."""
    say = spoken().say
    if path.exists():
        message = say(
            "problem",
            "{path}: there is a file already, and no key is written over it.",
            path=path,
        )
        raise InputError(message)
    passphrase = ""
    if with_passphrase:
        passphrase = typer.prompt(
            say("key", "Passphrase"),
            hide_input=True,
            confirmation_prompt=say("key", "Repeat for confirmation"),
        )
    key = draw_key()
    write_new(path, key.pem(passphrase))
    show_public(key.public)
    return 0


def write_new(path: Path, content: bytes, mode: int = _ONLY_MINE) -> None:
    """Write a file that must not be there yet."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        with os.fdopen(os.open(path, flags, mode), "wb") as stream:
            stream.write(content)
    except OSError as error:
        message = spoken().say(
            "problem",
            "{path}: {error}. Name a new file.",
            path=path,
            error=(error.strerror or str(error)).lower(),
        )
        raise InputError(message) from None


def show(path: Path) -> int:
    """Show the public half of a key."""
    show_public(read_key(path).public)
    return 0


def show_public(public: PublicKey) -> None:
    """Print what goes into the register, and what is read out to the other side."""
    say = spoken().say
    print(say("key", "public key   {key}", key=public.text))
    print(say("key", "fingerprint  {key}", key=public.fingerprint))
    text = say(
        "key",
        "The public key goes into the register. Compare the fingerprint on paper or "
        "read it out; the file itself stays with you.",
    )
    showing.paragraph(text)


def read_key(path: Path) -> PrivateKey:
    """Read a private key, asking for the passphrase if it wants one."""
    pem = read_file(path)
    passphrase = ""
    if is_locked(pem):
        passphrase = typer.prompt(spoken().say("key", "Passphrase"), hide_input=True)
    return private_key(pem, passphrase)
