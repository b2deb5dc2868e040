"""Cases: registered once, read by whom they are assigned to, found by nobody else."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db.models import Q

from asylon.dates import read
from asylon.identity import Name
from asylon_server.store.cases import acts, placing, reads
from asylon_server.store.cases.models import (
    Assignment,
    Case,
    Conflict,
    Grant,
    NameToken,
)
from asylon_server.store.record.models import Event
from asylon_server.store.rights.errors import NotThereError, UnscopedError
from asylon_server.store.rights.guarded import GuardedQuery
from asylon_server.store.vault import sealing
from asylon_server.store.vault.models import Compartment
from asylon_server.store.vault.sealing import (
    ConflictingVersionError,
    ErasedError,
    NoIdentitiesError,
)
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def case(officer, family, custody):
    return acts.register(officer, family, submission="s1", at=MORNING, custody=custody)


@pytest.fixture
def look(custody):
    return lambda who, case: reads.case_file(who, case.id, at=LATER, custody=custody)


@pytest.fixture
def guard(case, somebody):
    made = somebody("legal_aid", "protection")
    assign(case, made)
    return made


def assign(case, who):
    Assignment.objects.create(case=case, account_id=who.account, since=MORNING)


def test_a_family_is_read_back_as_it_was_told(case, officer, family, look):
    seen = look(officer, case)

    assert seen.file == family
    assert seen.version == 1


def test_the_same_form_sent_twice_opens_one_case(case, officer, family, custody):
    again = acts.register(officer, family, submission="s1", at=LATER, custody=custody)

    assert again.pk == case.pk
    assert Compartment.objects.filter(name=sealing.IDENTITY).count() == 1


def test_who_does_not_register_opens_no_case(somebody, family, custody):
    with pytest.raises(NotThereError):
        acts.register(
            somebody("authority", "eligibility"),
            family,
            submission="s1",
            at=MORNING,
            custody=custody,
        )


def test_absent_and_forbidden_look_alike(case, somebody, look):
    other = somebody("legal_aid", "registration")

    with pytest.raises(NotThereError) as forbidden:
        look(other, case)
    with pytest.raises(NotThereError) as absent:
        look(other, replace_id(case))

    assert str(forbidden.value) == str(absent.value)


def replace_id(case):
    return Case(id=uuid4(), reference=case.reference)


def test_an_authority_reads_codes_and_no_person(case, somebody, look):
    theirs = somebody("authority", "eligibility")
    assign(case, theirs)

    seen = look(theirs, case)

    assert seen.classes == {"claim", "hold"}
    assert [(each.names, each.born) for each in seen.file.people] == [((), ())] * 2
    assert seen.file.holds


def test_a_grant_ends_with_its_time(case, somebody, look):
    theirs = somebody("authority", "eligibility")
    assign(case, theirs)
    grant = Grant(
        case=case,
        account_id=theirs.account,
        released="identity",
        purpose="interview",
        since=MORNING,
        until=LATER,
    )
    grant.save()
    assert "identity" not in look(theirs, case).classes

    grant.until = LATER.replace(hour=12)
    grant.save()

    assert look(theirs, case).file.people[0].names


def test_every_reading_is_in_the_record_before_it_is_shown(case, officer, look):
    before = Event.objects.filter(case=case.id).count()

    look(officer, case)

    assert Event.objects.filter(case=case.id).count() == before + 1


def test_whom_a_conflict_keeps_away_finds_no_case(case, officer, look):
    Conflict.objects.create(case=case, account_id=officer.account)

    assert not reads.cases_of(officer, at=LATER).exists()
    with pytest.raises(NotThereError):
        look(officer, case)


def test_a_caseload_is_what_is_assigned_now(case, officer, somebody):
    assert list(reads.cases_of(officer, at=LATER)) == [case]
    assert not reads.cases_of(somebody("legal_aid", "registration"), at=LATER)


ASKING = [
    list,
    len,
    bool,
    GuardedQuery.count,
    GuardedQuery.exists,
    GuardedQuery.first,
    GuardedQuery.delete,
    lambda rows: list(rows.iterator()),
    lambda rows: rows.get(),
    lambda rows: rows.update(reference="x"),
    lambda rows: list(rows.values("pk")),
    lambda rows: rows.in_bulk(),
    lambda rows: rows.aggregate(),
    lambda rows: rows[0],
    lambda rows: list(rows.filter(pk=None) | rows),
]


@pytest.mark.parametrize("asked", ASKING)
def test_cases_asked_for_without_a_scope_are_refused(case, asked):
    with pytest.raises(UnscopedError):
        asked(Case.objects.all())


def test_what_somebody_else_kept_meanwhile_is_not_written_over(
    case, officer, family, custody
):
    told = {"follows": 1, "at": LATER, "custody": custody}
    acts.amend(officer, case.id, family, **told)

    with pytest.raises(ConflictingVersionError):
        acts.amend(officer, case.id, family, **told)

    assert Compartment.objects.filter(name=sealing.IDENTITY).count() == 2


def test_an_amendment_changes_only_what_its_writer_reaches(
    case, guard, family, custody, look
):
    mother, child = family.people
    names = (Name("Kim", "Latn"),)

    acts.amend(
        guard,
        case.id,
        replace(family, people=(replace(mother, names=names), child)),
        follows=1,
        at=LATER,
        custody=custody,
    )

    assert look(guard, case).file.people[0].names == mother.names


def test_tokens_follow_the_names(case, officer, family, custody):
    mother = replace(
        family.people[0], names=(Name("Kim Jong Suk", "Latn"),), born=(read("1989"),)
    )
    acts.amend(
        officer,
        case.id,
        replace(family, people=(mother,)),
        follows=1,
        at=LATER,
        custody=custody,
    )

    kept = {bytes(each.token) for each in NameToken.objects.all()}
    assert custody.token("kimjongsuk", 1989) in kept
    assert custody.token("김정숙", 1989) not in kept


def test_a_hold_is_placed_by_who_may_place_holds_and_once(
    case, somebody, family, custody
):
    guard, hold = somebody("unhcr", "protection"), family.holds[0]

    placing.place_hold(guard, case.id, hold, at=LATER, custody=custody)

    assert case.holds.count() == 1
    stranger = somebody("authority", "supervisor")
    with pytest.raises(NotThereError):
        placing.place_hold(stranger, case.id, hold, at=LATER, custody=custody)


def test_no_text_about_a_person_is_in_the_tables(case, family):
    words = [each.encode() for each in ("김정숙", "김별", "2019", "1989")]
    rows = [
        *map(vars, Case.objects.within(~reads.Q(pk=None))),
        *map(vars, Compartment.objects.all()),
        *map(vars, Event.objects.all()),
        *map(vars, NameToken.objects.all()),
    ]

    said = b"".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for row in rows
        for name, value in row.items()
        if name != "_state"
    )
    assert not [word for word in words if word in said]


def test_what_was_erased_cannot_be_opened(case, custody):
    sealing.erase(case.id, on=LATER.date())

    with pytest.raises(ErasedError):
        sealing.read(case.id, sealing.IDENTITY, custody=custody)


def test_where_no_identity_may_be_held_nobody_is_registered(
    officer, family, custody, settings
):
    settings.ASYLON_IDENTITIES = False

    with pytest.raises(NoIdentitiesError, match="codes"):
        acts.register(officer, family, submission="s1", at=MORNING, custody=custody)

    assert not Case.objects.within(~reads.Q(pk=None)).exists()
    assert not Event.objects.exists()


def test_the_form_sent_twice_at_once_opens_one_case(
    case, officer, family, custody, monkeypatch
):
    looked = []
    first = GuardedQuery.first

    def blind_once(query):
        looked.append(query)
        return None if len(looked) == 1 else first(query)

    monkeypatch.setattr(GuardedQuery, "first", blind_once)
    again = acts.register(
        officer,
        replace(family, reference="A-2"),
        submission="s1",
        at=LATER,
        custody=custody,
    )

    assert again.pk == case.pk
    assert Case.objects.within(Q(erased=None)).count() == 1
