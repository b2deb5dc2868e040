"""Files of cases, drawn at will, and people who act."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from asylon.casework import (
    ANY,
    Actor,
    CaseClaim,
    Consent,
    Contact,
    File,
    Hold,
    Need,
    Person,
    Speech,
)
from asylon.casework.actors import rules
from asylon.casework.files import PROCEDURES
from asylon.dates import read
from asylon.identity import (
    BY_LAW,
    SPOUSE,
    Kinship,
    Name,
    NationalityClaim,
    Period,
    Place,
    Stay,
    vocabularies,
)

BEGUN = date(2026, 1, 5)
LATER = date(2026, 6, 30)

UNHCR = Actor("u1", "UNHCR Island", "unhcr", "protection_officer")
AUTHORITY = Actor("a1", "Ministry", "authority", "reviewing_officer")
COUNSEL = Actor("c1", "Harbour Law", "legal_aid", "counsel")

WORDS = st.text("가리영희 aBé李ü-'", min_size=1).filter(str.strip)
TEXT = st.text(max_size=8)
STATES = st.sampled_from(["PRK", "CHN", "KOR", "MMR"])
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
TOLD = st.sampled_from(["1998", "1998-03", "1998-03-14"]).map(read)
PERIODS = st.builds(Period, st.none() | TOLD, st.none() | TOLD)


def word(vocabulary):
    return st.sampled_from(sorted(vocabularies()[vocabulary]))


NAMES = st.builds(
    Name, WORDS, st.sampled_from(["Hang", "Latn"]), TEXT, word("name"), period=PERIODS
)
PLACES = st.builds(Place, WORDS, st.just("") | STATES, word("place"))
NATIONALITIES = st.builds(
    NationalityClaim,
    STATES,
    word("nationality").filter(lambda each: each != BY_LAW),
    TEXT,
) | st.builds(NationalityClaim, STATES, st.just(BY_LAW), WORDS)
GIVEN = st.builds(Consent, WORDS, WORDS, TEXT, given=DAYS, is_read_back=st.booleans())
REFUSED = st.builds(Consent, WORDS, WORDS, TEXT, refused=DAYS, interpreter=TEXT)


def kinships(others):
    named = st.lists(NAMES, min_size=1, max_size=2).map(tuple)
    kinds = word("kinship").filter(lambda each: each != SPOUSE)
    other = st.sampled_from(["", *others])
    return st.builds(Kinship, kinds, other, named, TEXT, PERIODS)


def some(strategy):
    return st.lists(strategy, max_size=2).map(tuple)


def persons(id, others):
    return st.builds(
        Person,
        st.just(id),
        some(NAMES),
        some(TOLD),
        st.just("") | word("sex"),
        some(st.builds(Stay, word("stay"), PLACES, PERIODS)),
        some(NATIONALITIES),
        some(STATES),
        some(kinships(others)),
        some(st.builds(Speech, TEXT, TEXT, st.booleans())),
        some(st.builds(Contact, TEXT, TEXT, TEXT)),
        some(GIVEN | REFUSED),
        some(st.builds(Need, TEXT, st.none() | DAYS)),
    )


def holds(ids):
    return st.builds(
        Hold,
        STATES | st.just(ANY),
        DAYS,
        st.sampled_from(sorted(rules("ground"))),
        st.sampled_from(["", *ids]),
    )


@st.composite
def files(draw):
    """Draw a file of up to three people."""
    ids = [f"p{number}" for number in range(1, draw(st.integers(0, 3)) + 1)]
    people = [draw(persons(each, [o for o in ids if o != each])) for each in ids]
    claims = [
        CaseClaim(f"k{each}", each, draw(st.sampled_from(PROCEDURES)), draw(STATES))
        for each in ids
    ]
    return File(
        draw(WORDS), tuple(people), draw(some(holds(ids))), tuple(claims), BEGUN
    )
