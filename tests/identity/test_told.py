"""What is told of a person is kept as told, and contradictions in kind are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asylon.dates import read
from asylon.identity import (
    Kinship,
    Name,
    NationalityClaim,
    Place,
    RecordError,
    Stay,
    folded,
    probes,
    readings,
    terms,
    vocabularies,
    years,
)
from asylon.languages import catalogue

RI = Name("리영희", "Hang")


def test_a_spouse_named_by_another_is_only_claimed():
    with pytest.raises(RecordError, match="Record what others say as"):
        Kinship("spouse", names=(RI,), claimed_by="a neighbour")

    assert Kinship("claimed_as_spouse", names=(RI,), claimed_by="p2").claimed_by
    assert not Kinship("spouse", names=(RI,)).claimed_by


def test_a_nationality_by_law_needs_its_article():
    with pytest.raises(RecordError, match="Name the law and the article"):
        NationalityClaim("CHN", "acquired_by_law")

    assert NationalityClaim("CHN", "asserted").article == ""


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Name(" ", "Hang"),
        lambda: Name("x", "hangul"),
        lambda: Name("x", "Latn", kind="real"),
        lambda: Place("x", "NKO"),
        lambda: Place("x", level="planet"),
        lambda: Stay("visited", Place("x")),
        lambda: NationalityClaim("", "asserted"),
        lambda: NationalityClaim("CHN", "presumed"),
        lambda: Kinship("mother"),
        lambda: Kinship("wife", "p1"),
    ],
)
def test_what_cannot_be_meant_is_refused(wrong):
    with pytest.raises(RecordError, match=r"\. [A-Z]"):
        wrong()


def test_each_kinship_is_seen_from_the_other_side():
    kinds = vocabularies()["kinship"]
    for kind in kinds:
        inverse = Kinship(kind, "p2").inverse
        assert inverse in kinds or kind in {"claimed_as_spouse", "dependant"}


def test_each_word_is_called_something():
    for each in vocabularies().values():
        assert all(each.name(word, catalogue()) for word in each)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ri Yong-hui", "ri yong hui"),
        ("리 영희", "리영희"),
        ("O\u2019Neil", "oneil"),
        ("\uff2b\uff49\uff4d", "KIM"),
        ("\u110b\u1167\u11bc", "\uc601"),
    ],
)
def test_spellings_that_differ_in_form_alone_are_folded_together(one, other):
    assert folded(one) == folded(other)


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


def test_a_person_is_found_by_a_neighbouring_year_and_without_one():
    kept = terms([RI], [read("1998-03-14")])

    assert kept & probes([RI], [read("1997")])
    assert not kept & probes([RI], [read("1996")])
    assert terms([RI], []) & probes([RI], [read("1996")])
    assert not kept & probes([Name("리영호", "Hang")], [read("1998")])


def test_a_birth_that_may_be_any_year_is_kept_without_one():
    assert terms([RI], []) == {"리영희|?"}
    assert readings([RI, Name("-", "Latn")]) == {"리영희"}
    assert years([read("1998")]) == {1998}
