"""Printing a letter: a template that never changes, and data that is only ever text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from threading import Lock
from typing import Literal, cast

import typst

from asylon_server.letters import faces
from asylon_server.letters.errors import GlyphError, LetterError

STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]
"""What lasts in an archive, and what a screen reader reads. Both refuse a blank glyph."""

_BLANK = "could not be displayed"
_one_at_a_time = Lock()


def printed(template: str, data: Mapping[str, object], *, at: datetime) -> bytes:
    """Print a letter. The same data gives the same bytes.

    Args:
        template: The name of the template.
        data: What it says, as JSON can hold it.
        at: The moment that the file says it was made.

    Raises:
        FacesError: no face is installed for one of the languages.
        GlyphError: a character is in none of the faces.
        LetterError: the template and the data do not fit.
    """
    told = {**data, "faces": faces.chosen(faces.installed().families())}
    source = files(__package__).joinpath(f"{template}.typ").read_bytes()
    inputs = {"data": json.dumps(told, ensure_ascii=False)}
    with _one_at_a_time:
        try:
            made = _compiler().compile(
                source,
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=list(STANDARDS),
                timestamp=int(at.timestamp()),
            )
        except typst.TypstError as error:
            raise _plain(error, template) from None
        finally:
            # What the letter said is not kept with the compiler.
            _compiler().compile(b"#set document(title: [.])", sys_inputs=None)
    return cast("bytes", made)


@cache
def _compiler() -> typst.Compiler:
    """Keep one compiler: reading the faces takes most of the time of a letter."""
    return typst.Compiler(font_paths=faces.installed(), root=str(files(__package__)))


def _plain(error: typst.TypstError, template: str) -> LetterError:
    """Say what is wrong, and nothing of what the letter says."""
    if _BLANK in error.message:
        return GlyphError()
    return LetterError(f"The template `{template}` does not fit what it is given.")
