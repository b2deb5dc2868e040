"""Whatever is done to the tables behind the back of the system is found."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from django.db import connection, transaction

from asylon.casework import Need
from asylon.security.drawing import draw_key
from asylon.security.heads import SealedHead
from asylon_server.store.cases import acts, erasing, reads, telling
from asylon_server.store.cases.changes import Change
from asylon_server.store.organisations import acts as accounts
from asylon_server.store.organisations import links
from asylon_server.store.organisations.models import Account
from asylon_server.store.record import heads
from asylon_server.store.record.acts import first_leaf, seal
from asylon_server.store.record.checking import FAULTS, Check
from asylon_server.store.record.models import Event, Head
from tests.asylon_server.conftest import MORNING
from tests.asylon_server.tampering import TABLES, tamper

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def filled(custody, sealer, family):
    """Fill an office by its acts alone, sealed every few acts."""
    at = MORNING
    office = accounts.open_organisation(
        None, name="Office", kind="legal_aid", state="CHN", at=at
    )
    people = [
        accounts.open_account(
            None, name=f"officer {n}", role="registration", organisation=office, at=at
        ).actor
        for n in range(3)
    ]
    for n in range(6):
        at += timedelta(minutes=7)
        who = people[n % 3]
        told = replace(family, reference=f"A-{n}")
        case = acts.register(who, told, submission=f"s{n}", at=at, custody=custody)
        reads.case_file(who, case.id, at=at, custody=custody)
        if n % 2:
            need = Change("p1", "needs", new=Need("CR"))
            telling.tell(who, case.id, [need], at=at, custody=custody)
        if n % 3 == 1:
            seal(sealer, at=at)
    for who in people[:2]:
        links.issue(None, Account.objects.get(pk=who.account), at=at)
    accounts.close_account(None, people[2].account, at=at)
    seal(sealer, at=at)
    erasing.erase(None, case.id, at=at)
    seal(sealer, at=at)
    return at


@pytest.fixture
def witnessed(filled, sealer):
    """Hold the last head outside, with the signature of another house."""
    head = Head.objects.order_by("-size").first()
    log = heads.log_name(first_leaf())
    return heads.exported(head, sealer.public, log).witness(draw_key())


@pytest.fixture
def found(sealer, witnessed):
    def look(*files: SealedHead):
        check = Check(sealer.public, files or [witnessed])
        return [each.code for each in check.faults()]

    return look


def test_an_honest_office_raises_no_alarm(found, filled, sealer, family, custody):
    assert found() == []

    accounts.open_organisation(None, name="Other", kind="unhcr", state="", at=filled)
    assert found() == []

    seal(sealer, at=filled)
    assert found() == []


def test_a_clock_that_was_set_back_raises_no_alarm(found, filled, sealer):
    accounts.open_organisation(None, name="Other", kind="unhcr", state="", at=MORNING)
    seal(sealer, at=MORNING)

    assert found() == []


def test_an_old_backup_contradicts_its_witness(found, filled, sealer, witnessed):
    grown = replace(witnessed.head, size=witnessed.head.size + 1)
    later = SealedHead.made(grown, sealer)

    assert found(later) == ["witness.contradicted"]


def test_a_head_that_somebody_else_sealed_is_no_witness(found, witnessed):
    assert found(SealedHead.made(witnessed.head, draw_key())) == ["witness.false"]


def test_the_sealing_of_another_key_is_found(filled, witnessed):
    codes = {each.code for each in Check(draw_key().public).faults()}

    assert codes == {"head.altered", "head.missing"}


def test_an_event_may_be_emptied_only_where_its_case_was_erased(found):
    event = Event.objects.exclude(case=None).first()
    Event.objects.filter(pk=event.pk).update(content=None, salt=None)

    assert "event.emptied" in found()


def missed(found, chance: Random, rounds: int) -> Counter[str]:
    """Try so many tamperings, each undone again, and count those that none noticed."""
    unseen: Counter[str] = Counter()
    for _ in range(rounds):
        with transaction.atomic():
            done = tamper(connection, chance)
            if not found():
                unseen[done] += 1
            transaction.set_rollback(True)
    return unseen


def test_every_tampering_is_found(found, chance):
    assert not missed(found, chance, 300)
    assert found() == []


@pytest.mark.soak
def test_every_one_of_ten_thousand_tamperings_is_found(found, chance):
    assert not missed(found, chance, 10_000)


def test_all_tables_with_anything_recorded_are_tampered_with(filled):
    from asylon_server.store.record.rows import all_rows  # noqa: PLC0415

    filled_tables = {each._meta.db_table for each in all_rows()}

    assert filled_tables <= set(TABLES)


def test_every_fault_has_words():
    assert all(words == words.strip(" .") for words in FAULTS.values())
