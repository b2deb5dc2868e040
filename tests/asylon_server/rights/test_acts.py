"""The table of rights, asked everything that can be asked, against acts.toml."""

from __future__ import annotations

from asylon_server.store.rights import shipped_table
from tests.asylon_server.rights.acting import (
    WORDS,
    cells,
    differences,
    disagreements,
    told,
)


def test_every_act_has_a_line():
    assert {(each.verb, each.thing) for each in told()} == set(WORDS)


def test_everybody_may_do_what_the_page_says_and_no_more():
    assert disagreements(shipped_table(), cells()) == []


def test_what_is_guarded_and_who_has_a_seat_is_what_the_page_says():
    assert differences(shipped_table()) == []
