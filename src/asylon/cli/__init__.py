"""The library at the prompt.

Only this room reads files and the clock. What goes wrong with what it was given is
told in one short message, and the exit code is 2; 1 means that a check failed.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run the `asylon` command."""
    from asylon.cli.commands import app
    from asylon.cli.inputs import InputError
    from asylon.law.errors import LawError
    from asylon.logic.errors import LogicError

    try:
        app()
    except (InputError, LawError, LogicError) as error:
        print(f"asylon: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
