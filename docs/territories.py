"""Writes the names of states and territories from the Unicode CLDR.

    .venv/bin/python -m docs.territories

It is run once for a language, or for a newer CLDR; Babel brings the CLDR. What a
translator has to correct is corrected in the Unicode CLDR, or below.
"""

from __future__ import annotations

import json
from pathlib import Path

from babel import Locale
from babel.core import get_global

from asylon.law.jurisdictions import STATES

LOCALES = {"en": "en", "ko": "ko", "zh": "zh_Hans"}
PATH = Path(__file__).parents[1] / "src" / "asylon" / "languages" / "territories.toml"
HEAD = """\
# Names of states and territories in the languages of the catalogues.
# They come from the Unicode Common Locale Data Repository (CLDR), as they stand there,
# and are written by `python -m docs.territories`.
# A name, or that a code has one, is no statement on the status of any territory.
"""
_OUTSIDE_ISO = {"XKX": "XK"}
"""Codes in use that ISO 3166-1 leaves to its users."""


def names() -> str:
    """Give the file."""
    known = {name: Locale.parse(tag).territories for name, tag in LOCALES.items()}
    aliases = get_global("territory_aliases")
    lines = [HEAD]
    for code in STATES:
        short = _OUTSIDE_ISO.get(code) or aliases[code][0]
        told = (f"{name} = {_quoted(each[short])}" for name, each in known.items())
        lines.append(f"{code} = {{ {', '.join(told)} }}")
    return "\n".join(lines) + "\n"


def _quoted(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


if __name__ == "__main__":
    PATH.write_text(names(), encoding="utf-8")
