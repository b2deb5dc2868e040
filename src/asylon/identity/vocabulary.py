"""Words with a fixed meaning, as data: each with a name in plain English.

The English name is the message that the catalogues of languages replace, in the context
of its vocabulary, so that a new word needs a row of data and a translation, and no code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from asylon.identity.errors import unknown_word
from asylon.languages import Catalogue
from asylon.law.tables import Table, parse


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that one field may hold, and what each is called."""

    context: str
    names: Mapping[str, str]

    def __contains__(self, word: object) -> bool:
        return word in self.names

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def name(self, word: str, catalogue: Catalogue) -> str:
        """Say what a word is called in a language; an unknown one stands for itself."""
        if word not in self.names:
            return word
        return catalogue.word(self.context, self.names[word])

    def require(self, word: str, field: str) -> None:
        """Refuse a word that is not in the vocabulary.

        Raises:
            RecordError: there is no such word; the nearest is offered.
        """
        if word not in self.names:
            raise unknown_word(field, self.context, self.names, word)


def tables_of(package: str, name: str) -> Table:
    """Open a document of data that lies beside the code of a package."""
    return Table(parse((files(package) / name).read_bytes(), name), name)


@cache
def vocabularies() -> Mapping[str, Vocabulary]:
    """Read the vocabularies of identity."""
    return {
        name: vocabulary(table)
        for name, table in _documents().named_tables("vocabulary")
    }


def vocabulary(table: Table) -> Vocabulary:
    """Read one vocabulary: its context, and the name of each word."""
    words = table.table("words")
    return Vocabulary(
        table.text("context"), {key: words.text(key) for key in words.data}
    )


def _documents() -> Table:
    return tables_of(__package__, "words.toml")
