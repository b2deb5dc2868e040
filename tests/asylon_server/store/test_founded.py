"""What a deployment was founded as, by its record."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from asylon_server.store.organisations import founded
from asylon_server.store.organisations.acts import open_organisation
from asylon_server.store.organisations.models import Organisation
from asylon_server.store.record.acts import record, seal
from asylon_server.store.record.models import Event, Leaf
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return open_organisation(
        None, name="Office", kind="legal_aid", state="CHN", at=MORNING
    )


def renamed(office):
    office.name = "Another name"
    office.save()


def test_a_row_changed_by_an_act_is_still_the_founder(office):
    renamed(office)
    with transaction.atomic():
        record("organisation renamed", None, at=LATER, wrote=[office])

    founded.check("legal_aid", "CHN")
    with pytest.raises(founded.FoundedError, match="founded as `legal_aid`"):
        founded.check("authority", "CHN")


def test_a_row_changed_by_no_act_is_no_founder(office):
    renamed(office)

    with pytest.raises(founded.FoundedError, match="does not say"):
        founded.check("legal_aid", "CHN")


def test_an_event_about_a_case_names_no_founder(office):
    renamed(office)
    with transaction.atomic():
        record("case opened", None, at=LATER, case=office.id, wrote=[office])

    with pytest.raises(founded.FoundedError):
        founded.check("legal_aid", "CHN")


def test_nothing_recorded_contradicts_nothing(db):
    founded.check("authority", "CHN")


def test_a_deployment_is_what_its_first_event_names_and_not_another(office):
    open_organisation(None, name="Other", kind="unhcr", state="", at=LATER)
    # As if the tables gave it last.
    Organisation.objects.filter(pk=office.pk).delete()
    office.save(force_insert=True)

    founded.check("legal_aid", "CHN")
    with pytest.raises(founded.FoundedError, match="founded as `legal_aid`"):
        founded.check("unhcr", "")


def test_a_real_deployment_becomes_no_demonstration(office):
    with pytest.raises(founded.FoundedError, match="invented = true"):
        founded.check("legal_aid", "CHN", invented=True)


def test_what_is_first_and_opened_nothing_founded_nothing(office):
    Event.objects.all().delete()
    with transaction.atomic():
        record("organisation renamed", None, at=LATER, wrote=[office])

    with pytest.raises(founded.FoundedError, match="does not say"):
        founded.check("legal_aid", "CHN")


def test_whose_organisation_is_gone_has_no_founder(office):
    office.delete()

    with pytest.raises(founded.FoundedError, match="does not say"):
        founded.check("legal_aid", "CHN")


def told_otherwise(event):
    return {"content": bytes(event.content).replace(b"2026", b"2025")}


@pytest.mark.parametrize("is_sealed", [False, True])
@pytest.mark.parametrize(
    "changed",
    [
        told_otherwise,
        lambda event: {"code": b"x" * 32},
        lambda event: {"content": None},
        lambda event: {"salt": None},
    ],
)
def test_a_first_event_that_was_changed_names_no_founder(
    changed, is_sealed, office, sealer
):
    if is_sealed:
        seal(sealer, at=LATER)
    event = Event.objects.get()
    Event.objects.filter(pk=event.pk).update(**changed(event))

    with pytest.raises(founded.FoundedError, match="does not say"):
        founded.check("legal_aid", "CHN")


def test_a_first_event_that_is_not_the_one_in_the_log_names_no_founder(office, sealer):
    seal(sealer, at=LATER)
    Leaf.objects.update(hash=b"x" * 32)

    with pytest.raises(founded.FoundedError, match="does not say"):
        founded.check("legal_aid", "CHN")


def test_tables_of_an_earlier_edition_say_what_they_were_founded_as(
    office, monkeypatch
):
    def failing(_first):
        raise DatabaseError

    monkeypatch.setattr(founded, "_founder", failing)

    founded.check("legal_aid", "CHN")
    with pytest.raises(founded.FoundedError, match="founded as `legal_aid`"):
        founded.check("authority", "CHN")
