"""What is not there, and what nobody asked for in the right way, act by act."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from asylon.casework import Hold
from asylon_server.store.cases import (
    acts,
    assigning,
    conflicts,
    emergencies,
    erasures,
    grants,
    lifting,
    placing,
    reads,
    receipts,
)
from asylon_server.store.cases.consents import Asking
from asylon_server.store.cases.emergencies import Asked
from asylon_server.store.cases.grants import Scope
from asylon_server.store.cases.models import ErasingProposal
from asylon_server.store.cases.refusals import WorkRefusedError
from asylon_server.store.entry import resets
from asylon_server.store.organisations.acts import close_account
from asylon_server.store.organisations.models import Account, Organisation
from asylon_server.store.record.models import Event
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.vault import sealing
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

SOON = LATER + timedelta(days=7)
NAMES = Scope(frozenset({"identity"}), "examination", SOON)
ASKING = Asking("ko", is_read_back=True)
ASKED = Asked("removal", "She is on the bus.", frozenset({"contact"}), 4)


def refused(act, *args, **named):
    with pytest.raises(WorkRefusedError) as told:
        act(*args, **named)
    return told.value.code


def test_no_case_that_is_not_there_is_given_or_released(head, custody):
    guard = uuid4()

    for act in (conflicts.declare, conflicts.lift, grants.revoke, assigning.unassign):
        with pytest.raises(NotThereError):
            act(head, uuid4(), guard, at=LATER, custody=custody)


def test_no_hold_is_placed_or_lifted_over_a_case_that_is_not_there(somebody, custody):
    guard, here = somebody("unhcr", "protection"), {"at": LATER, "custody": custody}
    hold = Hold("PRK", LATER.date(), "wish_expressed")

    with pytest.raises(NotThereError):
        placing.place_hold(guard, uuid4(), hold, **here)
    with pytest.raises(NotThereError):
        lifting.propose(guard, uuid4(), 1, "left_safely", "Seen there.", **here)
    with pytest.raises(NotThereError):
        receipts.give(guard, uuid4(), **here)


def test_a_hold_that_is_placed_again_is_the_one_that_stood(case, somebody, custody):
    guard, day = somebody("unhcr", "protection"), LATER.date()

    placed = [
        placing.place_hold(
            guard,
            case.id,
            Hold(state, day, "wish_expressed"),
            at=LATER,
            custody=custody,
        ).number
        for state in ("RUS", "PRK")
    ]

    assert placed == [2, 1]


def test_a_case_whose_key_was_destroyed_is_gone_before_it_is_marked(
    case, officer, custody
):
    sealing.erase(case.pk, on=LATER.date())

    with pytest.raises(sealing.ErasedError):
        reads.case_file(officer, case.pk, at=LATER, custody=custody)


def test_nothing_is_told_of_a_case_that_is_not_there(officer, custody):
    with pytest.raises(NotThereError):
        reads.allowed(officer, "write", uuid4(), at=LATER, custody=custody)


def test_no_case_is_given_to_an_account_that_is_not_there(case, head, custody):
    with pytest.raises(NotThereError):
        assigning.assign(head, case.id, uuid4(), at=LATER, custody=custody)


def test_no_conflict_is_lifted_that_nobody_declared(case, head, officer, custody):
    with pytest.raises(NotThereError):
        conflicts.lift(head, case.id, officer.account, at=LATER, custody=custody)


def test_nothing_is_released_to_a_closed_account(case, head, works, custody):
    guard = works("legal_aid", "protection")
    close_account(None, guard.account, at=MORNING)

    code = refused(
        grants.give, head, case.id, guard.account, NAMES, at=LATER, custody=custody
    )

    assert code == grants.NO_WORK


def test_no_consent_is_kept_for_an_office_that_is_not_there(case, officer, custody):
    with pytest.raises(NotThereError):
        grants.keep_consent(
            officer, case.id, uuid4(), NAMES, ASKING, at=LATER, custody=custody
        )


def test_no_consent_is_kept_for_a_body_of_a_state_that_is_feared(
    officer, family, custody
):
    feared = Hold("CHN", MORNING.date(), "wish_expressed")
    other = acts.register(
        officer,
        replace(family, reference="A-2", holds=(feared,)),
        submission="t",
        at=MORNING,
        custody=custody,
    )
    office = Organisation.objects.create(name="Bureau", kind="authority", state="CHN")

    code = refused(
        grants.keep_consent,
        officer,
        other.id,
        office.pk,
        NAMES,
        ASKING,
        at=LATER,
        custody=custody,
    )

    assert code == grants.STATE_FEARED


def test_who_opens_no_emergency_is_told_nothing_of_the_form(case, head, custody):
    asked = replace(ASKED, purpose="curiosity")

    with pytest.raises(NotThereError):
        emergencies.break_open(head, case.reference, asked, at=LATER, custody=custody)


def test_an_emergency_is_found_justified_or_not_and_nothing_else(
    case, somebody, custody
):
    guard, auditor = somebody("unhcr", "protection"), somebody("legal_aid", "auditor")
    row = emergencies.break_open(
        guard, case.reference, ASKED, at=LATER, custody=custody
    )

    code = refused(emergencies.review, auditor, row.pk, "perhaps", at=LATER)

    assert code == emergencies.FINDING


def test_who_reviews_no_emergency_reads_of_none(somebody, custody):
    with pytest.raises(NotThereError):
        emergencies.told(somebody("unhcr", "protection"), at=LATER, custody=custody)

    assert not Event.objects.exists()


def test_who_erases_nothing_lists_no_proposals(head):
    with pytest.raises(NotThereError):
        erasures.listed(head, at=LATER)


def test_no_proposal_to_erase_is_nothing_and_not_a_fault(case, works, custody):
    counsel = works("legal_aid", "counsel")

    assert erasures.open_of(counsel, case.id, at=LATER, custody=custody) is None


def test_no_emergency_is_reviewed_that_is_not_there(somebody):
    with pytest.raises(NotThereError):
        emergencies.review(somebody("unhcr", "auditor"), uuid4(), "justified", at=LATER)


def test_no_case_that_is_not_there_is_erased(somebody, custody):
    counsel = somebody("legal_aid", "counsel")

    with pytest.raises(NotThereError):
        erasures.open_of(counsel, uuid4(), at=LATER, custody=custody)


def test_the_same_words_of_another_are_another_proposal_to_erase(case, works, custody):
    counsel, guard = works("legal_aid", "counsel"), works("unhcr", "protection")
    said = erasures.Said(erasures.Ground.DANGER, "A list was copied.")
    erasures.propose(counsel, case.id, said, at=LATER, custody=custody)

    with pytest.raises(erasures.ErasingRefusedError) as told:
        erasures.propose(guard, case.id, said, at=LATER, custody=custody)

    assert told.value.code == erasures.PROPOSED_ALREADY


def test_no_reset_is_agreed_to_that_nobody_proposed(head):
    with pytest.raises(NotThereError):
        resets.agree(head, str(uuid4()), at=LATER)


def test_no_link_is_drawn_for_an_account_that_is_not_there(head):
    with pytest.raises(NotThereError):
        resets.draw_link(head, str(uuid4()), at=LATER)


@pytest.mark.parametrize("state", ["closed", "never used"])
def test_no_reset_is_proposed_for_an_account_out_of_use(head, somebody, state):
    guard = somebody("legal_aid", "protection")
    settled = None if state == "never used" else MORNING
    Account.objects.filter(pk=guard.account).update(
        settled=settled, is_active=state != "closed"
    )

    with pytest.raises(resets.ResetError):
        resets.propose(head, str(guard.account), at=LATER)


def test_a_proposal_to_erase_that_was_altered_erases_nothing(case, works, custody):
    counsel, guard = works("legal_aid", "counsel"), works("unhcr", "protection")
    said = erasures.Said(erasures.Ground.DANGER, "A list was copied.")
    row = erasures.propose(counsel, case.id, said, at=LATER, custody=custody)
    ErasingProposal.objects.filter(pk=row.pk).update(sealed=b"altered")

    with pytest.raises(erasures.ErasingRefusedError) as told:
        erasures.agree(guard, case.id, row.pk, at=LATER, custody=custody)

    assert told.value.code == erasures.UNREAD
