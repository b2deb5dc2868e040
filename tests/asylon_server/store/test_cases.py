"""Cases: registered once, read by whom they are assigned to, found by nobody else."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from asylon.dates import read
from asylon.identity import Name
from asylon_server.store.cases import acts, lists, placing, reads, telling
from asylon_server.store.cases.changes import Change
from asylon_server.store.cases.models import (
    Assignment,
    Case,
    Conflict,
    Grant,
    NameToken,
)
from asylon_server.store.keystore.models import WrappedKey
from asylon_server.store.record.models import Event
from asylon_server.store.rights.errors import NotThereError, UnscopedError
from asylon_server.store.rights.guarded import GuardedQuery
from asylon_server.store.vault import sealing
from asylon_server.store.vault.models import Compartment
from asylon_server.store.vault.sealing import (
    ConflictingVersionError,
    ErasedError,
    NoIdentitiesError,
    UnreadableError,
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
    acts.keep_amended(case, officer, family, **told)

    with pytest.raises(ConflictingVersionError):
        acts.keep_amended(case, officer, family, **told)

    assert Compartment.objects.filter(name=sealing.IDENTITY).count() == 2


def test_tokens_follow_the_names(case, officer, family, custody):
    mother = family.people[0]
    told = [
        Change("p1", "names", mother.names[0], Name("Kim Jong Suk", "Latn")),
        Change("p1", "born", mother.born[0], read("1989")),
    ]

    telling.tell(officer, case.id, told, at=LATER, custody=custody)

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


@pytest.fixture
def another(officer, custody, family):
    def made(name):
        file = replace(family, reference=name)
        return acts.register(
            officer, file, submission=name, at=MORNING, custody=custody
        )

    return made


@pytest.fixture
def two(another):
    return [another("A-7"), another("A-8")]


def altered(case):
    Compartment.objects.filter(case=case.id).update(sealed=b"altered")


def without_key(case):
    WrappedKey.objects.filter(case=case.id).delete()


@pytest.mark.parametrize("closed", [altered, without_key])
def test_one_file_that_does_not_open_hides_no_other(two, closed, officer, custody):
    good, bad = two
    closed(bad)

    rows = lists.worklist(officer, at=LATER, custody=custody).rows

    assert {row.case: row.opens for row in rows} == {good.id: True, bad.id: False}
    assert all(row.file.holds for row in rows)


@pytest.mark.parametrize("closed", [altered, without_key])
def test_what_does_not_open_is_named_and_nothing_is_written_over_it(
    case, closed, officer, custody, family
):
    closed(case)

    seen = reads.case_file(officer, case.id, at=LATER, custody=custody)

    assert seen.closed == {"identity"}
    assert seen.file.holds
    assert not seen.writes
    name = Change("p1", "names", new=Name("Kim", "Latn"))
    with pytest.raises(UnreadableError):
        telling.tell(officer, case.id, [name], at=LATER, custody=custody)


def test_notes_that_do_not_open_hide_nobody(case, somebody, look):
    who = somebody("legal_aid", "counsel")
    assign(case, who)
    Compartment.objects.filter(name=sealing.TESTIMONY).update(sealed=b"altered")

    seen = look(who, case)

    assert seen.closed == {"testimony"}
    assert seen.file.people[0].names


def test_a_fault_of_the_system_is_not_told_as_a_file_that_does_not_open(
    two, officer, custody, monkeypatch
):
    monkeypatch.setattr(lists, "files", lambda *_: {}["a fault"])

    with pytest.raises(KeyError):
        lists.worklist(officer, at=LATER, custody=custody)


def test_a_list_of_many_asks_no_oftener_than_one_of_few(two, another, officer, custody):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            lists.worklist(officer, at=LATER, custody=custody)
        return len(queries)

    few = asked()
    for name in ("A-9", "A-10", "A-11"):
        another(name)

    assert asked() == few


def test_a_hold_of_one_of_the_family_shows_where_the_file_does_not_open(
    officer, family, custody
):
    hold = replace(family.holds[0], person="p2")
    case = acts.register(
        officer,
        replace(family, holds=(hold,)),
        submission="s1",
        at=MORNING,
        custody=custody,
    )
    altered(case)

    [row] = lists.worklist(officer, at=LATER, custody=custody).rows

    assert [each.person for each in row.file.holds] == ["p2"]
    assert not row.opens
