"""A claim under examination, with an interview in two languages, put in as it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from asylon.casework import Actor
from asylon.casework.assessments import (
    Assessment,
    Considered,
    Link,
    MaterialFact,
    Source,
)
from asylon.casework.interviews import Interview, Segment
from asylon.casework.procedure import Step
from asylon_server.store.cases import acts, reads
from asylon_server.store.claims.steps import with_claim
from tests.asylon_server.conftest import MORNING

DAY = MORNING.date()
OFFICER = Actor(str(UUID(int=9)), "unhcr", "unhcr", "eligibility_officer")
FEAR = "nationalities.PRK.risk_at_departure"
SAID = (
    (
        "question",
        "officer",
        "왜 떠났습니까?",
        "Why did you leave?",
        "fear_at_departure",
    ),
    (
        "answer",
        "person",
        "잡혀갈까 봐 떠났습니다.",
        "I left so as not to be taken.",
        "",
    ),
    ("point", "officer", "날짜가 다릅니다.", "The dates differ.", ""),
    ("answer", "person", "음력이었습니다.", "It was the lunar day.", ""),
)


def interview(name="i1", said=SAID, times=1):
    """An interview in Korean; each question is followed by its answer."""
    parts = []
    for number, (kind, speaker, words, rendered, topic) in enumerate(said * times):
        at = MORNING + timedelta(minutes=number)
        parts.append(
            Segment(
                f"s{number + 1}",
                kind,
                f"{at:%Y-%m-%dT%H:%M}",
                speaker,
                words,
                "ko",
                rendered,
                "en",
                answers=f"s{number}" if kind == "answer" else "",
                topic=topic,
            )
        )
    return Interview(name, DAY, OFFICER, "ko", segments=tuple(parts), consented=DAY)


FACT = MaterialFact(
    "f1",
    "She was listed for the camp.",
    (FEAR,),
    links=(
        Link("i1/s2", "for", "She told it at once."),
        Link("i1/s3", "against", "The dates differ."),
    ),
    considered=(Considered("within", "One date differs."),),
    accepted="not_accepted",
)
FOUND = Assessment(facts=(FACT,), sources=(Source("d1", "A report"),))


def put_in(case, claim, custody, **more):
    """Let a claim be under examination, with what was said and found."""
    version, file = reads.whole(case, custody=custody)
    steps = [Step(each, OFFICER, DAY) for each in ("sign_off", "examine")]
    told = {"interviews": (interview(),), "assessment": FOUND, **more}
    new = replace(claim, steps=(*claim.steps, *steps), **told)
    file = with_claim(file, new)
    acts.keep_file(case, file, follows=version, at=MORNING, custody=custody)
    return new
