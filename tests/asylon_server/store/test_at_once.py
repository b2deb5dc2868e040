"""Acts on one case wait for one another, where two can write at once."""

from __future__ import annotations

from threading import Event, Thread
from time import sleep

import pytest
from django.db import connection, connections

from asylon.casework import Hold
from asylon.identity import Name
from asylon_server.store.cases import acts, emergencies, erasing, placing, telling
from asylon_server.store.cases.changes import Change
from asylon_server.store.cases.emergencies import Asked
from asylon_server.store.cases.models import Emergency, NameToken
from asylon_server.store.vault.models import Compartment
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "keys"]),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite lets nobody write meanwhile"
    ),
]
GLANCE = 0.4
"""So many seconds are enough for the second act to do what it can, or to wait."""


@pytest.fixture
def case(officer, family, custody):
    return acts.register(officer, family, submission="s1", at=MORNING, custody=custody)


def meanwhile(monkeypatch, module, first, second):
    """Do something while an act has done all but write itself down."""
    came, go, record = Event(), Event(), module.record

    def slowly(*args, **named):
        came.set()
        go.wait(5)
        return record(*args, **named)

    monkeypatch.setattr(module, "record", slowly)
    one, two = Thread(target=alone, args=[first]), Thread(target=alone, args=[second])
    one.start()
    assert came.wait(5)
    two.start()
    sleep(GLANCE)
    go.set()
    one.join()
    two.join()


def alone(act):
    try:
        act()
    finally:
        connections.close_all()


def test_what_is_told_while_a_case_is_erased_is_erased_too(
    officer, case, custody, monkeypatch
):
    NameToken.objects.all().delete()  # so that nothing else makes the two wait
    new = Change("p2", "names", new=Name("김달", "Hang"))
    meanwhile(
        monkeypatch,
        acts,
        lambda: telling.tell(officer, case.id, [new], at=LATER, custody=custody),
        lambda: erasing.erase(None, case.id, at=LATER),
    )

    assert not NameToken.objects.filter(case=case).exists()
    assert not Compartment.objects.filter(case=case.id).exists()


def test_two_holds_that_are_placed_at_once_both_stand(
    officer, case, custody, monkeypatch
):
    def placed(state):
        hold = Hold(state, MORNING.date(), "wish_expressed")
        return lambda: placing.place_hold(
            officer, case.id, hold, at=LATER, custody=custody
        )

    meanwhile(monkeypatch, placing, placed("KOR"), placed("RUS"))

    assert case.holds.count() == len(("PRK", "KOR", "RUS"))


def test_an_emergency_that_is_sent_twice_at_once_is_one(
    case, somebody, custody, monkeypatch
):
    night = somebody("unhcr", "protection")
    somebody("legal_aid", "supervisor")
    asked = Asked("removal", "A van is at the gate.", frozenset({"contact"}), 2)

    def opened():
        return emergencies.break_open(
            night, case.reference, asked, at=LATER, custody=custody
        )

    meanwhile(monkeypatch, emergencies, opened, opened)

    assert Emergency.objects.count() == 1
