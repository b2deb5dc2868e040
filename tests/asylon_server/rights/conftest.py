"""A world of offices and cases, made once for all the questions of a module."""

from __future__ import annotations

import logging

import pytest
from django.utils import timezone

from tests.asylon_server.rights.walking import Door
from tests.asylon_server.rights.world import standing


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    log = logging.getLogger("django.request")
    before = log.level
    log.setLevel(logging.CRITICAL)  # thousands are refused here, as they should be
    with django_db_blocker.unblock(), standing() as made:
        yield made
    log.setLevel(before)


@pytest.fixture(scope="module")
def door():
    return Door()


@pytest.fixture(autouse=True)
def _still(monkeypatch):
    """Let no minute pass between two looks at a page, which are compared."""
    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment)
