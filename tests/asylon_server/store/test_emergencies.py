"""Opening a case in an emergency: to protect, for hours, and never unseen."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from asylon_server.store.cases import conflicts, emergencies, reads
from asylon_server.store.cases.emergencies import Asked
from asylon_server.store.cases.models import Conflict, Emergency
from asylon_server.store.cases.refusals import WorkRefusedError
from asylon_server.store.organisations.models import Notice
from asylon_server.store.record.models import Event
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.vault import sealing
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

NIGHT = LATER + timedelta(hours=2)
ASKED = Asked(
    "removal", "She is on the bus to the border.", frozenset({"contact", "identity"}), 4
)


@pytest.fixture
def guard(somebody):
    return somebody("legal_aid", "protection")


@pytest.fixture
def auditor(somebody):
    return somebody("unhcr", "auditor")


@pytest.fixture
def break_open(case, auditor, custody):
    def opened(who, asked=ASKED, reference=case.reference, at=LATER):
        return emergencies.break_open(who, reference, asked, at=at, custody=custody)

    return opened


@pytest.fixture
def look(case, custody):
    return lambda who, at=NIGHT: reads.case_file(who, case.id, at=at, custody=custody)


def refused(act, *args, **named):
    with pytest.raises(WorkRefusedError) as told:
        act(*args, **named)
    return told.value.code


def test_what_was_named_is_read_for_some_hours(guard, break_open, look):
    break_open(guard)

    assert look(guard).classes == {"contact", "identity"}
    assert not look(guard).writes
    with pytest.raises(NotThereError):
        look(guard, at=LATER + timedelta(hours=4))


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        ("authority", "supervisor"),
        ("authority", "eligibility"),
        ("appeal_body", "appeal"),
        ("agency", "protection"),
        ("unhcr", "supervisor"),
        ("legal_aid", "counsel"),
    ],
)
def test_nobody_else_opens_one(kind, role, somebody, break_open):
    with pytest.raises(NotThereError):
        break_open(somebody(kind, role))
    assert not Emergency.objects.exists()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"purpose": "curiosity"}, "emergency.purpose"),
        ({"reason": "  because  "}, "emergency.reason"),
        ({"reason": "x" * 1001}, "emergency.reason"),
        ({"classes": frozenset()}, "emergency.classes"),
        ({"classes": frozenset({"narrative"})}, "emergency.classes"),
        ({"hours": 0}, "emergency.hours"),
        ({"hours": 9}, "emergency.hours"),
    ],
)
def test_it_takes_a_purpose_a_reason_fields_and_hours(changed, code, guard, break_open):
    assert refused(break_open, guard, replace(ASKED, **changed)) == code


def test_the_reason_is_sealed(guard, break_open):
    row = break_open(guard)

    assert b"border" not in bytes(row.reason)
    assert not [e for e in Event.objects.all() if b"border" in bytes(e.content)]


def test_another_organisation_is_told_at_once(guard, auditor, break_open, custody):
    row = break_open(guard)

    assert Notice.objects.get().account_id == auditor.account
    [told] = emergencies.told(auditor, at=LATER, custody=custody)
    assert (told.row, told.reason) == (row, ASKED.reason)


def test_where_nobody_could_be_told_nothing_is_opened(case, guard, custody, somebody):
    somebody("authority", "auditor")
    somebody("agency", "protection")

    code = refused(
        emergencies.break_open, guard, case.reference, ASKED, at=LATER, custody=custody
    )

    assert code == "emergency.nobody-to-tell"


def test_the_office_of_the_case_is_told_first(case, somebody, break_open):
    somebody("legal_aid", "supervisor")

    row = break_open(somebody("unhcr", "protection"))

    assert row.told_id == case.organisation_id


def test_asked_for_twice_it_is_opened_once(guard, break_open):
    assert break_open(guard) == break_open(guard, at=NIGHT)


def test_what_is_not_there_is_asked_for_and_recorded(guard, break_open):
    before = Event.objects.count()

    with pytest.raises(NotThereError):
        break_open(guard, reference="A-9")

    assert Event.objects.count() == before + 1


def test_whose_interests_meet_a_case_opens_it_in_no_emergency(
    case, guard, somebody, break_open
):
    head = somebody("legal_aid", "supervisor")
    conflicts.declare(head, case.id, guard.account, at=MORNING)

    with pytest.raises(NotThereError):
        break_open(guard)


def test_another_organisation_reviews_it(guard, auditor, break_open):
    row = break_open(guard)

    emergencies.review(auditor, row.pk, "justified", at=NIGHT)

    row.refresh_from_db()
    assert (row.finding, row.reviewed_by_id) == ("justified", auditor.account)
    assert refused(emergencies.review, auditor, row.pk, "not-justified", at=NIGHT) == (
        "emergency.reviewed"
    )


@pytest.mark.parametrize(
    "whom",
    [
        ("legal_aid", "auditor"),
        ("legal_aid", "supervisor"),
        ("unhcr", "protection"),
        ("authority", "auditor"),
        ("agency", "auditor"),
    ],
)
def test_nobody_else_reviews_it(whom, guard, somebody, break_open, custody):
    row = break_open(guard)
    who = somebody(*whom)

    with pytest.raises(NotThereError):
        emergencies.review(who, row.pk, "justified", at=NIGHT)
    with suppress(NotThereError):
        assert not emergencies.told(who, at=NIGHT, custody=custody)


def test_a_conflict_leaves_not_even_a_count_to_review(guard, case, auditor, break_open):
    break_open(guard)
    assert emergencies.to_review(auditor) == 1

    Conflict.objects.create(case=case, account_id=auditor.account)

    assert emergencies.to_review(auditor) == 0


def test_what_was_not_justified_ends_and_is_not_opened_again(
    guard, auditor, break_open, look
):
    row = break_open(guard)

    emergencies.review(auditor, row.pk, "not-justified", at=LATER)

    with pytest.raises(NotThereError):
        look(guard)
    assert refused(break_open, guard, at=NIGHT) == "emergency.found-wrong"


def test_what_is_open_is_listed_to_who_opened_it(guard, break_open, case, somebody):
    break_open(guard)

    assert [e.case for e in emergencies.open_to(guard, at=NIGHT)] == [case]
    assert not emergencies.open_to(somebody("legal_aid", "protection"), at=NIGHT)
    assert not emergencies.open_to(guard, at=LATER + timedelta(hours=4))


def test_of_an_erased_case_the_reason_is_gone(
    guard, auditor, break_open, custody, case
):
    break_open(guard)
    sealing.erase(case.id, on=LATER.date())

    assert emergencies.told(auditor, at=NIGHT, custody=custody)[0].reason == ""
