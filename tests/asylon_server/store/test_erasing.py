"""Erasing takes the key, the seals and the tokens, and leaves the log whole."""

from __future__ import annotations

import json

import pytest

from asylon_server.store.cases import acts, erasing, reads
from asylon_server.store.cases.models import NameToken
from asylon_server.store.keystore.models import Tombstone, WrappedKey
from asylon_server.store.organisations import acts as accounts
from asylon_server.store.record.acts import seal
from asylon_server.store.record.checking import Check
from asylon_server.store.record.models import Event
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.vault import sealing
from asylon_server.store.vault.models import Compartment
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def officer():
    office = accounts.open_organisation(
        None, name="Office", kind="legal_aid", state="CHN", at=MORNING
    )
    return accounts.open_account(
        None, name="Kim", role="registration", organisation=office, at=MORNING
    ).actor


@pytest.fixture
def case(officer, family, custody):
    return acts.register(officer, family, submission="s1", at=MORNING, custody=custody)


def faults(sealer):
    return [each.code for each in Check(sealer.public).faults()]


def test_nothing_is_left_to_open_or_to_find(case, officer, custody):
    erasing.erase(None, case.id, at=LATER)

    assert not WrappedKey.objects.exists()
    assert not Compartment.objects.exists()
    assert not NameToken.objects.exists()
    with pytest.raises(NotThereError):
        reads.case_file(officer, case.id, at=LATER, custody=custody)


def test_the_record_stays_whole(case, sealer):
    seal(sealer, at=MORNING)
    erasing.erase(None, case.id, at=LATER)
    seal(sealer, at=LATER)

    assert faults(sealer) == []


def test_the_events_of_an_erased_case_are_emptied(case, sealer):
    seal(sealer, at=MORNING)
    erasing.erase(None, case.id, at=LATER)
    seal(sealer, at=LATER)

    kept = Event.objects.filter(case=case.id, content__isnull=False)
    assert [json.loads(bytes(each.content))["act"] for each in kept] == ["case erased"]
    assert faults(sealer) == []


def test_a_case_with_a_tombstone_is_erased_when_it_comes_back(case, sealer):
    WrappedKey.objects.all().delete()
    Tombstone.objects.create(case=case.id, on=MORNING.date())

    assert erasing.unfinished() == [case.id]
    assert erasing.finish(at=LATER) == [case.id]
    assert erasing.finish(at=LATER) == []
    assert not Compartment.objects.exists()


def test_a_lost_key_erases_nothing(case):
    WrappedKey.objects.all().delete()

    assert erasing.finish(at=LATER) == []
    assert erasing.without_key() == [case.id]
    assert Compartment.objects.exists()


def test_an_erasing_cut_off_between_its_databases_is_finished(case, monkeypatch):
    def stopped(*_args, **_named):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(sealing, "erase", stopped)
        with pytest.raises(SystemExit):
            erasing.erase(None, case.id, at=MORNING)
    assert erasing.unfinished() == [case.id]

    erasing.finish(at=LATER)

    assert not WrappedKey.objects.exists()
    assert erasing.unfinished() == []


def test_a_version_that_came_first_is_a_conflict(case, custody, monkeypatch):
    monkeypatch.setattr(sealing, "last_version", lambda *_: 0)

    with pytest.raises(sealing.ConflictingVersionError):
        sealing.keep(case.id, "identity", b"x", follows=0, at=LATER, custody=custody)


def test_erasing_again_finishes_what_was_begun(case, custody):
    first = erasing.erase(None, case.id, at=MORNING)
    WrappedKey.objects.create(case=case.id, wrapped=b"came back")

    again = erasing.erase(None, case.id, at=LATER)

    assert again.erased == first.erased
    assert not WrappedKey.objects.exists()
