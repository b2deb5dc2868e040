"""Certificates: after a talk alone, for whoever wants one, and to be taken back."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from asylon.casework import Consent
from asylon.identity import Name
from asylon_server.store.cases import (
    acts,
    certificates,
    certified,
    erasing,
    reads,
    telling,
)
from asylon_server.store.cases.certificates import (
    LOST,
    Issuer,
    Talk,
    TalkError,
    TelephoneError,
)
from asylon_server.store.cases.certified import ENDED, EXPIRED, STANDS, UNKNOWN
from asylon_server.store.cases.changes import Change
from asylon_server.store.cases.models import Assignment, Certificate
from asylon_server.store.record.models import Event
from asylon_server.store.rights.errors import NotThereError
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = [
    pytest.mark.django_db(databases=["default", "keys"]),
    pytest.mark.usefixtures("with_faces"),
]

WANTS = Talk("ko", "carry", is_read_back=True, interpreter="Lee")
OFFICE = Issuer("Legal aid", "+00 000 0000")
OWN = Name("김정숙", "Hang")


@pytest.fixture
def case(officer, family, custody):
    return acts.register(officer, family, submission="s1", at=MORNING, custody=custody)


@pytest.fixture
def talk(officer, case, custody):
    def made(told=WANTS, at=MORNING):
        certificates.talk(officer, case.id, "p1", told, at=at, custody=custody)

    return made


@pytest.fixture
def issue(officer, case, custody):
    def made(names=(OWN,), *, who=officer, at=LATER, issuer=OFFICE):
        return certificates.issue(
            who, case.id, "p1", names, issuer, at=at, custody=custody
        )

    return made


@pytest.fixture
def letters(monkeypatch):
    """Everything that is printed."""
    seen, printed = [], certificates.certificate
    monkeypatch.setattr(
        certificates,
        "certificate",
        lambda said, at: seen.append(said) or printed(said, at=at),
    )
    return seen


def test_without_a_talk_there_is_no_certificate(issue):
    with pytest.raises(TalkError):
        issue()

    assert not Certificate.objects.exists()


@pytest.mark.parametrize(
    "told",
    [Talk("ko", "none", is_read_back=True), Talk("ko", "carry", is_read_back=False)],
    ids=["not wanted", "not read back"],
)
def test_a_talk_that_does_not_want_it_is_kept_to(told, talk, issue):
    talk()
    talk(told)

    with pytest.raises(TalkError):
        issue()


def test_an_old_talk_is_had_again(talk, issue):
    talk()

    with pytest.raises(TalkError):
        issue(at=MORNING + certificates.TALK_LASTS + timedelta(days=1))


def test_without_a_number_to_call_there_is_no_certificate(talk, issue):
    talk()

    with pytest.raises(TelephoneError):
        issue(issuer=Issuer("Legal aid", ""))


def test_the_bytes_that_were_issued_are_served_again(
    talk, issue, officer, case, custody
):
    talk()
    row = issue()

    first, again = (
        certified.document(officer, case.id, row.version, at=LATER, custody=custody)
        for _ in range(2)
    )

    assert first == again
    assert first.startswith(b"%PDF")


@pytest.mark.parametrize(("names", "shown"), [((), []), ((OWN,), ["김정숙"])])
def test_only_the_names_that_are_wanted_are_on_it(names, shown, talk, issue, letters):
    talk()
    issue(names)

    assert [words for words, _ in letters[0].names] == shown


def test_it_stands_by_its_number_and_code_alone(talk, issue, officer, custody, letters):
    talk()
    row = issue()
    said = letters[0]
    late = LATER + certificates.LASTS + timedelta(days=1)

    def asked(check, at=LATER):
        return certified.confirm(officer, said.number, check, at=at, custody=custody)

    assert asked(said.check.lower()) == STANDS
    assert asked("AAAAA-AAAAA") == UNKNOWN
    assert asked(said.check, late) == EXPIRED
    certificates.end(officer, row.case_id, row.version, LOST, at=LATER)
    assert asked(said.check) == ENDED


def test_another_office_learns_nothing_of_it(talk, issue, somebody, custody, letters):
    talk()
    issue()
    other = somebody("unhcr", "protection")
    said = letters[0]

    answer = certified.confirm(
        other, said.number, said.check, at=LATER, custody=custody
    )

    assert answer == UNKNOWN


def test_a_new_one_ends_the_one_before(talk, issue):
    talk()
    first, second = issue(), issue()
    first.refresh_from_db()

    assert first.why == certificates.REPLACED
    assert second.ended is None


@pytest.mark.parametrize(
    "who",
    [("authority", "eligibility"), ("appeal_body", "appeal"), ("legal_aid", "counsel")],
)
def test_who_has_no_right_neither_talks_nor_issues(who, issue, somebody, case, custody):
    actor = somebody(*who)
    Assignment.objects.create(case=case, account_id=actor.account, since=MORNING)

    with pytest.raises(NotThereError):
        issue(who=actor)
    with pytest.raises(NotThereError):
        certificates.talk(actor, case.id, "p1", WANTS, at=LATER, custody=custody)
    with pytest.raises(NotThereError):
        certificates.end(actor, case.id, 1, LOST, at=LATER)


def test_a_body_of_the_state_opens_and_confirms_none(
    talk, issue, somebody, case, custody
):
    talk()
    row = issue()
    actor = somebody("authority", "eligibility")
    Assignment.objects.create(case=case, account_id=actor.account, since=MORNING)

    with pytest.raises(NotThereError):
        certified.document(actor, case.id, row.version, at=LATER, custody=custody)
    with pytest.raises(NotThereError):
        certified.confirm(actor, row.number, "x", at=LATER, custody=custody)


def test_neither_name_nor_code_stands_in_row_or_record(
    talk, issue, officer, custody, letters
):
    talk()
    row = issue()
    certified.document(officer, row.case_id, row.version, at=LATER, custody=custody)
    certified.confirm(officer, row.number, letters[0].check, at=LATER, custody=custody)

    record = "".join(
        json.dumps(json.loads(bytes(e.content)), ensure_ascii=False)
        for e in Event.objects.all()
    )
    told = record + repr(vars(row))
    assert "certificate issued" in record
    for secret in ("김정숙", letters[0].check, "Lee", "carried"):
        assert secret not in told


def test_the_talk_is_kept_with_the_consents(talk, case, custody):
    talk()

    _version, file = reads.whole(case, custody=custody)

    [kept] = file.person("p1").consents
    assert (kept.purpose, kept.language, kept.interpreter) == (
        certificates.CARRIED,
        "ko",
        "Lee",
    )


def test_what_was_never_issued_is_not_there(talk, issue, officer, case, custody):
    talk()
    issue()

    with pytest.raises(NotThereError):
        certified.of_case(officer, uuid4(), at=LATER)
    with pytest.raises(NotThereError):
        certified.document(officer, case.id, 99, at=LATER, custody=custody)
    # No number and no code fit one another, and are no certificate.
    told = certified.confirm(officer, "NONE", "", at=LATER, custody=custody)
    assert told == UNKNOWN


def test_other_bytes_than_were_issued_are_not_served(
    talk, issue, officer, case, custody
):
    talk()
    number = issue().version
    Certificate.objects.update(digest="0" * 64)

    with pytest.raises(NotThereError):
        certified.document(officer, case.id, number, at=LATER, custody=custody)


def test_who_asked_with_a_wrong_code_is_not_in_the_record_of_the_case(
    talk, issue, officer, custody
):
    talk()
    row = issue()

    certified.confirm(officer, row.number, "AAAAA-AAAAA", at=LATER, custody=custody)

    last = json.loads(bytes(Event.objects.order_by("number").last().content))
    assert (last["act"], last["case"]) == ("certificate confirmed", None)


def test_who_reads_a_case_is_not_told_of_certificates_for_that(case, somebody, custody):
    who = somebody("unhcr", "eligibility")
    Assignment.objects.create(case=case, account_id=who.account, since=MORNING)
    seen = reads.case_file(who, case.id, at=LATER, custody=custody)

    assert certified.of_seen(who, seen) is None


def test_another_consent_is_no_talk(talk, issue, case, officer, custody):
    talk()
    given = Consent("photographs", "the person", "ko", given=MORNING.date())
    told = [Change("p1", "consents", new=given)]
    telling.tell(officer, case.id, told, at=LATER, custody=custody)

    assert issue().ended is None


def test_a_certificate_is_ended_for_a_reason_that_is_known(talk, issue, officer, case):
    talk()
    row = issue()

    with pytest.raises(NotThereError):
        certificates.end(officer, case.id, row.version, "eaten", at=LATER)


def test_no_name_is_on_it_that_the_person_does_not_bear(talk, issue):
    talk()

    with pytest.raises(NotThereError):
        issue((Name("박영", "Hang"),))


def test_one_that_is_carried_does_not_stay_at_the_office(talk, issue):
    talk()
    carried = issue()
    talk(Talk("ko", "keep", is_read_back=True))

    assert (carried.stays, issue().stays) == (False, True)


def test_a_new_one_ends_no_other(talk, issue, officer, case, custody):
    talk()
    lost = issue()
    certificates.end(officer, case.id, lost.version, LOST, at=LATER)
    certificates.talk(officer, case.id, "p2", WANTS, at=LATER, custody=custody)
    named = {"at": LATER, "custody": custody}
    childs = certificates.issue(officer, case.id, "p2", (), OFFICE, **named)

    issue()

    assert Certificate.objects.get(pk=lost.pk).why == LOST
    assert Certificate.objects.get(pk=childs.pk).ended is None


def test_one_is_confirmed_by_its_own_number_and_code(
    talk, issue, officer, custody, letters
):
    talk()
    issue()
    issue()
    first, second = letters

    def asked(number, check):
        return certified.confirm(officer, number, check, at=LATER, custody=custody)

    assert asked(second.number, second.check) == STANDS
    assert asked(first.number, second.check) == UNKNOWN


def test_one_of_a_case_that_was_erased_is_not_known(talk, issue, officer, custody):
    talk()
    row = issue()
    erasing.erase(None, row.case_id, at=LATER)

    told = certified.confirm(officer, row.number, "", at=LATER, custody=custody)

    assert told == UNKNOWN
