"""Showing things: colour and width on a terminal, plain text when piped."""

from __future__ import annotations

import codecs
import json
import sys
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from rich.console import Console
from rich.text import Text

from asylon.cli.speaking import spoken
from asylon.cli.wrapping import Prose
from asylon.logic.truth import FALSE, TRUE, UNKNOWN, Truth

_STYLE = {TRUE: "green", FALSE: "red", UNKNOWN: "yellow"}
_SIGN = {TRUE: "✓", FALSE: "✗", UNKNOWN: "?"}
_PLAIN_SIGN = {TRUE: "+", FALSE: "-", UNKNOWN: "?"}
"""For outputs without the other signs: a tick shown as `?` would read as open."""

_STEERING = ("Cc", "Cs", "Zl", "Zp")
_TURNING = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
"""What no message repeats as it is: controls, line ends, turns of the direction."""

_PIPED_WIDTH = 120
_AS_WRITTEN: Any = {"highlight": False, "markup": False, "emoji": False}
"""What a file says is never read as instructions on how to show it."""


@cache
def console() -> Console:
    """Get the console that writes to standard output."""
    width = None if sys.stdout.isatty() else _PIPED_WIDTH
    return Console(width=width, **_AS_WRITTEN)


@cache
def errors() -> Console:
    """Get the console that writes to standard error."""
    return Console(stderr=True, **_AS_WRITTEN)


def complain(problem: str, own_lines: str = "") -> None:
    """Say what is wrong with something that was given, on standard error.

    Args:
        problem: what is wrong; it may repeat what was given, whatever that holds.
        own_lines: what the program itself adds on lines of its own.
    """
    told = escaped(problem) + escaped(own_lines, but="\n")
    print(f"asylon: {told}", file=sys.stderr)


def escaped(text: str, but: str = "") -> str:
    r"""Spell out the characters that steer a terminal or turn the order of reading.

    >>> print(escaped("a\x1b[2J\u202eb"))
    a\x1b[2J\u202eb
    """
    return "".join(
        each.encode("unicode_escape").decode()
        if each not in but and _steers(each)
        else each
        for each in text
    )


def _steers(character: str) -> bool:
    return (
        unicodedata.category(character) in _STEERING
        or unicodedata.bidirectional(character) in _TURNING
    )


def today() -> date:
    """Read the clock, once a command."""
    return datetime.now(tz=UTC).date()


def sign(value: Truth) -> Text:
    """Show a truth as one coloured sign."""
    return Text(_signs()[value], style=_STYLE[value])


def standing(status: str) -> Text:
    """Show what a state is to an instrument as one coloured sign."""
    if status in ("party", "bound"):
        return sign(TRUE)
    signs = {"signed": ("~", "yellow"), "ended": ("/", "red")}
    shape, style = signs.get(status, ("-", "dim"))
    return Text(shape, style=style)


def met(value: Truth) -> Text:
    """Show what a definition comes to."""
    return Text(f"{_signs()[value]} {result(value)}", style=_STYLE[value])


def result(value: Truth) -> str:
    """Say in a word or two what a definition comes to."""
    say = spoken().say
    met, open_ = say("result", "met"), say("result", "open")
    not_met = say("result", "not met")
    return {TRUE: met, FALSE: not_met, UNKNOWN: open_}[value]


@cache
def _signs() -> Mapping[Truth, str]:
    try:
        "".join(_SIGN.values()).encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return _PLAIN_SIGN
    return _SIGN


def is_plain() -> bool:
    """Whether the output lacks the signs that are not letters."""
    return _signs() is _PLAIN_SIGN


@cache
def dots() -> tuple[str, str]:
    """Give a full and an empty dot, or what an output can take in their place."""
    try:
        "●○".encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return "#", "o"
    return "●", "○"


def passed() -> Text:
    """Give the sign of a check that passed."""
    return sign(TRUE)


def failed() -> Text:
    """Give the sign of a check that failed."""
    return sign(FALSE)


def heading(text: str) -> None:
    """Print a heading."""
    console().print(f"\n{text}", style="bold", markup=False)


def paragraph(text: str) -> None:
    """Print a text over the whole width."""
    console().print(Prose(text))


def line(mark: Text, text: str, indent: int = 1) -> None:
    """Print a line that hangs from its mark, however often it wraps."""
    out = console()
    margin = "  " * indent
    hanging = len(margin) + mark.cell_len + 1
    wrapped = Prose(text).wrap(out, max(out.width - hanging, 20))
    for number, row in enumerate(wrapped):
        lead = Text.assemble(margin, mark, " ") if number == 0 else Text(" " * hanging)
        out.print(lead + row)


def print_json(row: Mapping[str, object]) -> None:
    """Print one JSON object on one line, with letters spelled out where need be."""
    is_limited = codecs.lookup(sys.stdout.encoding or "utf-8").name != "utf-8"
    print(json.dumps(row, ensure_ascii=is_limited, default=_plain))


def _plain(value: object) -> object:
    return value.value if isinstance(value, Truth) else str(value)
