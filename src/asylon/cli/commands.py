"""The commands and their options; what they do is imported when they are run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from asylon import __version__

app = typer.Typer(
    name="asylon",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
law = typer.Typer(
    help="Read, check and compare the law book.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(law, name="law")


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"asylon {__version__}")
        raise typer.Exit


@app.callback()
def asylon(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, help="Show the version.")
    ] = False,
) -> None:
    """Asylon: the refugee definition applied, explained and questioned."""
    from asylon.cli import speaking

    speaking.speak("en")


Files = Annotated[list[Path], typer.Argument(help="Decisions files (TOML).")]
OneFile = Annotated[Path, typer.Argument(help="A decisions file (TOML).")]
Set = Annotated[str | None, typer.Option("--set", help="Parameter set to apply.")]
On = Annotated[str | None, typer.Option("--on", help="Day to apply it on, 2026-06-30.")]
Lang = Annotated[str, typer.Option(help="Language: en, ko or zh.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object per line.")]
Strict = Annotated[
    bool, typer.Option(help="Take what a decision did not discuss as undetermined.")
]
LawFolder = Annotated[
    Path | None, typer.Option("--law", help="A folder of law documents to use instead.")
]
Agreements = Annotated[
    Path | None,
    typer.Option(
        "--agreements", help="A folder of signed acts, to say what has force."
    ),
]


@app.command()
def determine(
    files: Files,
    set_: Set = None,
    on: On = None,
    lang: Lang = "en",
    *,
    strict: Strict = False,
    json: Json = False,
    law: LawFolder = None,
    agreements: Agreements = None,
) -> None:
    """Say what follows for each claim of a file."""
    from asylon.cli import determining, speaking

    speaking.speak(lang)
    options = determining.Options(set_, on, strict, json, law, agreements)
    raise typer.Exit(determining.determine(files, options))


@app.command()
def explain(
    file: OneFile,
    id_: Annotated[str | None, typer.Option("--id", help="Only this claim.")] = None,
    set_: Set = None,
    on: On = None,
    lang: Lang = "en",
    *,
    strict: Strict = False,
    whole: Annotated[
        bool, typer.Option(help="Show every element, also what does not matter.")
    ] = False,
    json: Json = False,
    law: LawFolder = None,
    agreements: Agreements = None,
) -> None:
    """Explain a claim, element by element."""
    from asylon.cli import explaining, speaking

    speaking.speak(lang)
    options = explaining.Options(id_, set_, on, strict, whole, json, law, agreements)
    raise typer.Exit(explaining.explain(file, options))


@app.command()
def reexamine(
    file: Annotated[
        Path | None, typer.Argument(help="A decisions file (TOML).")
    ] = None,
    *,
    before: Annotated[str, typer.Option("--from", help="Set to come from.")],
    after: Annotated[str, typer.Option("--to", help="Set to go to.")],
    synthetic: Annotated[
        int | None, typer.Option(help="So many invented claims instead of a file.")
    ] = None,
    engine: Annotated[
        str, typer.Option(help="planes (all at once) or rows (one by one).")
    ] = "planes",
    from_on: Annotated[
        str | None, typer.Option(help="Day as of which to come from.")
    ] = None,
    on: Annotated[str | None, typer.Option(help="Day as of which to go to.")] = None,
    seed: Annotated[int, typer.Option(help="Where to begin drawing claims.")] = 1951,
    reasons: Annotated[
        int | None, typer.Option(help="Full reasons for the first so many flips.")
    ] = None,
    each: Annotated[bool, typer.Option(help="List every flip.")] = False,
    lang: Lang = "en",
    json: Json = False,
    law: LawFolder = None,
) -> None:
    """List which claims would come out differently under other settings."""
    from asylon.cli import reexamining, speaking

    speaking.speak(lang)
    options = reexamining.Options(
        before,
        after,
        file,
        synthetic,
        engine,
        from_on,
        on,
        seed,
        reasons,
        each,
        json,
        law,
    )
    raise typer.Exit(reexamining.reexamine(options))


@app.command()
def demo(lang: Lang = "en") -> None:
    """See published decisions determined, and one explained."""
    from asylon.cli import demonstrating, speaking

    speaking.speak(lang)
    raise typer.Exit(demonstrating.demo())


@law.command("list")
def law_list(
    lang: Lang = "en",
    *,
    json: Json = False,
    law: LawFolder = None,
    agreements: Agreements = None,
) -> None:
    """List all that the law book holds: provisions, sets, instruments, states."""
    from asylon.cli import lawlist, speaking

    speaking.speak(lang)
    raise typer.Exit(lawlist.show_list(law, agreements, as_json=json))


@law.command("show")
def law_show(
    name: Annotated[
        str,
        typer.Argument(help="A provision, list, parameter, set, instrument or state."),
    ],
    on: On = None,
    lang: Lang = "en",
    *,
    json: Json = False,
    law: LawFolder = None,
) -> None:
    """Show one text of the law book, with the scenarios that exercise it."""
    from asylon.cli import lawbook, speaking

    speaking.speak(lang)
    raise typer.Exit(lawbook.show(name, on, law, as_json=json))


@law.command("bindings")
def law_bindings(
    state: Annotated[
        str | None, typer.Argument(help="A state, such as CHN; all if left out.")
    ] = None,
    on: On = None,
    lang: Lang = "en",
    *,
    json: Json = False,
    law: LawFolder = None,
) -> None:
    """Say which state is bound by what, since when, and how far."""
    from asylon.cli import bindings, speaking

    speaking.speak(lang)
    raise typer.Exit(bindings.show(state, on, law, as_json=json))


@law.command("check")
def law_check(
    lang: Lang = "en",
    *,
    mutate: Annotated[
        bool, typer.Option(help="Break every element and setting; all must be noticed.")
    ] = False,
    json: Json = False,
    law: LawFolder = None,
) -> None:
    """Check the law book against itself and run its scenarios."""
    from asylon.cli import checking, speaking

    speaking.speak(lang)
    raise typer.Exit(checking.check(law, mutate=mutate, as_json=json))


@law.command("diff")
def law_diff(
    old: Annotated[Path, typer.Argument(help="A folder of law documents.")],
    new: Annotated[
        Path | None, typer.Argument(help="Another; the law that ships if left out.")
    ] = None,
    lang: Lang = "en",
    *,
    json: Json = False,
) -> None:
    """Say what differs between two law books, in words."""
    from asylon.cli import lawbook, speaking

    speaking.speak(lang)
    raise typer.Exit(lawbook.diff(old, new, as_json=json))


@law.command("compare")
def law_compare(
    file: Annotated[
        Path | None, typer.Argument(help="A file of claims to try every set on.")
    ] = None,
    id_: Annotated[str | None, typer.Option("--id", help="Only this claim.")] = None,
    on: On = None,
    lang: Lang = "en",
    *,
    json: Json = False,
    law: LawFolder = None,
) -> None:
    """Lay the sets beside one another, or what each makes of a file's claims."""
    from asylon.cli import comparing, speaking

    speaking.speak(lang)
    options = comparing.Options(id_, on, json, law)
    raise typer.Exit(comparing.compare(file, options))


@law.command("sql")
def law_sql(
    name: Annotated[str, typer.Argument(help="A provision.")] = "csr51/article-1",
    set_: Annotated[str, typer.Option("--set", help="Parameter set.")] = "unhcr",
    on: On = None,
    dialect: Annotated[
        str, typer.Option(help="sqlite, postgresql or duckdb.")
    ] = "postgresql",
    members: Annotated[
        int, typer.Option(help="How many entries of a list the table has room for.")
    ] = 2,
    *,
    lang: Lang = "en",
    json: Json = False,
    law: LawFolder = None,
) -> None:
    """Write a provision as SQL, with NULL as the third value."""
    from asylon.cli import querying, speaking

    speaking.speak(lang)
    options = querying.SqlOptions(name, set_, on, dialect, members, json, law)
    raise typer.Exit(querying.sql(options))


key = typer.Typer(
    help="Draw a key to sign with, and show its public half.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
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
