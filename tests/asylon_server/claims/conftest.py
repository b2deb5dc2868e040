"""A case with a claim that was lodged, and whoever takes part in its procedure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from asylon.casework import CaseClaim
from asylon_server.store.cases import acts
from asylon_server.store.cases.models import Assignment
from asylon_server.store.claims import steps
from asylon_server.store.claims.asking import Asked
from tests.asylon_server.claims.lodged import Desk
from tests.asylon_server.conftest import MORNING


@pytest.fixture
def case(officer, family, custody):
    return acts.register(officer, family, submission="s", at=MORNING, custody=custody)


@pytest.fixture
def works(case, somebody):
    """Make somebody whose work the case is."""

    def made(kind, role, **named):
        who = somebody(kind, role, **named)
        Assignment.objects.create(case=case, account_id=who.account, since=MORNING)
        return who

    return made


@pytest.fixture
def examiner(works):
    return works("unhcr", "eligibility")


@pytest.fixture
def claim(case, examiner, custody):
    told = CaseClaim("new", "p1", wish_heard=MORNING.date())
    return steps.lodge(examiner, case.id, told, at=MORNING, custody=custody)


@pytest.fixture
def take(case, claim, custody):
    """Take a step on the claim."""

    def done(who, act, *, at=MORNING, **more):
        asked = Asked(act, **more)
        return steps.take(who, case.id, claim.id, asked, at=at, custody=custody)

    return done


@pytest.fixture
def desk(case, claim, examiner, works, custody):
    return Desk(case, claim, examiner, works, custody)


@pytest.fixture
def other(officer, family, custody, examiner):
    """Another case with a claim, which the same officer examines."""
    file = replace(family, reference="A-2")
    made = acts.register(officer, file, submission="t", at=MORNING, custody=custody)
    made.assignments.create(account_id=examiner.account, since=MORNING)
    told = CaseClaim("new", "p1", wish_heard=MORNING.date())
    steps.lodge(examiner, made.id, told, at=MORNING, custody=custody)
    return made
