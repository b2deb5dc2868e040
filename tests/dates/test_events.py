"""Events by which people tell dates."""

import pytest

from asylon.dates import TellError, read, read_events, said
from asylon.dates.edtf import parse
from asylon.dates.events import named, shipped
from asylon.languages import LANGUAGES, catalogue

VILLAGE = read_events("""
[[event]]
id = "mill-burned"
edtf = "2003-05"
name = { en = "the fire at the mill" }
words = ["the mill burned"]
source = "An invented village."
read = true
""")


def test_every_event_that_ships_is_dated_sourced_and_named():
    for event in shipped():
        when = parse(event.edtf)

        assert when.earliest <= when.latest
        assert event.source
        assert set(event.name) == set(LANGUAGES)


def test_no_words_stand_for_two_events():
    for event in shipped():
        for words in event.words:
            assert named(words) is event


@pytest.mark.parametrize(
    "words",
    ["the year the famine began", "고난의 행군이 시작된 해", "饥荒开始那年"],
)
def test_the_year_the_famine_began_is_a_span(words):
    assert read(words, reckoning="event").edtf == "1994/1996"


@pytest.mark.parametrize("words", ["the year Kim Il Sung died", "김일성이 죽은 해"])
def test_the_year_of_an_event_is_the_whole_year(words):
    assert read(words, reckoning="event").edtf == "1994"


def test_before_and_after_an_event_are_open_on_a_side():
    before = read("before Kim Il Sung died", reckoning="event")
    after = read("after the World Cup 2002", reckoning="event")

    assert before.edtf == "../1994-07-20"
    assert after.edtf == "2002-05-31/.."


def test_others_can_bring_their_own_events():
    told = read("The mill burned.", reckoning="event", events=VILLAGE)

    assert told.edtf == "2003-05"
    assert said(told, catalogue(), VILLAGE) == "the fire at the mill (May 2003)"


def test_what_only_contains_an_event_is_not_taken_for_it():
    with pytest.raises(TellError):
        read("two years later than the famine began", reckoning="event")


def test_an_unknown_event_is_told_with_the_nearest():
    with pytest.raises(TellError) as refused:
        read("the famin began", reckoning="event")

    assert refused.value.values["near"] == "the famine began"


def test_an_event_without_a_source_is_refused():
    with pytest.raises(TellError) as refused:
        read_events('[[event]]\nid = "x"\nedtf = "1998"\n')

    assert refused.value.code == "dates.no-file"
