"""Who acts, and the words that rules of casework speak of, read from data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from asylon.identity import Vocabulary
from asylon.identity.vocabulary import tables_of
from asylon.law.tables import Table

CONTEXTS = {
    "ground": "ground of a hold",
    "reason": "reason to lift a hold",
    "organisation": "kind of organisation",
    "role": "role",
    "refusal": "why a hold stands",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """A person who acts for an organisation in a role."""

    person: str
    organisation: str
    organisation_kind: str
    role: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the rules: what it is called, and what it may do."""

    name: str
    only_by: str = ""
    lawful: bool = False
    vouches: bool = False
    may_lift: bool = False


@cache
def rules(kind: str) -> Mapping[str, Word]:
    """Give the words of a kind: `ground`, `reason`, `organisation`, `role`, `refusal`."""
    document = tables_of(__package__, "holds.toml")
    return {name: _word(table) for name, table in document.named_tables(kind)}


def _word(table: Table) -> Word:
    word = Word(
        name=table.text("name"),
        only_by=table.text("only_by", ""),
        lawful=table.get("lawful", bool, default=False),
        vouches=table.get("vouches", bool, default=False),
        may_lift=table.get("may_lift", bool, default=False),
    )
    table.finish()
    return word


def vocabulary_of(kind: str) -> Vocabulary:
    """Give the names of the words of a kind, to be told in a reader's language."""
    named = {word: each.name for word, each in rules(kind).items()}
    return Vocabulary(CONTEXTS[kind], named)


def vocabularies() -> Iterator[Vocabulary]:
    """Go through the vocabularies of the rules."""
    yield from map(vocabulary_of, CONTEXTS)


def vouches(actor: Actor) -> bool:
    """Whether an actor is of an organisation that answers for the person's safety."""
    kind = rules("organisation").get(actor.organisation_kind)
    return kind is not None and kind.vouches
