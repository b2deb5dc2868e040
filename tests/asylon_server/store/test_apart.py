"""What is of another case, of another account or of another time is left as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from asylon.casework import ANY, Contact, Hold
from asylon_server.store.cases import (
    acts,
    assigning,
    conflicts,
    emergencies,
    erasing,
    grants,
    history,
    holdings,
    lifting,
    lists,
    placing,
    reads,
    releases,
    reporting,
    telling,
)
from asylon_server.store.cases.changes import Change
from asylon_server.store.cases.emergencies import Asked
from asylon_server.store.cases.grants import PURPOSES, Asking, Scope
from asylon_server.store.cases.indexing import index
from asylon_server.store.cases.models import (
    Assignment,
    Case,
    Certificate,
    Conflict,
    Grant,
    ReleaseConsent,
)
from asylon_server.store.cases.refusals import WorkRefusedError
from asylon_server.store.keystore.models import WrappedKey
from asylon_server.store.organisations.acts import close_account
from asylon_server.store.organisations.models import Notice, Organisation
from asylon_server.store.record.models import Event
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.vault.models import Compartment
from asylon_server.store.vault.sealing import IDENTITY, TESTIMONY
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

EVENING = LATER + timedelta(hours=4)
NIGHT = LATER + timedelta(hours=9)
SOON = LATER + timedelta(days=7)
NAMES = Scope(frozenset({"identity"}), PURPOSES[0], SOON)
SHORT = replace(NAMES, until=EVENING)
ASKING = Asking("ko", is_read_back=True)
ASKED = Asked("removal", "She is on the bus.", frozenset({"contact"}), 4)


@pytest.fixture
def give(case, custody):
    def given(by, to, scope=NAMES, at=LATER):
        return grants.give(by, case.id, to.account, scope, at=at, custody=custody)

    return given


@pytest.fixture
def agree(case, officer, custody):
    def kept(body, until=SOON):
        grants.keep_consent(
            officer,
            case.id,
            body.organisation,
            replace(NAMES, until=until),
            ASKING,
            at=LATER,
            custody=custody,
        )

    return kept


@pytest.fixture
def another(officer, family, custody):
    """Another case of the same office, and the same officer's work."""
    file = replace(family, reference="A-2", holds=())
    at = MORNING + timedelta(minutes=1)
    return acts.register(officer, file, submission="s2", at=at, custody=custody)


def ends(model):
    return list(model.objects.order_by("pk").values_list("until", flat=True))


@pytest.mark.parametrize("act", [grants.revoke, assigning.unassign])
def test_only_what_one_account_sees_now_is_ended(act, case, head, works, give):
    one, other = works("legal_aid", "interpreter"), works("unhcr", "interpreter")
    for whom, scope in ((one, SHORT), (one, NAMES), (other, NAMES)):
        give(head, whom, scope)

    act(head, case.id, one.account, at=NIGHT)

    assert ends(Grant) == [EVENING, NIGHT, SOON]


def test_what_is_released_for_another_purpose_is_another_release(head, works, give):
    speaker = works("legal_aid", "interpreter")
    give(head, speaker)

    assert give(head, speaker, replace(NAMES, purpose=PURPOSES[1]))


def test_only_the_consent_for_one_body_is_withdrawn(case, officer, works, give, agree):
    body, appeal = works("authority", "eligibility"), works("appeal_body", "appeal")
    unhcr = works("unhcr", "protection")
    for whom, scope in ((body, SHORT), (body, NAMES), (appeal, NAMES)):
        agree(whom, scope.until)
        give(unhcr, whom, scope)

    grants.withdraw_consent(officer, case.id, body.organisation, at=NIGHT)

    assert ends(ReleaseConsent) == ends(Grant) == [EVENING, NIGHT, SOON]


def test_no_consent_covers_what_is_released_before_it(works, give, agree):
    body, unhcr = works("authority", "eligibility"), works("unhcr", "protection")
    agree(body)

    with pytest.raises(WorkRefusedError) as told:
        give(unhcr, body, at=MORNING)

    assert told.value.code == grants.NO_CONSENT


def test_only_the_conflict_of_one_account_is_lifted(case, head, works, somebody):
    one, other = works("legal_aid", "protection"), works("unhcr", "protection")
    for each in (one, other):
        conflicts.declare(each, case.id, each.account, at=LATER)

    conflicts.lift(head, case.id, other.account, at=NIGHT)

    assert Conflict.objects.get(lifted=None).account_id == one.account
    with pytest.raises(NotThereError):
        conflicts.lift(head, case.id, other.account, at=NIGHT)


def test_no_work_is_listed_before_it_begins(case, officer, custody):
    before = MORNING - timedelta(minutes=1)

    assert list(reads.cases_of(officer, at=LATER, custody=custody)) == [case]
    assert not reads.cases_of(officer, at=before, custody=custody)


@pytest.mark.parametrize("is_wide", [True, False])
def test_work_on_one_case_is_none_on_another(is_wide, case, another, works, custody):
    guard = works("unhcr", "protection")

    assert list(reads.cases_of(guard, at=LATER, custody=custody, is_wide=is_wide)) == [
        case
    ]


def test_a_conflict_keeps_one_account_from_one_case(
    case, another, officer, works, custody
):
    guard = works("unhcr", "protection")
    conflicts.declare(officer, case.id, officer.account, at=LATER)

    assert list(reads.cases_of(officer, at=LATER, custody=custody)) == [another]
    assert list(reads.cases_of(guard, at=LATER, custody=custody)) == [case]


def test_an_erased_case_is_nobodys_work(case, another, officer, custody):
    erasing.erase(None, case.id, at=LATER)

    assert list(reads.cases_of(officer, at=LATER, custody=custody)) == [another]
    assert reads.standing(case.id, locked=True) is None


def test_erasing_one_case_takes_nothing_of_another(case, another, officer, custody):
    erasing.erase(None, case.id, at=LATER)

    assert not Compartment.objects.filter(case=case.id).exists()
    read = reads.case_file(officer, another.id, at=LATER, custody=custody)
    assert (len(read.file.people), read.closed) == (2, frozenset())


def test_nothing_of_another_case_is_on_a_timeline(case, another, officer, custody):
    told = [Change("p1", "contacts", new=Contact("phone", "010"))]
    telling.tell(officer, another.id, told, at=LATER, custody=custody)

    acts_on = [
        each.act for each in history.timeline(officer, case.id, at=NIGHT).entries
    ]
    versions = telling.versions(officer, case.id, at=NIGHT, custody=custody)
    assert acts_on == ["case opened"]
    assert [(each.number, each.at) for each in versions] == [(1, MORNING)]


def test_what_was_emptied_is_on_no_timeline(case, officer):
    history.timeline(officer, case.id, at=LATER)
    Event.objects.filter(case=case.id).update(content=None, salt=None)

    assert history.timeline(officer, case.id, at=LATER).entries == ()


def test_an_entry_is_sealed_only_where_it_is_in_the_log(case, officer, sealer):
    assert not history.timeline(officer, case.id, at=LATER).entries[0].is_sealed


def test_the_same_name_of_a_form_says_nothing_of_another_case(
    case, another, officer, custody
):
    told = Change("p1", "contacts", new=Contact("phone", "010"))
    for each in (case, another):
        telling.tell(officer, each.id, [told], at=LATER, custody=custody, form="a" * 32)

    seen = reads.case_file(officer, another.id, at=NIGHT, custody=custody)
    assert seen.file.person("p1").contacts == (told.new,)


def test_the_form_of_another_office_gives_nobody_its_case(
    case, somebody, family, custody
):
    stranger = somebody("unhcr", "registration")

    assert acts.sent_before(stranger, case.submission) is None


def test_what_was_feared_before_places_no_hold_anew(officer, family, custody):
    file = replace(family, holds=())
    case = acts.register(officer, file, submission="s", at=MORNING, custody=custody)
    told = [Change("p1", "contacts", new=Contact("phone", "010"))]

    telling.tell(officer, case.id, told, at=LATER, custody=custody)

    assert not case.holds.exists()


def test_who_is_held_with_the_family_is_not_held_again(case, officer, custody):
    told = [Change("p2", "feared", new="PRK")]

    telling.tell(officer, case.id, told, at=LATER, custody=custody)

    assert case.holds.count() == 1


def test_a_hold_over_one_of_them_holds_nobody_else(officer, family, custody):
    hold = Hold("CHN", MORNING.date(), "wish_expressed", "p1")
    file = replace(family, holds=(hold,))
    case = acts.register(officer, file, submission="s", at=MORNING, custody=custody)

    told = [Change("p2", "feared", new="CHN")]
    telling.tell(officer, case.id, told, at=LATER, custody=custody)

    assert case.holds.count() == 2


def test_only_open_protection_officers_of_the_office_are_called(somebody):
    guard, gone = (somebody("legal_aid", "protection") for _ in range(2))
    somebody("legal_aid", "counsel")
    somebody("unhcr", "protection")
    close_account(None, gone.account, at=MORNING)

    assert reporting.guards(guard.organisation) == [guard.account]


@pytest.fixture
def body(works, give, agree):
    """An authority's officer, to whom a name was released by consent."""
    made, unhcr = works("authority", "eligibility"), works("unhcr", "protection")
    agree(made)
    give(unhcr, made)
    return made


@pytest.fixture
def told(case, officer, custody):
    return lambda at=LATER: releases.of_case(officer, case.id, at=at, custody=custody)


def test_no_body_that_is_feared_is_named_for_a_release(body, told):
    Organisation.objects.create(name="Bureau", kind="authority", state="PRK")

    assert [each.pk for each in told().bodies] == [body.organisation]


def test_only_who_works_there_and_is_open_may_be_released_to(
    body, told, works, somebody
):
    somebody("authority", "eligibility")
    close_account(None, works("authority", "eligibility").account, at=MORNING)

    assert [each.account for each in told().receivers] == [body.account]


def test_what_was_released_to_others_than_a_state_is_not_told(
    head, body, told, give, works
):
    give(head, works("legal_aid", "interpreter"))

    assert [each.account_id for each in told().grants] == [body.account]


@pytest.mark.parametrize("at", [MORNING, SOON])
@pytest.mark.usefixtures("body")
def test_a_release_is_told_as_long_as_it_lasts(at, told):
    assert (told(at).consents, told(at).grants) == ((), ())


def test_who_neither_keeps_consents_nor_releases_is_told_of_none(case, head, custody):
    with pytest.raises(NotThereError):
        releases.of_case(head, case.id, at=LATER, custody=custody)


def test_an_emergency_is_one_by_account_and_fields_and_purpose(case, somebody, custody):
    somebody("unhcr", "auditor")
    one, other = (somebody("legal_aid", "protection") for _ in range(2))
    wider = replace(ASKED, classes=frozenset({"contact", "identity"}))
    purpose = next(e for e in emergencies.PURPOSES if e != ASKED.purpose)

    rows = [
        emergencies.break_open(who, case.reference, asked, at=at, custody=custody).pk
        for who, asked, at in (
            (one, ASKED, LATER),
            (other, ASKED, LATER),
            (one, wider, LATER),
            (one, replace(ASKED, purpose=purpose), LATER),
            (one, ASKED, NIGHT),
        )
    ]

    assert len(set(rows)) == len(rows)


def test_only_who_reviews_there_and_is_open_is_told_of_an_emergency(
    case, somebody, custody
):
    guard, auditor = somebody("legal_aid", "protection"), somebody("unhcr", "auditor")
    gone, other = somebody("unhcr", "auditor"), somebody("agency", "supervisor")
    close_account(None, gone.account, at=MORNING)

    emergencies.break_open(guard, case.reference, ASKED, at=LATER, custody=custody)

    told = Notice.objects.filter(kind="emergency").values_list("account", flat=True)
    assert list(told) == [auditor.account]
    assert emergencies.told(other, at=LATER, custody=custody) == []
    assert (emergencies.to_review(auditor), emergencies.to_review(other)) == (1, 0)


def test_an_emergency_of_ones_own_office_is_told_to_another(case, somebody, custody):
    guard = somebody("legal_aid", "protection")
    somebody("legal_aid", "auditor")

    with pytest.raises(WorkRefusedError) as told:
        emergencies.break_open(guard, case.reference, ASKED, at=LATER, custody=custody)

    assert told.value.code == emergencies.NOBODY


def test_an_emergency_is_open_to_who_opened_it_and_as_long(case, somebody, custody):
    auditor, other = somebody("unhcr", "auditor"), somebody("legal_aid", "protection")
    guard = somebody("legal_aid", "protection")
    row = emergencies.break_open(
        guard, case.reference, ASKED, at=LATER, custody=custody
    )

    def opened(who, at):
        return emergencies.open_to(who, at=at)

    assert opened(guard, LATER) == [row]
    assert opened(guard, MORNING) == opened(guard, NIGHT) == opened(other, LATER) == []
    emergencies.review(auditor, row.pk, "justified", at=LATER)
    assert emergencies.to_review(auditor) == 0


def test_one_emergency_is_reviewed_and_no_other(case, somebody, custody):
    auditor = somebody("unhcr", "auditor")
    rows = [
        emergencies.break_open(
            somebody("legal_aid", "protection"),
            case.reference,
            ASKED,
            at=LATER,
            custody=custody,
        )
        for _ in range(2)
    ]

    for each in rows:
        emergencies.review(auditor, each.pk, "justified", at=LATER)

    assert emergencies.to_review(auditor) == 0


def test_no_emergency_opens_an_erased_case(case, somebody, custody):
    somebody("unhcr", "auditor")
    guard = somebody("legal_aid", "protection")
    erasing.erase(None, case.id, at=MORNING)

    with pytest.raises(NotThereError):
        emergencies.break_open(guard, case.reference, ASKED, at=LATER, custody=custody)


def test_a_list_is_kept_by_holds_to_who_reaches_them(case, another, works, custody):
    speaker, guard = works("legal_aid", "interpreter"), works("unhcr", "protection")

    def held(who):
        page = lists.worklist(who, destination="PRK", at=LATER, custody=custody)
        return [each.case for each in page.rows], page.count

    assert held(guard) == ([case.id], 1)
    assert held(speaker) == ([], 0)


def test_a_list_is_kept_by_the_destination_that_was_asked_for(
    case, another, officer, custody
):
    def held(destination):
        page = lists.worklist(
            officer, destination=destination, at=LATER, custody=custody
        )
        return page.count

    assert (held("PRK"), held("CHN"), held(ANY)) == (1, 0, 0)
    assert Case.objects.within(reads.Q(erased=None)).count() == 2


def test_who_opened_an_emergency_sees_their_own_as_long_as_they_may(
    case, head, somebody, custody
):
    somebody("unhcr", "auditor")
    guards = [somebody("legal_aid", "protection") for _ in range(2)]
    hour = replace(ASKED, hours=1)
    mine, _theirs, later = (
        emergencies.break_open(who, case.reference, asked, at=at, custody=custody)
        for who, asked, at in (
            (guards[0], hour, LATER),
            (guards[1], ASKED, LATER),
            (guards[0], ASKED, EVENING),
        )
    )

    assert emergencies.open_to(guards[0], at=LATER) == [mine]
    assert emergencies.open_to(guards[0], at=EVENING) == [later]
    conflicts.declare(head, case.id, guards[0].account, at=EVENING)
    assert emergencies.open_to(guards[0], at=EVENING) == []


def test_an_emergency_ends_with_the_case(case, somebody, custody):
    somebody("unhcr", "auditor")
    guard = somebody("legal_aid", "protection")
    emergencies.break_open(guard, case.reference, ASKED, at=LATER, custody=custody)

    erasing.erase(None, case.id, at=LATER)

    assert emergencies.open_to(guard, at=LATER) == []


def test_erasing_one_case_empties_no_event_of_another(case, another):
    erasing.erase(None, case.id, at=LATER)

    assert not Event.objects.filter(case=another.id, content=None).exists()


def test_what_is_finished_is_what_was_begun(case, another, officer, custody):
    assert (erasing.unfinished(), erasing.without_key()) == ([], [])
    with transaction.atomic():
        erasing.mark(case, None, at=LATER)
    assert erasing.unfinished() == [case.id]

    assert erasing.finish(at=LATER) == []

    assert (erasing.unfinished(), erasing.without_key()) == ([], [])
    assert reads.case_file(officer, another.id, at=LATER, custody=custody).writes


def test_a_key_that_was_lost_is_told_of_its_case_alone(case, another):
    WrappedKey.objects.filter(case=case.id).delete()

    assert erasing.without_key() == [case.id]


def test_reading_is_on_no_timeline_whatever_was_read(case, officer, somebody, custody):
    auditor, guard = somebody("unhcr", "auditor"), somebody("legal_aid", "protection")
    emergencies.break_open(guard, case.reference, ASKED, at=LATER, custody=custody)
    emergencies.told(auditor, at=LATER, custody=custody)

    page = history.timeline(officer, case.id, at=LATER)

    assert [each.act for each in page.entries] == ["emergency opened", "case opened"]


def test_an_act_on_what_is_not_reached_is_not_told(case, works, agree):
    agree(works("authority", "eligibility"))

    page = history.timeline(works("unhcr", "eligibility"), case.id, at=LATER)

    assert "consent to release kept" not in {each.act for each in page.entries}


def test_an_act_that_nobody_thought_of_is_on_no_timeline(case, officer, monkeypatch):
    monkeypatch.setattr(history, "ABOUT", {})

    assert history.timeline(officer, case.id, at=LATER).entries == ()


@pytest.fixture
def proposed(case, works, custody):
    """A hold over the case that somebody proposes to lift."""
    guard, named = works("unhcr", "protection"), {"at": LATER, "custody": custody}
    return lifting.propose(guard, case.id, 1, "left_safely", "Seen there.", **named)


@pytest.fixture
def proposals(custody):
    def of(who, case):
        seen = reads.case_file(who, case.id, at=LATER, custody=custody)
        rows = holdings.holdings(who, seen, at=LATER, custody=custody).rows
        return [len(each.proposals) for each in rows]

    return of


def test_what_is_proposed_on_one_hold_is_on_no_other(
    case, proposed, proposals, officer, custody
):
    hold = Hold("RUS", LATER.date(), "wish_expressed")
    placing.place_hold(officer, case.id, hold, at=LATER, custody=custody)

    assert proposals(officer, case) == [1, 0]


def test_what_was_answered_waits_for_nobody(case, proposed, officer, works, custody):
    other = works("legal_aid", "supervisor")
    named = {"at": LATER, "custody": custody}
    lifting.decline(other, case.id, proposed.pk, "Not so.", **named)

    seen = reads.case_file(officer, case.id, at=LATER, custody=custody)

    assert holdings.holdings(officer, seen, **named).rows[0].waiting is None


def test_why_a_hold_would_be_lifted_is_told_to_no_body_of_a_state(
    case, proposed, proposals, body
):
    assert proposed.hold.case_id == case.id

    assert proposals(body, case) == [0]


def test_an_emergency_tells_nobody_why_a_hold_would_be_lifted(
    case, proposed, proposals, somebody, custody
):
    somebody("unhcr", "auditor")
    guard = somebody("legal_aid", "protection")
    wide = replace(ASKED, classes=frozenset({"identity", "hold"}))
    emergencies.break_open(guard, case.reference, wide, at=LATER, custody=custody)

    assert proposals(guard, case) == [0]


def test_who_knows_nobody_by_name_is_not_told_why_a_hold_would_be_lifted(
    case, proposed, proposals, works
):
    worker = works("appeal_body", "appeal")

    assert proposals(worker, case) == [0]


def test_the_holds_of_a_case_erased_meanwhile_are_not_there(case, officer, custody):
    seen = reads.case_file(officer, case.id, at=LATER, custody=custody)
    erasing.erase(None, case.id, at=LATER)

    with pytest.raises(NotThereError):
        holdings.holdings(officer, seen, at=LATER, custody=custody)


def test_each_case_is_found_by_its_own_name(case, another, custody):
    assert reads.standing(another.id, locked=True) == another
    assert not index(another.id, at=LATER, custody=custody)


def test_nothing_stands_where_no_version_was_read(case, officer, custody):
    told = Change("p1", "contacts", new=Contact("phone", "010"))

    with pytest.raises(NotThereError):
        telling.standing(
            officer, case.id, told, since=1, until=0, at=LATER, custody=custody
        )


def test_no_proposal_is_agreed_to_but_the_one_of_this_case(
    case, another, proposed, works, custody
):
    other = works("legal_aid", "supervisor")
    Assignment.objects.create(case=another, account_id=other.account, since=MORNING)

    for where, what in ((case, uuid4()), (another, proposed.pk)):
        with pytest.raises(NotThereError):
            lifting.agree(other, where.id, what, at=LATER, custody=custody)


def test_a_proposal_waits_for_who_works_on_the_case(case, proposed, somebody, custody):
    stranger = somebody("legal_aid", "supervisor")

    assert lifting.awaiting(stranger, at=LATER, custody=custody) == []


def test_what_was_declined_waits_for_nobody(case, proposed, works, custody):
    one, other = (works("legal_aid", "supervisor") for _ in range(2))
    named = {"at": LATER, "custody": custody}
    assert len(lifting.awaiting(other, **named)) == 1

    lifting.decline(one, case.id, proposed.pk, "Not so.", **named)

    assert lifting.awaiting(other, **named) == []


def test_what_is_not_reached_is_on_no_list(case, another, works, custody):
    guard, named = works("unhcr", "protection"), {"at": LATER, "custody": custody}

    found = lists.listed(guard, [case, another], "read", "case listed", **named)

    assert [each.case for each in found] == [case.id]


def test_a_search_says_nothing_of_what_waits(case, officer, custody):
    named = {"at": LATER, "custody": custody}

    [read] = lists.listed(officer, [case], "read", "case listed", **named)
    [found] = lists.listed(officer, [case], "search", "case found", **named)

    assert read.waits.unasked
    assert found.waits == lists.NOTHING


def test_nobody_is_asked_for_what_does_not_open(case, officer, custody):
    told = [Change("p2", "feared", new="CHN")]
    telling.tell(officer, case.id, told, at=LATER, custody=custody)
    Compartment.objects.filter(case=case.id).update(sealed=b"altered")

    [row] = lists.listed(
        officer, [case], "read", "case listed", at=LATER, custody=custody
    )

    assert (row.opens, row.waits.unasked) == (False, ())


@pytest.mark.parametrize("name", [IDENTITY, TESTIMONY])
def test_what_does_not_open_is_named_and_not_shown(name, case, works, custody):
    worker = works("unhcr", "eligibility")
    Compartment.objects.filter(case=case.id, name=name).update(sealed=b"altered")

    seen = reads.case_file(worker, case.id, at=LATER, custody=custody)

    assert (seen.closed, seen.writes) == ({name}, frozenset())
    assert bool(seen.file.people) is (name == TESTIMONY)


@pytest.fixture
def waits(custody):
    """Say of each case of somebody what waits on it, in the order of their list."""

    def of(who, at=LATER):
        rows = lists.worklist(who, at=at, custody=custody).rows
        return [(each.case, each.waits) for each in rows]

    return of


@pytest.fixture
def both(case, another, works):
    """Whose work both cases are: somebody who answers proposals."""
    who = works("legal_aid", "supervisor")
    Assignment.objects.create(case=another, account_id=who.account, since=MORNING)
    return who


def test_a_case_on_which_an_answer_waits_comes_first(
    case, another, proposed, both, waits
):
    [(first, one), (second, other)] = waits(both)

    assert (first, second) == (case.id, another.id)
    assert (one.answers, other.answers) == (proposed.until, None)


def test_no_answer_waits_once_it_was_given_or_is_late_or_is_ones_own(
    proposed, both, works, waits, custody
):
    own = works("unhcr", "supervisor")

    def answers(who, at=LATER):
        return {told.answers for _case, told in waits(who, at)}

    assert answers(both) == {proposed.until, None}
    assert answers(own) == answers(both, proposed.until) == {None}
    where, named = proposed.hold.case_id, {"at": LATER, "custody": custody}
    lifting.decline(both, where, proposed.pk, "Not so.", **named)
    assert answers(both) == {None}


@pytest.mark.parametrize(("days", "is_told"), [(59, True), (61, False)])
def test_a_certificate_that_ended_long_ago_waits_for_nothing(
    days, is_told, case, officer, waits
):
    expires = LATER.date() - timedelta(days=days)
    Certificate.objects.create(
        case=case,
        person="p1",
        number="N",
        version=1,
        digest="",
        issued=expires,
        expires=expires,
    )

    [(_case, told)] = waits(officer)

    assert (told.ends == expires) is is_told


def test_what_was_told_is_not_asked_for_again(case, officer, waits):
    [(_case, told)] = waits(officer)

    assert "names" not in told.unasked
    assert "contacts" in told.unasked


def test_who_reaches_no_holds_of_a_case_is_shown_none(case, works, proposals):
    with pytest.raises(NotThereError):
        proposals(works("legal_aid", "interpreter"), case)
