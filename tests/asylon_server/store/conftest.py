"""A case, the supervisor of its office, and others whose work it is."""

from __future__ import annotations

import pytest

from asylon_server.store.cases import acts, assigning
from tests.asylon_server.conftest import MORNING


@pytest.fixture
def case(officer, family, custody):
    return acts.register(officer, family, submission="s", at=MORNING, custody=custody)


@pytest.fixture
def head(somebody):
    return somebody("legal_aid", "supervisor")


@pytest.fixture
def works(case, head, custody, somebody):
    """Make somebody of another office, or of the same, whose work the case is."""

    def assigned(kind, role):
        who = somebody(kind, role)
        assigning.assign(head, case.id, who.account, at=MORNING, custody=custody)
        return who

    return assigned
