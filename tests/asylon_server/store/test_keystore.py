"""Keys of cases: wrapped again a few at a time, and left in no log of writes."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connections

from asylon_server.store.keystore import leaving, rewrapping
from asylon_server.store.keystore.models import WrappedKey

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_each_key_that_does_not_open_is_counted_once(custody, monkeypatch):
    monkeypatch.setattr(rewrapping, "CHUNK", 1)
    for _ in range(3):
        WrappedKey.objects.create(case=uuid4(), wrapped=b"altered")

    assert rewrapping.rewrap(custody) == 3


def test_a_database_that_is_not_there_leaves_nothing():
    assert leaving.cut_off("nowhere")


def test_within_a_transaction_something_is_left():
    is_sqlite = connections["keys"].vendor == "sqlite"

    assert leaving.cut_off("nowhere", "keys") is not is_sqlite


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_outside_of_one_nothing_is_left():
    assert leaving.cut_off("default", "keys")
