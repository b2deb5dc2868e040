"""What differs between two law books, said in words."""

import pytest

from asylon import instruments
from asylon.law import Difference, differences
from tests.islands import island_law, island_law_where

ISLANDS = island_law()
FIVE = "island/article-5 from 2019-05-01"

CHANGES = {
    "a formula": (
        ("article-5.toml", "meant_to and poisoned_well", "poisoned_well"),
        Difference(
            f"{FIVE}, holds_when",
            "changed",
            "meant_to and poisoned_well and not (salt_wells is spared and salt_before)",
            "poisoned_well and not (salt_wells is spared and salt_before)",
        ),
    ),
    "a question": (
        ("article-5.toml", "Was the well salt before?", "Was it salt?"),
        Difference(
            f"{FIVE}, elements, salt_before, question",
            "changed",
            "Was the well salt before?",
            "Was it salt?",
        ),
    ),
    "a source": (
        ("islands.toml", "Article 4", "Article 4(1)"),
        Difference(
            "list islands, source, cite",
            "changed",
            "Island Convention, Article 4",
            "Island Convention, Article 4(1)",
        ),
    ),
    "a meaning": (
        ("salt_wells.toml", "whatever its water was like", "salt or sweet"),
        Difference(
            "parameter salt_wells, values, counted, meaning",
            "changed",
            "A well counts, whatever its water was like.",
            "A well counts, salt or sweet.",
        ),
    ),
    "a setting's value": (
        ("reef.toml", '"spared"', '"counted"'),
        Difference(
            "set reef, settings, salt_wells from 2010-01-01, value",
            "changed",
            "spared",
            "counted",
        ),
    ),
    "a scenario": (
        ("article-5.scenarios.toml", "in a storm", "in a gale"),
        Difference("article-5.scenarios.toml", "changed"),
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_one_change_is_one_difference(what):
    changed, difference = CHANGES[what]

    found = list(differences(ISLANDS, island_law_where(*changed)))

    assert found == [difference]


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_taken_back_is_told_the_other_way_round(what):
    changed, there = CHANGES[what]

    found = list(differences(island_law_where(*changed), ISLANDS))

    assert found == [Difference(there.where, "changed", there.new, there.old)]


def test_the_same_law_has_no_differences():
    assert not list(differences(ISLANDS, island_law()))
    assert not list(differences(instruments.book(), instruments.book()))


def test_comments_are_not_law():
    assert not list(
        differences(ISLANDS, island_law_where("reef.toml", "set =", "# R\nset ="))
    )


def test_a_new_first_day_is_another_version():
    found = list(
        differences(
            ISLANDS, island_law_where("article-5.toml", "2019-05-01", "2019-05-02")
        )
    )

    statement = ISLANDS.versions("island/article-5")[1].statement
    assert found == [
        Difference(FIVE, "removed", old=statement),
        Difference("island/article-5 from 2019-05-02", "added", new=statement),
    ]


def test_what_is_only_in_one_book_is_added_or_removed():
    fewer = island_law(without=("reef.toml", "fisher.toml", "article-5.1994.toml"))

    removed = list(differences(ISLANDS, fewer))
    added = list(differences(fewer, ISLANDS))

    assert {each.kind for each in removed} == {"removed"}
    assert {each.kind for each in added} == {"added"}
    assert [each.where for each in added] == [each.where for each in removed]
    assert [each.where for each in removed] == [
        "island/article-5 from 1994-06-01",
        "set reef",
        "fisher.toml",
    ]
