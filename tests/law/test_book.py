"""The law book that ships: one version for each day, and names that mean one thing."""

from collections import Counter
from datetime import date, timedelta

import pytest

from asylon import instruments
from asylon.law import (
    DEFINITION,
    Document,
    NotInForceError,
    Provision,
    UnknownNameError,
    load,
)
from asylon.logic.formulas import Fact, Setting, walk
from tests.islands import island_law, texts

BOOK = instruments.book()
DAY = timedelta(days=1)
FIRST, LAST = date(1954, 4, 22), date(2030, 12, 31)
DAYS = [FIRST + number * DAY for number in range((LAST - FIRST).days + 1)]
VERSIONS = [each for versions in BOOK.provisions.values() for each in versions]


def in_force(identifier, day):
    versions = BOOK.versions(identifier)
    return [version for version in versions if version.in_force.covers(day)]


def span(identifier):
    forces = [version.in_force for version in BOOK.versions(identifier)]
    return forces[0].first, forces[-1].last or LAST


def boundaries(identifier):
    for version in BOOK.versions(identifier):
        yield version.in_force.first
        if version.in_force.last:
            yield version.in_force.last


@pytest.mark.parametrize("identifier", BOOK.provisions)
def test_one_version_is_in_force_on_each_day(identifier):
    since, until = span(identifier)
    days = [day for day in DAYS if since <= day <= until]

    assert since in DAYS
    assert all(len(in_force(identifier, day)) == 1 for day in days)


@pytest.mark.parametrize("identifier", BOOK.provisions)
def test_one_version_is_in_force_around_each_boundary(identifier):
    since, until = span(identifier)

    for boundary in boundaries(identifier):
        for day in (boundary - DAY, boundary, boundary + DAY):
            assert len(in_force(identifier, day)) == (since <= day <= until)


@pytest.mark.parametrize("identifier", BOOK.provisions)
def test_the_version_of_a_day_is_the_one_in_force(identifier):
    since, until = span(identifier)
    days = [FIRST, date(1967, 10, 3), date(1967, 10, 4), since, until]

    for day in (day for day in days if since <= day <= until):
        assert [BOOK.provision(identifier, day)] == in_force(identifier, day)


def test_the_protocol_takes_the_date_out_of_the_definition():
    before, after = (
        {
            part.name
            for part in walk(BOOK.formula(DEFINITION, day))
            if isinstance(part, Fact)
        }
        for day in (date(1967, 10, 3), date(1967, 10, 4))
    )

    assert before - after == {"events_before_1951"}
    assert not after - before


def test_an_element_belongs_to_one_text():
    texts = (*BOOK.texts, *BOOK.country_texts)
    owners = Counter(
        name for name in {(name, text.id) for text in texts for name in text.elements}
    )
    names = Counter(name for name, _ in owners)

    assert set(names.values()) == {1}
    assert names.keys() == BOOK.elements.keys()
    assert not names.keys() & BOOK.without_effect.keys()


@pytest.mark.parametrize("version", VERSIONS, ids=lambda each: each.document.name)
def test_all_that_a_provision_uses_is_in_the_book(version):
    for day in (version.in_force.first, version.in_force.last or LAST):
        parts = list(walk(BOOK.formula(version.id, day)))

        for part in parts:
            if isinstance(part, Fact):
                assert BOOK.elements[part.name].per == part.of
            if isinstance(part, Setting):
                assert part.value in BOOK.parameters[part.parameter].values


@pytest.mark.parametrize("version", VERSIONS, ids=lambda each: each.document.name)
def test_an_identifier_spells_the_path_of_its_document(version):
    path = version.document.name.removesuffix(".toml")

    assert path.partition(".")[0] == version.id


def test_every_setting_is_one_the_book_knows():
    for each in BOOK.sets.values():
        for setting in each.settings:
            assert setting.value in BOOK.parameters[setting.parameter].values


def test_any_byte_changes_the_hash():
    book = island_law()

    for name, text in texts().items():
        assert island_law({name: text + b"\n"}).hash != book.hash


def test_a_name_is_part_of_the_hash():
    documents = [Document(name, text) for name, text in texts().items()]
    renamed = [
        *documents[1:],
        Document(f"other/{documents[0].name}", documents[0].text),
    ]

    assert load(renamed).hash != load(documents).hash


def test_the_same_documents_have_the_same_hash():
    assert load(instruments.documents()).hash == BOOK.hash


def test_a_day_before_the_text_is_told_with_its_first_day():
    with pytest.raises(NotInForceError) as caught:
        island_law().provision("island/article-5", date(1990, 1, 1))

    assert str(caught.value) == (
        "Island Convention, Article 5 has no text in force on 1990-01-01; its first "
        "day is 1994-06-01. Ask about another day, or add the text."
    )


def test_a_day_after_the_last_text_is_told_with_its_last_day():
    with pytest.raises(NotInForceError) as caught:
        BOOK.provision("eu-2011-95/article-15", date(2026, 7, 1))

    assert "its first day is 2013-12-21 and its last was 2026-06-30." in str(
        caught.value
    )


def test_an_element_is_used_before_the_text_it_stands_in():
    formula = BOOK.formula("eu-2011-95/article-15", date(2026, 6, 30))

    asked = {part.name for part in walk(formula) if isinstance(part, Fact)}
    assert "armed_conflict_there" in asked


def test_a_day_between_two_texts_has_no_law():
    text = texts()["article-5.toml"].replace(b"from = 2019-05-01", b"from = 2019-05-03")
    book = island_law({"article-5.toml": text})

    with pytest.raises(NotInForceError, match="in force on 2019-05-02"):
        book.formula("island/article-4", date(2019, 5, 2))


def test_nothing_follows_from_a_text_that_is_not_in_force_yet():
    later = texts()["article-5.toml"].replace(
        b"from = 2019-05-01", b"from = 2019-05-03"
    )
    kept = {name: each for name, each in texts().items() if "5.1994" not in name}
    documents = {**kept, "article-5.toml": later}.items()
    book = load(Document(name, each) for name, each in documents)

    before, after = (
        {part.name for part in walk(book.formula("island/article-4", date(2019, 5, day)))
         if isinstance(part, Fact)}
        for day in (2, 3)
    )  # fmt: skip

    assert after - before == {"meant_to", "poisoned_well", "salt_before"}


def test_a_provision_that_is_not_there_is_told_the_nearest():
    with pytest.raises(UnknownNameError, match=r"Did you mean `csr51/article-1/a-2`\?"):
        BOOK.versions("csr51/article-1/a2")


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("csr51/article-1/a-2", "csr51/article-1/a-2"),
        ("csr51/article-1/a-2#from_there", "csr51/article-1/a-2"),
        ("nationalities", "nationalities"),
    ],
)
def test_a_name_in_a_formula_leads_to_its_text(name, owner):
    assert BOOK.text_of(name, LAST).id == owner


def test_only_the_second_nationality_counts_as_protection():
    marked = [
        name
        for name in BOOK.provisions
        if BOOK.counts_as_protection(name, span(name)[1])
    ]

    assert marked == ["csr51/article-1/a-2-several"]
    assert not BOOK.counts_as_protection("nationalities", LAST)


def test_every_source_says_whether_it_was_read():
    for text in BOOK.texts:
        sources = [text.source]
        sources += [text.in_force.source] if isinstance(text, Provision) else []

        assert all(source.cite and isinstance(source.read, bool) for source in sources)
