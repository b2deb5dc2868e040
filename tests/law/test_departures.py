"""What departs from the law that ships is named, one line a text or part of it."""

from dataclasses import replace
from datetime import date

import pytest

from asylon import instruments
from asylon.law import Document, load
from asylon.law.countries import Period
from asylon.law.departures import Departure, departures, is_edition
from tests.islands import island_law

ON = date(2026, 11, 24)
SHIPPED = instruments.book()
A_2 = "csr51/article-1/a-2"
A_2_NOW = f"{A_2} from 1954-04-22"
HELPING = [each.id for each in SHIPPED.country_findings.values() if not each.adverse]
OUTSIDE = "Is the person outside this country?"


def departed(book):
    return list(departures(SHIPPED, book, ON))


def shipped_where(name, old, new):
    def text(each):
        if each.name != name:
            return each.text
        assert old.encode() in each.text
        return each.text.replace(old.encode(), new.encode(), 1)

    return load(Document(each.name, text(each)) for each in instruments.documents())


def with_finding(id_, **changes):
    """Change a finding of the law that ships, or take it out."""

    def put(finding):
        if finding.id != id_:
            return (finding,)
        return (replace(finding, **changes),) if changes else ()

    countries = {
        code: tuple(
            replace(text, findings=tuple(one for f in text.findings for one in put(f)))
            for text in texts
        )
        for code, texts in SHIPPED.countries.items()
    }
    return replace(SHIPPED, countries=countries)


def test_the_law_that_ships_departs_in_nothing():
    assert departed(load(instruments.documents())) == []


def test_law_that_shares_no_provision_is_law_of_its_own():
    assert is_edition(SHIPPED, shipped_where(f"{A_2}.toml", OUTSIDE, "Where?"))
    assert not is_edition(SHIPPED, island_law())


OF_WORDS = {
    "a question": (
        (f"{A_2}.toml", OUTSIDE, "Did the person leave with a visa?"),
        Departure(f"{A_2_NOW}, elements, outside", "changed", ("question",), True),
    ),
    "a burden": (
        (f"{A_2}.toml", "[elements.outside]", '[elements.outside]\nburden = "shared"'),
        Departure(f"{A_2_NOW}, elements, outside", "changed", ("burden",), True),
    ),
    "a standard": (
        (f"{A_2}.toml", "[elements.outside]", '[elements.outside]\nstandard = "Sure."'),
        Departure(f"{A_2_NOW}, elements, outside", "changed", ("standard",), True),
    ),
    "guidance": (
        ("countries/KOR.toml", "wants this country's protection is", "wants it is"),
        Departure(
            "country KOR, countries/KOR.toml, elements, northerner_by_birth",
            "changed",
            ("guidance",),
        ),
    ),
    "what protects": (
        ("oau69/article-1.toml", "protects = ", "# protects = "),
        Departure("oau69/article-1 from 1974-06-20", "changed", ("protects",), True),
    ),
    "what is another country's protection": (
        (f"{A_2}-several.toml", "is_protection = true", "is_protection = false"),
        Departure(
            f"{A_2}-several from 1954-04-22", "changed", ("is_protection",), True
        ),
    ),
    "a setting": (
        ("sets/gbr.toml", 'title = "', 'title = "New '),
        Departure("set gbr", "changed", ("title",)),
    ),
}


@pytest.mark.parametrize("what", OF_WORDS)
def test_a_change_of_words_is_named(what):
    change, expected = OF_WORDS[what]

    assert departed(shipped_where(*change)) == [expected]


def test_a_change_of_the_statement_is_named():
    (text,) = SHIPPED.provisions[A_2]
    changed = replace(text, statement=f"{text.statement} Or not.")
    book = replace(SHIPPED, provisions={**SHIPPED.provisions, A_2: (changed,)})

    assert departed(book) == [Departure(A_2_NOW, "changed", ("statement",))]


@pytest.mark.parametrize("id_", HELPING)
def test_a_helping_country_finding_that_is_removed_is_named(id_):
    (one,) = departed(with_finding(id_))

    assert one.change == "removed"
    assert one.where.endswith(f", findings, finding {id_}")


@pytest.mark.parametrize("id_", HELPING)
def test_a_helping_country_finding_that_is_ended_is_named(id_):
    first = SHIPPED.country_findings[id_].days.first
    (one,) = departed(with_finding(id_, days=Period(first, first)))

    assert (one.change, one.keys) == ("changed", ("to",))
    assert one.where.endswith(f", findings, finding {id_}")


def test_the_country_findings_of_a_document_that_is_gone_are_each_named():
    gone = "countries/PRK-destination.toml"
    book = load(each for each in instruments.documents() if each.name != gone)

    where = f"country PRK, {gone}"
    lost = ("prk-return-torture", "prk-return-death", "prk-return-mothers")
    assert departed(book) == [
        Departure(where, "removed"),
        *(Departure(f"{where}, findings, finding {each}", "removed") for each in lost),
    ]


@pytest.mark.parametrize("instrument", ["csr51", "cat84"])
@pytest.mark.parametrize("state", ["CHN", "KOR"])
def test_a_binding_that_is_turned_off_is_named(state, instrument):
    text = SHIPPED.bindings[state]
    none = replace(text.bindings[instrument], status="none")
    changed = replace(text, bindings={**text.bindings, instrument: none})
    book = replace(SHIPPED, bindings={**SHIPPED.bindings, state: changed})

    where = f"binding {state}, bindings, {instrument}"
    assert departed(book) == [Departure(where, "changed", ("status",))]


def test_scenarios_that_are_gone_are_named():
    gone = "countries/PRK.scenarios.toml"
    book = load(each for each in instruments.documents() if each.name != gone)

    assert departed(book) == [Departure(gone, "removed")]
