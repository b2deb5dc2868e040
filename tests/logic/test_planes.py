"""Planes give on every claim what the same formula gives on that claim alone."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asylon.logic.evaluation import evaluate
from asylon.logic.exactness import compiled
from asylon.logic.formulas import All, Fact, Named, Not, Setting
from asylon.logic.planes import (
    Planes,
    count_of,
    everywhere,
    marked,
    nowhere,
    pack,
    places,
    planes,
    truths,
    unpack,
    words_for,
)
from asylon.logic.programs import Program
from asylon.logic.questions import Inquiry
from asylon.logic.reading import read
from asylon.logic.truth import BY_RANK, FALSE, TRUE, UNKNOWN
from tests.strategies import NAMES, ground_formulas

ROWS = list(product(BY_RANK, repeat=len(NAMES)))
"""Every way to find eight facts."""

COUNT = len(ROWS)
COLUMNS = {
    name: planes([row[place] for row in ROWS]) for place, name in enumerate(NAMES)
}


def answers(found, count=COUNT):
    return truths(found, np.arange(count))


def run(form, columns=COLUMNS, count=COUNT):
    return answers(Program({"": form}).run(columns, words_for(count))[""], count)


@given(ground_formulas(), st.data())
def test_planes_agree_with_every_other_engine(formula, data):
    form, inquiry = compiled(formula), Inquiry(formula)

    exact, plain = run(form), run(formula)

    for place in data.draw(st.lists(st.integers(0, len(ROWS) - 1), max_size=40)):
        known = dict(zip(NAMES, ROWS[place], strict=True))
        assert exact[place] is form.value(known) is inquiry.value(known)
        assert plain[place] is evaluate(formula, known)


@pytest.mark.parametrize(
    "text",
    [
        "a and b or not a and c",
        "(a or e) and d or not (a or e) and (b or c and not f)",
        "a and not a or e and g and (c or not d) and (h or not b)",
    ],
)
def test_planes_agree_on_every_way_to_find_eight_facts(text):
    letters = "abcdefgh"
    columns = dict(zip(letters, COLUMNS.values(), strict=True))
    form = compiled(read(text))
    inquiry = Inquiry(read(text))

    exact = run(form, columns)

    for row, found in zip(ROWS, exact, strict=True):
        known = dict(zip(letters, row, strict=True))
        assert found is form.value(known) is inquiry.value(known)


@given(ground_formulas(), ground_formulas())
def test_formulas_laid_out_together_keep_their_own_answers(one, other):
    together = Program({"one": one, "other": other})

    found = together.run(COLUMNS, words_for(len(ROWS)))

    assert answers(found["one"]) == run(one)
    assert answers(found["other"]) == run(other)


@given(ground_formulas())
def test_a_program_leaves_nothing_behind_for_its_next_run(formula):
    program = Program({"": formula})
    first = answers(program.run(COLUMNS, words_for(len(ROWS)))[""])

    program.run({}, words_for(len(ROWS)))
    program.run({}, 3)

    assert answers(program.run(COLUMNS, words_for(len(ROWS)))[""]) == first


def test_what_two_formulas_share_is_worked_out_once():
    shared = All((Fact("a"), Fact("b"), Fact("c")))

    one = Program({"one": shared})
    both = Program({"one": shared, "two": Not(Named("x", shared))})

    assert len(both) == len(one)


def test_a_fact_that_nobody_found_is_open():
    assert run(Fact("nobody"), {}, 3) == [UNKNOWN] * 3


def test_only_ground_formulas_are_laid_out():
    with pytest.raises(TypeError, match=r"^Not a ground formula: "):
        Program({"": Setting("p", "v")})


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 128, 1000])
def test_bits_come_out_as_they_went_in(count):
    bits = np.arange(count) % 3 == 1

    words = pack(bits)

    assert len(words) == words_for(count)
    assert (unpack(words, count) == bits).all()
    assert count_of(words) == bits.sum()
    assert places(words).tolist() == np.flatnonzero(bits).tolist()
    assert (marked(np.flatnonzero(bits), count) == words).all()


def test_every_claim_is_counted_and_none_past_the_last():
    assert count_of(everywhere(70)) == 70
    assert count_of(nowhere(70)) == 0


def test_answers_are_read_off_their_planes():
    given = [TRUE, UNKNOWN, FALSE, FALSE]

    found = planes(given)

    assert answers(found, 4) == given == [found.at(place) for place in range(4)]
    assert answers(found.opposite, 4) == [each.opposite for each in given]
    other = planes([TRUE, TRUE, FALSE, UNKNOWN])
    assert places(found.differs(other)).tolist() == [1, 3]
    assert isinstance(found.copied(), Planes)
