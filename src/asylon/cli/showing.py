"""Showing things: colour and width on a terminal, plain text when piped."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from functools import cache

from rich.console import Console
from rich.text import Text

from asylon.logic.truth import FALSE, TRUE, UNKNOWN, Truth

_STYLE = {TRUE: "green", FALSE: "red", UNKNOWN: "yellow"}
_SIGN = {TRUE: "✓", FALSE: "✗", UNKNOWN: "?"}
_MET = {TRUE: "met", FALSE: "not met", UNKNOWN: "open"}
_PIPED_WIDTH = 120


@cache
def console() -> Console:
    """Get the console that writes to standard output."""
    plain = not sys.stdout.isatty()
    return Console(width=_PIPED_WIDTH if plain else None, highlight=False)


@cache
def errors() -> Console:
    """Get the console that writes to standard error."""
    return Console(stderr=True, highlight=False)


def sign(value: Truth) -> Text:
    """Show a truth as one coloured sign."""
    return Text(_SIGN[value], style=_STYLE[value])


def met(value: Truth) -> Text:
    """Show what a definition comes to."""
    return Text(f"{_SIGN[value]} {_MET[value]}", style=_STYLE[value])


def print_json(row: Mapping[str, object]) -> None:
    """Print one JSON object on one line."""
    print(json.dumps(row, ensure_ascii=False, default=_plain))


def _plain(value: object) -> object:
    return value.value if isinstance(value, Truth) else str(value)
