"""Holds for a group: declared by two people of UNHCR, lifted by two organisations."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asylon.casework import ANY, Need, vouches
from asylon_server.store.cases import (
    acts,
    declaring,
    grouplifting,
    groups,
    lifting,
    lists,
    offices,
    reads,
    telling,
)
from asylon_server.store.cases.changes import Change
from asylon_server.store.cases.indexing import index_all
from asylon_server.store.cases.models import Assignment, GroupHold, GroupLifting
from asylon_server.store.cases.placing import HoldRefusedError
from asylon_server.store.organisations.acts import close_account
from asylon_server.store.rights.errors import NotThereError
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
SINCE = MORNING.date() - timedelta(days=30)
TEXT = "Everybody who left since the border was closed."
SHOWN = "Returns were stopped, and seen to be stopped."
SAFE = "durable_protection"


@pytest.fixture
def case(officer, family, custody):
    return acts.register(officer, family, submission="s1", at=MORNING, custody=custody)


@pytest.fixture
def unhcr(somebody):
    return somebody("unhcr", "protection"), somebody("unhcr", "supervisor")


@pytest.fixture
def aid(somebody):
    return somebody("legal_aid", "supervisor")


@pytest.fixture
def pair(unhcr, aid):
    return unhcr[0], aid


@pytest.fixture
def now(custody):
    return {"at": LATER, "custody": custody}


@pytest.fixture
def propose(custody):
    def made(who, state="PRK"):
        return declaring.propose(who, state, SINCE, TEXT, at=LATER, custody=custody)

    return made


@pytest.fixture
def declared(unhcr, propose, custody):
    def made(state="PRK"):
        row = propose(unhcr[0], state)
        declaring.declare(unhcr[1], row.pk, at=LATER, custody=custody)
        return row

    return made


@pytest.fixture
def ask(custody):
    def made(who, row, reason=SAFE):
        return grouplifting.propose(
            who, row.pk, reason, SHOWN, at=LATER, custody=custody
        )

    return made


@pytest.fixture
def waiting(unhcr, declared, ask):
    """A hold for a group, and a lifting that UNHCR proposed."""
    row = declared()
    return row, ask(unhcr[0], row)


@pytest.fixture
def agree(custody):
    def made(who, row, asked, at=LATER):
        grouplifting.agree(who, row.pk, asked.pk, at=at, custody=custody)

    return made


@pytest.fixture
def own_lifted(unhcr, aid, case, now):
    """A case whose own hold was lifted, read by whoever proposed that."""
    for who in (unhcr[0], aid):
        Assignment.objects.create(case=case, account_id=who.account, since=MORNING)
    made = lifting.propose(unhcr[0], case.id, 1, "left_safely", SHOWN, **now)
    lifting.agree(aid, case.id, made.pk, **now)
    return unhcr[0]


@pytest.fixture
def stands(custody):
    return lambda: [each.stands for each in groups.read(custody=custody)]


@pytest.fixture
def seen(case, custody):
    """Read the case as somebody whose work it is."""

    def read(who):
        Assignment.objects.get_or_create(
            case=case, account_id=who.account, defaults={"since": MORNING}
        )
        return reads.case_file(who, case.id, at=LATER, custody=custody)

    return read


def test_one_person_declares_nothing(unhcr, propose, custody, stands):
    row = propose(unhcr[0])

    with pytest.raises(HoldRefusedError, match="one-person"):
        declaring.declare(unhcr[0], row.pk, at=LATER, custody=custody)

    assert stands() == [False]


@pytest.mark.parametrize(
    "seat", [("legal_aid", "supervisor"), ("unhcr", "eligibility")]
)
def test_only_protection_and_supervisors_of_unhcr_declare(
    somebody, unhcr, propose, custody, seat
):
    other = somebody(*seat)

    with pytest.raises(NotThereError):
        propose(other)
    with pytest.raises(NotThereError):
        declaring.declare(other, propose(unhcr[0]).pk, at=LATER, custody=custody)


def test_every_case_of_the_group_shows_it_and_others_do_not(declared, seen, officer):
    declared("PRK")
    declared("ERI")

    read = seen(officer)

    assert [each.destination for each in read.groups] == ["PRK"]
    assert read.groups[0].begun == SINCE
    assert read.groups[0] in read.file.holds


def test_who_gives_out_a_case_sees_that_it_is_in_a_group_as_in_the_list(
    declared, case, aid, now
):
    declared()

    [listed] = offices.caseload(aid, **now).rows
    row = offices.work_on(aid, case.id, **now).row

    assert [each.begun for each in row.file.holds].count(SINCE) == 1
    assert row == listed


def test_a_case_that_is_registered_later_is_in_the_group(
    declared, officer, family, custody
):
    declared()
    file = replace(family, reference="A-2")

    new = acts.register(officer, file, submission="s2", at=LATER, custody=custody)

    read = reads.case_file(officer, new.id, at=LATER, custody=custody)
    assert [each.destination for each in read.groups] == ["PRK"]


def test_one_that_is_only_proposed_holds_nobody(unhcr, propose, seen, officer):
    propose(unhcr[0])

    assert seen(officer).groups == ()


@pytest.mark.parametrize(
    "seat", [("authority", "eligibility"), ("appeal_body", "appeal")]
)
def test_a_body_of_the_state_cannot_tell_who_is_in_a_group(
    declared, seen, somebody, seat, now
):
    body = somebody(*seat)
    declared()

    read = seen(body)

    assert read.groups == ()
    assert [each.ground for each in read.file.holds] == ["wish_expressed"]
    with pytest.raises(NotThereError):
        declaring.listed(body, **now)


def test_it_stands_over_a_case_whose_own_hold_was_lifted(
    own_lifted, declared, seen, now
):
    declared()

    assert seen(own_lifted).file.protects("p1", "PRK")
    page = lists.worklist(own_lifted, destination="PRK", **now)
    assert [row.file.protects("p1", "PRK") for row in page.rows] == [True]


def test_amending_a_case_of_the_group_writes_no_hold_for_it(
    declared, seen, officer, case, custody
):
    declared()
    seen(officer)

    need = Change("p1", "needs", new=Need("CR"))
    telling.tell(officer, case.id, [need], at=LATER, custody=custody)

    assert case.holds.count() == 1


def test_two_organisations_lift_it_and_one_is_unhcr(declared, pair, ask, agree, stands):
    row, (one, aid) = declared(), pair

    agree(aid, row, ask(one, row))

    assert stands() == [False]


def test_two_people_of_unhcr_do_not_lift_it(declared, unhcr, ask, agree, stands):
    row = declared()

    with pytest.raises(HoldRefusedError, match="one-organisation"):
        agree(unhcr[1], row, ask(unhcr[0], row))

    assert stands() == [True]


def test_two_offices_of_legal_aid_do_not_lift_it(declared, aid, somebody, ask, agree):
    row, other = declared(), somebody("legal_aid", "supervisor", office="Another aid")

    with pytest.raises(HoldRefusedError, match="not-without-who-declared"):
        agree(other, row, ask(aid, row))


def test_time_never_lifts_it(declared, pair, ask, agree, stands):
    row, (one, aid) = declared(), pair
    with pytest.raises(HoldRefusedError, match="reason-never-lifts"):
        ask(one, row, reason="time_passed")

    made = ask(one, row)

    with pytest.raises(HoldRefusedError, match=grouplifting.NOT_OPEN):
        agree(aid, row, made, at=LATER + timedelta(days=14))
    assert stands() == [True]


def test_a_no_needs_a_reason_and_ends_the_proposal(declared, unhcr, aid, ask, custody):
    row = declared()
    made = ask(unhcr[0], row)
    named = {"at": LATER, "custody": custody}
    with pytest.raises(HoldRefusedError, match=grouplifting.NO_WHY):
        grouplifting.decline(aid, row.pk, made.pk, " ", **named)

    grouplifting.decline(aid, row.pk, made.pk, "They were not stopped.", **named)

    [group] = groups.read(custody=custody)
    [told] = grouplifting.asked(group, custody=custody)
    assert (told.state(LATER), told.why) == ("declined", "They were not stopped.")


def test_while_a_lifting_is_open_no_other_is_proposed(declared, unhcr, ask):
    row = declared()
    first = ask(unhcr[0], row)

    assert ask(unhcr[0], row).pk == first.pk
    with pytest.raises(HoldRefusedError, match=grouplifting.PROPOSED_ALREADY):
        ask(unhcr[1], row)


def test_what_was_declined_is_asked_for_anew(declared, unhcr, aid, ask, now):
    row = declared()
    first = ask(unhcr[0], row)
    grouplifting.decline(aid, row.pk, first.pk, "They were not stopped.", **now)

    assert ask(unhcr[0], row).pk != first.pk


def test_what_a_closed_account_asked_for_lifts_nothing(declared, pair, ask, agree):
    row, (one, aid) = declared(), pair
    made = ask(one, row)
    close_account(None, one.account, at=LATER)

    with pytest.raises(HoldRefusedError, match=declaring.PROPOSER_GONE):
        agree(aid, row, made)


def test_what_a_closed_account_proposed_is_not_declared(unhcr, propose, now, stands):
    waiting = propose(unhcr[0])
    close_account(None, unhcr[0].account, at=LATER)

    with pytest.raises(HoldRefusedError, match=declaring.PROPOSER_GONE):
        declaring.declare(unhcr[1], waiting.pk, **now)
    assert stands() == [False]


def test_an_altered_row_holds_everybody_and_is_lifted_by_nobody(
    declared, unhcr, ask, seen, officer
):
    row = GroupHold.objects.get(pk=declared("ERI").pk)
    row.said = row.said.replace("ERI", "USA")
    row.save()

    assert [each.destination for each in seen(officer).groups] == [ANY]
    with pytest.raises(HoldRefusedError, match=grouplifting.UNREAD):
        ask(unhcr[0], row)


def test_a_proposal_that_was_put_into_the_table_lifts_nothing(
    declared, pair, unhcr, ask, agree
):
    row, (one, aid) = declared(), pair
    made = ask(one, row)
    made.said = made.said.replace(str(one.account), str(unhcr[1].account))
    made.save()

    with pytest.raises(HoldRefusedError, match=grouplifting.NOT_OPEN):
        agree(aid, row, made)


def test_with_a_new_index_key_it_is_marked_anew_and_reads_as_before(declared, custody):
    declared()
    new = custody.with_new_index()
    assert [each.is_read for each in groups.read(custody=new)] == [False]

    index_all(at=LATER, custody=new)

    [each] = groups.read(custody=new)
    assert (each.is_read, each.hold.destination, each.stands) == (True, "PRK", True)


WHO = ("unhcr a", "unhcr b", "aid a", "aid b", "authority", "agency")
SEATS = {
    "unhcr a": ("unhcr", "protection"),
    "unhcr b": ("unhcr", "supervisor"),
    "aid a": ("legal_aid", "protection"),
    "aid b": ("legal_aid", "supervisor"),
    "authority": ("authority", "supervisor"),
    "agency": ("agency", "protection"),
}
steps = st.tuples(
    st.sampled_from(["propose", "declare", "ask", "ask", "agree", "agree", "decline"]),
    st.sampled_from(WHO),
)


@pytest.fixture
def seats(somebody):
    return {name: somebody(*seat) for name, seat in SEATS.items()}


@pytest.fixture
def walk(seats, propose, ask, agree, custody):
    """Do random acts, whatever comes of each."""

    def walked(them):
        GroupLifting.objects.all().delete()
        GroupHold.objects.all().delete()
        for act, name in them:
            with suppress(HoldRefusedError, NotThereError):
                _try(act, seats[name], propose, ask, agree)

    def _try(act, who, *ways):
        row, made = GroupHold.objects.first(), GroupLifting.objects.last()
        named = {"at": LATER, "custody": custody}
        if act == "propose":
            propose(who)
        elif act == "declare" and row:
            declaring.declare(who, row.pk, **named)
        elif act == "ask" and row:
            ask(who, row)
        elif act == "agree" and made:
            agree(who, row, made)
        elif act == "decline" and made:
            grouplifting.decline(who, row.pk, made.pk, "No.", **named)

    return walked


@given(them=st.lists(steps, min_size=4, max_size=14))
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_in_no_order_of_acts_is_it_declared_or_lifted_but_by_such_pairs(
    them, walk, custody
):
    walk([("propose", "unhcr a"), *them])

    for each in groups.read(custody=custody):
        if each.is_declared:
            assert {hand.organisation_kind for hand in each.by} == {"unhcr"}
            assert len({hand.person for hand in each.by}) == 2
        if not each.hold.stands:
            by = each.hold.lifted.by
            assert len({hand.organisation for hand in by}) == 2
            assert "unhcr" in {hand.organisation_kind for hand in by}
            assert any(map(vouches, by))


def test_what_is_declared_is_declared_again_by_nobody_else(declared, somebody, now):
    row = declared()

    with pytest.raises(HoldRefusedError) as told:
        declaring.declare(somebody("unhcr", "protection"), row.pk, **now)

    assert told.value.code == declaring.DECLARED_ALREADY


def test_what_was_altered_stands_already_and_is_declared_by_nobody(
    unhcr, propose, stands, now
):
    row = propose(unhcr[0])
    GroupHold.objects.filter(pk=row.pk).update(said="altered")

    with pytest.raises(HoldRefusedError):
        declaring.declare(unhcr[1], row.pk, **now)

    assert stands() == [True]


def test_no_group_that_is_not_there_is_declared_or_lifted(unhcr, declared, now):
    declared()
    with pytest.raises(NotThereError):
        declaring.declare(unhcr[0], uuid4(), **now)
    with pytest.raises(NotThereError):
        grouplifting.propose(unhcr[0], uuid4(), SAFE, SHOWN, **now)


def test_no_lifting_that_nobody_proposed_is_agreed_to(unhcr, declared, now):
    row = declared()

    with pytest.raises(NotThereError):
        grouplifting.agree(unhcr[1], row.pk, uuid4(), **now)


NOBODY = [
    ("unhcr", "registration"),
    ("legal_aid", "counsel"),
    ("authority", "supervisor"),
]


@pytest.mark.parametrize("who", NOBODY, ids=" ".join)
def test_who_lifts_no_holds_neither_proposes_nor_answers(who, somebody, waiting, now):
    (row, asked), other = waiting, somebody(*who)

    with pytest.raises(NotThereError):
        grouplifting.propose(other, row.pk, SAFE, SHOWN, **now)
    with pytest.raises(NotThereError):
        grouplifting.agree(other, row.pk, asked.pk, **now)
    with pytest.raises(NotThereError):
        grouplifting.decline(other, row.pk, asked.pk, "No.", **now)
    assert grouplifting.awaiting(other, **now) == []


def test_what_is_only_proposed_is_not_lifted(unhcr, propose, now):
    row = propose(unhcr[0])

    with pytest.raises(NotThereError):
        grouplifting.propose(unhcr[1], row.pk, SAFE, SHOWN, **now)


def test_what_was_altered_after_it_was_asked_is_not_lifted(aid, waiting, agree, stands):
    row, asked = waiting
    GroupHold.objects.filter(pk=row.pk).update(said="altered")

    with pytest.raises(HoldRefusedError):
        agree(aid, row, asked)

    assert stands() == [True]


def test_a_group_waits_for_a_second_person_of_unhcr(unhcr, aid, propose, now):
    row = propose(unhcr[0])

    waits = [grouplifting.awaiting(who, **now) for who in (*unhcr, aid)]

    assert [[each.group for each in told] for told in waits] == [[], [row.pk], []]


def test_a_lifting_waits_for_another_organisation_while_it_is_open(
    unhcr, aid, waiting, agree, now
):
    row, asked = waiting
    over = now | {"at": LATER + grouplifting.LASTS}

    waits = [grouplifting.awaiting(who, **now) for who in (*unhcr, aid)]

    assert [len(told) for told in waits] == [0, 0, 1]
    assert grouplifting.awaiting(aid, **over) == []
    agree(aid, row, asked)
    assert grouplifting.awaiting(aid, **now) == []


def test_one_hold_is_declared_and_no_other(unhcr, propose, custody):
    first, second = propose(unhcr[0], "PRK"), propose(unhcr[0], "CHN")
    declaring.declare(unhcr[1], second.pk, at=LATER, custody=custody)

    declared = [
        each.row.pk for each in groups.read(custody=custody) if each.is_declared
    ]

    assert declared == [second.pk]
    assert first.pk != second.pk


def test_who_declares_twice_has_declared_once(unhcr, declared, custody):
    row = declared()

    declaring.declare(unhcr[1], row.pk, at=LATER, custody=custody)

    assert groups.one(row_of(row), custody=custody).stands


def test_what_bears_its_mark_is_not_marked_anew(declared, custody):
    declared()

    assert groups.unmarked(custody=custody) == 0
    assert groups.mark_anew(custody=custody) == []


def row_of(row):
    return GroupHold.objects.get(pk=row.pk)


def test_of_the_holds_over_a_case_those_for_a_group_are_named(
    case, officer, declared, now
):
    declared()

    seen = reads.case_file(officer, case.id, **now)

    assert (len(seen.file.holds), len(seen.groups)) == (2, 1)


def test_no_lifting_is_agreed_to_that_nobody_proposed(declared, ask, pair, now):
    row = declared()
    ask(pair[0], row)

    with pytest.raises(NotThereError):
        grouplifting.agree(pair[1], row.pk, uuid4(), **now)
