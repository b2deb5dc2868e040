"""A wish handed over, and the code for it: shown once, kept as a keyed hash, a ground."""

from __future__ import annotations

from datetime import timedelta

import pytest

from asylon.casework import ANY
from asylon_server.store.cases import erasing, holds, receipts
from asylon_server.store.cases.models import ReceiptCode
from asylon_server.store.cases.receipts import Wish
from asylon_server.store.record.models import Event
from asylon_server.store.rights.errors import NotThereError
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WISH = Wish("김정숙", "PRK", "저를 돌려보내지 마십시오.", "Hang")


@pytest.fixture
def take(officer, custody):
    def made(wish=WISH, who=officer, at=MORNING):
        return receipts.take(
            who, wish, reference="W-1", submission="w1", at=at, custody=custody
        )

    return made


@pytest.fixture
def find(custody):
    return lambda who, code: receipts.find(who, code, at=LATER, custody=custody)


@pytest.mark.parametrize(("wish", "state"), [(WISH, "PRK"), (Wish(), ANY)])
def test_a_code_is_a_ground_of_a_hold(take, custody, wish, state):
    case, code = take(wish)

    [each] = holds.standing(case, custody=custody)
    assert (each.hold.destination, each.hold.ground) == (state, "receipt_code")
    assert len(code) == 11


def test_no_table_and_no_event_holds_the_code_or_the_words(take):
    _case, code = take()

    said = [*ReceiptCode.objects.values_list("code_hash", flat=True)]
    said += Event.objects.values_list("content", flat=True)
    words = [code.encode(), WISH.words.encode(), WISH.name.encode()]
    assert not [each for each in said for word in words if word in bytes(each)]


def test_whoever_shows_the_code_is_found_at_the_office_that_gave_it(
    take, find, officer, somebody
):
    case, code = take()

    assert find(officer, f" {code.lower()} ").case == case.id
    assert find(somebody("legal_aid", "counsel"), code).is_readable is False
    assert find(somebody("unhcr", "registration"), code) is None
    assert find(officer, "AAAAA-AAAAA") is None


def test_the_same_form_sent_twice_gives_one_case_and_no_second_code(take):
    first, code = take()
    again, none = take(at=MORNING + timedelta(minutes=1))

    assert (first, none) == (again, "")
    assert code
    assert ReceiptCode.objects.count() == 1


def test_a_lost_code_is_replaced_and_the_first_stays_good(take, find, officer, custody):
    case, code = take()

    _reference, other = receipts.give(officer, case.id, at=LATER, custody=custody)

    assert other != code
    assert {find(officer, each).case for each in (code, other)} == {case.id}


@pytest.mark.parametrize(
    "seat",
    [
        ("authority", "eligibility"),
        ("appeal_body", "appeal"),
        ("agency", "protection"),
        ("legal_aid", "interpreter"),
    ],
)
def test_others_take_give_and_find_none(take, find, somebody, custody, seat):
    case, code = take()
    other = somebody(*seat)
    case.assignments.create(account_id=other.account, since=MORNING)

    for act in (
        lambda: take(who=other),
        lambda: find(other, code),
        lambda: receipts.give(other, case.id, at=LATER, custody=custody),
    ):
        with pytest.raises(NotThereError):
            act()


def test_nobody_gives_a_code_for_a_case_that_is_not_theirs(take, somebody, custody):
    case, _code = take()
    other = somebody("legal_aid", "counsel")

    with pytest.raises(NotThereError):
        receipts.give(other, case.id, at=LATER, custody=custody)


def test_no_code_finds_a_case_that_was_erased(take, find, officer):
    case, code = take()
    erasing.erase(None, case.id, at=LATER)

    assert find(officer, code) is None
