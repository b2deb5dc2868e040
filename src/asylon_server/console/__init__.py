"""The system at the prompt: making a deployment, running it, saving and checking it.

Its commands join `asylon` through the entry point `asylon.commands`. Neither Django nor
the tables are imported before one of them is run.
"""

from __future__ import annotations

import typer


def commands(app: typer.Typer) -> None:
    """Add the commands of the system to those of the library."""
    from asylon_server.console import joining

    joining.join(app)
