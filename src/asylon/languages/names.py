"""Names that are neither messages nor law: identifiers in words, and territories."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def words(identifier: str) -> str:
    """Show an identifier as words.

    >>> words("fears_return"), words("no-exclusion-indicated")
    ('fears return', 'no exclusion indicated')
    """
    return identifier.replace("_", " ").replace("-", " ")


def territory(code: str, language: str) -> str:
    """Name a state or territory by its ISO 3166-1 alpha-3 code.

    What is no such code, or has no name in the language, is given back.

    >>> territory("PRK", "en"), territory("PRK", "ko"), territory("elsewhere", "en")
    ('North Korea', '북한', 'elsewhere')
    """
    return _territories().get(code, {}).get(language, code)


@cache
def _territories() -> Mapping[str, Mapping[str, str]]:
    text = (files(__package__) / "territories.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
