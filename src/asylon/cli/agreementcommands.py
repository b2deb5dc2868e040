"""The commands by which a set is agreed; they stand beside those on the law book."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from asylon.cli.lawcommands import law
from asylon.cli.options import Json, Lang, LawFolder, On, group

__all__ = ["law"]

key = group("Draw a key to sign with, and show its public half.")
law.add_typer(key, name="key")

KeyFile = Annotated[Path, typer.Argument(help="The file of a private key.")]


@key.command("new")
def law_key_new(
    file: KeyFile,
    *,
    passphrase: Annotated[
        bool, typer.Option(help="Lock the file; asks for the passphrase.")
    ] = False,
    lang: Lang = "en",
) -> None:
    """Draw a key into a new file that only you may read."""
    from asylon.cli import keys, speaking

    speaking.speak(lang)
    raise typer.Exit(keys.new(file, with_passphrase=passphrase))


@key.command("show")
def law_key_show(file: KeyFile, *, lang: Lang = "en") -> None:
    """Show the public key of a file, and its fingerprint."""
    from asylon.cli import keys, speaking

    speaking.speak(lang)
    raise typer.Exit(keys.show(file))


@law.command("draft")
def law_draft(
    set_: Annotated[str, typer.Argument(metavar="SET", help="The set to agree.")],
    first: Annotated[str, typer.Option("--from", help="First day, 2027-01-01.")],
    into: Annotated[Path, typer.Option(help="The folder that both sides exchange.")],
    lang: Lang = "en",
    law: LawFolder = None,
) -> None:
    """Write an act by which a set would be in force, to be signed."""
    from asylon.cli import agreeing, speaking

    speaking.speak(lang)
    raise typer.Exit(agreeing.draft(set_, first, into, law))


@law.command("sign")
def law_sign(
    act: Annotated[Path, typer.Argument(help="The file of the act.")],
    key: Annotated[Path, typer.Option(help="The file of your private key.")],
    signer: Annotated[str, typer.Option("--as", help="Your name in the register.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Sign without asking.")] = False,
    lang: Lang = "en",
    law: LawFolder = None,
) -> None:
    """Show in words what an act does, ask, and sign it."""
    from asylon.cli import agreeing, speaking

    speaking.speak(lang)
    options = agreeing.SignOptions(key, signer, yes, law)
    raise typer.Exit(agreeing.sign_act(act, options))


@law.command("verify")
def law_verify(
    folder: Annotated[Path, typer.Argument(help="A folder of acts and signatures.")],
    on: On = None,
    *,
    register: Annotated[
        Path | None, typer.Option(help="The register to trust instead of the folder's.")
    ] = None,
    lang: Lang = "en",
    json: Json = False,
    law: LawFolder = None,
) -> None:
    """Say of every act whether it is in force, since when, or why not."""
    from asylon.cli import agreeing, speaking

    speaking.speak(lang)
    options = agreeing.VerifyOptions(on, law, register, json)
    raise typer.Exit(agreeing.verify(folder, options))
