"""The library at the prompt.

Only this room reads files and the clock. What goes wrong with what it was given is
told in one short message, and the exit code is 2; 1 means that a check failed.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper


def main() -> None:
    """Run the `asylon` command."""
    from asylon.cli.commands import app

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Where a sign cannot be shown, a question mark is better than nothing.
            stream.reconfigure(errors="replace")
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        if not _is_about_input(error):
            raise
        print(f"asylon: {_told(error)}", file=sys.stderr)
        sys.exit(2)


def _told(error: Exception) -> str:
    from asylon.cli.speaking import spoken
    from asylon.determination.notices import problem

    return problem(error, spoken())


def _is_about_input(error: Exception) -> bool:
    """Whether an error says what is wrong with what was given."""
    from asylon.cli.inputs import InputError
    from asylon.law.errors import LawError
    from asylon.logic.errors import LogicError
    from asylon.security import SecurityError

    return isinstance(error, InputError | LawError | LogicError | SecurityError)
