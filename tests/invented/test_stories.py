"""Stories of invented claims follow the law and the procedure as anybody's do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from asylon.casework import Actor, CaseClaim, File, Hold, Person, Speech
from asylon.casework.explaining import told_by
from asylon.casework.lawful import Engine
from asylon.casework.procedure import Step, procedure, taken
from asylon.casework.proceedings import Moment, told
from asylon.dates import read
from asylon.identity import NationalityClaim, Place, Stay
from asylon.invented.stories import stories, ways
from asylon.logic import FALSE, TRUE
from tests.shipped import BOOK

DAY = date(2026, 6, 1)
OFFICER = Actor("o1", "h1", "unhcr", "eligibility_officer")
REVIEWER = Actor("o2", "h1", "unhcr", "reviewing_officer")
ENGINE = Engine(BOOK)
STORIES = pytest.mark.parametrize("story", stories().values(), ids=lambda e: e.id)
PERSON = Person(
    "p1",
    born=(read("1989"),),
    languages=(Speech("ko"),),
    nationalities=(NationalityClaim("PRK", "asserted"),),
    feared=("PRK",),
    stays=(Stay("now", Place("a house")),),
)


def claimed(story):
    """Make a claim with the interview and the findings of a story."""
    interview = story.interview("i1", OFFICER, DAY, beside="Lee")
    whole = replace(interview, segments=tuple(story.segments(DAY)), signed_off=DAY)
    found = story.assessment("i1", OFFICER, DAY)
    return CaseClaim("k1", "p1", state="CHN", interviews=(whole,), assessment=found)


def filed(claim):
    return File("A-1", (PERSON,), (Hold("any", DAY, "wish_expressed"),), (claim,))


@STORIES
def test_the_law_makes_of_a_story_what_it_ends_with(story):
    claim = claimed(story)
    law = ENGINE.law(claim, told_by(PERSON, BOOK), on=DAY)

    follows = procedure().outcomes[story.outcome].follows_when
    assert law.open == ()
    assert law.definition is (FALSE if follows else TRUE)
    assert law.complementary is (FALSE if story.outcome == "refuse" else TRUE)


@STORIES
def test_a_story_may_be_signed_by_who_opened_it_and_only_after_a_review(story):
    claim = claimed(story)
    law = ENGINE.law(claim, told_by(PERSON, BOOK), on=DAY)
    moment = Moment(DAY, opened=TRUE, confirmed=TRUE)
    facts = {**told(filed(claim), claim, law, moment), "current": TRUE}
    facts |= {"fit_people": TRUE, "read_back": TRUE}
    ways = [
        (OFFICER, "lodge", ""),
        (OFFICER, "sign_off", ""),
        (OFFICER, "examine", ""),
        (OFFICER, "find", ""),
        (OFFICER, "draft", story.outcome),
        (REVIEWER, "endorse", ""),
        (OFFICER, "sign", ""),
    ]
    course = claim.course
    for by, act, outcome in ways:
        after = taken(course, Step(act, by, DAY, outcome), facts)
        assert not isinstance(after, tuple), (act, after)
        course = after.course

    assert after.standing.stage == "signed"


@STORIES
def test_both_fears_are_asked_and_every_word_has_its_rendering(story):
    [interview] = claimed(story).interviews
    topics = {each.topic for each in interview.segments}

    assert {"fear_at_departure", "fear_since"} <= topics
    assert all(e.rendered for e in interview.segments if e.kind != "read_back")


def test_at_least_sixty_claims_are_decided_and_some_stand_at_every_stage():
    told = {each.until for each in ways()}
    decided = {"recognised", "protected", "refused"}

    assert sum(each.claims for each in ways() if each.until in decided) >= 60
    assert told > decided | {"lodged", "planned", "interviewed", "drafted", "signed"}
    assert {each.story for each in ways()} == set(stories())
