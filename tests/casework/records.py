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
    terms,
)
from asylon.casework.actors import rules
from asylon.casework.assessments import Assessment, Found, Source
from asylon.casework.interviews import Interview, Segment, words
from asylon.casework.procedure import Step, procedure
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

CONTACTS = st.builds(Contact, st.sampled_from(sorted(terms()["way"])), WORDS, TEXT)


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
        some(st.builds(Speech, WORDS, TEXT, st.booleans(), TEXT, TEXT)),
        some(CONTACTS),
        some(GIVEN | REFUSED),
        some(st.builds(Need, TEXT, st.none() | DAYS)),
        unsafe=some(CONTACTS),
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
    told = tuple(draw(claims(f"k{each}", each)) for each in ids)
    return File(draw(WORDS), tuple(people), draw(some(holds(ids))), told, BEGUN)


ACTORS = st.sampled_from([UNHCR, AUTHORITY, COUNSEL])
SEGMENTS = st.builds(
    Segment,
    st.just("s1"),
    st.sampled_from(sorted(words()["segment"])),
    st.just("2026-11-30T14:05"),
    st.sampled_from(sorted(words()["speaker"])),
    WORDS,
)
INTERVIEWS = st.builds(
    Interview, st.just("i1"), DAYS, ACTORS, st.just("ko"), segments=st.tuples(SEGMENTS)
)
FOUND = st.builds(
    Found,
    st.sampled_from(["nationalities.PRK.outside", "nationalities.PRK.fears_return"]),
    st.sampled_from(["true", "false", "unknown"]),
    ACTORS,
    DAYS,
    TEXT,
)
ASSESSMENTS = st.builds(
    Assessment,
    sources=st.lists(st.builds(Source, WORDS, WORDS), max_size=2).map(tuple),
    findings=st.lists(FOUND, max_size=3).map(tuple),
)
STEPS = st.builds(Step, st.sampled_from(sorted(procedure().acts)), ACTORS, DAYS)


def claims(id, person):
    """Draw a claim that was heard, or has come further."""
    return st.builds(
        CaseClaim,
        st.just(id),
        st.just(person),
        st.sampled_from(sorted(procedure().kinds)),
        STATES,
        note=TEXT,
        steps=st.lists(STEPS, max_size=3).map(tuple),
        interviews=st.just(()) | st.tuples(INTERVIEWS),
        assessment=ASSESSMENTS,
    )
