"""Only what the house wrote is sealed, in batches, on top of what was sealed before."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from asylon.security.drawing import draw_key
from asylon.security.entries import FIRST_FORM
from asylon.security.errors import CustodyError, HeadError
from asylon_server.console.sealing import Sealer
from asylon_server.store.organisations import acts as accounts
from asylon_server.store.organisations.models import Organisation
from asylon_server.store.record import waiting
from asylon_server.store.record.acts import seal
from asylon_server.store.record.checking import Check
from asylon_server.store.record.models import Event, Head, Leaf
from tests.asylon_server.conftest import MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

SECOND = timedelta(seconds=1)


@pytest.fixture
def opened():
    """Do some acts, each of which is an event."""

    def made(count):
        for _ in range(count):
            name = f"Office {Event.objects.count()}"
            accounts.open_organisation(
                None, name=name, kind="unhcr", state="", at=MORNING
            )

    return made


def faults(sealer):
    return {each.code for each in Check(sealer.public).faults()}


def test_an_event_without_the_code_of_the_house_is_not_sealed(opened, sealer):
    opened(3)
    forged = Event.objects.order_by("number")[1]
    Event.objects.filter(pk=forged.pk).update(code=b"x" * 32)

    seal(sealer, at=MORNING)

    assert [each.id for each in waiting.refused()] == [forged.id]
    assert Leaf.objects.count() == 2
    assert faults(sealer) == {"event.forged", "row.unknown"}


def test_what_waits_of_the_house_is_not_called_refused(opened):
    opened(2)

    assert list(waiting.refused()) == []


def test_what_waits_is_sealed_batch_by_batch(opened, sealer, monkeypatch):
    monkeypatch.setattr(waiting, "BATCH", 2)
    monkeypatch.setattr(waiting.sealable, "__defaults__", (2,))
    opened(5)

    seal(sealer, at=MORNING)

    assert list(Head.objects.order_by("size").values_list("size", flat=True)) == [
        2,
        4,
        5,
    ]
    assert faults(sealer) == set()


def test_events_that_are_refused_keep_none_waiting(opened, sealer, monkeypatch):
    monkeypatch.setattr(waiting, "BATCH", 2)
    opened(5)
    Event.objects.filter(number__lt=Event.objects.latest("number").number).update(
        code=b""
    )

    assert len(waiting.sealable()) == 1


def test_only_the_newest_are_looked_at_between_two_looks_at_all(opened, monkeypatch):
    monkeypatch.setattr(waiting, "BACK", 1)
    opened(3)
    newest = Event.objects.latest("number").number
    glance, later = waiting.Glance(), MORNING + waiting.WHOLE

    looks = [glance.after(at) for at in (MORNING, later - SECOND, later, MORNING)]

    assert looks == [0, newest - 1, 0, 0]
    assert len(waiting.sealable(after=newest - 1)) == 1


def test_what_was_passed_over_is_sealed_when_all_is_looked_at(opened, sealer):
    opened(3)
    seal(sealer, at=MORNING, after=Event.objects.latest("number").number - 1)
    assert Leaf.objects.count() == 1

    seal(sealer, at=MORNING, after=waiting.Glance().after(MORNING))

    assert Leaf.objects.count() == 3
    assert faults(sealer) == set()


def test_a_sealer_says_once_what_it_does_not_seal(opened, sealer):
    opened(2)
    forged = Event.objects.earliest("number")
    Event.objects.filter(pk=forged.pk).update(code=b"x" * 32)
    working = Sealer(sealer)

    said = [working.seal(), working.seal()]

    assert str(forged.id) in said[0]
    assert said[1] == ""
    assert Leaf.objects.count() == 1


def test_a_sealing_of_nothing_changes_nothing(opened, sealer):
    opened(1)

    assert seal(sealer, at=MORNING).size == 1
    assert seal(sealer, at=MORNING) is None


@pytest.mark.parametrize("edge", [b"", b"x", b"x" * 32, b"x" * 64])
def test_a_spoilt_edge_is_mended_from_the_entries(opened, sealer, edge):
    opened(3)
    seal(sealer, at=MORNING)
    Head.objects.update(edge=edge)
    assert faults(sealer) == {"head.altered"}

    opened(1)
    seal(sealer, at=MORNING)

    assert faults(sealer) == set()


def test_nothing_is_sealed_on_top_of_a_log_that_was_changed(opened, sealer):
    opened(3)
    seal(sealer, at=MORNING)
    opened(1)
    Head.objects.update(edge=b"")
    Leaf.objects.filter(index=1).update(hash=b"x" * 32)

    with pytest.raises(HeadError, match="not those of the last head"):
        seal(sealer, at=MORNING)


def test_nothing_is_sealed_beside_entries_that_no_head_has(opened, sealer):
    opened(3)
    seal(sealer, at=MORNING)
    opened(1)
    Leaf.objects.create(index=3, event=Event.objects.latest("number"), hash=b"x" * 32)
    opened(1)

    with pytest.raises(HeadError, match="after the last head"):
        seal(sealer, at=MORNING)


def test_nothing_is_sealed_on_top_of_the_head_of_another(opened, sealer):
    opened(1)
    seal(draw_key(), at=MORNING)
    opened(1)

    with pytest.raises(HeadError, match="seal does not fit"):
        seal(sealer, at=MORNING)


def test_without_the_key_of_the_record_nothing_is_done(opened, settings):
    settings.ASYLON_RECORD_KEY = None

    with pytest.raises(CustodyError, match=r"sealer\.pem"):
        opened(1)
    assert not Organisation.objects.exists()


def taken_over():
    """Do again what the change of the tables did with the events of before."""
    change = import_module("asylon_server.store.record.migrations.0002_codes")
    with connection.schema_editor() as editor:
        change._take_over(apps, editor)


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_events_of_the_first_form_stay_good(opened, sealer, monkeypatch):
    monkeypatch.setattr(Event._meta.get_field("form"), "_get_default", lambda: 1)
    opened(3)
    seal(sealer, at=MORNING)
    opened(1)
    monkeypatch.undo()
    Event.objects.update(code=b"")

    taken_over()
    opened(2)
    seal(sealer, at=MORNING)

    assert faults(sealer) == set()
    assert Event.objects.filter(form=FIRST_FORM).count() == 4


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_who_takes_forged_events_over_as_old_ones_is_found(opened, sealer):
    opened(3)
    seal(sealer, at=MORNING)
    Event.objects.filter(number=Event.objects.latest("number").number).update(code=b"")

    taken_over()

    assert faults(sealer) == {"leaf.altered"}
