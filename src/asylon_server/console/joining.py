"""The commands of the system and their options; what they do is imported when run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from asylon.cli.options import Json, Lang, group
from asylon.cli.speaking import speak

Home = Annotated[
    Path,
    typer.Option("--home", envvar="ASYLON_HOME", help="The folder of the deployment."),
]
PassphraseFile = Annotated[
    Path | None,
    typer.Option("--passphrase-file", help="A file that holds the passphrase."),
]
Shares = Annotated[
    str, typer.Option("--shares", help="How many holders bring the key back: 3/5.")
]
SharesTo = Annotated[
    Path | None,
    typer.Option("--shares-to", help="A new folder, for one file for each share."),
]
Here = Path()

organisation = group("Say which organisations take part.")
user = group("Open and close accounts, and give out sign-in links.")
custody = group("Put the key on paper in shares, bring it back, replace it.")
log = group("Let heads of the record be witnessed, and check everything.")


def join(app: typer.Typer) -> None:
    """Add the commands to `asylon`."""
    for command in (init, serve, demo, backup, restore, doctor):
        app.command(command.__name__)(command)
    named = {
        "organisation": organisation,
        "user": user,
        "custody": custody,
        "log": log,
    }
    for name, each in named.items():
        app.add_typer(each, name=name)


def init(
    folder: Annotated[Path, typer.Argument(help="A folder that is not there yet.")],
    *,
    name: Annotated[str, typer.Option(help="The name of the office.")],
    kind: Annotated[
        str, typer.Option(help="unhcr, authority, appeal_body, legal_aid or agency.")
    ],
    state: Annotated[str, typer.Option(help="The state it works in, such as CHN.")],
    database: Annotated[
        str, typer.Option(help="sqlite, or an address: postgresql:…")
    ] = "sqlite",
    host: Annotated[
        list[str] | None, typer.Option(help="A host name that it answers to.")
    ] = None,
    passphrase_file: PassphraseFile = None,
    shares: Shares = "",
    shares_to: SharesTo = None,
    lang: Lang = "en",
) -> None:
    """Make a deployment: a folder, its keys, its tables."""
    from asylon_server.console.plainly import plainly

    speak(lang)
    with plainly():
        from asylon_server.console import founding, handing

        sheets = handing.Sheets(shares, shares_to)
        asked = founding.Asked(
            name, kind, state, database, tuple(host or ()), passphrase_file, sheets
        )
        raise typer.Exit(founding.init(folder, asked))


def serve(
    home: Home = Here,
    *,
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.")] = 8000,
    workers: Annotated[int, typer.Option(help="How many processes serve pages.")] = 2,
    open_: Annotated[bool, typer.Option("--open", help="Open a browser.")] = False,
    passphrase_file: PassphraseFile = None,
    lang: Lang = "en",
) -> None:
    """Serve the pages and seal the record, until told to stop."""
    from asylon_server.console.plainly import plainly

    speak(lang)
    with plainly():
        from asylon_server.console import serving

        wanted = serving.Wanted(port, workers, open_, passphrase_file)
        raise typer.Exit(serving.serve(home, wanted))


def demo(
    *,
    folder: Annotated[
        Path, typer.Option(help="The folder of the demonstration.")
    ] = Path("demo"),
    people: Annotated[int, typer.Option(help="How many invented people.")] = 550,
    seed: Annotated[int, typer.Option(help="Where to begin drawing them.")] = 1951,
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.")] = 0,
    open_: Annotated[bool, typer.Option("--open", help="Open a browser.")] = False,
    lang: Lang = "en",
) -> None:
    """Look at the system with invented people, in every role."""
    from asylon_server.console.plainly import plainly

    speak(lang)
    with plainly():
        from asylon_server.console import demonstrating

        asked = demonstrating.Asked(people, seed, port, open_)
        raise typer.Exit(demonstrating.demo(folder, asked))


def backup(
    to: Annotated[Path, typer.Argument(help="A new file, or a folder for one.")],
    home: Home = Here,
    keys: Annotated[
        Path | None,
        typer.Option(
            help="A folder elsewhere, where the copy of the keys is replaced."
        ),
    ] = None,
    lang: Lang = "en",
) -> None:
    """Save everything in one file, and the keys apart."""
    from asylon_server.console.plainly import plainly

    speak(lang)
    with plainly():
        from asylon_server.console import saving

        raise typer.Exit(saving.backup(home, to, keys))


def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    folder: Annotated[Path, typer.Argument(help="A folder that is not there yet.")],
    *,
    keys: Annotated[Path, typer.Option(help="The newest copy of the keys.")],
    database: Annotated[
        str | None, typer.Option(help="Another database than before; an empty one.")
    ] = None,
    lang: Lang = "en",
) -> None:
    """Make a deployment anew from a backup and its keys."""
    from asylon_server.console.plainly import plainly

    speak(lang)
    with plainly():
        from asylon_server.console import restoring

        raise typer.Exit(restoring.restore(file, folder, keys, database))


def doctor(
    home: Home = Here,
    *,
    passphrase_file: PassphraseFile = None,
    with_keys: Annotated[
        bool, typer.Option("--keys/--no-keys", help="Try whether the passphrase fits.")
    ] = True,
    json: Json = False,
    lang: Lang = "en",
) -> None:
    """Look whether everything is in order, and name the repair."""
    from asylon_server.console.plainly import plainly

    speak(lang)
    with plainly():
        from asylon_server.console import doctoring

        asked = {"with_keys": with_keys, "as_json": json}
        raise typer.Exit(doctoring.doctor(home, passphrase_file, **asked))


@organisation.command("add")
def organisation_add(
    name: Annotated[str, typer.Argument(help="Its name.")],
    *,
    kind: Annotated[
        str, typer.Option(help="unhcr, authority, appeal_body, legal_aid or agency.")
    ],
    state: Annotated[str, typer.Option(help="Its state, such as CHN.")] = "",
    home: Home = Here,
    lang: Lang = "en",
) -> None:
    """Let another organisation take part."""
    from asylon_server.console.plainly import plainly

    speak(lang)
    with plainly():
        from asylon_server.console import people

        raise typer.Exit(people.add_organisation(home, name, kind, state))


Name = Annotated[str, typer.Argument(help="The name of the account.")]


@user.command("add")
def user_add(
    name: Name,
    *,
    role: Annotated[str, typer.Option(help="The role, such as registration.")],
    organisation: Annotated[
        str, typer.Option(help="The organisation; the only one if left out.")
    ] = "",
    home: Home = Here,
    lang: Lang = "en",
) -> None:
    """Open an account."""
    from asylon_server.console.plainly import plainly

    speak(lang)
    with plainly():
        from asylon_server.console import people

        raise typer.Exit(people.add(home, name, role, organisation))


@user.command("list")
def user_list(*, json: Json = False, home: Home = Here, lang: Lang = "en") -> None:
    """List the accounts."""
    from asylon_server.console.plainly import plainly

    speak(lang)
    with plainly():
        from asylon_server.console import people

        raise typer.Exit(people.show(home, as_json=json))


@user.command("close")
def user_close(name: Name, *, home: Home = Here, lang: Lang = "en") -> None:
    """Close an account; it is never opened again."""
    from asylon_server.console.plainly import plainly

    speak(lang)
    with plainly():
        from asylon_server.console import people

        raise typer.Exit(people.close(home, name))


@user.command("sign-in-link")
def user_sign_in_link(
    name: Name,
    *,
    address: Annotated[
        str, typer.Option(help="Where the pages are.")
    ] = "http://localhost:8000",
    hours: Annotated[int, typer.Option(help="How long it lasts.", min=1, max=72)] = 1,
    alone: Annotated[
        bool,
        typer.Option(
            "--alone",
            help="Reset an account in use whose office has nobody else to agree; all "
            "of the office are told.",
        ),
    ] = False,
    home: Home = Here,
    lang: Lang = "en",
) -> None:
    """Print a link that signs somebody in once."""
    from asylon_server.console.plainly import plainly

    speak(lang)
    with plainly():
        from asylon_server.console import people

        raise typer.Exit(people.link(home, name, address, hours, alone=alone))


@custody.command("shares")
def custody_shares(
    *,
    shares: Shares = "3/5",
    shares_to: SharesTo = None,
    passphrase_file: PassphraseFile = None,
    home: Home = Here,
    lang: Lang = "en",
) -> None:
    """Hand out shares of the key, each to its holder alone."""
    from asylon_server.console.plainly import plainly

    speak(lang)
    with plainly():
        from asylon_server.console import custodians, handing

        sheets = handing.Sheets(shares, shares_to)
        raise typer.Exit(custodians.hand_out(home, sheets, passphrase_file))


@custody.command("rotate")
def custody_rotate(
    *,
    shares: Shares = "",
    shares_to: SharesTo = None,
    passphrase_file: PassphraseFile = None,
    home: Home = Here,
    lang: Lang = "en",
) -> None:
    """Replace the key that wraps the keys of all cases."""
    from asylon_server.console.plainly import plainly

    speak(lang)
    with plainly():
        from asylon_server.console import handing, rotating

        sheets = handing.Sheets(shares, shares_to)
        raise typer.Exit(rotating.rotate(home, passphrase_file, sheets))


@custody.command("reindex")
def custody_reindex(
    *,
    new_key: Annotated[
        bool, typer.Option("--new-key", help="Draw a new index key first.")
    ] = False,
    passphrase_file: PassphraseFile = None,
    home: Home = Here,
    lang: Lang = "en",
) -> None:
    """Make anew what people are found by, and the marks of holds."""
    from asylon_server.console.plainly import plainly

    speak(lang)
    with plainly():
        from asylon_server.console import rotating

        raise typer.Exit(rotating.reindex(home, passphrase_file, new_key=new_key))


@custody.command("rebuild")
def custody_rebuild(
    *,
    shares_file: Annotated[
        Path | None, typer.Option(help="A file with a share on each line.")
    ] = None,
    passphrase_file: PassphraseFile = None,
    home: Home = Here,
    lang: Lang = "en",
) -> None:
    """Write the key file again from shares, under a new passphrase."""
    from asylon_server.console.plainly import plainly

    speak(lang)
    with plainly():
        from asylon_server.console import custodians

        raise typer.Exit(custodians.rebuild(home, shares_file, passphrase_file))


@log.command("head")
def log_head(
    *,
    out: Annotated[
        Path | None, typer.Option(help="A file to write it to, for a witness.")
    ] = None,
    json: Json = False,
    home: Home = Here,
    lang: Lang = "en",
) -> None:
    """Show the newest head of the record."""
    from asylon_server.console.plainly import plainly

    speak(lang)
    with plainly():
        from asylon_server.console import logpage

        raise typer.Exit(logpage.head(home, out, as_json=json))


@log.command("witness")
def log_witness(
    file: Annotated[Path, typer.Argument(help="The file of a head.")],
    *,
    key: Annotated[Path, typer.Option(help="The file of your private key.")],
    lang: Lang = "en",
) -> None:
    """Sign a head of another house as a witness."""
    from asylon_server.console.plainly import plainly

    speak(lang)
    with plainly():
        from asylon_server.console import logpage

        raise typer.Exit(logpage.witness(file, key))


@log.command("verify")
def log_verify(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Heads that came back from witnesses.")
    ] = None,
    *,
    witness: Annotated[
        list[str] | None,
        typer.Option(help="A public key that has to have signed each of them."),
    ] = None,
    json: Json = False,
    home: Home = Here,
    lang: Lang = "en",
) -> None:
    """Check events, log, heads, witnesses and every row."""
    from asylon_server.console.plainly import plainly

    speak(lang)
    with plainly():
        from asylon_server.console import logpage

        asked = logpage.verify(home, files or (), witness or (), as_json=json)
        raise typer.Exit(asked)
