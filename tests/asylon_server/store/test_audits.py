"""The record of an office for its auditor: its own acts, and those on its cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from asylon_server.store.cases import acts, assigning, audits, reads
from asylon_server.store.cases.audits import Asked
from asylon_server.store.organisations.models import Account
from asylon_server.store.rights.errors import NotThereError
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

ALL = Asked()


@pytest.fixture
def auditor(somebody):
    return somebody("legal_aid", "auditor")


def told(who, asked=ALL):
    """Read what an auditor is told, without the readings of the record itself."""
    lines = audits.office_record(who, asked, at=LATER).lines
    return [each.act for each in lines if each.act != "office record read"]


def test_who_audits_nothing_reads_no_record(case, officer, head):
    for who in (officer, head):
        with pytest.raises(NotThereError):
            audits.office_record(who, ALL, at=LATER)


def test_what_others_did_to_a_case_of_the_office_is_told(case, works, auditor, custody):
    guard = works("unhcr", "protection")
    reads.case_file(guard, case.id, at=LATER, custody=custody)

    assert told(auditor) == ["case read", "case assigned", "case opened"]


def test_nothing_is_told_of_the_cases_of_another_office(
    case, auditor, somebody, family, custody
):
    other = somebody("unhcr", "registration")
    file = replace(family, reference="U-1")
    acts.register(other, file, submission="u", at=MORNING, custody=custody)

    assert told(auditor) == ["case opened"]
    assert told(somebody("unhcr", "auditor")) == ["case opened"]


def test_a_body_of_a_state_is_told_what_its_own_people_did(
    case, works, somebody, custody
):
    body, counsel = works("authority", "eligibility"), works("legal_aid", "counsel")
    case.organisation_id = body.organisation
    case.save()
    reads.case_file(counsel, case.id, at=LATER, custody=custody)

    assert told(somebody("authority", "auditor")) == []


def test_the_record_is_asked_by_name_and_act_and_day(
    officer, case, head, auditor, works
):
    works("unhcr", "protection")
    name = Account.objects.get(pk=head.account).name
    day = MORNING.date()
    other = Account.objects.get(pk=officer.account).name

    assert told(auditor, Asked(by=name)) == ["case assigned"]
    assert told(auditor, Asked(by=other)) == ["case opened"]
    assert told(auditor, Asked(act="case opened")) == ["case opened"]
    assert told(auditor, Asked(day=day)) == ["case assigned", "case opened"]
    assert told(auditor, Asked(day=day - timedelta(days=1))) == []


def test_an_auditor_goes_on_where_a_page_ended(case, head, auditor, works, monkeypatch):
    monkeypatch.setattr(audits, "PAGE", 2)
    monkeypatch.setattr(audits, "_STEP", 1)
    works("unhcr", "protection")

    first = audits.office_record(auditor, ALL, at=LATER)
    rest = audits.office_record(auditor, Asked(before=first.before), at=LATER)

    assert [each.act for each in first.lines][1:] == ["case assigned"]
    assert [each.act for each in rest.lines] == ["case opened"]
    assert rest.before is None


def test_an_auditor_is_given_the_names_of_the_own_office_alone(auditor, head, somebody):
    somebody("unhcr", "protection")

    assert audits.people(auditor) == ["legal_aid auditor 0", "legal_aid supervisor 1"]


def test_a_case_that_was_assigned_elsewhere_stays_in_the_record(
    case, head, auditor, works
):
    guard = works("unhcr", "protection")
    assigning.unassign(head, case.id, guard.account, at=LATER)

    assert told(auditor)[0] == "case unassigned"
