"""The commands on the law book; what they do is imported when they are run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from asylon.cli.options import Agreements, Json, Lang, LawFolder, On, group

law = group("Read, check and compare the law book.")


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


@law.command("demo")
def law_demo(lang: Lang = "en") -> None:
    """See published decisions determined, and one explained."""
    from asylon.cli import demonstrating, speaking

    speaking.speak(lang)
    raise typer.Exit(demonstrating.demo())
