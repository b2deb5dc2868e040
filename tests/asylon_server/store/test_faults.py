"""Each fault of the record by itself: what nothing else but its own check would find."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import transaction

from asylon.security.drawing import draw_key
from asylon.security.errors import HeadError
from asylon.security.heads import SealedHead
from asylon_server.store.organisations.acts import open_organisation
from asylon_server.store.organisations.models import Account, Organisation
from asylon_server.store.record import acts, heads, rows, waiting
from asylon_server.store.record.checking import ERASED, Check
from asylon_server.store.record.keys import code_key
from asylon_server.store.record.models import Event, Head, Leaf
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def opened(count=1):
    for _ in range(count):
        name = f"Office {Event.objects.count()}"
        open_organisation(None, name=name, kind="unhcr", state="", at=MORNING)


def said(act, **more):
    with transaction.atomic():
        return acts.record(act, None, at=MORNING, **more)


def changed(event, **fields):
    Event.objects.filter(pk=event.pk).update(**fields)


@pytest.fixture
def sealed(sealer):
    """Seal three acts, and then three more."""
    for at in (MORNING, LATER):
        opened(3)
        acts.seal(sealer, at=at)


@pytest.fixture
def found(sealer):
    return lambda *witnessed: [e.code for e in Check(sealer.public, witnessed).faults()]


@pytest.fixture
def witnessed(sealed, sealer):
    log = heads.log_name(acts.first_leaf())
    return heads.exported(Head.objects.latest("size"), sealer.public, log)


@pytest.fixture
def last():
    return Head.objects.latest("size")


def test_entries_with_a_number_left_out_are_found(sealed, found):
    Leaf.objects.filter(index=5).update(index=6)

    # What stands after it is not gone through.
    assert found() == ["leaf.missing", "row.unknown"]


def test_events_sealed_in_another_order_than_they_were_written_in_are_found(
    sealer, found, monkeypatch
):
    opened(2)
    them = waiting.sealable()[::-1]
    monkeypatch.setattr(waiting, "sealable", lambda after: [them, []][bool(after)])
    acts.seal(sealer, at=MORNING)

    assert found() == ["event.moved"]


def test_entries_without_their_head_are_found(sealed, found, last):
    last.delete()

    assert found() == ["leaf.unsealed"]


def test_an_event_that_says_something_else_is_found(sealed, found):
    event = said("looked")
    changed(event, content=bytes(event.content).replace(b"looked", b"locked"))

    assert found() == ["event.altered"]


@pytest.mark.parametrize("other", [{"id": uuid4()}, {"case": uuid4()}])
def test_an_event_that_the_house_wrote_for_another_place_is_found(other, found):
    event = acts.told("looked", None, at=MORNING)
    for name, value in other.items():
        setattr(event, name, value)
    event.code = event.entry.code(code_key())
    event.save(force_insert=True)

    assert found() == ["event.altered"]


@pytest.fixture
def erased():
    """Two events of a case, the first of which was emptied when it was erased."""
    case = uuid4()
    event = said("looked", case=case)
    changed(event, content=None, salt=None)
    said(ERASED, case=case)
    return event


@pytest.mark.parametrize("left", [{"content": b"{}"}, {"salt": b"x" * 32}])
def test_an_event_is_emptied_wholly_or_not_at_all(left, erased, found):
    assert found() == []
    changed(erased, **left)

    assert found() == ["event.altered"]


def test_what_came_after_an_erasing_is_not_emptied_by_it(erased, found):
    changed(said("looked", case=erased.case), content=None, salt=None)

    assert found() == ["event.emptied"]


def test_a_case_is_not_erased_by_any_other_act(found):
    event = said("looked", case=uuid4())
    said("looked", case=event.case)
    changed(event, content=None, salt=None)

    assert found() == ["event.emptied"]


def test_no_erasing_empties_what_is_of_no_case(found):
    event = said("looked")
    said(ERASED)
    changed(event, content=None, salt=None)

    assert found() == ["event.emptied"]


def test_a_head_that_was_taken_out_is_found(sealed, found):
    Head.objects.earliest("size").delete()

    assert found() == ["head.missing"]


def test_a_head_that_is_older_than_the_one_before_is_found(sealed, sealer, found, last):
    opened()
    [event] = waiting.sealable()
    edge = heads.edge(last).append(heads.leaf(event))
    Leaf.objects.create(index=6, event=event, hash=heads.leaf(event))
    last.at = MORNING
    log = heads.log_name(acts.first_leaf())
    heads.signed(edge, sealer, MORNING, last=last, log=log)

    assert found() == ["head.missing"]


def test_a_head_over_other_entries_is_found_though_the_sealer_signed_it(
    sealed, sealer, found, last
):
    grown = heads.edge(last)
    last.delete()
    other = SimpleNamespace(size=grown.size, root=b"x" * 32, nodes=grown.nodes)
    log = heads.log_name(acts.first_leaf())
    heads.signed(other, sealer, LATER, last=Head.objects.get(), log=log)

    assert found() == ["head.altered"]


def test_a_witness_who_did_not_sign_is_found(witnessed, found):
    true = witnessed.witness(draw_key())
    [signature] = true.witnesses
    false = replace(signature, text=witnessed.seal.text)

    assert found(true) == []
    assert found(replace(true, witnesses=(false,))) == ["witness.false"]


@pytest.mark.parametrize("other", [{"root": b"x" * 32}, {"log": "asylon other"}])
def test_a_witness_of_another_log_contradicts_this_one(other, witnessed, sealer, found):
    head = replace(witnessed.head, **other)

    assert found(SealedHead.made(head, sealer)) == ["witness.contradicted"]


@pytest.fixture
def row(sealed):
    return Organisation.objects.first()


def test_a_row_that_no_event_wrote_is_found(row, found):
    Organisation.objects.create(name="Planted", kind="unhcr")

    assert found() == ["row.unknown"]


def test_a_row_that_says_something_else_is_found(row, found):
    Organisation.objects.filter(pk=row.pk).update(name="Another")

    assert found() == ["row.altered"]


def test_a_row_is_missing_unless_an_act_took_it_away(row, found):
    name = rows.name(row)
    row.delete()
    assert found() == ["row.missing"]

    said("organisation taken away", removed=[name])
    assert found() == []


def test_entries_after_a_head_are_told_from_entries_that_changed(sealed, sealer):
    opened(2)
    event = Event.objects.latest("number")
    Leaf.objects.create(index=6, event=event, hash=heads.leaf(event))
    Head.objects.update(edge=b"")

    with pytest.raises(HeadError, match="after the last head"):
        acts.seal(sealer, at=LATER)


def test_an_act_is_recorded_in_its_own_transaction_alone(sealer):
    class Connection:
        in_atomic_block = False

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(acts.transaction, "get_connection", Connection)
        with pytest.raises(acts.OutsideTransactionError):
            acts.record("looked", None, at=MORNING)
    assert not Event.objects.exists()


def recorded():
    return {each for each in apps.get_models() if rows.is_recorded(each)}


def test_what_stays_of_the_house_is_recorded_and_nothing_else(settings):
    labels = {each._meta.app_label for each in recorded()}
    assert labels == {"cases", "claims", "entry", "organisations", "vault"}
    assert not [each for each in recorded() if getattr(each, "PASSING", False)]

    settings.ASYLON_IDENTITIES = False
    assert "vault" not in {each._meta.app_label for each in recorded()}


def test_a_row_is_found_by_its_name_among_others(sealed):
    for each in Organisation.objects.all():
        assert rows.found(rows.name(each)) == each


def test_what_is_left_out_of_a_digest_changes_nothing(somebody):
    account = Account.objects.get(pk=somebody("unhcr", "protection").account)
    before = rows.digest(account), rows.digest(account, without={"name"})

    account.last_login = MORNING
    assert rows.digest(account) == before[0]
    account.name = "Another"
    assert rows.digest(account) != before[0]
    assert rows.digest(account, without={"name"}) == before[1]
