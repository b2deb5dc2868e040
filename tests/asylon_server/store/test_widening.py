"""Rows that got a column more are taken over as they were, and no others."""

from __future__ import annotations

import pytest
from django.db import transaction

from asylon_server.store.organisations.models import Account
from asylon_server.store.record import rows
from asylon_server.store.record.acts import record
from asylon_server.store.record.checking import Check
from asylon_server.store.record.widening import widened
from tests.asylon_server.conftest import MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def wider(officer, sealer, monkeypatch):
    """Find what got a column more since its last event, which did not know of it."""
    account, whole = Account.objects.get(pk=officer.account), rows.digest
    with monkeypatch.context() as before, transaction.atomic():
        before.setattr(rows, "digest", lambda row: whole(row, without=["epoch"]))
        record("account opened", None, at=MORNING, wrote=[account])

    def look():
        check = Check(sealer.public)
        faults = list(check.faults())
        return widened(check, faults, {"organisations.account": ["epoch"]})

    return look


@pytest.mark.parametrize("said", [{"epoch": 1}, {"role": "supervisor"}])
def test_a_row_is_taken_over_only_as_it_was(wider, officer, said):
    assert [each.pk for each in wider()] == [officer.account]

    Account.objects.update(**said)

    assert wider() == []
