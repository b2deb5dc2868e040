"""Holds: placed by the first sign, and ended by nothing but what the rules name."""

from dataclasses import replace
from datetime import date, timedelta
from inspect import getmodule, getsource
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from asylon.casework import (
    ANY,
    Actor,
    File,
    Hold,
    Lifted,
    Lifting,
    Refusal,
    Withdrawal,
    has_effect,
    lifting,
    placed,
    protected,
)
from asylon.casework.actors import rules, vocabularies
from asylon.casework.effects import NOT_KNOWN, effect_of_hold_here, read_effects
from asylon.casework.needs import need_kinds, needs
from asylon.casework.sentences import refused
from asylon.identity import RecordError
from asylon.languages import catalogue
from asylon.law.errors import DocumentError
from asylon.law.tables import Table
from asylon.logic.truth import FALSE, TRUE, UNKNOWN
from tests.casework.records import AUTHORITY, BEGUN, COUNSEL, DAYS, LATER, UNHCR

HOLD = Hold("PRK", BEGUN, "wish_expressed", "p1")
LAWFUL = sorted(name for name, each in rules("reason").items() if each.lawful)
UNLAWFUL = sorted(set(rules("reason")) - set(LAWFUL))
ANYBODY = st.builds(
    Actor,
    st.sampled_from(["x", "y", "z", ""]),
    st.sampled_from(["A", "B", "C"]),
    st.sampled_from([*rules("organisation"), "border police"]),
    st.sampled_from([*rules("role"), "commander"]),
)


def lift(by, reason="left_safely", hold=HOLD, shown_by="a letter", on=LATER):
    return lifting(hold, by, reason, shown_by=shown_by, on=on)


def is_allowed(by, reason):
    """The rules said once more, from the issue's words, to compare with."""
    kinds, roles = rules("organisation"), rules("role")
    sound = all(
        each.person and each.organisation_kind in kinds and each.role in roles
        for each in by
    )
    if not sound or not all(roles[each.role].may_lift for each in by):
        return False
    if len({(a.organisation, a.organisation_kind) for a in by}) > len(
        {a.organisation for a in by}
    ):
        return False
    return reason in LAWFUL and any(
        one.organisation_kind in {"unhcr", "legal_aid"}
        and one.person != other.person
        and one.organisation != other.organisation
        for one, other in product(by, by)
    )


@given(st.lists(ANYBODY, max_size=4), st.sampled_from([*LAWFUL, *UNLAWFUL, "mercy"]))
def test_a_hold_is_lifted_exactly_as_the_rules_say(by, reason):
    done = lift(by, reason)

    assert isinstance(done, Lifted) == is_allowed(by, reason)


@pytest.mark.parametrize("reason", LAWFUL)
def test_two_people_of_two_organisations_lift_a_hold(reason):
    done = lift([UNHCR, AUTHORITY], reason)

    assert isinstance(done, Lifted)
    assert not done.hold.stands
    assert done.hold.lifted.by == (UNHCR, AUTHORITY)
    assert lift([UNHCR, AUTHORITY], hold=done.hold) == Refusal(
        "casework.hold.lifted-already"
    )


@pytest.mark.parametrize("reason", UNLAWFUL)
def test_no_number_of_people_lifts_a_hold_for_another_reason(reason):
    done = lift([UNHCR, AUTHORITY, COUNSEL], reason)

    assert done == Refusal("casework.hold.reason-never-lifts")


@pytest.mark.parametrize(
    ("by", "code"),
    [
        ([], "one-person"),
        ([UNHCR], "one-person"),
        ([UNHCR, replace(AUTHORITY, person="u1")], "one-person"),
        ([UNHCR, replace(UNHCR, person="u2")], "one-organisation"),
        ([AUTHORITY, replace(AUTHORITY, person="a2")], "one-organisation"),
        (
            [AUTHORITY, Actor("a2", "Police", "authority", "supervisor")],
            "nobody-vouches",
        ),
        (
            [AUTHORITY, Actor("b1", "Court", "appeal_body", "appeal_officer")],
            "nobody-vouches",
        ),
        ([UNHCR, replace(AUTHORITY, organisation_kind="army")], "no-such-organisation"),
        ([UNHCR, replace(AUTHORITY, organisation=UNHCR.organisation)], "two-kinds"),
        ([UNHCR, replace(AUTHORITY, role="administrator")], "role-may-not"),
        ([UNHCR, replace(AUTHORITY, person=" ")], "nobody-named"),
    ],
)
def test_who_may_not_lift_a_hold_is_told_why(by, code):
    assert lift(by) == Refusal(f"casework.hold.{code}")


def test_a_person_who_acts_for_two_organisations_vouches_for_nobody_else():
    """The one who vouches is the same as the one of the authority's two."""
    by = [
        AUTHORITY,
        Actor("a1", "Harbour Law", "legal_aid", "counsel"),
        replace(AUTHORITY, person="a2", organisation="Harbour Law 2"),
    ]

    assert isinstance(lift(by), Lifted)
    assert lift([by[0], by[1]]) == Refusal("casework.hold.one-person")


def test_what_shows_a_reason_has_to_be_said():
    assert lift([UNHCR, AUTHORITY], shown_by=" ") == Refusal(
        "casework.hold.nothing-shown"
    )
    assert lift([UNHCR, AUTHORITY], on=date(2026, 1, 4)) == Refusal(
        "casework.hold.before-it-began"
    )


def test_a_hold_of_unhcr_is_not_lifted_without_unhcr():
    hold = Hold(ANY, BEGUN, "group_hold")

    assert lift([COUNSEL, AUTHORITY], hold=hold) == Refusal(
        "casework.hold.not-without-who-declared"
    )
    assert isinstance(lift([UNHCR, AUTHORITY], hold=hold), Lifted)


def test_a_hold_for_a_group_is_unhcrs_to_declare():
    hold = Hold(ANY, BEGUN, "group_hold")
    refusal = Refusal("casework.hold.not-theirs-to-declare")

    assert placed((), hold) == placed((), hold, by=AUTHORITY) == refusal
    assert placed((), hold, by=UNHCR) == (hold,)


@pytest.mark.parametrize("ground", ["wish_expressed", "receipt_code"])
def test_anybodys_word_begins_a_hold(ground):
    hold = Hold("PRK", BEGUN, ground)

    assert placed((), hold) == (hold,)


@given(st.lists(st.tuples(DAYS, st.sampled_from(sorted(rules("ground")))), min_size=1))
def test_a_hold_begins_at_the_first_of_its_grounds(signs):
    holds = ()
    for on, ground in signs:
        holds = placed(holds, Hold("PRK", on, ground, "p1"), by=UNHCR)

    (hold,) = holds
    assert (hold.begun, hold.ground) in signs
    assert hold.begun == min(on for on, _ in signs)


def test_a_new_sign_after_a_lifting_places_a_new_hold():
    lifted = lift([UNHCR, AUTHORITY]).hold

    holds = placed((lifted,), replace(HOLD, begun=LATER))

    assert holds == (lifted, replace(HOLD, begun=LATER))
    assert protected(holds, "p1", "PRK")


def test_a_lifted_hold_is_not_placed():
    lifted = lift([UNHCR, AUTHORITY]).hold

    assert placed((HOLD,), lifted) == Refusal("casework.hold.lifted-already")


def test_holds_are_per_destination_and_person():
    assert HOLD.covers("p1", "PRK")
    assert not HOLD.covers("p1", "RUS")
    assert not HOLD.covers("p2", "PRK")
    assert Hold(ANY, BEGUN, "receipt_code").covers("p2", "RUS")


def test_a_file_cannot_bring_a_lifting_that_the_rules_refuse():
    forged = Lifting(LATER, "left_safely", "a letter", (AUTHORITY,))

    with pytest.raises(RecordError, match=r"casework\.hold\.one-person"):
        replace(HOLD, lifted=forged)


def test_a_lifted_hold_comes_back_with_who_lifted_it():
    lifted = lift([UNHCR, AUTHORITY], hold=replace(HOLD, person="")).hold
    file = File("c1", holds=(lifted,))

    assert File.from_json(file.as_json()) == file


@pytest.mark.parametrize(
    ("custody", "present", "code"),
    [
        (TRUE, (UNHCR, COUNSEL), "casework.withdrawal.in-custody"),
        (UNKNOWN, (UNHCR,), "casework.withdrawal.in-custody"),
        (FALSE, (), "casework.withdrawal.nobody-present"),
        (FALSE, (AUTHORITY,), "casework.withdrawal.nobody-present"),
        (
            FALSE,
            (replace(AUTHORITY, role="counsel"),),
            "casework.withdrawal.nobody-present",
        ),
    ],
)
def test_a_withdrawal_nobody_vouches_for_has_no_effect(custody, present, code):
    assert has_effect(Withdrawal(LATER, custody, present)) == Refusal(code)


@pytest.mark.parametrize("present", [UNHCR, COUNSEL])
def test_a_withdrawal_in_freedom_with_unhcr_or_counsel_has_effect(present):
    assert has_effect(Withdrawal(LATER, FALSE, (AUTHORITY, present))) is None


class Years(RuleBasedStateMachine):
    """Anything happens to a case, for as long as it likes; the hold is watched."""

    def __init__(self):
        super().__init__()
        self.day, self.holds, self.first = BEGUN, (HOLD,), BEGUN
        self.lifted_by_right = False

    @rule(days=st.integers(1, 20_000))
    def time_passes(self, days):
        self.day = min(self.day + timedelta(days=days), date(2500, 1, 1))

    @rule(reason=st.sampled_from(UNLAWFUL), by=st.lists(ANYBODY, max_size=4))
    def somebody_gives_a_reason_that_is_none(self, reason, by):
        assert isinstance(self._try(by, reason), Refusal)

    @rule(reason=st.sampled_from(LAWFUL), by=st.lists(ANYBODY, max_size=4))
    def somebody_gives_a_lawful_reason(self, reason, by):
        self.lifted_by_right |= is_allowed(by, reason)
        self._try(by, reason)

    @rule(reason=st.sampled_from(LAWFUL), by=ANYBODY)
    def one_person_tries_alone_and_twice(self, reason, by):
        assert isinstance(self._try([by, by], reason), Refusal)

    @rule(reason=st.sampled_from(LAWFUL), by=st.lists(ANYBODY, min_size=1, max_size=4))
    def authorities_try_together(self, reason, by):
        theirs = [replace(each, organisation_kind="authority") for each in by]
        assert isinstance(self._try(theirs, reason), Refusal)

    @rule(custody=st.sampled_from([TRUE, FALSE, UNKNOWN]), by=st.lists(ANYBODY))
    def a_withdrawal_is_said(self, custody, by):
        before = self.holds
        has_effect(Withdrawal(self.day, custody, tuple(by)))
        assert isinstance(self._try(by, "withdrawal"), Refusal)
        assert self.holds == before

    @rule(on=DAYS, ground=st.sampled_from(sorted(set(rules("ground")))))
    def another_sign_is_seen(self, on, ground):
        stood = any(each.stands for each in self.holds)
        self.holds = placed(self.holds, Hold("PRK", on, ground, "p1"), by=UNHCR)
        self.first = min(self.first, on) if stood else on
        self.lifted_by_right = False

    def _try(self, by, reason):
        done = Refusal("nothing stands")
        for place, each in enumerate(self.holds):
            if each.stands:
                on = max(self.day, each.begun)
                done = lifting(each, by, reason, shown_by="a letter", on=on)
                if isinstance(done, Lifted):
                    self.holds = (
                        *self.holds[:place],
                        done.hold,
                        *self.holds[place + 1 :],
                    )
        return done

    @invariant()
    def it_protects_unless_lifted_by_right(self):
        assert protected(self.holds, "p1", "PRK") or self.lifted_by_right

    @invariant()
    def it_never_begins_later_than_its_first_sign(self):
        begun = [each.begun for each in self.holds if each.stands]
        assert all(each == self.first for each in begun)

    @invariant()
    def no_hold_is_ever_lost(self):
        assert self.holds
        lifted = [each.lifted for each in self.holds if each.lifted]
        assert all(is_allowed(each.by, each.reason) for each in lifted)


TestYears = Years.TestCase


def test_in_china_a_hold_is_not_recognised():
    effect = effect_of_hold_here("CHN", LATER)

    assert effect.effect == "not_recognised"
    assert not effect.protects
    assert effect.source


@pytest.mark.parametrize(("state", "on"), [("LAO", LATER), ("CHN", date(1950, 1, 1))])
def test_where_nothing_is_recorded_a_hold_promises_nothing(state, on):
    effect = effect_of_hold_here(state, on)

    assert effect.effect == NOT_KNOWN
    assert not effect.protects


def test_the_effect_of_a_day_is_the_last_that_began():
    def row(year, effect):
        day = date(year, 1, 1)
        said = {"state": "CHN", "effect": effect, "from": day}
        return {**said, "source": "x", "read": False}

    rows = [row(2020, "observed"), row(2010, "notified")]
    read = read_effects(Table({"effect": rows}, "effects.toml"))

    assert [each.effect for each in read["CHN"]] == ["notified", "observed"]
    with pytest.raises(DocumentError, match="there is no such effect"):
        read_effects(Table({"effect": [row(2020, "respected")]}, "effects.toml"))


def test_every_refusal_can_be_told_and_every_one_told_can_happen():
    source = getsource(getmodule(placed))
    for code in rules("refusal"):
        assert f'"{code}"' in source
        assert refused(Refusal(code), catalogue()) != code


def test_words_of_the_rules_have_names():
    for each in (*vocabularies(), needs()):
        assert all(each.name(word, catalogue()) for word in each)
    assert needs().name("ZZ", catalogue()) == "ZZ"
    assert need_kinds()["SV"].is_given_out(LATER)


@pytest.mark.parametrize("language", ["ko", "zh"])
def test_why_a_hold_stands_is_told_in_each_language(language):
    refusal = Refusal("casework.hold.one-person")

    assert refused(refusal, catalogue(language)) != refused(refusal, catalogue())
    assert needs().name("CR", catalogue(language)) != "child at risk"
