"""The terms on which translators agreed, and whether a translation keeps to them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Term:
    """A term of English with its agreed translations.

    Attributes:
        translations: the agreed word by language.
        also: other words that are right too, by language.
        forms: further forms of the English term.
        exceptions: whole English texts in which the term means something else.
    """

    en: str
    translations: Mapping[str, str]
    source: str
    note: str = ""
    also: Mapping[str, Sequence[str]] = field(default_factory=dict)
    forms: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()

    @property
    def pattern(self) -> str:
        """A regular expression for the term in English: whole words, any number."""
        forms = sorted({self.en, *self.forms}, key=len, reverse=True)
        return rf"\b(?:{'|'.join(map(re.escape, forms))})(?:s|es)?\b"

    def is_kept_in(self, translation: str, language: str) -> bool:
        """Whether a translation has an agreed word for the term."""
        agreed = self.translations[language], *self.also.get(language, ())
        folded = _folded(translation)
        return any(_folded(each) in folded for each in agreed)


@cache
def glossary() -> tuple[Term, ...]:
    """Read the glossary that ships."""
    text = (files(__package__) / "glossary.toml").read_text(encoding="utf-8")
    return terms(text)


def terms(text: str) -> tuple[Term, ...]:
    """Read a glossary."""
    return tuple(_term(row) for row in tomllib.loads(text).get("term", ()))


def _term(row: Mapping[str, Any]) -> Term:
    known = {"en", "ko", "zh", "source", "note", "also", "forms", "except"}
    if unknown := row.keys() - known:
        message = f"the glossary has keys that mean nothing: {sorted(unknown)}"
        raise ValueError(message)
    return Term(
        en=row["en"],
        translations={name: row[name] for name in ("ko", "zh")},
        source=row["source"],
        note=row.get("note", ""),
        also=row.get("also", {}),
        forms=tuple(row.get("forms", ())),
        exceptions=tuple(row.get("except", ())),
    )


def used_in(text: str, known: Sequence[Term]) -> Iterator[Term]:
    """Go through the terms that an English text uses; a longer one hides a shorter.

    >>> [
    ...     each.en
    ...     for each in used_in(
    ...         "Refugee status ends.",
    ...         terms('''
    ... [[term]]
    ... en = "refugee"
    ... ko = "난민"
    ... zh = "难民"
    ... source = "-"
    ... [[term]]
    ... en = "refugee status"
    ... ko = "난민지위"
    ... zh = "难民地位"
    ... source = "-"
    ... '''),
    ...     )
    ... ]
    ['refugee status']
    """
    left = text
    for term in sorted(known, key=lambda each: len(each.en), reverse=True):
        found = re.compile(term.pattern, re.IGNORECASE)
        if text not in term.exceptions and found.search(left):
            yield term
        left = found.sub("\n", left)


def _folded(text: str) -> str:
    """Leave out the spaces: Korean compounds are written with and without them."""
    return "".join(text.split())
