"""Holds in the tables: sealed, marked, placed by the rules, and standing when unread."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Q

from asylon.casework import ANY, Hold
from asylon_server.store.cases import acts, holds, lists, placing, reads
from asylon_server.store.cases.indexing import Indexed, index_all
from asylon_server.store.cases.models import Assignment, Case, Conflict, StandingHold
from asylon_server.store.keystore.models import WrappedKey
from asylon_server.store.record.models import Event
from asylon_server.store.rights import can
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.vault import sealing
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
TODAY = MORNING.date()


@pytest.fixture
def case(officer, family, custody):
    return acts.register(officer, family, submission="s1", at=MORNING, custody=custody)


@pytest.fixture
def place(case, custody):
    def made(who, hold, at=LATER):
        return placing.place_hold(who, case.id, hold, at=at, custody=custody)

    return made


@pytest.fixture
def standing(case, custody):
    return lambda: [each.hold for each in holds.standing(case, custody=custody)]


def test_no_table_says_which_state_a_case_fears(case):
    said = [*StandingHold.objects.values_list("sealed", flat=True)]
    said += Event.objects.values_list("content", flat=True)

    assert not [each for each in said if b"PRK" in bytes(each)]


def test_every_seal_is_as_long_as_another(place, somebody):
    place(somebody("unhcr", "protection"), Hold(ANY, TODAY, "report_of_detention"))

    assert len({len(bytes(e.sealed)) for e in StandingHold.objects.all()}) == 1


def test_a_hold_for_any_state_is_kept_beside_a_named_one(place, standing, somebody):
    place(somebody("unhcr", "protection"), Hold(ANY, TODAY, "receipt_code"))

    assert [each.destination for each in standing()] == ["PRK", ANY]


def test_the_earlier_day_wins_and_the_later_does_not(place, standing, somebody):
    guard, before = somebody("unhcr", "protection"), TODAY - timedelta(days=9)

    place(guard, Hold("PRK", before, "report_of_detention"))
    place(guard, Hold("PRK", TODAY, "receipt_code"))

    assert standing() == [Hold("PRK", before, "report_of_detention")]


def test_a_hold_begins_no_later_than_it_was_told(place, standing, somebody):
    late = Hold("KOR", TODAY + timedelta(days=30), "receipt_code")

    place(somebody("unhcr", "protection"), late)

    assert standing()[-1].begun == TODAY


def test_only_unhcr_declares_a_hold_for_a_group(place, standing, somebody):
    group = Hold("KOR", TODAY, "group_hold")

    with pytest.raises(placing.HoldRefusedError, match="not-theirs-to-declare"):
        place(somebody("legal_aid", "protection"), group)
    place(somebody("unhcr", "protection"), group)

    assert standing()[-1] == group


def test_who_is_kept_away_from_a_case_places_no_hold_on_it(case, place, somebody):
    guard = somebody("unhcr", "protection")
    Conflict.objects.create(case=case, account_id=guard.account)

    with pytest.raises(NotThereError):
        place(guard, Hold("KOR", TODAY, "receipt_code"))


def test_a_hold_that_cannot_be_opened_stands_against_every_state(case, standing):
    WrappedKey.objects.all().delete()

    assert [each.covers("p1", "KOR") for each in standing()] == [True]


@pytest.mark.parametrize("field", ["mark", "sealed"])
def test_an_altered_row_stands_against_every_state(case, custody, field):
    row = case.holds.get()
    setattr(row, field, bytes(getattr(row, field))[::-1])
    row.save()

    [each] = holds.standing(case, custody=custody)

    assert (each.is_read, each.hold.destination) == (False, ANY)
    assert holds.counted(case, custody=custody) == 0


def test_a_missing_row_shows_as_a_gap(case, place, somebody, custody):
    place(somebody("unhcr", "protection"), Hold(ANY, TODAY, "receipt_code"))
    case.holds.get(number=1).delete()

    assert holds.gaps(case) == [1]


def test_what_was_taken_away_or_altered_is_counted(case, place, somebody, custody):
    place(somebody("unhcr", "protection"), Hold(ANY, TODAY, "receipt_code"))
    assert (holds.with_gaps(), holds.unmarked(custody=custody)) == (0, 0)

    case.holds.get(number=1).delete()
    row = case.holds.get(number=2)
    row.mark = bytes(row.mark)[::-1]
    row.save()

    assert (holds.with_gaps(), holds.unmarked(custody=custody)) == (1, 1)


def test_after_erasure_the_hold_counts_and_names_no_state(case, custody):
    WrappedKey.objects.all().delete()

    assert holds.counted(case, custody=custody) == 1
    assert holds.standing(case, custody=custody)[0].hold.destination == ANY


def test_the_filter_tells_nothing_to_who_does_not_reach_holds(case, somebody, custody):
    speaker, guard = somebody("unhcr", "interpreter"), somebody("unhcr", "protection")
    for who in (speaker, guard):
        Assignment.objects.create(case=case, account_id=who.account, since=MORNING)

    def found(who):
        page = lists.worklist(who, destination="PRK", at=LATER, custody=custody)
        return page.count

    assert found(speaker) == 0
    assert found(guard) == 1


def test_holds_of_a_thousand_cases_take_one_look_at_each_table(
    case, officer, custody, django_assert_num_queries
):
    mine = reads.cases_of(officer, at=LATER)

    with django_assert_num_queries(2, using="default"):
        holds.of_cases(mine, custody=custody)


def test_a_body_of_a_feared_state_is_kept_away_though_the_state_is_sealed(
    case, somebody, custody
):
    body = replace(somebody("authority", "eligibility"), state="PRK")
    other = replace(body, state="CHN")
    Assignment.objects.create(case=case, account_id=body.account, since=MORNING)

    def is_kept_away(who, custody):
        return can(who, "read", reads.thing(case, at=LATER, custody=custody)) is None

    assert is_kept_away(body, custody)
    assert not is_kept_away(other, custody)
    # Where no key is at hand, nobody knows whose body it may not be.
    assert is_kept_away(other, None)


@pytest.fixture
def against(custody):
    """Say against which state the holds over all cases are."""
    return lambda: {*holds.against(Case.objects.within(Q()), custody=custody)}


def test_a_hold_that_was_opened_for_a_list_is_not_opened_again(
    case, against, monkeypatch
):
    first = against()
    monkeypatch.setattr(sealing, "open_rows", pytest.fail)

    assert against() == first == {(case.id, "PRK")}


def test_another_mark_or_another_case_is_another_question(
    case, against, officer, family, custody
):
    told = replace(family, reference="A-2")
    other = acts.register(officer, told, submission="t", at=MORNING, custody=custody)
    against()
    mine, theirs = (StandingHold.objects.filter(case=each) for each in (case, other))

    mine.update(case=other, number=2)
    theirs.filter(number=1).update(mark=b"another")

    assert against() == {(other.id, None)}


def test_the_mark_of_one_row_says_nothing_of_another(
    case, against, place, somebody, custody
):
    place(somebody("unhcr", "protection"), Hold(ANY, TODAY, "receipt_code"))
    assert against() == {(case.id, "PRK"), (case.id, ANY)}
    named, any_ = case.holds.order_by("number")

    case.holds.filter(pk=any_.pk).update(mark=named.mark)

    assert against() == {(case.id, "PRK"), (case.id, None)}


def test_the_newest_cases_are_found_without_sorting_all(officer):
    if connection.vendor != "sqlite":
        pytest.skip("with a handful of rows PostgreSQL sorts them whatever there is")
    query = reads.cases_of(officer, at=LATER, is_wide=True).order_by("-opened", "pk")

    assert "TEMP B-TREE" not in query[:25].explain()


def test_more_cases_are_hidden_than_a_database_takes_values(
    case, somebody, monkeypatch
):
    body = replace(somebody("authority", "supervisor"), state="CHN")
    hidden = {case.id, *(uuid4() for _ in range(70_000))}
    monkeypatch.setattr(reads, "_fearing", lambda *_asked: hidden)

    assert reads.seated(body, Q()).count() == 0


def test_what_bears_its_mark_is_not_marked_anew(case, custody):
    assert holds.mark_anew(case, custody=custody) == []


def test_what_was_altered_is_not_marked_anew(case, custody):
    case.holds.update(sealed=b"altered")

    assert holds.mark_anew(case, custody=custody) == []


def test_where_all_is_as_it_should_be_nothing_is_made_anew(case, custody):
    before = Event.objects.count()

    assert index_all(at=LATER, custody=custody) == Indexed(0, 0)
    assert Event.objects.count() == before


def test_a_hold_that_cannot_be_read_takes_no_other_in(case, place, somebody, custody):
    case.holds.update(mark=b"altered")

    place(somebody("unhcr", "protection"), Hold(ANY, TODAY, "receipt_code"))

    assert case.holds.count() == 2
