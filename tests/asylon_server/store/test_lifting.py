"""Lifting a hold: two people of two organisations, and nothing else in any order."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import NamedTuple
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asylon.casework import vouches
from asylon.casework.actors import rules
from asylon_server.store.cases import acts, holdings, holds, lifting, placing, reads
from asylon_server.store.cases.models import Assignment, LiftingProposal, StandingHold
from asylon_server.store.organisations.acts import close_account
from asylon_server.store.record.models import Event
from asylon_server.store.rights.errors import NotThereError
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
SHOWN = "Arrived in Ottawa; seen there by our office."
SAFE = "left_safely"


@pytest.fixture
def case(officer, family, custody):
    return acts.register(officer, family, submission="s1", at=MORNING, custody=custody)


@pytest.fixture
def on_the_case(case, somebody):
    """Make somebody whose work the case is."""

    def made(kind, role, **named):
        who = somebody(kind, role, **named)
        Assignment.objects.create(case=case, account_id=who.account, since=MORNING)
        return who

    return made


@pytest.fixture
def guards(on_the_case):
    return on_the_case("unhcr", "protection"), on_the_case("legal_aid", "supervisor")


@pytest.fixture
def propose(case, custody):
    def made(who, reason=SAFE, words=SHOWN, at=LATER, number=1):
        return lifting.propose(
            who, case.id, number, reason, words, at=at, custody=custody
        )

    return made


@pytest.fixture
def agree(case, custody):
    def made(who, proposal, at=LATER):
        return lifting.agree(who, case.id, proposal.pk, at=at, custody=custody)

    return made


@pytest.fixture
def decline(case, custody):
    def made(who, proposal, why):
        lifting.decline(who, case.id, proposal.pk, why, at=LATER, custody=custody)

    return made


@pytest.fixture
def lifted(case, guards, propose, agree):
    agree(guards[1], propose(guards[0]))
    return case


@pytest.fixture
def read(case, custody):
    def told(who):
        seen = reads.case_file(who, case.id, at=LATER, custody=custody)
        told = holdings.holdings(who, seen, at=LATER, custody=custody)
        return [each for row in told.rows for each in row.proposals]

    return told


@pytest.fixture
def stands(case, custody):
    def told():
        return [each.hold.stands for each in holds.standing(case, custody=custody)]

    return told


def test_two_people_of_two_organisations_lift_a_hold(guards, propose, agree, stands):
    one, other = guards

    agree(other, propose(one))

    assert stands() == [False]
    said = [
        json.loads(bytes(each.content)) for each in Event.objects.order_by("number")
    ]
    assert [each["act"] for each in said][-2:] == [
        "hold lifting proposed",
        "hold lifted",
    ]


def test_a_lifted_hold_is_kept_with_who_lifted_it(
    guards, propose, agree, case, custody
):
    one, other = guards
    agree(other, propose(one))

    [each] = holds.standing(case, custody=custody)

    lifted = each.hold.lifted
    assert [hand.person for hand in lifted.by] == [str(one.account), str(other.account)]
    assert (lifted.reason, lifted.shown_by) == (SAFE, SHOWN)
    assert each.is_read


def test_one_person_never_lifts_a_hold(guards, propose, agree, stands):
    one, _other = guards

    with pytest.raises(placing.HoldRefusedError, match="one-person"):
        agree(one, propose(one))

    assert stands() == [True]


def test_two_people_of_one_office_never_lift_a_hold(
    guards, on_the_case, propose, agree, stands
):
    colleague = on_the_case("unhcr", "supervisor")

    with pytest.raises(placing.HoldRefusedError, match="one-organisation"):
        agree(colleague, propose(guards[0]))

    assert stands() == [True]


@pytest.mark.parametrize(
    "seat",
    [
        ("authority", "supervisor"),
        ("appeal_body", "supervisor"),
        ("agency", "protection"),
        ("legal_aid", "counsel"),
        ("unhcr", "eligibility"),
    ],
)
def test_who_may_not_take_part_proposes_and_agrees_to_nothing(
    guards, on_the_case, propose, agree, seat
):
    who = on_the_case(*seat)
    made = propose(guards[0])

    with pytest.raises(NotThereError):
        propose(who)
    with pytest.raises(NotThereError):
        agree(who, made)


def test_who_is_not_on_the_case_finds_no_proposal(guards, somebody, propose, agree):
    stranger = somebody("legal_aid", "protection")

    with pytest.raises(NotThereError):
        agree(stranger, propose(guards[0]))


@pytest.mark.parametrize(
    ("reason", "words", "code"),
    [
        ("time_passed", SHOWN, "reason-never-lifts"),
        ("withdrawal", SHOWN, "reason-never-lifts"),
        ("refusal", SHOWN, "reason-never-lifts"),
        ("tired of it", SHOWN, "no-such-reason"),
        (SAFE, "  ", "nothing-shown"),
    ],
)
def test_a_proposal_that_could_never_lift_is_not_kept(
    guards, propose, reason, words, code
):
    with pytest.raises(placing.HoldRefusedError, match=code):
        propose(guards[0], reason, words)

    assert not LiftingProposal.objects.exists()


def test_a_proposal_that_nobody_answers_ends_and_the_hold_stays(
    guards, propose, agree, stands
):
    one, other = guards
    made = propose(one)

    with pytest.raises(placing.HoldRefusedError, match=lifting.NOT_OPEN):
        agree(other, made, at=made.until)

    assert stands() == [True]


def test_a_longer_time_written_into_the_row_keeps_no_proposal_open(
    guards, propose, agree
):
    made = propose(guards[0])
    made.until += timedelta(days=900)
    made.save()

    with pytest.raises(placing.HoldRefusedError, match=lifting.NOT_OPEN):
        agree(guards[1], made, at=LATER + timedelta(days=15))


def test_a_proposal_put_under_another_name_lifts_nothing(
    guards, on_the_case, propose, agree, stands
):
    colleague = on_the_case("legal_aid", "protection")
    made = propose(colleague)
    made.by_id = guards[0].account
    made.save()

    with pytest.raises(placing.HoldRefusedError, match=lifting.NOT_OPEN):
        agree(guards[1], made)
    assert stands() == [True]


def test_a_proposal_moved_to_another_hold_lifts_nothing(
    guards, propose, agree, case, custody
):
    other = replace(holds.standing(case, custody=custody)[0].hold, destination="KOR")
    placing.place_hold(guards[0], case.id, other, at=LATER, custody=custody)
    made = propose(guards[0])
    made.hold = StandingHold.objects.get(case=case, number=2)
    made.save()

    with pytest.raises(placing.HoldRefusedError, match=lifting.NOT_OPEN):
        agree(guards[1], made)


def test_a_no_is_given_with_its_reason_and_ends_the_proposal(
    guards, propose, agree, decline, read
):
    one, other = guards
    made = propose(one)
    with pytest.raises(placing.HoldRefusedError, match=lifting.NO_WHY):
        decline(other, made, " ")

    decline(other, made, "Not seen by us.")

    [told] = read(other)
    assert (told.state(LATER), told.said.why) == (lifting.DECLINED, "Not seen by us.")
    with pytest.raises(placing.HoldRefusedError, match=lifting.NOT_OPEN):
        agree(other, made)


def test_the_same_proposal_sent_twice_is_one(guards, propose):
    assert propose(guards[0]) == propose(guards[0])
    with pytest.raises(placing.HoldRefusedError, match=lifting.PROPOSED_ALREADY):
        propose(guards[1])

    assert LiftingProposal.objects.count() == 1


def test_a_proposal_of_a_closed_account_lifts_nothing(guards, propose, agree, stands):
    made = propose(guards[0])
    close_account(None, guards[0].account, at=LATER)

    with pytest.raises(placing.HoldRefusedError, match=lifting.PROPOSER_GONE):
        agree(guards[1], made)
    assert stands() == [True]


def test_a_hold_that_does_not_open_is_lifted_by_nobody(case, guards, propose):
    row = case.holds.get()
    row.mark = bytes(reversed(bytes(row.mark)))
    row.save()

    with pytest.raises(placing.HoldRefusedError, match=lifting.UNREAD):
        propose(guards[0])


def test_what_shows_the_reason_is_in_no_table_and_in_no_event(guards, propose, agree):
    agree(guards[1], propose(guards[0]))

    said = [*LiftingProposal.objects.values_list("sealed", flat=True)]
    said += StandingHold.objects.values_list("sealed", flat=True)
    said += Event.objects.values_list("content", flat=True)

    assert not [e for e in said if b"Ottawa" in bytes(e) or SAFE.encode() in bytes(e)]


def test_a_body_of_the_state_reads_that_it_was_lifted_and_not_what_shows_it(
    lifted, on_the_case, custody, read
):
    body, case = on_the_case("authority", "eligibility"), lifted

    seen = reads.case_file(body, case.id, at=LATER, custody=custody)

    assert not seen.file.holds[0].stands
    assert "Ottawa" not in seen.file.as_json()
    assert read(body) == []


def test_work_shows_what_waits_for_ones_answer_and_not_ones_own(
    guards, somebody, propose, custody, case
):
    made = propose(guards[0])

    def waiting(who):
        return lifting.awaiting(who, at=LATER, custody=custody)

    assert [each.until for each in waiting(guards[1])] == [made.until]
    assert waiting(guards[0]) == []
    assert waiting(somebody("legal_aid", "protection")) == []
    assert lifting.awaiting(guards[1], at=made.until, custody=custody) == []


OF_FIXTURES = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
WHO = ("unhcr a", "unhcr b", "aid a", "aid b", "authority", "agency")


class Step(NamedTuple):
    """Something that somebody tries; most of it is refused."""

    act: str
    who: str
    reason: str
    words: str
    which: int


steps = st.builds(
    Step,
    st.sampled_from(
        ["propose", "propose", "agree", "agree", "decline", "wait", "place", "close"]
    ),
    st.sampled_from(WHO),
    st.sampled_from([SAFE, *sorted(rules("reason"))]),
    st.sampled_from([SHOWN, SHOWN, ""]),
    st.integers(0, 3),
)
_CASES = count(1)


@pytest.fixture
def seats(somebody):
    """Six people of four organisations."""
    made = {
        "unhcr a": ("unhcr", "protection"),
        "unhcr b": ("unhcr", "supervisor"),
        "aid a": ("legal_aid", "protection"),
        "aid b": ("legal_aid", "supervisor"),
        "authority": ("authority", "supervisor"),
        "agency": ("agency", "protection"),
    }
    return {name: somebody(*seat) for name, seat in made.items()}


@pytest.fixture
def walk(officer, family, custody, seats):
    """Do random acts on a new case, whatever comes of each."""

    def walked(them):
        file = replace(family, reference=f"W-{next(_CASES)}")
        case = acts.register(
            officer, file, submission=str(uuid4()), at=MORNING, custody=custody
        )
        for who in seats.values():
            Assignment.objects.create(case=case, account_id=who.account, since=MORNING)
        at, gone = LATER, set()
        for step in them:
            at += timedelta(days=6 if step.act == "wait" else 0, minutes=1)
            if step.act == "close":
                gone.add(step.who)
            who = replace(seats[step.who], active=step.who not in gone)
            with suppress(placing.HoldRefusedError, NotThereError):
                _try(step, who, case, at=at, custody=custody)
        return case

    return walked


def _try(step, who, case, **named):
    rows = list(LiftingProposal.objects.filter(hold__case=case).order_by("proposed"))
    if step.act == "propose":
        lifting.propose(who, case.id, 1, step.reason, step.words, **named)
    elif step.act == "place":
        hold = holds.standing(case, custody=named["custody"])[0].hold
        placing.place_hold(who, case.id, replace(hold, lifted=None), **named)
    elif step.act in {"agree", "decline"} and rows:
        more = (step.words,) if step.act == "decline" else ()
        row = rows[step.which % len(rows)]
        getattr(lifting, step.act)(who, case.id, row.pk, *more, **named)


@given(them=st.lists(steps, min_size=2, max_size=12))
@settings(max_examples=60, suppress_health_check=OF_FIXTURES)
def test_in_no_order_of_acts_does_a_hold_end_but_by_such_a_pair(them, walk, custody):
    case = walk(them)

    for each in holds.standing(case, custody=custody):
        assert each.is_read
        if not each.hold.stands:
            by = each.hold.lifted.by
            assert len({hand.person for hand in by}) == 2
            assert len({hand.organisation for hand in by}) == 2
            assert any(map(vouches, by))
            assert rules("reason")[each.hold.lifted.reason].lawful


def test_a_proposal_that_opens_no_longer_is_agreed_to_by_nobody(
    guards, propose, agree, stands
):
    one, other = guards
    made = propose(one)
    LiftingProposal.objects.filter(pk=made.pk).update(sealed=b"altered")

    with pytest.raises(placing.HoldRefusedError) as told:
        agree(other, made)

    assert told.value.code == lifting.NOT_OPEN
    assert stands() == [True]


def test_it_keeps_nobody_from_proposing_anew_and_nor_does_one_that_ended(
    guards, propose
):
    made = propose(guards[0])
    LiftingProposal.objects.filter(pk=made.pk).update(sealed=b"altered")

    anew = propose(guards[0])
    later = propose(guards[0], at=anew.until + timedelta(minutes=1))

    assert len({made.pk, anew.pk, later.pk}) == 3


def test_what_nobody_proposed_is_agreed_to_by_nobody(case, guards, custody):
    with pytest.raises(NotThereError):
        lifting.agree(guards[1], case.id, uuid4(), at=LATER, custody=custody)
