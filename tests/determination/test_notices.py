"""Notices in words: each in a whole sentence, and those of many claims by kind."""

from datetime import date

import pytest

from asylon.determination.notices import Herald, problem
from asylon.languages import catalogue
from asylon.law import Document, DocumentError, Notice, NotInForceError, choosing
from asylon.law.choosing import (
    BESIDE,
    BY_LODGING,
    NO_SET,
    NOT_MODELLED,
    OTHER_NAME,
    PLAIN_READING,
)
from asylon.law.parameters import OtherName
from asylon.law.provisions import Source

ON = date(1999, 2, 28)
POINTS = (("drought_test", date(1999, 3, 1)), ("salt_wells", date(2010, 1, 1)))
HERALD = Herald(catalogue())
NOTE = Source("Note 9", read=True)
NOWHERE = Document("other-names.toml", b"")
THIRST = OtherName(
    "thirst",
    "long",
    {"drought_test": "one_dry_year"},
    "A long thirst is a dry year.",
    NOTE,
    NOWHERE,
)
HATS = OtherName("hats", None, {}, "Nobody asks.", NOTE, NOWHERE)
CODES = {BESIDE, BY_LODGING, NO_SET, NOT_MODELLED, OTHER_NAME, PLAIN_READING}


@pytest.mark.parametrize(
    ("notice", "text"),
    [
        (
            Notice(PLAIN_READING, "reef", ON, points=POINTS),
            "On 28 February 1999 the set `reef` says nothing yet on `drought_test` "
            "(from 1 March 1999) and `salt_wells` (from 1 January 2010): the "
            "Convention's plain reading applies.",
        ),
        (
            Notice(BY_LODGING, "reef", ON, points=POINTS[1:]),
            "In the set `reef` the day on which the claim was made governs "
            "`salt_wells`; the file does not say that day, and 28 February 1999 was "
            "taken.",
        ),
        (
            Notice(NO_SET, "unhcr", subject="KOR"),
            "The law book has no set for South Korea yet: the settings of `unhcr` "
            "stand in.",
        ),
        (
            Notice(NOT_MODELLED, "unhcr", subject="salt_well", nearest="salt_wells"),
            "The law book does not model `salt_well`, and it is ignored. The nearest "
            "it has is `salt_wells`.",
        ),
        (
            Notice(NOT_MODELLED, "unhcr", subject="lamp_oil"),
            "The law book does not model `lamp_oil`, and it is ignored.",
        ),
        (
            Notice(OTHER_NAME, "unhcr", subject="thirst = long", other_name=THIRST),
            "The law book has the file's `thirst = long` as `drought_test = "
            "one_dry_year`. A long thirst is a dry year. Source: Note 9.",
        ),
        (
            Notice(BESIDE, "unhcr", subject="hats = none", other_name=HATS),
            "The definition does not turn on the file's `hats = none`. Nobody asks. "
            "Source: Note 9.",
        ),
    ],
)
def test_a_notice_is_told_in_whole_sentences(notice, text):
    assert HERALD.notice(notice) == text


def test_every_code_of_a_notice_is_told():
    codes = {each for each in vars(choosing).values() if str(each).startswith("law.")}

    assert codes == CODES


def test_the_notices_of_many_claims_are_told_by_kind():
    told = [
        ("A", Notice(NO_SET, "unhcr", subject="KOR")),
        ("B", Notice(NO_SET, "unhcr", subject="KOR")),
        ("B", Notice(NO_SET, "unhcr", subject="FRA")),
        ("C", Notice(PLAIN_READING, "gbr", ON, points=POINTS)),
    ]

    no_set, plain = HERALD.of_many(told)

    assert no_set == (
        "2 claims: The law book has no set for it yet, and the mandate's stands in: "
        "South Korea (A and B) and France (B)."
    )
    assert plain.startswith("1 claim: The set says nothing yet on some points")


def test_a_day_without_law_is_told_with_its_first_day():
    error = NotInForceError("", date(1954, 4, 21), date(1954, 4, 22))

    assert problem(error, catalogue()) == (
        "Nothing is in force on 21 April 1954: the first text of the law book has "
        "governed since 22 April 1954. Ask about a later day."
    )


def test_what_is_wrong_with_a_document_is_told_in_english():
    error = DocumentError("x.toml", "it is empty", "Fill it.")

    assert problem(error, catalogue("ko")) == "x.toml: it is empty. Fill it."
