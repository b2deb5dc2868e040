"""A case is erased by two people of two organisations, and by nobody else."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from asylon.casework.erasing import Ground
from asylon_server.store.cases import acts, erasures, holds
from asylon_server.store.cases.erasures import ErasingRefusedError, Said
from asylon_server.store.cases.models import (
    Assignment,
    Case,
    Conflict,
    ErasingProposal,
)
from asylon_server.store.keystore.models import Tombstone, WrappedKey
from asylon_server.store.organisations import acts as accounts
from asylon_server.store.record.acts import seal
from asylon_server.store.record.checking import Check
from asylon_server.store.record.models import Event
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.vault.models import Compartment
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

DANGER = Said(Ground.DANGER, "Somebody copied the list.")
WISH = Said(Ground.WISH, "She asked for it.")
AFTER = LATER + timedelta(hours=1)


@pytest.fixture
def people():
    """Open accounts as the office does, so that the record knows their rows."""
    known = {}

    def opened(kind, role):
        if kind not in known:
            known[kind] = accounts.open_organisation(
                None, name=kind, kind=kind, state="CHN", at=MORNING
            )
        return accounts.open_account(
            None, name=f"{kind} {role}", role=role, organisation=known[kind], at=MORNING
        ).actor

    return opened


@pytest.fixture
def case(people, family, custody):
    officer = people("legal_aid", "registration")
    return acts.register(officer, family, submission="s1", at=MORNING, custody=custody)


@pytest.fixture
def assigned(people, case):
    """Make somebody whose work the case is."""

    def made(kind, role):
        actor = people(kind, role)
        Assignment.objects.create(case=case, account_id=actor.account, since=MORNING)
        return actor

    return made


@pytest.fixture
def counsel(assigned):
    return assigned("legal_aid", "counsel")


@pytest.fixture
def proposed(counsel, case, custody):
    return erasures.propose(counsel, case.id, DANGER, at=LATER, custody=custody)


def is_there():
    return bool(Compartment.objects.exists() and WrappedKey.objects.exists())


@pytest.fixture
def agree(case, proposed, custody):
    """Agree to what counsel proposed."""

    def agreed(actor, at=AFTER):
        erasures.agree(actor, case.id, proposed.id, at=at, custody=custody)

    return agreed


def test_a_proposal_erases_nothing(proposed, case):
    assert is_there()
    assert not Case.objects.within(erasures.Q(pk=case.id)).get().erased


def test_another_person_of_another_organisation_erases_it(case, assigned, agree):
    agree(assigned("unhcr", "protection"))

    assert not is_there()
    assert Tombstone.objects.filter(case=case.id).exists()


def test_the_record_says_by_whom_and_nothing_of_before(
    agree, case, counsel, assigned, sealer
):
    seal(sealer, at=LATER)
    other = assigned("unhcr", "protection")
    row = Assignment.objects.latest("pk")
    agree(other)
    seal(sealer, at=AFTER)

    [last] = Event.objects.filter(case=case.id).exclude(content=None)
    said = json.loads(bytes(last.content))
    assert (said["act"], said["by"]) == ("case erased", str(other.account))
    assert said["details"]["proposed_by"] == str(counsel.account)
    unknown = {f"cases.assignment:{pk}" for pk in range(row.pk + 1)}
    found = {(each.code, each.where) for each in Check(sealer.public).faults()}
    assert not {each for each in found if each[1] not in unknown}


def test_the_hold_is_not_lifted_by_an_erasing(agree, case, assigned, custody):
    agree(assigned("unhcr", "protection"))

    case.refresh_from_db()
    [held] = holds.standing(case, custody=custody)
    assert held.hold.stands
    assert held.hold.destination == "any"
    assert holds.counted(case, custody=custody) == 1


def test_nobody_agrees_to_their_own_proposal(agree, counsel):
    with pytest.raises(ErasingRefusedError, match="second-person"):
        agree(counsel)

    assert is_there()


def test_nobody_of_the_same_organisation_agrees(agree, assigned):
    with pytest.raises(ErasingRefusedError, match="second-organisation"):
        agree(assigned("legal_aid", "protection"))

    assert is_there()


OTHERS = [
    ("authority", "eligibility"),
    ("appeal_body", "appeal"),
    ("unhcr", "registration"),
    ("unhcr", "supervisor"),
    ("legal_aid", "administrator"),
]


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_agrees(who, agree, assigned):
    with pytest.raises(NotThereError):
        agree(assigned(*who))

    assert is_there()


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_proposes_or_declines(who, proposed, assigned, custody):
    other, now = assigned(*who), {"at": LATER, "custody": custody}

    for act, more in (
        (erasures.propose, (DANGER,)),
        (erasures.open_of, ()),
        (erasures.decline, (proposed.id, "no")),
    ):
        with pytest.raises(NotThereError):
            act(other, proposed.case_id, *more, **now)


def test_whom_the_case_is_not_assigned_to_finds_nothing(agree, people):
    with pytest.raises(NotThereError):
        agree(people("unhcr", "protection"))


def test_whoever_is_kept_away_by_a_conflict_does_not_agree(agree, case, assigned):
    other = assigned("unhcr", "protection")
    Conflict.objects.create(case=case, account_id=other.account)

    with pytest.raises(NotThereError):
        agree(other)


def test_a_proposal_of_somebody_who_left_is_agreed_to_by_nobody(
    agree, counsel, assigned
):
    accounts.close_account(None, counsel.account, at=LATER)

    with pytest.raises(ErasingRefusedError, match="proposer-gone"):
        agree(assigned("unhcr", "protection"))

    assert is_there()


def test_only_counsel_writes_down_a_wish(case, assigned, custody):
    with pytest.raises(ErasingRefusedError, match="counsel"):
        erasures.propose(
            assigned("unhcr", "protection"), case.id, WISH, at=LATER, custody=custody
        )


def test_nobody_agrees_to_another_proposal_than_the_one_that_waits(
    proposed, assigned, custody
):
    other = assigned("unhcr", "protection")

    with pytest.raises(NotThereError):
        erasures.agree(other, proposed.case_id, uuid4(), at=AFTER, custody=custody)

    assert is_there()


def test_nothing_is_erased_by_time(agree, assigned):
    late = LATER + erasures.LASTS

    with pytest.raises(NotThereError):
        agree(assigned("unhcr", "protection"), at=late)

    assert is_there()


def test_what_was_declined_is_not_agreed_to_and_may_be_proposed_again(
    agree, proposed, counsel, assigned, custody
):
    other, case = assigned("unhcr", "protection"), proposed.case_id
    why = "She changed her mind."
    erasures.decline(other, case, proposed.id, why, at=LATER, custody=custody)

    with pytest.raises(NotThereError):
        agree(other)
    again = erasures.propose(counsel, case, WISH, at=AFTER, custody=custody)
    assert again.pk != proposed.pk
    assert is_there()


def test_the_same_proposal_twice_is_one_and_another_is_refused(
    proposed, case, counsel, custody
):
    again = erasures.propose(counsel, case.id, DANGER, at=AFTER, custody=custody)

    assert again.pk == proposed.pk
    assert ErasingProposal.objects.count() == 1
    with pytest.raises(ErasingRefusedError, match="proposed-already"):
        erasures.propose(counsel, case.id, WISH, at=AFTER, custody=custody)


def test_why_is_sealed_and_goes_with_the_key(proposed, case, counsel, custody):
    [row] = ErasingProposal.objects.all()
    assert b"copied" not in bytes(row.sealed)
    asked = erasures.open_of(counsel, case.id, at=LATER, custody=custody)
    assert asked.said == DANGER

    WrappedKey.objects.all().delete()

    assert erasures.open_of(counsel, case.id, at=LATER, custody=custody).said is None


def test_a_conflict_hides_what_somebody_proposed_themself(proposed, counsel, case):
    assert erasures.listed(counsel, at=AFTER)

    Conflict.objects.create(case=case, account_id=counsel.account)

    assert erasures.listed(counsel, at=AFTER) == []


def test_both_see_afterwards_that_it_is_erased(agree, case, counsel, assigned):
    other = assigned("unhcr", "protection")
    agree(other)

    for actor in (counsel, other):
        [row] = erasures.listed(actor, at=AFTER)
        assert (row.reference, row.state) == (case.reference, "erased")
    assert erasures.listed(assigned("agency", "protection"), at=AFTER) == []
