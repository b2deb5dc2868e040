"""Due process through the real store: whatever is tried, no rule of it is ever broken.

Officers of every side try acts at random, most of them out of turn, on claims of which
more or less was said and found. What was done is held against what due process asks for,
which was written apart from the table.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from asylon.casework import CaseClaim, Hold, Person, Speech
from asylon.casework.decisions import Draft, Telling, fingerprint
from asylon.casework.procedure import Course, open_to, procedure
from asylon.casework.proceedings import is_child
from asylon.dates import read
from asylon.identity import Name, NationalityClaim, Place, Stay
from asylon.invented.stories import stories
from asylon.logic import TRUE, UNKNOWN
from asylon_server.store.cases import acts, reads
from asylon_server.store.cases.history import CLAIM_READ
from asylon_server.store.cases.models import Assignment
from asylon_server.store.cases.placing import hand
from asylon_server.store.claims import steps
from asylon_server.store.claims.asking import Asked, Kept, StepRefusedError
from asylon_server.store.record.acts import record_alone
from tests.asylon_server.conftest import MORNING
from tests.casework.procedure import due_process
from tests.conftest import SOAK

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

WALKS, TRIES = (600, 40) if SOAK else (18, 30)
"""Together more than 500 tries in a quick run."""

SEATS = (
    ("unhcr", "eligibility"),
    ("unhcr", "eligibility"),
    ("unhcr", "reviewing"),
    ("unhcr", "protection"),
    ("authority", "eligibility"),
    ("authority", "reviewing"),
    ("appeal_body", "appeal"),
    ("appeal_body", "appeal"),
    ("legal_aid", "counsel"),
)
FORWARD = (
    *("lodge", "sign_off", "examine", "find", "draft", "endorse", "sign", "tell"),
    "appeal",
)
STRAIGHT = ("lodge", "sign_off", "examine", "find", "draft")
"""What every other claim begins with, so that many come as far as a decision."""

PERSON = Person(
    "p1",
    names=(Name("김정숙", "Hang"),),
    languages=(Speech("ko"),),
    nationalities=(NationalityClaim("PRK", "asserted"),),
    feared=("PRK",),
)
HERE = Stay("now", Place("a house"))


class Walk:
    """A claim on its way, and whoever may lay hands on it."""

    def __init__(self, seed, family, officer, hands, custody):
        self.draw, self.hands, self.custody = random.Random(seed), hands, custody
        told = list(stories().values())
        self.story = told[seed % len(told)]
        born = self.draw.choice(["1989", "1989", "2015"])
        stays = (HERE,) if self.draw.random() < 0.8 else ()
        person = replace(PERSON, born=(read(born),), stays=stays)
        kind = self.draw.choice(["mandate", "joint"])
        claim = CaseClaim("k1", "p1", procedure=kind, state="CHN")
        hold = Hold("PRK", MORNING.date(), "wish_expressed")
        file = replace(
            family,
            reference=f"W-{seed}",
            people=(person,),
            claims=(claim,),
            holds=(hold,),
        )
        self.case = acts.register(
            officer, file, submission=f"w{seed}", at=MORNING, custody=custody
        )
        for who in hands:
            Assignment.objects.create(
                case=self.case, account_id=who.account, since=MORNING
            )
        self.at, self.goes_straight = MORNING, seed % 2 == 0

    def file(self):
        return reads.whole_said(self.case, custody=self.custody)[1]

    def chosen(self, course):
        """Choose who tries what: mostly a step forward, sometimes anything at all."""
        straight = STRAIGHT[len(course.steps) : len(course.steps) + 1]
        if self.goes_straight and straight:
            return self.hands[0], straight[0]
        if self.draw.random() < 0.1:
            return self.draw.choice(self.hands), self.draw.choice([*procedure().acts])
        open_now = [
            (who, act.id) for who in self.hands for act in open_to(course, hand(who))
        ]
        taken = [each.act for each in course.steps]
        forward = [
            40 / (1 + taken.count(act)) ** 3 if act in FORWARD else 0.3
            for _who, act in open_now
        ]
        return self.draw.choices(open_now, forward)[0]

    def asked(self, act, who):
        row, day = procedure().acts[act], self.at.date()
        outcome = self.draw.choice(row.outcomes) if row.outcomes else ""
        if row.outcomes and self.draw.random() < 0.8:
            outcome = self.story.outcome if act == "draft" else row.outcomes[-1]

        def change(claim):
            said, by = self.goes_straight or self.draw.random() < 0.9, hand(who)
            if act in {"lodge", "schedule"} and said:
                name = f"i{len(claim.interviews) + 1}"
                whole = self.story.interview(name, by, day, beside="Lee")
                whole = replace(whole, segments=tuple(self.story.segments(day)))
                return replace(claim, interviews=(*claim.interviews, whole))
            if act == "sign_off" and said:
                whole = replace(claim.interviews[-1], signed_off=day)
                return replace(claim, interviews=(*claim.interviews[:-1], whole))
            if act == "find" and said:
                found = self.story.assessment(f"i{len(claim.interviews)}", by, day)
                return replace(claim, assessment=found)
            if row.outcomes:
                rests = fingerprint(claim.interviews, claim.assessment)
                draft = Draft(outcome, by, day, "en", (), rests)
                return replace(claim, drafts=(*claim.drafts, draft))
            return claim

        telling = Telling("to_counsel", day, hand(who), "ko", understood=True)
        return Asked(
            act,
            outcome=outcome,
            words=self.draw.choice(["Look at the dates again.", "Look again.", ""]),
            wished=self.draw.choice([TRUE, UNKNOWN]),
            new=self.draw.choice([TRUE, UNKNOWN]),
            confirmed=self.draw.random() < 0.6,
            fits={"fit_people": TRUE, "fit_means": TRUE},
            telling=telling if act == "tell" else None,
            change=change,
            keeps=lambda _case, _file, _claim: Kept(),
        )

    def tries(self):
        """Try an act, and name it if it was done."""
        before = steps.of_file(self.file(), "k1")
        who, act = self.chosen(before.course)
        asked = self.asked(act, who)
        self.at += timedelta(minutes=5)
        opened = self.draw.random() < 0.6
        if opened:
            read = {"claim": "k1"}
            record_alone(CLAIM_READ, who, at=self.at, case=self.case.id, details=read)
        witnessed = self.draw.choice([None, self.at.date(), self.at.date()])
        try:
            after = steps.take(
                who,
                self.case.id,
                "k1",
                asked,
                at=self.at,
                custody=self.custody,
                witnessed=witnessed,
            )
        except StepRefusedError:
            assert steps.of_file(self.file(), "k1") == before
            return []
        self.held_against(before, after, asked, witnessed, opened=opened)
        return [asked.act]

    def held_against(self, before, after, asked, witnessed, *, opened):
        was = before.course.standing(procedure())
        now = after.course.standing(procedure())
        step, course = after.steps[-1], Course(before.procedure, before.steps)
        assert due_process.unmet(course, step, was, now) == []
        needed = due_process.demanded(course, step)
        person = self.file().people[0]
        assert self.file().protects("p1", "PRK"), "a hold was lost"
        assert "confirmed" not in needed or asked.confirmed
        assert "opened" not in needed or opened
        assert "witnessed" not in needed or witnessed
        assert "in_custody" not in needed or person.stays
        if due_process.guarded_child(course, step):
            assert is_child(person, self.at.date()) is not TRUE


@pytest.fixture
def hands(somebody):
    return [somebody(*seat, name=f"{n} {seat}") for n, seat in enumerate(SEATS)]


def test_whatever_is_tried_no_rule_is_broken(family, officer, hands, custody):
    done: Counter[str] = Counter()
    for seed in range(WALKS):
        walk = Walk(seed, family, officer, hands, custody)
        for _ in range(TRIES):
            done.update(walk.tries())

    assert {"sign_off", "find", "draft", "endorse", "sign", "tell"} <= done.keys()
