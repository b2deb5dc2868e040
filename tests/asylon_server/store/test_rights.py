"""Who may do what."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib.resources import files
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asylon.casework import state_bodies
from asylon_server.store.rights import Actor, Thing, can, shipped_table
from asylon_server.store.rights.errors import TableError
from asylon_server.store.rights.policy import is_assignable
from asylon_server.store.rights.table import table

TABLE = shipped_table()
ME, OFFICE, ELSEWHERE = (UUID(int=number) for number in (1, 2, 3))
EVERYBODY = sorted(
    (kind, role) for kind, roles in TABLE.organisations.items() for role in roles
)
THINGS = sorted({each.thing for each in TABLE.rights})
VERBS = sorted({verb for each in TABLE.rights for verb in each.verbs})


RELEASED = frozenset((ME, klass) for klass in TABLE.classes)


def actor(kind, role):
    return Actor(ME, OFFICE, kind, role)


def a_case(**given):
    return Thing("case", **({"organisation": OFFICE} | given))


actors = st.sampled_from(EVERYBODY).map(lambda each: actor(*each))
released = st.frozensets(
    st.tuples(st.sampled_from([ME, ELSEWHERE]), st.sampled_from(list(TABLE.classes)))
)
accounts = st.frozensets(st.sampled_from([ME, ELSEWHERE]))
things = st.builds(
    Thing,
    kind=st.sampled_from(THINGS),
    organisation=st.sampled_from([OFFICE, ELSEWHERE, None]),
    assigned=accounts,
    own=st.sampled_from([ME, ELSEWHERE, None]),
    conflicted=accounts,
    released=released,
    broken_open=released,
)


def test_a_registration_officer_searches_and_opens_cases_of_the_office():
    assert can(actor("legal_aid", "registration"), "open", a_case())
    assert can(actor("legal_aid", "registration"), "read", a_case()) is None


def test_an_officer_reads_what_is_assigned():
    mine = a_case(assigned=frozenset({ME}))

    assert "identity" in can(actor("unhcr", "eligibility"), "read", mine)
    assert "contact" not in can(actor("unhcr", "eligibility"), "read", mine)


STATE_BODIES = [each for each in EVERYBODY if each[0] in {"authority", "appeal_body"}]


@given(st.sampled_from(VERBS), things)
def test_a_state_reaches_a_guarded_field_only_where_it_was_released(verb, thing):
    for kind, role in STATE_BODIES:
        reached = can(actor(kind, role), verb, thing) or frozenset()

        let_go = {name for account, name in thing.released if account == ME}
        assert reached & TABLE.guarded <= let_go
        if ME not in thing.assigned:
            assert not reached & TABLE.guarded


@given(actors, st.sampled_from(VERBS), things)
def test_a_conflict_of_interest_keeps_everybody_out(who, verb, thing):
    kept = replace(thing, conflicted=thing.conflicted | {ME})

    assert can(who, verb, kept) is None


@given(actors, st.sampled_from(VERBS), things)
def test_a_closed_account_may_do_nothing(who, verb, thing):
    assert can(replace(who, active=False), verb, thing) is None


@given(st.sampled_from(VERBS), things, st.text(max_size=20), st.text(max_size=20))
def test_who_has_no_seat_may_do_nothing(verb, thing, kind, role):
    if role not in TABLE.organisations.get(kind, ()):
        assert can(actor(kind, role), verb, thing) is None


UNSEATED = [
    (kind, role)
    for kind in sorted(TABLE.organisations)
    for role in sorted({role for _kind, role in EVERYBODY})
    if role not in TABLE.organisations[kind]
]


@pytest.mark.parametrize("who", UNSEATED, ids=" ".join)
def test_a_role_that_its_organisation_does_not_give_may_do_nothing(who):
    mine = frozenset({ME})
    for name in THINGS:
        thing = Thing(name, OFFICE, mine, own=ME, released=RELEASED)
        assert all(can(actor(*who), verb, thing) is None for verb in VERBS)
    assert not is_assignable(*who)


def test_whose_work_a_case_can_be_is_whoever_may_do_something_with_it():
    mine = Thing("", ELSEWHERE, frozenset({ME}))
    away = Thing("", ELSEWHERE)

    def does(who, thing):
        return {
            (name, verb)
            for name in THINGS
            for verb in VERBS
            if can(who, verb, replace(thing, kind=name)) is not None
        }

    for each in EVERYBODY:
        who = actor(*each)
        assert is_assignable(*each) == (does(who, mine) != does(who, away))


@given(actors, st.sampled_from(VERBS), things)
def test_another_office_changes_nothing_by_its_own_will(who, verb, thing):
    away = replace(
        thing,
        organisation=ELSEWHERE,
        assigned=frozenset(),
        own=None,
        broken_open=frozenset(),
    )

    reached = can(who, verb, away)

    # A hold for a group is no office's, and names nobody.
    is_anyones = (thing.kind, verb) == ("hold", "place") or thing.kind == "group"
    assert reached is None or is_anyones
    assert not reached


@given(actors, things)
def test_an_emergency_shows_what_was_named_and_protects(who, thing):
    opened = replace(
        thing, kind="case", assigned=frozenset(), own=None, conflicted=frozenset()
    )

    assert can(who, "write", opened) is None
    reached = can(who, "read", opened) or frozenset()
    named = {name for account, name in thing.broken_open if account == ME}
    opens = who.role == "protection" and who.kind in {"unhcr", "legal_aid"}
    assert reached == (named & TABLE.emergency if opens else frozenset())
    assert "narrative" not in reached


@given(actors, things)
def test_what_is_released_opens_the_case_and_nothing_beside_it(who, thing):
    bare = replace(thing, released=frozenset(), broken_open=frozenset())

    if thing.kind != "case":
        assert can(who, "read", thing) == can(who, "read", bare)


@given(st.sampled_from(VERBS), things)
def test_what_is_withheld_no_release_opens_for_a_state(verb, thing):
    for kind, role in STATE_BODIES:
        reached = can(actor(kind, role), verb, thing) or frozenset()

        assert not reached & {"whereabouts", "helpers"}


OF_AID = {"organisation": ["legal_aid"], "role": ["protection"]}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"near": ["friend"]}, "the tie `friend`"),
        ({"class": ["dreams"]}, "the field class `dreams`"),
        ({"organisation": ["police"]}, "the kind of organisation `police`"),
        ({"role": ["registration"]}, "the role `registration`"),
        ({"class": ["identity"]}, "body of the state, authority, see identity"),
        ({"near": ["emergency"]}, "opens more in an emergency than it may"),
        (OF_AID | {"near": ["emergency", "office"]}, "more in an emergency"),
        (OF_AID | {"near": ["emergency"], "verb": ["write"]}, "more in an emergency"),
    ],
)
def test_a_row_that_the_table_cannot_mean_is_refused(words, told):
    row = {
        "organisation": ["authority"],
        "role": ["eligibility"],
        "thing": "case",
        "verb": ["read"],
        "near": ["assigned"],
        "class": ["claim"],
    }
    made = {
        "organisations": {
            kind: list(roles) for kind, roles in TABLE.organisations.items()
        },
        "classes": dict(TABLE.classes),
        "guarded": list(TABLE.guarded),
        "state_bodies": list(TABLE.state_bodies),
        "right": [row | words],
    }

    with pytest.raises(TableError, match=told):
        table(made)


def test_the_table_that_ships_is_read_anew_as_it_was():
    text = (
        files("asylon_server.store.rights").joinpath("rights.toml").read_text("utf-8")
    )

    assert table(tomllib.loads(text)) == TABLE


@pytest.mark.parametrize("who", EVERYBODY, ids=" ".join)
def test_whatever_an_open_account_may_a_closed_one_may_not(who):
    thing = Thing("", OFFICE, frozenset({ME}), own=ME)
    asked = [(verb, replace(thing, kind=name)) for name in THINGS for verb in VERBS]
    open_, closed = actor(*who), replace(actor(*who), active=False)

    assert any(can(open_, *each) is not None for each in asked)
    assert all(can(closed, *each) is None for each in asked)


def test_the_same_bodies_are_the_states_in_the_table_and_in_casework():
    assert TABLE.state_bodies == state_bodies()


@given(st.sampled_from(VERBS), things)
def test_a_body_of_the_state_that_is_feared_finds_nothing(verb, thing):
    fearful = replace(thing, feared=frozenset({"CHN"}))
    for kind, role in EVERYBODY:
        theirs = replace(actor(kind, role), state="CHN")
        if (kind, role) in STATE_BODIES:
            assert can(theirs, verb, fearful) is None
            assert can(replace(theirs, state="KOR"), verb, fearful) == can(
                theirs, verb, thing
            )
        else:
            assert can(theirs, verb, fearful) == can(theirs, verb, thing)


def test_who_reads_no_case_reads_none_that_was_released_to_them():
    mine = a_case(assigned=frozenset({ME}), released=RELEASED)
    for kind, role in EVERYBODY:
        if role in {"administrator", "auditor"}:
            assert can(actor(kind, role), "read", mine) is None
        if role == "administrator":
            assert all(can(actor(kind, role), verb, mine) is None for verb in VERBS)


def test_a_release_of_fields_opens_nothing_but_the_case():
    for kind, role in EVERYBODY:
        for name in set(THINGS) - {"case"}:
            mine = Thing(name, OFFICE, frozenset({ME}))
            open_ = replace(mine, released=RELEASED, broken_open=RELEASED)
            for verb in VERBS:
                who = actor(kind, role)
                assert can(who, verb, open_) == can(who, verb, mine)


def test_nobody_is_tied_to_what_is_nobodys():
    nobody = Actor(uuid4(), OFFICE, "legal_aid", "applicant")

    assert can(nobody, "read", a_case(own=None)) is None
