"""The texts of a law book that a reader sees, so that they can be translated.

A wording is one sentence or one short name, with a context that says what it is. What
is not listed here stays as the law book has it: identifiers, sources, guidance, and the
words of a statement that an element formalises.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from asylon.languages import words
from asylon.law.book import LawBook
from asylon.law.countries import CountryFinding, CountryText, Declaration
from asylon.law.documents import Document
from asylon.law.floor import FloorValue, Guarded, floors
from asylon.law.parameters import (
    DatedSetting,
    Equivalence,
    OtherName,
    Parameter,
    ParameterSet,
    ParameterValue,
)
from asylon.law.provisions import Element, ListRule, Part, Provision
from asylon.law.register import (
    Binding,
    Displacing,
    Instrument,
    Reservation,
    StateBindings,
)

TEXTS: Mapping[type, Mapping[str, str]] = {
    Provision: {
        "citation": "citation",
        "short_citation": "citation",
        "title": "title",
        "statement": "statement",
        "left_out": "left out",
        "without_effect": "without effect",
    },
    Part: {"title": "part"},
    Element: {"question": "question", "standard": "standard"},
    ListRule: {"title": "list", "question": "question", "statement": "statement"},
    Parameter: {"title": "parameter", "plain_because": "plain reading"},
    ParameterValue: {"meaning": "value"},
    Equivalence: {"because": "equivalence"},
    ParameterSet: {"title": "set", "statement": "set statement"},
    DatedSetting: {"note": "note"},
    OtherName: {"because": "other name"},
    CountryText: {"title": "country", "statement": "statement"},
    CountryFinding: {"title": "country finding", "statement": "statement"},
    Declaration: {
        "title": "declaration",
        "statement": "statement",
        "area": "declaration",
        "group": "declaration",
        "declared_by": "declaration",
    },
    Instrument: {
        "short": "instrument",
        "title": "instrument title",
        "statement": "statement",
        "note": "note",
    },
    Displacing: {"because": "giving way"},
    StateBindings: {"statement": "statement"},
    Binding: {"declarations": "note", "note": "note"},
    Reservation: {"note": "note"},
    FloorValue: {"because": "floor"},
    Guarded: {"because": "floor"},
}
"""What a reader sees of each kind of thing, and in which context it is translated.

A new kind of thing in the law book needs a row here, and nothing else.
"""

NAMES: Mapping[type, Mapping[str, str]] = {
    Provision: {"per": "member", "without_effect": "element"},
    Element: {"name": "element", "per": "member", "closes": "closing rule"},
    ListRule: {"of": "member", "within": "member", "closes": "closing rule"},
    ParameterSet: {"kind": "kind of set"},
    Instrument: {"kind": "kind of instrument"},
}
"""Identifiers that are shown in words, and in which context they are translated."""

_OWNERS: Mapping[type, str] = {
    Binding: "instrument",
    FloorValue: "parameter",
    Guarded: "provision",
}
"""Where the name stands of what has no `id` and no `name`."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One text to translate: its context, itself, its document and what it is of."""

    context: str
    text: str
    document: str
    owner: str


def wordings(book: LawBook) -> Iterator[Wording]:
    """Go through all texts of a law book that are translated, document by document."""
    things: dict[str, object] = {
        each.document.name: each
        for field in fields(book)
        for each in _members(getattr(book, field.name))
        if hasattr(each, "document")
    }
    things |= {document.name: floor for document, floor in floors(book)}
    for name in sorted(things):
        yield from _within(things[name], name, "")


def _members(value: object) -> Iterator[Any]:
    """Go through what a mapping or a tuple holds, however deep."""
    match value:
        case Mapping():
            for each in value.values():
                yield from _members(each)
        case tuple():
            for each in value:
                yield from _members(each)
        case _:
            yield value


def _within(thing: object, document: str, owner: str) -> Iterator[Wording]:
    """Go through the texts of a thing, then through those of its parts."""
    named = _OWNERS.get(type(thing), "name")
    owner = str(getattr(thing, "id", getattr(thing, named, owner)))
    for names, show in ((TEXTS, str), (NAMES, words)):
        for attribute, context in names.get(type(thing), {}).items():
            for text in _texts(getattr(thing, attribute), show is words):
                for line in text.split("\n"):
                    yield Wording(context, show(line), document, owner)
    for part in _parts(thing):
        yield from _within(part, document, owner)


def _texts(value: object, is_name: bool) -> Iterator[str]:
    """Give the texts of an attribute; a mapping holds names and texts."""
    match value:
        case str() if value:
            yield value
        case Mapping():
            yield from map(str, value if is_name else value.values())
        case tuple():
            yield from map(str, value)


def _parts(thing: object) -> Iterator[object]:
    if is_dataclass(thing):
        for field in fields(thing):
            for each in _members(getattr(thing, field.name)):
                if is_dataclass(each) and not isinstance(each, Document):
                    yield each
