"""`asylon law key`: drawing a key and showing its public half."""

from __future__ import annotations

import os
from pathlib import Path

import typer

from asylon.cli import showing
from asylon.cli.inputs import InputError, read_file
from asylon.languages import Catalogue
from asylon.security import PrivateKey, PublicKey, draw_key, private_key
from asylon.security.signatures import is_locked

_ONLY_MINE = 0o600


def new(path: Path, *, with_passphrase: bool, language: Catalogue) -> int:
    """Draw a key into a new file that only its owner may read."""
    if path.exists():
        message = f"{path}: there is a file already, and no key is written over it."
        raise InputError(message)
    passphrase = ""
    if with_passphrase:
        passphrase = typer.prompt(
            language.say("key", "Passphrase"), hide_input=True, confirmation_prompt=True
        )
    key = draw_key()
    write_new(path, key.pem(passphrase))
    show_public(key.public, language)
    return 0


def write_new(path: Path, content: bytes, mode: int = _ONLY_MINE) -> None:
    """Write a file that must not be there yet."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        with os.fdopen(os.open(path, flags, mode), "wb") as stream:
            stream.write(content)
    except OSError as error:
        message = f"{path}: {(error.strerror or str(error)).lower()}. Name a new file."
        raise InputError(message) from None


def show(path: Path, language: Catalogue) -> int:
    """Show the public half of a key."""
    show_public(read_key(path, language).public, language)
    return 0


def show_public(public: PublicKey, language: Catalogue) -> None:
    """Print what goes into the register, and what is read out to the other side."""
    print(language.say("key", "public key   {key}", key=public.text))
    print(language.say("key", "fingerprint  {key}", key=public.fingerprint))
    text = language.say(
        "key",
        "The public key goes into the register. Compare the fingerprint on paper or "
        "read it out; the file itself stays with you.",
    )
    showing.console().print(text)


def read_key(path: Path, language: Catalogue) -> PrivateKey:
    """Read a private key, asking for the passphrase if it wants one."""
    pem = read_file(path)
    passphrase = ""
    if is_locked(pem):
        passphrase = typer.prompt(language.say("key", "Passphrase"), hide_input=True)
    return private_key(pem, passphrase)
