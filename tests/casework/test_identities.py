"""Which authority may hold who the people are: data with a day and a source."""

from datetime import date

import pytest

from asylon.casework.effects import NOT_RECOGNISED, effect_of_hold_here
from asylon.casework.identities import (
    _holdings,
    has_seat,
    may_hold_identities,
    read_holdings,
    state_bodies,
)
from asylon.law.errors import DocumentError
from asylon.law.tables import Table

ROW = {
    "state": "CHN",
    "may_hold": False,
    "from": date(1990, 1, 1),
    "source": "s",
    "read": False,
}
TODAY = date(2026, 11, 24)


def test_china_ships_as_no_for_its_authority_only():
    assert not may_hold_identities("authority", "CHN", TODAY)
    assert may_hold_identities("unhcr", "CHN", TODAY)
    assert not may_hold_identities("appeal_body", "CHN", TODAY)


def test_of_a_state_of_which_nothing_is_said_no_body_may_hold_any():
    for body in state_bodies():
        assert not may_hold_identities(body, "KOR", TODAY)
    assert may_hold_identities("legal_aid", "KOR", TODAY)


def test_a_body_of_the_state_people_flee_from_has_no_seat():
    assert not has_seat("authority", "PRK")
    assert not has_seat("appeal_body", "PRK")
    assert has_seat("authority", "CHN")


def test_the_latest_row_on_the_day_decides():
    rows = {"authority": [ROW, ROW | {"from": date(2030, 1, 1), "may_hold": True}]}

    [first, last] = read_holdings(Table(rows, "x"))["CHN"]

    assert (first.may_hold, last.may_hold) == (False, True)


def test_a_row_for_no_state_is_refused():
    with pytest.raises(DocumentError, match="state"):
        read_holdings(Table({"authority": [ROW | {"state": "XXX"}]}, "x"))


def test_nobody_may_hold_identities_where_holds_are_not_recognised():
    for state in _holdings():
        effect = effect_of_hold_here(state, TODAY).effect

        assert may_hold_identities("authority", state, TODAY) == (
            effect != NOT_RECOGNISED
        )
