"""The library at the prompt.

Only this room reads files and the clock. What goes wrong with what it was given is
told in one short message, and the exit code is 2; 1 means that a check failed.
"""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn, TextIO


def main() -> None:
    """Run the `asylon` command."""
    from asylon.cli.commands import app

    if sys.stdout is None:
        sys.stdout = _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Where a sign cannot be shown, a question mark is better than nothing.
            stream.reconfigure(errors="replace")
    try:
        try:
            app()
        except Exception as error:
            if not _is_about_input(error):
                raise
            _end_with(error)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        sys.stdout = _nowhere()
        reason = (error.strerror or str(error)).lower()
        told = (
            f"the output cannot be written in full: {reason}. Make room, and ask again."
        )
        print(f"asylon: {told}", file=sys.stderr)
        sys.exit(2)


def _end_with(error: Exception) -> NoReturn:
    """Tell what is wrong with the input, also where the output takes nothing more."""
    try:
        sys.stdout.flush()
    except OSError:
        sys.stdout = _nowhere()
    _complain(error)
    sys.exit(2)


def _nowhere() -> TextIO:
    """Give an output that takes everything, where there is none to write to."""
    return Path(os.devnull).open("w", encoding="utf-8")


def _complain(error: Exception) -> None:
    """Tell what is wrong; only a remedy shows a spot on a line of its own."""
    from asylon.cli.showing import complain
    from asylon.cli.speaking import spoken
    from asylon.determination.notices import problem
    from asylon.law.errors import DocumentError
    from asylon.logic.errors import LogicError

    told = problem(error, spoken())
    remedy = error.remedy if isinstance(error, DocumentError) else ""
    if isinstance(error, LogicError):
        remedy = told
    complain(told.removesuffix(remedy), remedy)


def _is_about_input(error: Exception) -> bool:
    """Whether an error says what is wrong with what was given."""
    from asylon.cli.inputs import InputError
    from asylon.law.errors import LawError
    from asylon.logic.errors import LogicError
    from asylon.security import SecurityError

    return isinstance(error, InputError | LawError | LogicError | SecurityError)
