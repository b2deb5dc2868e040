"""What is sealed of one case opens as that, and where it may be kept at all."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from asylon_server.store.cases import acts, erasing
from asylon_server.store.keystore.models import WrappedKey
from asylon_server.store.vault import sealing
from asylon_server.store.vault.models import Compartment
from asylon_server.store.vault.nowhere import Nowhere
from asylon_server.store.vault.sealing import IDENTITY, TESTIMONY
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def another(officer, family, custody):
    file = replace(family, reference="A-2")
    return acts.register(officer, file, submission="s2", at=MORNING, custody=custody)


@pytest.fixture
def third(officer, family, custody):
    file = replace(family, reference="A-3")
    acts.register(officer, file, submission="s3", at=MORNING, custody=custody)


@pytest.fixture
def keep(case, custody):
    def kept(content=b"said", name=IDENTITY, follows=1):
        named = {"follows": follows, "at": LATER, "custody": custody}
        return sealing.keep(case.id, name, content, **named)

    return kept


@pytest.fixture
def nowhere(settings):
    settings.ASYLON_IDENTITIES = False


def test_the_latest_version_is_read_or_the_one_that_is_named(
    case, another, keep, custody
):
    keep(b"second")
    keep(b"beside", TESTIMONY)

    assert sealing.read(case.id, IDENTITY, custody=custody) == (2, b"second")
    first, _said = sealing.read(case.id, IDENTITY, custody=custody, version=1)
    assert first == 1
    assert sealing.read(another.id, IDENTITY, custody=custody)[0] == 1


@pytest.mark.usefixtures("third")
def test_of_many_cases_the_latest_that_is_wanted_is_opened(
    case, another, keep, custody
):
    keep(b"second")
    for number in (1, 2):
        keep(b"beside", TESTIMONY, number)
    wanted = {case.id: (IDENTITY,), another.id: (IDENTITY, TESTIMONY)}

    found = sealing.latest(wanted, keys=sealing.data_keys(wanted, custody=custody))

    assert found[case.id, IDENTITY] == (2, b"second")
    assert {key: version for key, (version, _said) in found.items()} == {
        (case.id, IDENTITY): 2,
        (another.id, IDENTITY): 1,
        (another.id, TESTIMONY): 1,
    }


def test_of_one_case_nothing_else_is_opened(case, another, keep, custody):
    keys = sealing.data_keys([case.id, another.id], custody=custody)

    assert set(sealing.data_keys([case.id, uuid4()], custody=custody)) == {case.id}
    assert set(sealing.latest({case.id: (IDENTITY,)}, keys=keys)) == {
        (case.id, IDENTITY)
    }


def test_only_who_read_the_latest_keeps_the_next(keep):
    keep(b"second")

    with pytest.raises(sealing.ConflictingVersionError):
        keep(b"third", follows=1)
    with pytest.raises(sealing.ConflictingVersionError):
        keep(b"third", follows=7)


def test_what_was_altered_is_not_read(case, custody):
    Compartment.objects.filter(case=case.id).update(sealed=b"altered")

    with pytest.raises(sealing.UnreadableError):
        sealing.read(case.id, IDENTITY, custody=custody)


def test_a_key_that_was_lost_is_no_erasing(case, keep):
    WrappedKey.objects.filter(case=case.id).delete()

    with pytest.raises(sealing.UnreadableError):
        keep()
    assert not sealing.is_erased(case.id)


def test_a_key_that_was_destroyed_is_an_erasing(case, another, keep, custody):
    erasing.destroy(case.id, at=LATER)

    with pytest.raises(sealing.ErasedError):
        keep()
    assert sealing.is_erased(case.id)
    assert not sealing.is_erased(another.id)
    assert sealing.read(another.id, IDENTITY, custody=custody)[0] == 1


def test_where_no_identities_may_be_held_nothing_is_sealed_or_opened(
    case, keep, nowhere, custody
):
    refused = (
        lambda: sealing.open_case(uuid4(), custody),
        keep,
        lambda: sealing.read(uuid4(), IDENTITY, custody=custody),
        lambda: sealing.seal_row(case.id, "hold 1", 1, b"", custody=custody),
    )
    for act in refused:
        with pytest.raises(sealing.NoIdentitiesError):
            act()


def test_where_no_identities_may_be_held_no_version_is_in_conflict(keep, nowhere):
    with pytest.raises(sealing.NoIdentitiesError):
        keep(follows=9)


def test_where_no_identities_may_be_held_nothing_is_looked_for(
    case, another, custody, settings
):
    keys = sealing.data_keys([another.id], custody=custody)
    sealing.erase(case.id, on=LATER.date())
    settings.ASYLON_IDENTITIES = False

    assert sealing.data_keys([another.id], custody=custody) == {}
    assert sealing.latest({another.id: (IDENTITY,)}, keys=keys) == {}
    assert not sealing.is_erased(case.id)


@pytest.mark.parametrize(
    ("asked", "of"),
    [
        ("wrap", [b"", ""]),
        ("unwrap", [b"", ""]),
        ("is_current", [b""]),
        ("token", ["", 1989]),
        ("tokens_within", ["", []]),
        ("mark", []),
        ("rotate", []),
    ],
)
def test_keys_that_nobody_holds_answer_nothing(asked, of):
    with pytest.raises(sealing.NoIdentitiesError):
        getattr(Nowhere(), asked)(*of)
