"""The commands and their options; what they do is imported when they are run."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path
from typing import Annotated

import typer

from asylon import __version__
from asylon.cli import agreementcommands
from asylon.cli.options import (
    Agreements,
    Files,
    Json,
    Lang,
    LawFolder,
    On,
    OneFile,
    Set,
    Strict,
)

app = typer.Typer(
    name="asylon",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(agreementcommands.law, name="law")


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
    """List claims that come out differently under other settings."""
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


def _join() -> None:
    """Let installed packages add their commands; what they lack they say when run."""
    for each in entry_points(group="asylon.commands"):
        try:
            add = each.load()
        except ModuleNotFoundError:
            # Its package is not there, though its name is.
            continue
        add(app)


_join()
