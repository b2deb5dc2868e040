"""A thing that is changed on a page and kept as it is says what it said before."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asylon.casework import Consent, Contact, File, Need, Person, Speech, need_kinds
from asylon.identity import Name, NationalityClaim, Stay
from asylon_server.store.cases.fields import CLASS_OF
from asylon_server.web.desk.partforms import Scene
from asylon_server.web.desk.parts import BY_NAME
from tests.casework import records

ON = date(2026, 11, 30)
PLAIN = st.sampled_from(["", "가나", "said so", "李"])
NAMES = st.builds(
    Name,
    records.WORDS.map(str.strip),
    st.sampled_from(["Hang", "Latn", "Jpan"]),
    PLAIN,
    records.word("name"),
    PLAIN,
    records.PERIODS,
    PLAIN,
)
THINGS = {
    "names": NAMES,
    "born": records.TOLD,
    "sex": records.word("sex"),
    "stays": st.builds(
        Stay, records.word("stay"), records.PLACES, records.PERIODS, PLAIN
    ).filter(lambda each: each.place.words == each.place.words.strip()),
    "nationalities": st.builds(
        NationalityClaim,
        records.STATES,
        records.word("nationality"),
        PLAIN.filter(bool),
    ),
    "feared": records.STATES,
    "kin": records.kinships(["p2"]).filter(
        lambda each: (
            all(n.words == n.words.strip() for n in each.names)
            and each.claimed_by == each.claimed_by.strip()
        )
    ),
    "languages": st.builds(
        Speech, PLAIN.filter(bool), PLAIN, st.booleans(), PLAIN, PLAIN
    ),
    "contacts": st.builds(
        Contact, st.sampled_from(["phone", "visit"]), PLAIN.filter(bool), PLAIN, PLAIN
    ),
    "unsafe": st.builds(
        Contact,
        st.sampled_from(["phone", "visit"]),
        PLAIN.filter(bool),
        st.just(""),
        PLAIN,
    ),
    "consents": st.builds(
        Consent,
        st.sampled_from(["registration", "another purpose"]),
        PLAIN.filter(bool),
        PLAIN.filter(bool),
        refused=records.DAYS,
        is_read_back=st.booleans(),
        state=st.just("") | records.STATES,
    ),
    "needs": st.builds(
        Need, st.sampled_from(sorted(need_kinds())), records.DAYS, PLAIN
    ),
}


def test_every_part_of_a_person_has_its_pages():
    assert set(BY_NAME) == set(CLASS_OF) - {"note"}
    assert set(BY_NAME) == set(THINGS)


@pytest.mark.parametrize("name", sorted(BY_NAME))
@given(data=st.data())
def test_what_is_kept_unchanged_says_what_it_said(name, data):
    thing, part = data.draw(THINGS[name]), BY_NAME[name]
    people = (Person("p1"), Person("p2"))
    scene = Scene(File("A-1", people), people[0], ON, thing)
    typed = {key: each for key, each in part.form.typed(thing).items() if each}

    form = part.form({key: str(each) for key, each in typed.items()}, scene)

    assert form.is_valid(), form.errors
    assert form.thing() == thing
    assert all(part.lines(thing, scene))
