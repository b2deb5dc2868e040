"""What an assessment answers to the procedure: nothing is filled in, and nothing assumed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asylon.casework import Actor
from asylon.casework.assessments import (
    Answered,
    Assessment,
    Closing,
    Considered,
    Found,
    Link,
    MaterialFact,
    Point,
    Remaining,
    Source,
    lacks,
    told,
    unput,
    words,
)
from asylon.casework.interviews import Interview, Segment
from asylon.identity import RecordError
from asylon.identity.records import as_dict, from_dict
from asylon.logic import FALSE, TRUE

DAY, LATER = date(2026, 11, 30), date(2026, 12, 1)
OFFICER = Actor("officer", "unhcr", "unhcr", "eligibility_officer")
SIGNS = (frozenset({"fear"}), frozenset({"crime"}))
"""A definition that holds where somebody fears, and no crime excludes."""

FACT = MaterialFact(
    "f1",
    "…",
    ("fear",),
    links=(Link("i1/a1", "for", "…"), Link("c1", "against", "…")),
    considered=(Considered("detail", "…"),),
    accepted="not_accepted",
)
AGAINST = Found(
    "fear",
    "false",
    OFFICER,
    DAY,
    reasons="…",
    facts=("f1",),
    answers=(Answered("i1/a1", "…"),),
)
WHOLE = Assessment(
    facts=(FACT,),
    sources=(Source("c1", "…", disclosed=DAY),),
    points=(Point("f1", "c1", put="i1/q0", answered="i1/a0"),),
    findings=(AGAINST,),
    remaining=tuple(Remaining(each, "…") for each in words()["remaining"]),
)


def interview(*topics):
    segments = [
        part
        for number, topic in enumerate(topics)
        for part in (
            Segment(
                f"q{number}",
                "question",
                "2026-11-30T14:05",
                "officer",
                "…",
                topic=topic,
            ),
            Segment(
                f"a{number}",
                "answer",
                "2026-11-30T14:06",
                "person",
                "…",
                answers=f"q{number}",
            ),
        )
    ]
    return Interview("i1", DAY, OFFICER, "ko", segments=tuple(segments))


FEARS = [interview("fear_at_departure", "fear_since")]
"""In it are the parts that the assessment names: i1/q0, i1/a0, i1/q1, i1/a1."""


def answers(assessment, interviews=FEARS, open=()):
    return told(assessment, interviews, SIGNS, open, on=DAY)


def missing(assessment, interviews=FEARS, open=()):
    return {
        k for k, v in answers(assessment, interviews, open).items() if v is not TRUE
    }


def test_a_whole_assessment_lacks_nothing():
    assert missing(WHOLE) == set()


@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        ({"points": ()}, {"put"}),
        ({"points": (Point("f1", "c1", put="i1/q0"),)}, {"put"}),
        ({"points": (Point("f1", "c1", answered="i1/a0"),)}, {"put"}),
        ({"points": (Point("f1", "i1/s9", "i1/q0", "i1/a0"),)}, {"put"}),
        ({"points": (Point("f1", "c1", "i1/q0", "i1/a0", declined=True),)}, set()),
        ({"points": (Point("f1", "c1", "i1/q0", declined=True),)}, {"put"}),
        ({"points": (Point("f1", "c1", "i9/q0", "i1/a0"),)}, {"put"}),
        ({"points": (Point("f1", "c1", "i1/a0", "i1/a0"),)}, {"put"}),
        ({"points": (Point("f1", "c1", "i1/q0", "i1/q1"),)}, {"put"}),
        ({"facts": (replace(FACT, links=FACT.links[:1]),), "points": ()}, {"put"}),
        ({"findings": ()}, {"put", "answerable", "reasoned"}),
        ({"sources": ()}, {"answerable"}),
        ({"sources": (Source("c1", "…", disclosed=LATER),)}, {"answerable"}),
        ({"sources": (Source("c1", "…"),)}, {"answerable"}),
        ({"findings": (replace(AGAINST, reasons=" "),)}, {"reasoned"}),
        ({"findings": (replace(AGAINST, answers=()),)}, {"reasoned"}),
        ({"findings": (replace(AGAINST, facts=()),)}, {"put", "reasoned"}),
        ({"remaining": WHOLE.remaining[:2]}, {"residual_risk"}),
    ],
)
def test_what_is_missing_is_told(change, lacks):
    assert missing(replace(WHOLE, **change)) == lacks


@pytest.mark.parametrize("declined", [True, False])
def test_nobody_but_the_person_answers_a_point_against_them(declined):
    point = replace(WHOLE.points[0], declined=declined)
    [said] = FEARS
    asked, answer, *others = said.segments
    theirs = replace(answer, speaker="officer")
    by_officer = replace(said, segments=(asked, theirs, *others))

    found = missing(replace(WHOLE, points=(point,)), [by_officer])

    assert "put" in found


def test_what_a_finding_against_the_person_lacks_is_named_one_by_one():
    bare = replace(AGAINST, reasons="", answers=())
    made = replace(WHOLE, sources=(), points=(), findings=(bare,))

    [lack] = lacks(made, FEARS, SIGNS, on=DAY)

    assert lack.unput == (("f1", "c1"),)
    assert lack.undisclosed == ("c1",)
    assert lack.unanswered == ("i1/a1",)
    assert lack.unreasoned
    assert not lacks(WHOLE, FEARS, SIGNS, on=DAY)[0]


@pytest.mark.parametrize(
    ("change", "points"),
    [
        ({}, [("f1", "c1")]),
        ({"links": FACT.links[:1]}, [("f1", "")]),
        ({"links": FACT.links[:1], "accepted": "unresolved"}, []),
        ({"accepted": "accepted"}, [("f1", "c1")]),
    ],
)
def test_a_doubt_that_was_not_put_is_listed_before_anything_rests_on_it(change, points):
    fact = replace(FACT, **change)
    made = replace(WHOLE, facts=(fact,), points=(), findings=())

    assert list(unput(made, FEARS, on=DAY)) == points


def test_an_open_element_is_not_settled():
    assert missing(WHOLE, open=["fear"]) == {"settled"}


@pytest.mark.parametrize("topic", ["fear_at_departure", "fear_since"])
def test_one_of_the_two_fears_is_not_both(topic):
    assert missing(WHOLE, [interview(topic)]) == {"both_fears"}


def test_a_crime_that_is_found_goes_against_the_person_and_one_that_is_not_does_not():
    crime = replace(AGAINST, element="crime", value="true")
    none = replace(crime, value="false")

    assert replace(WHOLE, findings=(crime,)).against(SIGNS) == (crime,)
    assert replace(WHOLE, findings=(crime, none)).against(SIGNS) == ()


def test_where_nothing_was_found_against_the_person_nothing_carries_a_refusal():
    helps = replace(AGAINST, value="true", reasons="", answers=())
    found = missing(replace(WHOLE, findings=(AGAINST, helps)))

    assert found == {"put", "answerable", "reasoned"}


def test_a_closing_says_more_than_that_it_was_not_proved():
    for name in ("put", "enquiries", "doubt"):
        with pytest.raises(RecordError, match=name):
            Closing(**{"put": "…", "enquiries": "…", "doubt": "…", name: " "})


def test_a_closing_rests_on_itself():
    closed = replace(AGAINST, facts=(), closing=Closing("i1/q0", "…", "…"))

    assert missing(replace(WHOLE, findings=(closed,), points=())) == set()


def test_a_closing_whose_question_nobody_put_is_none():
    closed = replace(AGAINST, facts=(), closing=Closing("i1/a0", "…", "…"))

    assert missing(replace(WHOLE, findings=(closed,), points=())) == {"put"}


@pytest.mark.parametrize(
    ("kind", "speaker"),
    [("break", "person"), ("answer", "officer"), ("remark", "person")],
)
def test_only_the_person_answers_a_question(kind, speaker):
    [told_] = FEARS
    other = replace(told_.segments[1], kind=kind, speaker=speaker)
    segments = (told_.segments[0], other, *told_.segments[2:])

    assert missing(WHOLE, [replace(told_, segments=segments)]) >= {"both_fears"}


def test_how_somebody_appears_is_no_indicator():
    with pytest.raises(RecordError):
        Considered("demeanour", "…")


def test_no_fact_is_disbelieved_without_saying_what_was_looked_at():
    with pytest.raises(RecordError, match="indicator"):
        replace(FACT, considered=())


@pytest.mark.parametrize("field", ["facts", "points"])
def test_a_fact_that_is_not_there_is_refused(field):
    lost = {
        "facts": {"findings": (replace(AGAINST, facts=("f9",)),)},
        "points": {"points": (Point("f9", "c1"),)},
    }[field]

    with pytest.raises(RecordError, match="no fact"):
        replace(WHOLE, **lost)


findings = st.builds(
    Found,
    st.sampled_from(["fear", "crime"]),
    st.sampled_from(["true", "false", "unknown"]),
    st.just(OFFICER),
    st.just(DAY),
    reasons=st.sampled_from(["", "…"]),
    facts=st.sampled_from([(), ("f1",)]),
    answers=st.sampled_from([(), (Answered("i1/a1", "…"),)]),
)


@given(st.lists(findings, max_size=6))
def test_the_last_finding_on_an_element_stands_and_all_are_kept(made):
    assessment = replace(WHOLE, findings=tuple(made))

    for element, standing in assessment.standing.items():
        assert standing == [e for e in made if e.element == element][-1]
    assert from_dict(Assessment, as_dict(assessment)) == assessment


@given(st.lists(findings, max_size=6))
def test_a_finding_against_the_person_without_reasons_is_always_told(made):
    assessment = replace(WHOLE, findings=tuple(made))
    silent = [e for e in assessment.against(SIGNS) if not e.reasons]

    if silent:
        assert answers(assessment)["reasoned"] is FALSE
