"""Erasing takes the key, the seals and the tokens, and leaves the log whole."""

from __future__ import annotations

import pytest

from asylon_server.store.cases import acts, erasing, reads
from asylon_server.store.cases.models import NameToken
from asylon_server.store.keystore.models import WrappedKey
from asylon_server.store.organisations import acts as accounts
from asylon_server.store.record.acts import seal
from asylon_server.store.record.checking import Check
from asylon_server.store.record.models import Event
from asylon_server.store.rights.errors import NotThereError
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


def test_the_events_of_an_erased_case_may_be_emptied(case, sealer):
    seal(sealer, at=MORNING)
    opened = Event.objects.get(case=case.id)
    erasing.erase(None, case.id, at=LATER)
    Event.objects.filter(pk=opened.pk).update(content=None, salt=None)
    seal(sealer, at=LATER)

    assert faults(sealer) == []


def test_a_case_whose_key_is_gone_is_erased_when_it_comes_back(case, sealer):
    WrappedKey.objects.all().delete()

    assert erasing.erase_without_key(at=LATER) == [case.id]
    assert erasing.erase_without_key(at=LATER) == []
    assert not Compartment.objects.exists()


def test_erasing_again_finishes_what_was_begun(case, custody):
    first = erasing.erase(None, case.id, at=MORNING)
    WrappedKey.objects.create(case=case.id, wrapped=b"came back")

    again = erasing.erase(None, case.id, at=LATER)

    assert again.erased == first.erased
    assert not WrappedKey.objects.exists()
