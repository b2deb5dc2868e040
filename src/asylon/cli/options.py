"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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


def group(text: str) -> typer.Typer:
    """Make a group of commands."""
    return typer.Typer(help=text, no_args_is_help=True, rich_markup_mode=None)
