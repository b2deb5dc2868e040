"""Fields released to one account for a time; to a body of a state by two acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from asylon_server.store.cases import assigning, conflicts, consents, grants, reads
from asylon_server.store.cases.consents import Asking
from asylon_server.store.cases.grants import Scope
from asylon_server.store.cases.models import ReleaseConsent
from asylon_server.store.cases.refusals import WorkRefusedError
from asylon_server.store.organisations.acts import close_account
from asylon_server.store.organisations.models import Account, Organisation
from asylon_server.store.record.models import Event
from asylon_server.store.rights import can
from asylon_server.store.rights.errors import NotThereError
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

NIGHT = LATER + timedelta(hours=9)
SOON = LATER + timedelta(days=7)
NAMES = Scope(frozenset({"identity"}), "examination", SOON)
ASKING = Asking("ko", is_read_back=True, interpreter="number 7")


@pytest.fixture
def give(case, custody):
    def given(by, to, scope=NAMES, at=LATER):
        return grants.give(by, case.id, to.account, scope, at=at, custody=custody)

    return given


@pytest.fixture
def reach(case, custody):
    def reached(who, verb="read", at=NIGHT):
        return can(who, verb, reads.thing(case, at=at, custody=custody)) or frozenset()

    return reached


@pytest.fixture
def agree(case, officer, custody):
    def kept(body, by=officer, asking=ASKING, **changed):
        return grants.keep_consent(
            by,
            case.id,
            body.organisation,
            replace(NAMES, **changed),
            asking,
            at=LATER,
            custody=custody,
        )

    return kept


def refused(act, *args, **named):
    before = Event.objects.count()
    with pytest.raises(WorkRefusedError) as told:
        act(*args, **named)
    assert Event.objects.count() == before
    return told.value.code


def test_a_grant_is_read_and_never_written(head, works, give, reach):
    speaker = works("legal_aid", "interpreter")
    assert reach(speaker) == {"needs"}

    give(head, speaker)

    assert reach(speaker) == {"needs", "identity"}
    assert not reach(speaker, "write")


def test_a_grant_ends_by_time(head, works, give, reach):
    speaker = works("legal_aid", "interpreter")
    give(head, speaker)

    assert "identity" in reach(speaker, at=SOON - timedelta(seconds=1))
    assert "identity" not in reach(speaker, at=SOON)


def test_a_grant_ends_by_revocation(case, head, works, give, reach):
    speaker = works("legal_aid", "interpreter")
    give(head, speaker)

    grants.revoke(head, case.id, speaker.account, at=NIGHT)

    assert reach(speaker) == {"needs"}


def test_a_grant_ends_with_the_account(head, works, give, reach):
    speaker = works("legal_aid", "interpreter")
    give(head, speaker)

    close_account(None, speaker.account, at=LATER)

    assert not reach(Account.objects.get(pk=speaker.account).actor)


def test_a_grant_does_not_come_back_with_the_work(case, head, works, give, reach):
    speaker = works("legal_aid", "interpreter")
    give(head, speaker)

    assigning.unassign(head, case.id, speaker.account, at=LATER)
    assigning.assign(head, case.id, speaker.account, at=NIGHT)

    assert reach(speaker) == {"needs"}


def test_a_grant_ends_with_a_conflict(case, head, works, give, reach):
    speaker = works("legal_aid", "interpreter")
    give(head, speaker)

    conflicts.declare(speaker, case.id, speaker.account, at=LATER)

    assert not reach(speaker)
    assert not case.grants.filter(until__gt=LATER).exists()


def test_a_grant_given_twice_is_one(head, works, give):
    speaker = works("legal_aid", "interpreter")

    assert len(give(head, speaker)) == 1
    assert give(head, speaker, at=NIGHT) == []


def test_nobody_releases_to_themself(case, head, somebody, give, custody):
    other = somebody("legal_aid", "supervisor")
    assigning.assign(other, case.id, head.account, at=MORNING, custody=custody)

    assert refused(give, head, head) == "grant.oneself"


def test_nothing_is_released_of_what_is_not_their_work(head, somebody, give):
    assert refused(give, head, somebody("unhcr", "protection")) == "grant.no-work"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"classes": frozenset()}, "grant.classes"),
        ({"classes": frozenset({"dreams"})}, "grant.classes"),
        ({"purpose": "curiosity"}, "grant.purpose"),
        ({"until": LATER}, "grant.time"),
        ({"until": LATER + timedelta(days=31)}, "grant.time"),
    ],
)
def test_a_scope_is_named_and_short(changed, code, head, works, give):
    speaker = works("legal_aid", "interpreter")

    assert refused(give, head, speaker, replace(NAMES, **changed)) == code


@pytest.mark.parametrize(
    ("kind", "role"),
    [("legal_aid", "registration"), ("unhcr", "supervisor"), ("unhcr", "auditor")],
)
def test_nobody_else_releases(kind, role, somebody, works, give):
    speaker = works("legal_aid", "interpreter")

    with pytest.raises(NotThereError):
        give(somebody(kind, role), speaker)


def test_a_body_of_a_state_gets_a_field_by_consent_and_unhcr(works, agree, give, reach):
    body, unhcr = works("authority", "eligibility"), works("unhcr", "protection")
    agree(body)

    give(unhcr, body)

    assert reach(body) == {"claim", "hold", "identity"}


def test_without_consent_nothing_is_released_to_a_state(works, give):
    body, unhcr = works("authority", "eligibility"), works("unhcr", "protection")

    assert refused(give, unhcr, body) == "grant.no-consent"


def test_without_unhcr_nothing_is_released_to_a_state(head, works, agree, give):
    body = works("authority", "eligibility")
    agree(body)

    with pytest.raises(NotThereError):
        give(head, body)


def test_a_consent_covers_what_it_names_and_as_long(works, agree, give):
    body, unhcr = works("authority", "eligibility"), works("unhcr", "protection")
    agree(body, until=SOON - timedelta(days=1))
    agree(works("appeal_body", "appeal"))
    agree(body, classes=frozenset({"kinship"}))
    agree(body, purpose="appeal")

    assert refused(give, unhcr, body) == "grant.no-consent"


@pytest.mark.parametrize(
    ("asking", "code"),
    [
        (Asking(" ", is_read_back=True), "grant.language"),
        (Asking("ko", is_read_back=False), "grant.not-read-back"),
    ],
)
def test_a_consent_is_kept_in_a_language_and_read_back(works, agree, asking, code):
    assert refused(agree, works("authority", "eligibility"), asking=asking) == code


def test_how_a_consent_was_asked_for_is_sealed_with_the_case(works, agree, custody):
    row = agree(works("authority", "eligibility"))

    assert consents.opened([row], custody=custody) == [(row, ASKING)]
    assert ASKING.interpreter.encode() not in bytes(row.sealed)


@pytest.mark.parametrize(
    "changed",
    [
        {"classes": "identity kinship"},
        {"purpose": "appeal"},
        {"sealed": b""},
        {"kept_by": True},
    ],
)
def test_a_consent_changed_behind_the_system_covers_nothing(
    changed, works, agree, give
):
    body, unhcr = works("authority", "eligibility"), works("unhcr", "protection")
    row = agree(body)
    if "kept_by" in changed:
        changed = {"kept_by": body.account}
    ReleaseConsent.objects.filter(pk=row.pk).update(**changed)
    asked = replace(NAMES, purpose=changed.get("purpose", NAMES.purpose))

    assert refused(give, unhcr, body, asked) == "grant.no-consent"


def test_a_consent_of_before_how_it_was_asked_was_kept_covers_nothing_new(
    works, agree, give
):
    body, unhcr = works("authority", "eligibility"), works("unhcr", "protection")
    row = agree(body)
    ReleaseConsent.objects.filter(pk=row.pk).update(purpose="", sealed=b"")

    assert refused(give, unhcr, body) == "grant.no-consent"


def test_who_kept_the_consent_does_not_release(works, agree, give):
    body, unhcr = works("authority", "eligibility"), works("unhcr", "protection")
    agree(body, by=unhcr)

    assert refused(give, unhcr, body) == "grant.same-person"


def test_where_somebody_hides_is_never_released_to_a_state(works, agree, give):
    body, unhcr = works("authority", "eligibility"), works("unhcr", "protection")
    scope = replace(NAMES, classes=frozenset({"whereabouts"}))

    assert refused(agree, body, classes=scope.classes) == "grant.withheld"
    assert refused(give, unhcr, body, scope) == "grant.withheld"


def test_nothing_is_released_to_the_state_feared(works, agree, give, reach):
    body, unhcr = works("authority", "eligibility"), works("unhcr", "protection")
    agree(body)
    Organisation.objects.filter(pk=body.organisation).update(state="PRK")

    assert refused(give, unhcr, body) == "grant.no-work"
    assert not reach(replace(body, state="PRK"))


def test_a_consent_taken_back_ends_what_was_released(works, agree, give, reach):
    body, unhcr = works("authority", "eligibility"), works("unhcr", "protection")
    consent = agree(body)
    give(unhcr, body)

    grants.withdraw_consent(
        consent.kept_by.actor, consent.case_id, body.organisation, at=NIGHT
    )

    assert reach(body) == {"claim", "hold"}


def test_a_consent_is_for_a_body_of_a_state(works, agree):
    assert refused(agree, works("unhcr", "protection")) == "grant.no-state-body"
