"""What passes at the door: sessions, forms kept for an hour, failures, used codes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.utils.timezone import now

from asylon_server.store.entry import keeping, notices, sweeping, tries
from asylon_server.store.entry.models import KeptForm, Session, Spent, Tries
from asylon_server.store.entry.sessions import SessionStore, digest
from asylon_server.store.organisations.models import Account, Notice
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def begun(**said):
    store = SessionStore()
    store.update(said)
    store.save()
    return store.session_key


def said(key):
    return SessionStore(key).get("said")


def test_no_session_is_there_under_a_key_that_nobody_has():
    Session.objects.create(
        key="another", sealed=b"x", begun=MORNING, seen=MORNING, until=LATER
    )

    # Asked first of all: who calls every key taken looks for a new one forever.
    assert not SessionStore().exists("nobody")


def test_each_session_says_its_own_and_is_ended_alone():
    one, two = begun(said=1), begun(said=2)
    again = SessionStore(two)
    again["said"] = 3
    again.save()

    assert (said(one), said(two)) == (1, 3)
    SessionStore(one).delete()
    assert not SessionStore().exists(one)
    assert SessionStore().exists(two)


def test_a_session_that_was_ended_meanwhile_is_not_begun_again():
    store = SessionStore(begun(said=1))
    store["said"] = 2
    SessionStore(store.session_key).delete()

    with pytest.raises(UpdateError):
        store.save()


def test_a_session_goes_on_under_a_new_key():
    store = SessionStore(begun(said=1))
    store.load()

    store.cycle_key()

    assert said(store.session_key) == 1


def test_a_session_that_was_seen_just_now_is_not_written_again(
    django_assert_num_queries,
):
    store = SessionStore(begun(said=1))
    assert store["said"] == 1

    with django_assert_num_queries(0):
        store.save()
    store["said"] = 2
    store.save()
    assert said(store.session_key) == 2


def test_a_session_that_nobody_reads_before_it_ends_is_not_written():
    key = begun(said=1)
    SessionStore(key).delete()

    with pytest.raises(UpdateError):
        SessionStore(key).save()


@pytest.mark.parametrize(
    "changed",
    [
        {"seen": now() + timedelta(days=1)},
        {"until": MORNING},
        {"begun": now() - timedelta(days=2)},
    ],
)
def test_a_session_that_is_over_by_any_limit_says_nothing(changed):
    key = begun(said=1)
    lasts = {"seen": now() - MINUTE, "until": now() + timedelta(days=1)}
    Session.objects.update(**lasts | changed)

    assert said(key) is None


def test_only_what_is_over_is_swept_away():
    over, lasts = begun(said=1), begun(said=2)
    Session.objects.filter(pk=digest(over)).update(until=now() - MINUTE)

    SessionStore.clear_expired()

    assert [each.pk for each in Session.objects.all()] == [digest(lasts)]


def test_of_everything_that_passes_only_what_is_over_is_swept_away():
    for at in (MORNING - timedelta(days=1), MORNING):
        Session.objects.create(
            key=str(at), sealed=b"x", begun=at, seen=at, until=at + MINUTE
        )
        KeptForm.objects.create(token=str(at), sealed=b"x", until=at + MINUTE)
        Spent.objects.create(token=str(at), until=at + MINUTE)
        Tries.objects.create(token=str(at), last=at)

    sweeping.sweep(at=MORNING)

    for model in (Session, KeptForm, Spent, Tries):
        assert [each.pk for each in model.objects.all()] == [str(MORNING)]


def fail_often(name, at=MORNING):
    for _ in range(tries.FREE["name"] + 2):
        tries.failed("name", name, at=at)


def waits(name, at=MORNING):
    return tries.must_wait("name", name, at=at)


def test_who_failed_waits_and_nobody_else():
    fail_often("Lee")
    tries.failed("name", "Mina", at=MORNING)

    assert waits("Lee")
    assert not waits("Mina")
    assert not waits("Kim")
    assert not waits("Lee", LATER)


def test_who_is_in_has_their_own_failures_forgotten():
    fail_often("Lee")
    fail_often("Mina")

    tries.succeeded("Mina")

    assert waits("Lee")
    assert not waits("Mina")


def test_what_was_used_up_is_used_up_while_it_could_be_taken():
    assert tries.spend("code", "Mina", "1", at=MORNING)

    assert tries.spend("code", "Mina", "2", at=MORNING + MINUTE)
    assert not tries.spend("code", "Mina", "1", at=MORNING + MINUTE)
    tries.spend("code", "Mina", "3", at=LATER)
    assert Spent.objects.count() == 1


def kept(secret, *typed):
    return keeping.keep(secret, "Mina", "/", [("name", [*typed])], at=MORNING)


def test_each_form_waits_for_whoever_holds_its_key():
    kept("one", "1")
    kept("two", "2")

    assert keeping.is_kept("one", at=MORNING)
    assert not keeping.is_kept("three", at=MORNING)
    assert not keeping.is_kept("one", at=LATER)
    assert keeping.take("three", "Mina", at=MORNING) is None
    for secret, typed in (("one", "1"), ("two", "2")):
        assert keeping.take(secret, "Mina", at=MORNING) == ("/", [("name", [typed])])
    assert keeping.take("one", "Mina", at=MORNING) is None


def test_a_form_that_is_too_large_is_not_kept():
    assert not kept("one", "x" * keeping.LARGEST)

    assert not KeptForm.objects.exists()


def test_an_account_is_told_what_it_was_not_told_yet(somebody):
    mine, theirs = (
        Account.objects.get(pk=somebody("unhcr", "protection").account)
        for _each in range(2)
    )
    for account in (mine, theirs):
        Notice.objects.create(account=account, kind="reset", about="x", at=MORNING)

    assert [each.account for each in notices.waiting(mine)] == [mine]
    notices.seen(mine, at=LATER)
    assert notices.waiting(mine) == []
    assert [each.account for each in notices.waiting(theirs)] == [theirs]
