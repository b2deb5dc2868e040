"""A report that somebody is held: the hold stands from the first word on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from asylon.casework import ANY
from asylon_server.store.cases import holds, lists, reads, reporting
from asylon_server.store.cases.changes import ToldOtherwiseError
from asylon_server.store.cases.models import Case
from asylon_server.store.cases.reporting import Report
from asylon_server.store.record.models import Event
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.vault.models import Compartment
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
TOLD = Report(
    "김정숙", "the police post by the bridge", "her aunt, by the shop", "Hang"
)


@pytest.fixture
def duty(somebody):
    return somebody("legal_aid", "counsel")


@pytest.fixture
def report(custody):
    def made(who, told=TOLD, submission="n1", at=MORNING):
        return reporting.report(
            who, told, reference="N-1", submission=submission, at=at, custody=custody
        )

    return made


def test_a_report_of_which_nothing_is_known_places_a_hold(report, duty, custody):
    case = report(duty, Report())

    [each] = holds.standing(case, custody=custody)
    assert (each.hold.destination, each.hold.ground) == (ANY, "report_of_detention")
    assert each.hold.stands


def test_the_protection_officers_of_the_office_find_it_at_once(
    report, duty, somebody, custody
):
    guard, elsewhere = (
        somebody("legal_aid", "protection"),
        somebody("unhcr", "protection"),
    )
    case = report(duty)

    def work(who):
        page = lists.worklist(who, at=LATER, custody=custody)
        return [each.case for each in page.rows]

    assert work(guard) == work(duty) == [case.id]
    assert work(elsewhere) == []


def test_where_somebody_is_held_is_read_by_protection_and_not_by_counsel(
    report, duty, somebody, custody
):
    guard = somebody("legal_aid", "protection")
    case = report(duty)

    def stays(who):
        seen = reads.case_file(who, case.id, at=LATER, custody=custody)
        return [each.place.words for each in seen.file.people[0].stays]

    assert stays(guard) == [TOLD.where]
    assert stays(duty) == []


def test_no_table_says_who_is_held_where_or_by_whose_word(report, duty):
    report(duty)

    said = [*Compartment.objects.values_list("sealed", flat=True)]
    said += Event.objects.values_list("content", flat=True)
    words = [each.encode() for each in (TOLD.name, TOLD.where, TOLD.reporter)]
    assert not [e for e in said for word in words if word in bytes(e)]


def test_the_same_report_sent_twice_is_one(report, duty):
    first = report(duty)
    again = report(duty, at=MORNING + timedelta(minutes=1))

    assert first == again
    assert Case.objects.within(reads.Q(reference="N-1")).count() == 1
    with pytest.raises(ToldOtherwiseError):
        report(duty, Report("somebody else"))


@pytest.mark.parametrize(
    "seat",
    [
        ("authority", "supervisor"),
        ("appeal_body", "supervisor"),
        ("legal_aid", "interpreter"),
        ("legal_aid", "applicant"),
        ("unhcr", "administrator"),
    ],
)
def test_others_take_no_report(report, somebody, seat):
    with pytest.raises(NotThereError):
        report(somebody(*seat))
