"""The record of an interview only grows, and is closed after it was read back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asylon.casework import Actor, Refusal
from asylon.casework.interviews import (
    SPOKEN,
    Interview,
    Segment,
    asked_about,
    grown,
    rendered,
    said,
    signed_off,
    words,
)
from asylon.identity import RecordError
from asylon.identity.records import as_dict, from_dict
from asylon.logic import FALSE, TRUE

DAY = date(2026, 11, 30)
OFFICER = Actor("officer", "unhcr", "unhcr", "eligibility_officer")
EMPTY = Interview("i1", DAY, OFFICER, "ko", interpreter="somebody", consented=DAY)


def part(id, kind="answer", *, minute=0, speaker="person", **more):
    told = {"words": "…", **more}
    return Segment(id, kind, f"2026-11-30T14:{minute:02}", speaker, **told)


def after(*parts, interview=EMPTY):
    for each in parts:
        found = said(interview, each)
        assert isinstance(found, Interview), found
        interview = found
    return interview


parts = st.builds(
    part,
    st.sampled_from(["s1", "s2", "s3", "s4"]),
    st.sampled_from(sorted(words()["segment"])),
    minute=st.integers(0, 59),
    answers=st.sampled_from(["", "s1", "s2"]),
    corrects=st.sampled_from(["", "s1", "s2"]),
)


@given(st.lists(parts, max_size=12))
def test_whatever_is_said_later_what_stands_there_is_kept(later):
    interview = EMPTY
    for each in later:
        before, found = interview, said(interview, each)
        if isinstance(found, Interview):
            interview = found
        assert interview.segments[: len(before.segments)] == before.segments

    assert from_dict(Interview, as_dict(interview)) == interview


said_later = st.tuples(st.sampled_from(["s1", "s2", "s3"]), st.sampled_from("abc"))


@given(st.lists(st.one_of(parts, said_later), max_size=12))
def test_what_a_record_grew_by_gives_it_again_and_changes_no_word(later):
    interview, kept = EMPTY, []
    for each in later:
        before = interview
        tried = each if isinstance(each, tuple) else None
        found = rendered(before, *tried, "en") if tried else said(before, each)
        interview = found if isinstance(found, Interview) else before
        kept += grown(before.segments, interview.segments)

    assert tuple({each.id: each for each in kept}.values()) == interview.segments
    assert all(interview.segment(e.id).words == e.words for e in kept)
    assert all(interview.segment(e.id).rendered for e in kept if e.rendered)


@pytest.mark.parametrize(
    "then",
    [(), (part("s1", words="else"),), (part("s2"),), (part("s1", rendered="b"),)],
)
def test_a_record_in_which_less_or_something_else_stands_did_not_grow(then):
    with pytest.raises(RecordError):
        grown((part("s1", rendered="a"),), then)


@pytest.mark.parametrize(
    ("more", "words", "code"),
    [
        ((), "b", "rendered-already"),
        ((part("s2", "read_back", words=""),), "b", "rendered-already"),
        ((), "", "no-such-part"),
    ],
)
def test_what_was_rendered_is_not_rendered_anew(more, words, code):
    interview = after(part("s1", rendered="a"), *more)

    assert rendered(interview, "s1", words, "en") == Refusal(f"interview.{code}")


def test_what_was_read_back_is_not_rendered_any_more():
    interview = after(part("s1"), part("s2", "read_back", words=""))

    assert rendered(interview, "s1", "a", "en").code == "interview.read-back-since"


@given(st.lists(parts, max_size=12))
def test_a_record_that_was_signed_off_was_read_back_as_it_stands(later):
    interview = EMPTY
    for each in later:
        found = said(interview, each)
        interview = found if isinstance(found, Interview) else interview
    found = signed_off(interview, DAY)
    if not isinstance(found, Interview):
        return

    kinds = [each.kind for each in found.segments]
    last = max(n for n, kind in enumerate(kinds) if kind == "read_back")
    assert not SPOKEN.intersection(kinds[last:])
    assert said(found, part("s9")) == Refusal("interview.signed-off")


def test_a_correction_stands_beside_what_it_corrects():
    interview = after(part("s1"), part("s2", "correction", corrects="s1"))

    assert [each.id for each in interview.corrections("s1")] == ["s2"]
    assert interview.segment("s1") == part("s1")


def test_an_objection_needs_no_words_and_stops_at_once():
    objected = after(part("s1", "objection", words=""))

    assert said(objected, part("s2", "question")) == Refusal("interview.objection")
    assert said(objected, part("s2", "remark")) is not None
    assert signed_off(objected, DAY) == Refusal("interview.objection")


def test_it_goes_on_once_somebody_else_took_over():
    interview = after(
        part("s1", "objection", words=""),
        part("s2", "replaced", words="Another interpreter came."),
        part("s3", "question", speaker="officer"),
    )

    assert interview.objection is None


def test_what_was_said_after_it_was_read_back_is_read_back_again():
    read = after(part("s1"), part("s2", "read_back", words="", speaker="interpreter"))

    assert isinstance(signed_off(read, DAY), Interview)
    later = after(part("s3", "correction", corrects="s1"), interview=read)
    assert signed_off(later, DAY) == Refusal("procedure.guard.read-back")


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (part("s1"), "interview.twice"),
        (part("s2", minute=1), "interview.earlier"),
        (part("s2", minute=6, answers="s7"), "interview.no-such-part"),
        (part("s2", minute=6, corrects="s7"), "interview.no-such-part"),
        (part("s2", "replaced", minute=6), "interview.nothing-to-replace"),
        (
            part("s2", "question", minute=6, topic="origin"),
            "interview.origin-without-doubt",
        ),
    ],
)
def test_what_does_not_fit_the_record_is_refused(new, code):
    assert said(after(part("s1", minute=5)), new) == Refusal(code)


def test_origin_is_asked_about_on_a_stated_doubt():
    asked = part("s1", "question", topic="origin", doubt="The dialect, and the papers.")

    assert isinstance(said(EMPTY, asked), Interview)


def test_a_topic_counts_as_asked_about_once_it_was_answered():
    asked = after(part("s1", "question", topic="fear_since"))
    answered = after(part("s2", minute=1, answers="s1"), interview=asked)

    assert asked_about([asked], "fear_since") is FALSE
    assert asked_about([asked, answered], "fear_since") is TRUE
    assert asked_about([answered], "fear_at_departure") is FALSE


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "guess"}, {"speaker": "police"}, {"topic": "demeanour"}, {"words": " "}],
)
def test_a_part_that_says_nothing_sensible_is_refused(wrong):
    right = {"kind": "answer", "speaker": "person", "words": "…", "topic": ""}

    with pytest.raises(RecordError):
        Segment("s1", at="2026-11-30T14:05", **{**right, **wrong})


def test_a_moment_that_is_none_is_refused():
    with pytest.raises(RecordError, match="moment"):
        Segment("s1", "answer", "half past two", "person", words="…")


def test_days_go_on():
    tomorrow = (DAY + timedelta(1)).isoformat()
    later = Segment("s2", "answer", f"{tomorrow}T09:00", "person", words="…")

    assert len(after(part("s1"), later).segments) == 2
