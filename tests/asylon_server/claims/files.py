"""A file whose claim was heard and found on, as far as a decision needs it."""

from __future__ import annotations

from dataclasses import replace

from asylon.casework import CaseClaim, Speech
from asylon.casework.decisions import Draft, Reasoning, fingerprint
from asylon.casework.procedure import Step
from asylon_server.store.cases import acts, reads
from asylon_server.store.cases.placing import hand
from tests.asylon_server.conftest import MORNING
from tests.casework.test_assessments import FEARS
from tests.casework.test_lawful import DECISIONS, officers

ON = MORNING.date()
MET = next(each for each in DECISIONS if each.id == "D10")
"""A published decision that recognised somebody; an officer made its findings here."""

REASONS = (
    Reasoning(
        "What was found", "You left in winter. Nobody doubts where you are from."
    ),
    Reasoning("What follows", "You would be punished for having left."),
)
INTERVIEWS = tuple(replace(each, signed_off=ON, consented=ON) for each in FEARS)


def examined(by, *, person="p1", **more):
    """Make a claim that is being examined by somebody."""
    acts_so_far = ("lodge", "sign_off", "examine")
    claim = CaseClaim(
        "c1",
        person,
        "mandate",
        "CHN",
        lodged=ON,
        interviews=INTERVIEWS,
        assessment=officers(MET).assessment,
        steps=tuple(Step(act, hand(by), ON) for act in acts_so_far),
    )
    return replace(claim, **more)


def drafted(claim, by, outcome="recognise", *, reasons=REASONS, language="en"):
    """Draft a decision on it."""
    rests_on = fingerprint(claim.interviews, claim.assessment)
    draft = Draft(outcome, hand(by), ON, language, reasons, rests_on)
    step = Step("draft", hand(by), ON, outcome)
    return replace(claim, steps=(*claim.steps, step), drafts=(*claim.drafts, draft))


def stepped(claim, by, *names):
    """Take steps that change nothing but the stage."""
    return replace(
        claim, steps=(*claim.steps, *(Step(each, hand(by), ON) for each in names))
    )


def put(case, custody, *claims, at=MORNING):
    """Put claims into the file of a case, as if all had been done."""
    version, file = reads.whole(case, custody=custody)
    her = replace(file.people[0], languages=(Speech("ko", is_first=True),))
    file = replace(file, people=(her, *file.people[1:]), claims=claims)
    acts.keep_file(case, file, follows=version, at=at, custody=custody)


def now(case, custody):
    """Read its claim as it stands."""
    return reads.whole_said(case, custody=custody)[1].claims[0]
