"""Who is bound by what: facts that ship, and what holds on every day."""

from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest

from asylon import instruments
from asylon.determination import Determiner, read_decisions
from asylon.determination.faults import faults
from asylon.law import Document, DocumentError, UnknownNameError, differences, load
from asylon.law.bindings import (
    binding,
    carrier,
    cited_as_binding,
    first_day,
    gaps,
    standing,
    unregistered,
    wrong_days,
)
from asylon.law.register import BINDING, OPEN_TO, article_of, is_within, touch
from asylon.logic.truth import FALSE, TRUE, UNKNOWN
from tests.islands import island_law, island_law_where

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "src/asylon/determination/published.toml"
BOOK = instruments.book()
TODAY = date(2026, 11, 24)
DISPLACED = ("chn-prk-1964", "chn-prk-1986")
ONE_DAY = timedelta(days=1)

PARTY_AND_SIGNATORY = [
    ("CHN", "csr51", "party", "1982-12-23"),
    ("CHN", "protocol67", "party", "1982-09-24"),
    ("CHN", "cat84", "party", "1988-11-03"),
    ("CHN", "iccpr66", "signed", "1998-10-05"),
    ("CHN", "crc89", "party", "1992-04-01"),
    ("CHN", "cped06", "none", None),
    ("PRK", "iccpr66", "party", "1981-12-14"),
    ("PRK", "crc89", "party", "1990-10-21"),
    ("PRK", "cat84", "none", None),
    ("PRK", "csr51", "none", None),
    ("USA", "csr51", "none", None),
    ("USA", "protocol67", "party", "1968-11-01"),
    ("USA", "crc89", "signed", "1995-02-16"),
    ("KOR", "csr51", "party", "1993-03-03"),
    ("THA", "csr51", "none", None),
    ("THA", "cped06", "party", "2024-06-13"),
    ("LAO", "csr51", "none", None),
    ("VNM", "csr51", "none", None),
    ("MNG", "csr51", "none", None),
    ("MNG", "cat84", "party", "2002-02-23"),
    ("RUS", "echr50", "ended", "2022-09-16"),
    ("DEU", "eu-2024-1347", "bound", "2026-07-01"),
    ("DEU", "eu-2011-95", "ended", "2026-07-01"),
    ("GBR", "eu-2011-95", "none", None),
]


def day(text):
    return text and date.fromisoformat(text)


def boundaries(book, state, instrument):
    """The days on which something may change, with those before and after."""
    force, done = instrument.in_force, book.bindings[state].bindings
    days = {instrument.adopted}
    days |= {force.first, force.last} if force else set()
    if instrument.id in done:
        made = done[instrument.id]
        days |= {made.signed, made.deposited, made.first, made.last}
        days |= {each.last for each in made.reserved}
    return sorted({d + n * ONE_DAY for d in days if d for n in (-1, 0, 1)})


EVERY = [
    pytest.param(state, instrument, id=f"{state}-{instrument.id}")
    for state, instrument in product(BOOK.bindings, BOOK.instruments.values())
]


@pytest.mark.parametrize(("state", "name", "status", "since"), PARTY_AND_SIGNATORY)
def test_what_states_did_is_told(state, name, status, since):
    found = binding(BOOK, state, name, TODAY)

    assert (found.status, found.since) == (status, day(since))


def test_china_is_bound_by_the_ban_on_return():
    paragraph = "csr51/article-33/paragraph-1"

    assert binding(BOOK, "CHN", paragraph, TODAY).binds is TRUE
    assert binding(BOOK, "CHN", paragraph, date(1982, 12, 22)).through == "protocol67"
    assert binding(BOOK, "CHN", paragraph, date(1982, 9, 23)).binds is FALSE


def test_china_is_bound_by_the_ban_on_return_to_torture():
    torture, covenant = BOOK.instruments["cat84"], BOOK.instruments["iccpr66"]

    assert standing(BOOK, "CHN", torture, "3", TODAY).binds is TRUE
    assert standing(BOOK, "CHN", torture, "20", TODAY).binds is UNKNOWN
    assert standing(BOOK, "CHN", covenant, "7", TODAY).binds is FALSE
    assert standing(BOOK, "CHN", covenant, "7", TODAY).status == "signed"


@pytest.mark.parametrize("state", ["CHN", "THA", "LAO", "VNM", "GBR", "USA", "JPN"])
def test_torture_is_not_complained_of_where_that_was_not_accepted(state):
    (complaints,) = BOOK.bindings[state].bindings["cat84"].complaints

    assert complaints.accepted is FALSE


def test_the_protocol_alone_binds_the_united_states_to_the_convention():
    found = binding(BOOK, "USA", "csr51/article-33/paragraph-1", TODAY)

    assert (found.status, found.through) == ("party", "protocol67")
    assert found.since == date(1968, 11, 1)
    assert found.binding.source.read
    assert found.binds is TRUE


def test_what_the_united_states_reserved_on_the_protocol_touches_the_convention():
    convention, covenant = BOOK.instruments["csr51"], BOOK.instruments["iccpr66"]

    assert standing(BOOK, "USA", convention, "24", TODAY).binds is UNKNOWN
    assert standing(BOOK, "USA", convention, "35", TODAY).binds is FALSE
    assert standing(BOOK, "USA", covenant, "7", TODAY).binds is UNKNOWN
    assert standing(BOOK, "USA", covenant, "6", TODAY).binds is UNKNOWN
    assert standing(BOOK, "USA", covenant, "6(1)", TODAY).binds is TRUE


def test_the_north_is_still_bound_by_the_covenant_it_wished_to_leave():
    assert binding(BOOK, "PRK", "iccpr66", TODAY).status == "party"
    assert BOOK.bindings["PRK"].bindings["iccpr66"].declarations


def test_a_withdrawn_reservation_stands_until_the_day_before():
    child = BOOK.instruments["crc89"]

    before = standing(BOOK, "THA", child, "22", date(2024, 8, 29))
    after = standing(BOOK, "THA", child, "22", date(2024, 8, 30))

    assert (before.binds, after.binds) == (UNKNOWN, TRUE)


@pytest.mark.parametrize("state", list(BOOK.bindings))
def test_no_reservation_touches_what_admits_none(state):
    for done in BOOK.bindings[state].bindings.values():
        for made in done.reserved:
            instrument = BOOK.instruments[made.of]
            assert not instrument.admits_no_reservation_to(made.article)
            assert made.of != "csr51" or not touch(made.article, "33")


@pytest.mark.parametrize("article", ["1", "1F(b)", "16(1)", "16", "33", "33(2)", "42"])
def test_a_reservation_to_the_core_of_the_convention_is_refused(article):
    texts = {each.name: each.text for each in instruments.documents()}
    china = texts["bindings/CHN.toml"].decode()
    texts["bindings/CHN.toml"] = china.replace('"16(3)"', f'"{article}"').encode()

    with pytest.raises(DocumentError, match="admits no reservation to article"):
        load(Document(name, text) for name, text in texts.items())


def test_every_state_says_something_of_every_instrument():
    assert list(gaps(BOOK)) == []
    assert list(wrong_days(BOOK)) == []
    assert list(unregistered(BOOK)) == []


def test_a_state_that_leaves_an_instrument_out_is_noticed():
    text = "\n".join(
        ['state = "ATF"', 'title = "Third Well"', 'statement = "An invented state."']
    )

    found = list(gaps(island_law({"ATF.toml": text})))

    assert found == [
        ("ATF.toml", "it says nothing about `island`"),
        ("ATF.toml", "it says nothing about `storm`"),
    ]
    with pytest.raises(UnknownNameError, match="there is no binding `island`"):
        binding(island_law({"ATF.toml": text}), "ATF", "island", TODAY)


def test_a_first_day_that_the_rule_does_not_give_is_noticed():
    book = island_law_where("BVT.toml", "from = 1995-03-31", "from = 1995-04-01")

    assert list(wrong_days(book)) == [
        (
            "BVT.toml",
            "`island` binds from 1995-04-01, and deposited on 1995-03-01 it binds from "
            "1995-03-31",
        )
    ]


def test_a_provision_of_no_instrument_is_noticed():
    book = island_law(without=("island.instrument.toml", *_ISLAND_BINDINGS))

    assert list(unregistered(book)) == []
    assert {problem for _, problem in unregistered(_with_another_register())} == {
        "no instrument `island` is in the register"
    }


_ISLAND_BINDINGS = (
    "BVT.toml", "HMD.toml", "storm.instrument.toml", "lagoon.instrument.toml",
)  # fmt: skip


def _with_another_register():
    text = (ROOT / "tests/law/good/island.instrument.toml").read_text()
    tide = text.replace('instrument = "island"', 'instrument = "tide"')
    return island_law(
        {"tide.toml": tide}, without=("island.instrument.toml", *_ISLAND_BINDINGS)
    )


@pytest.mark.parametrize(
    ("deposited", "instrument", "first"),
    [
        ("1982-09-24", "csr51", "1982-12-23"),
        ("1953-12-01", "csr51", "1954-04-22"),
        ("1968-11-01", "protocol67", "1968-11-01"),
        ("1996-11-30", "iccpr66", "1997-02-28"),
        ("1995-12-31", "iccpr66", "1996-03-31"),
        ("1988-10-04", "cat84", "1988-11-03"),
    ],
)
def test_the_first_day_is_reckoned_from_the_deposit(deposited, instrument, first):
    text = BOOK.instruments[instrument]

    assert first_day(day(deposited), text.wait, text) == day(first)


@pytest.mark.parametrize(("state", "instrument"), EVERY)
def test_on_every_day_a_state_is_one_thing_to_an_instrument(state, instrument):
    order = {"none": 0, "signed": 1, "party": 2, "bound": 2, "ended": 3}
    steps = []

    for on in boundaries(BOOK, state, instrument):
        found = binding(BOOK, state, instrument.id, on)
        steps.append(order[found.status])
        assert on >= instrument.adopted or found.status == "none"
        assert found.since is None or found.since <= on
        assert found.status in (*OPEN_TO[instrument.kind], "none", "ended")
        assert (found.binds is FALSE) == (found.status not in BINDING)

    assert steps == sorted(steps)


@pytest.mark.parametrize(("state", "instrument"), EVERY)
def test_nothing_is_cited_as_binding_before_it_binds(state, instrument):
    names = [n for n in BOOK.provisions if n.partition("/")[0] == instrument.id]
    done = BOOK.bindings[state].bindings.get(instrument.id)
    ways = [each.id for each in BOOK.instruments.values() if each.carries]

    for on, name in product(boundaries(BOOK, state, instrument), names):
        if cited_as_binding(BOOK, state, name, on) is TRUE:
            firsts = [done.first]
            firsts += [BOOK.bindings[state].bindings[way].first for way in ways]
            assert min(first for first in firsts if first) <= on


@pytest.mark.parametrize(
    ("jurisdiction", "provision", "cited"),
    [
        ("CHN", "csr51/article-33/paragraph-1", TRUE),
        ("THA", "csr51/article-33/paragraph-1", FALSE),
        ("EU", "csr51/article-33/paragraph-1", FALSE),
        ("UNHCR", "csr51/article-33/paragraph-1", UNKNOWN),
        ("CHN", "unheard-of/article-1", UNKNOWN),
        ("CHN", "chn-prk-1964", FALSE),
        ("PRK", "chn-prk-1986", FALSE),
    ],
)
def test_only_what_binds_the_addressee_is_cited_as_binding(
    jurisdiction, provision, cited
):
    assert cited_as_binding(BOOK, jurisdiction, provision, TODAY) is cited


def test_a_party_from_a_day_to_be_checked_is_no_sure_ground():
    found = binding(island_law(), "HMD", "lagoon", TODAY)

    assert (found.status, found.since, found.binds) == ("party", None, UNKNOWN)


def test_a_status_begins_and_ends_with_its_days():
    book = island_law()

    told = [
        binding(book, "BVT", "island", day(on)).status
        for on in (
            "1993-05-31", "1993-06-01", "1995-03-30", "1995-03-31", "2005-12-31",
            "2006-01-01",
        )
    ]  # fmt: skip

    assert told == ["none", "signed", "signed", "party", "party", "ended"]


def test_a_signatory_is_bound_through_the_instrument_it_joined():
    book, on = island_law(), date(1997, 1, 1)

    found = standing(book, "HMD", book.instruments["island"], "6", on)

    assert (found.status, found.through) == ("party", "storm")
    assert [made.note for made in found.reserved] == ["No boats in a storm."]
    assert carrier(book, "HMD", book.instruments["island"], on) == "storm"
    assert carrier(book, "HMD", book.instruments["island"], on - ONE_DAY) == ""


def test_outside_a_bilateral_agreement_a_state_has_no_part_in_it():
    found = binding(BOOK, "KOR", "chn-prk-1986", TODAY)

    assert (found.status, found.binds) == ("none", FALSE)


def test_an_unknown_state_or_instrument_is_named_with_the_nearest():
    with pytest.raises(UnknownNameError, match="Did you mean `CHN`"):
        binding(BOOK, "CN", "csr51", TODAY)
    with pytest.raises(UnknownNameError, match="Did you mean `csr51`"):
        binding(BOOK, "CHN", "csr52/article-33", TODAY)


@pytest.mark.parametrize("name", DISPLACED)
def test_a_displaced_obligation_says_what_displaces_it(name):
    instrument = BOOK.instruments[name]
    given_way = {(each.instrument, each.article) for each in instrument.displaced_by}

    assert {("csr51", "33(1)"), ("cat84", "3")} <= given_way
    assert not [each for each in BOOK.provisions if each.startswith(name)]


def test_the_protocols_of_1964_and_1986_change_no_result():
    without = load(_without_displaced())
    assert set(BOOK.instruments) - set(without.instruments) == set(DISPLACED)

    assert not any(each.is_displaced for each in without.instruments.values())
    assert _results(without) == _results(BOOK)


def _without_displaced():
    for each in instruments.documents():
        if each.name.removeprefix("register/").removesuffix(".toml") in DISPLACED:
            continue
        text = each.text
        if each.name.startswith("bindings/"):
            parts = text.decode().split("[[binding]]")
            kept = [one for one in parts if not any(name in one for name in DISPLACED)]
            text = "[[binding]]".join(kept).encode()
        yield Document(each.name, text)


def _results(book):
    """What follows for every published decision."""
    determiner = Determiner(book)
    entries = read_decisions(PUBLISHED.read_bytes(), "published.toml", book)
    return [
        determiner.determine(entry.claim, set_id=set_id)
        for entry in entries
        for set_id in (None, "unhcr")
    ]


@pytest.mark.parametrize(
    ("article", "other", "within"),
    [
        ("33(1)", "33", True),
        ("1A(2)", "1", True),
        ("33", "33(1)", False),
        ("33", "3", False),
        ("III(3)", "III", True),
        ("10(2)(b)", "10(2)", True),
    ],
)
def test_an_article_is_within_another_by_its_numbers(article, other, within):
    assert is_within(article, other) is within


@pytest.mark.parametrize(
    ("name", "article"),
    [
        ("csr51/article-33/paragraph-1", "33(1)"),
        ("csr51/article-1/a-2-several", "1A(2)"),
        ("csr51/article-1/d-1", "1D"),
        ("csr51/article-1/c-proviso", "1C(5)"),
    ],
)
def test_the_article_is_read_from_the_citation(name, article):
    assert article_of(BOOK.versions(name)[-1]) == article


def test_the_check_of_the_law_tells_what_is_wrong_with_bindings():
    third = 'state = "ATF"\ntitle = "Third Well"\nstatement = "An invented state."'
    late = island_law_where("BVT.toml", "from = 1995-03-31", "from = 1995-04-01")

    told = [
        {each.check for each in faults(book, [])}
        for book in (
            island_law(),
            island_law({"ATF.toml": third}),
            late,
            _with_another_register(),
        )
    ]

    assert [each - told[0] for each in told[1:]] == [
        {"bindings"},
        {"binding-days"},
        {"register"},
    ]


def test_a_difference_in_a_binding_is_told_by_state_and_instrument():
    late = island_law_where("BVT.toml", "from = 1995-03-31", "from = 1995-04-01")

    (found,) = differences(island_law(), late)

    assert found.where == "binding BVT, bindings, island, first"
    assert (found.old, found.new) == ("1995-03-31", "1995-04-01")
