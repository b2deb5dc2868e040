"""The family as a picture: generations, couples, and what is only claimed."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asylon.casework import File, Person
from asylon.identity import Kinship, Name
from asylon.invented.people import People
from asylon_server.web.desk.picture import HIGH, WIDE, picture


def named(words):
    return Name(words, "Latn")


def somebody(name, *kin):
    return Person(name, names=(named(name.upper()),), kin=kin)


FAMILY = File(
    "A-1",
    people=(
        somebody("ma", Kinship("spouse", "pa"), Kinship("child", "son")),
        somebody("pa"),
        somebody(
            "son",
            Kinship("father", "pa"),
            Kinship("grandparent", names=(named("Old"),)),
        ),
        somebody(
            "her", Kinship("claimed_as_spouse", names=(named("Man"),), claimed_by="Man")
        ),
    ),
)


@pytest.fixture(scope="module")
def drawn():
    return picture(FAMILY)


def box(drawn, name):
    return next(each for each in drawn.boxes if each.name == name)


def test_older_generations_stand_higher(drawn):
    old, ma, pa, son = (box(drawn, each) for each in ("Old", "MA", "PA", "SON"))

    assert old.y < ma.y == pa.y < son.y


def test_a_couple_stands_together(drawn):
    ma, pa = box(drawn, "MA"), box(drawn, "PA")

    between = [
        each for each in drawn.boxes if ma.x < each.x < pa.x or pa.x < each.x < ma.x
    ]

    assert between == []
    assert ma.y == pa.y


def test_a_child_told_of_twice_hangs_from_its_parents_by_one_line(drawn):
    son = box(drawn, "SON")

    assert sum(each.path.endswith(f"V{son.y}") for each in drawn.lines) == 1


def test_who_is_known_by_name_alone_is_not_on_the_file(drawn):
    assert not box(drawn, "Old").is_on_file
    assert box(drawn, "MA").is_on_file


def test_a_claim_is_no_marriage(drawn):
    [claim] = [each for each in drawn.lines if each.kind == "claimed_as_spouse"]

    assert claim.doubted
    assert sum(each.doubted for each in drawn.lines) == 1


def test_children_of_different_parents_hang_from_lines_at_different_heights():
    half = File(
        "A-1",
        people=(
            somebody("ma"),
            somebody(
                "one", Kinship("mother", "ma"), Kinship("father", names=(named("A"),))
            ),
            somebody(
                "two", Kinship("mother", "ma"), Kinship("father", names=(named("B"),))
            ),
        ),
    )

    turns = {each.path.split("V")[1].split("H")[0] for each in picture(half).lines}

    assert len(turns) == 2


def test_a_tie_that_hangs_below_the_youngest_is_inside_the_picture():
    claimed = Kinship("claimed_as_spouse", names=(named("Man"),), claimed_by="Man")

    drawn = picture(File("A-1", people=(somebody("her", claimed),)))

    [word] = [each for each in drawn.lines if each.kind]
    assert word.y < drawn.height


def test_a_file_of_nobody_draws_nothing():
    assert picture(File("A-1")).boxes == ()


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_everybody_has_a_box_and_no_two_overlap(seed):
    for file in People(people=12, seed=seed).files():
        drawn = picture(file)
        outside = sum(not kin.other for each in file.people for kin in each.kin)

        assert len(drawn.boxes) == len(file.people) + outside
        for one, other in combinations(drawn.boxes, 2):
            assert abs(one.x - other.x) >= WIDE or abs(one.y - other.y) >= HIGH
        for each in drawn.boxes:
            assert 0 <= each.x <= drawn.width - WIDE
            assert 0 <= each.y <= drawn.height - HIGH
