"""No sequence of calls raises one's own rights, whoever calls what in which order."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.asylon_server.store.climbing import World, machine

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

LONG = 50
"""So many acts one after the other, at most."""

SEQUENCES = 40
"""So many sequences before their calls are counted."""


def climbed(world, *, calls):
    """Go on until so many calls were made; how long a sequence is, chance decides."""
    chosen = settings(
        max_examples=SEQUENCES,
        stateful_step_count=LONG,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    while world.steps["called"] < calls:
        run_state_machine_as_test(machine(world), settings=chosen)
    return world.steps


@pytest.fixture
def world(custody):
    return World(custody).build()


def test_no_sequence_of_calls_raises_ones_own_rights(world):
    # The acts are the same on either database; the quicker one goes the long way.
    steps = climbed(world, calls=20_000 if connection.vendor == "sqlite" else 2_000)

    # Most calls are refused, as they should be; enough of them do something.
    assert steps["done"] > steps["called"] / 20


@pytest.mark.soak
def test_no_long_sequence_of_calls_raises_ones_own_rights(world):
    assert climbed(world, calls=1_000_000)["done"] > 50_000
