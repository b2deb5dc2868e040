"""What is to be translated: all that a reader sees of the law book, and only that."""

from collections import Counter
from dataclasses import fields, is_dataclass
from typing import get_type_hints

from asylon.law import LawBook, register
from asylon.law.countries import Period
from asylon.law.documents import Document
from asylon.law.floor import Floor, floor_of
from asylon.law.provisions import InForce, Source
from asylon.law.wording import NAMES, TEXTS, wordings
from tests.islands import island_law
from tests.shipped import BOOK

ISLANDS = island_law()
TOLD = {(each.context, each.text) for each in wordings(BOOK)}
UNTRANSLATED = {
    Document,
    Floor,
    InForce,
    LawBook,
    Period,
    Source,
    register.Carried,
    register.Complaints,
    register.Wait,
}
"""Days, sources and numbers of articles, which no language says otherwise."""


def kinds(thing):
    """Collect the classes of which a law book is made."""
    if isinstance(thing, dict):
        return {kind for each in thing.values() for kind in kinds(each)}
    if isinstance(thing, tuple):
        return {kind for each in thing for kind in kinds(each)}
    if not is_dataclass(thing):
        return set()
    parts = (getattr(thing, field.name) for field in fields(thing))
    return {type(thing), *(kind for part in parts for kind in kinds(part))}


def test_every_kind_of_thing_in_the_law_book_has_its_row():
    assert kinds(BOOK) | kinds(floor_of(BOOK)) == set(TEXTS) | UNTRANSLATED


def test_every_row_names_what_there_is():
    for kind, row in (*TEXTS.items(), *NAMES.items()):
        known = {*get_type_hints(kind), *dir(kind)}
        assert set(row) <= known, kind


def test_every_question_statement_and_meaning_is_told():
    for element in BOOK.elements.values():
        assert ("question", element.question) in TOLD
        assert ("element", element.name.replace("_", " ")) in TOLD
    for parameter in BOOK.parameters.values():
        assert {("value", each.meaning) for each in parameter.values.values()} <= TOLD
    for text in BOOK.texts:
        lines = text.statement.split("\n")
        assert {("statement", line) for line in lines} <= TOLD


def test_what_instruments_states_and_the_floor_say_is_told():
    for each in BOOK.instruments.values():
        assert ("instrument title", each.title) in TOLD
        assert not each.note or ("note", each.note) in TOLD
        displaced = {("giving way", other.because) for other in each.displaced_by}
        assert displaced <= TOLD
    for state in BOOK.bindings.values():
        for each in state.bindings.values():
            notes = (each.note, *each.declarations, *(it.note for it in each.reserved))
            assert {("note", note) for note in notes if note} <= TOLD
    floor = floor_of(BOOK)
    for each in (*floor.values, *floor.guarded):
        assert ("floor", each.because) in TOLD
    for each in BOOK.declarations.values():
        assert ("declaration", each.declared_by) in TOLD


def test_no_wording_is_empty_or_of_several_lines():
    assert all(text and "\n" not in text for _, text in TOLD)


def test_sources_guidance_and_the_words_formalised_are_left_alone():
    for element in BOOK.elements.values():
        if element.words == element.name.replace("_", " "):
            continue
        assert TOLD.isdisjoint({(context, element.words) for context, _ in TOLD})
        for guidance in element.guidance:
            assert all(text != guidance for _, text in TOLD)


def test_what_one_document_says_stands_together():
    documents = [each.document for each in wordings(ISLANDS)]

    assert documents == sorted(documents)


def test_every_version_of_a_provision_is_told():
    told = Counter(each.document for each in wordings(ISLANDS))

    assert told["article-5.1994.toml"] > 2
    assert told["article-5.toml"] > 2
