"""The terms on which translators agreed, and whether a translation keeps to them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

_KEYS = {"en", "ko", "zh", "also_ko", "also_zh"} | {
    "source",
    "read",
    "note",
    "always",
    "except",
}
_TRANSLATED = "ko", "zh"


@dataclass(frozen=True)
class Term:
    """A term of English with its agreed translations.

    Attributes:
        translations: the agreed word by language.
        source: where the words come from; `is_read` says whether it was read.
        also: other words that are right too, by language.
        is_always: whether every translation of a text with the term has such a word.
        exceptions: whole English texts in which the term means something else.
    """

    en: str
    translations: Mapping[str, str]
    source: str
    is_read: bool
    note: str = ""
    also: Mapping[str, Sequence[str]] = field(default_factory=dict)
    is_always: bool = False
    exceptions: tuple[str, ...] = ()

    def is_kept_in(self, translation: str, language: str) -> bool:
        """Whether a translation has an agreed word for the term."""
        agreed = self.translations[language], *self.also[language]
        folded = _folded(translation)
        return any(_folded(each) in folded for each in agreed)


@dataclass(frozen=True)
class Glossary:
    """The terms, and words that no translation uses, by language."""

    terms: tuple[Term, ...]
    avoided: Mapping[str, Sequence[str]]

    def used_in(self, text: str) -> Iterator[Term]:
        """Go through the terms that an English text uses and translations keep to.

        A longer term hides a shorter one within it.
        """
        left = text
        for term in sorted(self.terms, key=lambda each: len(each.en), reverse=True):
            found = re.compile(rf"\b{re.escape(term.en)}(?:s|es)?\b", re.IGNORECASE)
            is_meant = term.is_always and text not in term.exceptions
            if is_meant and found.search(left):
                yield term
            left = found.sub("\n", left)


@cache
def glossary() -> Glossary:
    """Read the glossary that ships."""
    return read((files(__package__) / "glossary.toml").read_text(encoding="utf-8"))


def read(text: str) -> Glossary:
    """Read a glossary.

    >>> kept = read('''
    ... [[term]]
    ... en = "well-founded fear"
    ... ko = "충분한 근거가 있는 공포"
    ... zh = "有正当理由的畏惧"
    ... always = true
    ... source = "-"
    ... read = false
    ... ''')
    >>> [term.en for term in kept.used_in("Is there a well-founded fear?")]
    ['well-founded fear']
    """
    data = tomllib.loads(text)
    terms = tuple(_term(row) for row in data.get("term", ()))
    return Glossary(terms, data.get("avoid", {}))


def _term(row: Mapping[str, Any]) -> Term:
    if unknown := row.keys() - _KEYS:
        message = f"the glossary has keys that mean nothing: {sorted(unknown)}"
        raise ValueError(message)
    return Term(
        en=row["en"],
        translations={name: row[name] for name in _TRANSLATED},
        source=row["source"],
        is_read=row["read"],
        note=row.get("note", ""),
        also={name: tuple(row.get(f"also_{name}", ())) for name in _TRANSLATED},
        is_always=row.get("always", False),
        exceptions=tuple(row.get("except", ())),
    )


def _folded(text: str) -> str:
    """Leave out the spaces: Korean compounds are written with and without them."""
    return "".join(text.split())
