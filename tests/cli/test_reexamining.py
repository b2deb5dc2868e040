"""`asylon reexamine`, as it is used."""

import json

import pytest

from asylon.determination.flips import DIRECTIONS

SETS = ("--from", "gbr", "--to", "unhcr")
DAYS = ("--from-on", "2026-06-30", "--on", "2026-06-30")
INVENTED = ("reexamine", *SETS, *DAYS, "--synthetic", "400")
PUBLISHED = "src/asylon/determination/published.toml"


def without_times(row):
    left_out = {"seconds", "stages", "claims_per_second", "engine"}
    return {key: value for key, value in row.items() if key not in left_out}


def test_flips_are_counted_by_direction(ask):
    (row,) = ask(*INVENTED, "--json").rows

    assert tuple(row["flips"]) == DIRECTIONS
    assert row["claims"] == sum(sum(each.values()) for each in row["outcomes"].values())
    assert sum(row["flips"].values()) > 50
    assert row["claims_per_second"] > 0
    assert row["bytes_read"] > 0
    assert (
        row["from"][0]["status"] == row["to"][0]["status"] == "draft, in force nowhere"
    )
    assert "nobody's status changes" in row["beside"]


def test_both_engines_print_the_same(ask):
    one, other = (
        ask(*INVENTED, "--json", "--each", "--engine", e).rows
        for e in ("planes", "rows")
    )

    assert without_times(one[0]) == without_times(other[0])
    assert one[1:] == other[1:]
    assert len(one) == 1 + sum(one[0]["flips"].values())


def test_reasons_are_given_for_the_first_flips(ask):
    head, *flips = ask(*INVENTED, "--json", "--reasons", "3").rows

    assert len(flips) == 3
    for flip in flips:
        assert flip["elements"]
        assert flip["direction"] in DIRECTIONS
        assert flip["reasons"]["before"]["value"] == flip["before"]
        assert flip["reasons"]["after"]["value"] == flip["after"]
    assert sum(head["flips"].values()) > 3


def test_the_same_seed_draws_the_same_claims(ask):
    first, again, other = (
        ask(*INVENTED, "--json", "--seed", seed).rows[0]["outcomes"] for seed in "112"
    )

    assert first == again != other


def test_people_are_told_that_nobodys_status_changes(ask):
    said = ask(*INVENTED)

    assert said.code == 0
    assert "nobody's status changes" in said.out
    assert "in force nowhere" in said.out
    assert "For review (the first 10)" in said.out
    assert "potential_nationality: national_or_entitled" in said.out


def test_reasons_are_told_to_people_too(ask):
    said = ask(*INVENTED, "--reasons", "1")

    assert "For review (the first 1)" in said.out
    assert "Before: " in said.out
    assert "After: " in said.out


def test_a_file_of_decisions_is_re_examined(ask):
    head, *flips = ask("reexamine", PUBLISHED, *SETS, "--json", "--each").rows

    assert head["claims"] == 43
    assert len(head["from"]) > 1
    assert {flip["id"] for flip in flips} <= {f"D{n:02}" for n in range(1, 100)}
    assert json.dumps(flips) == json.dumps(
        ask("reexamine", PUBLISHED, *SETS, "--json", "--each", "--engine", "rows").rows[
            1:
        ]
    )


def test_where_nothing_changes_nothing_flips(ask):
    said = ask("reexamine", "--from", "gbr", "--to", "gbr", *DAYS, "--synthetic", "50")

    assert "0 of 50 claims come out differently" in said.out
    assert "For review" not in said.out


def test_one_set_is_re_examined_from_one_day_to_another(ask):
    (row,) = ask(
        *("reexamine", "--from", "gbr", "--from-on", "2010-12-31"),
        *("--to", "gbr", "--on", "2014-12-31", "--synthetic", "300", "--json"),
    ).rows

    assert row["from"][0]["on"] == "2010-12-31"
    assert "potential_nationality" in row["parameters"]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (("--synthetic", "0"), "--synthetic 0: from 1 to"),
        ((), "name a file of claims, or say --synthetic N"),
        (
            (PUBLISHED, "--synthetic", "5"),
            "name a file of claims, or say --synthetic N",
        ),
        (("--synthetic", "5", "--engine", "x"), "--engine x: there is planes, rows."),
        (("--synthetic", "5", "--seed", "-1"), "--seed and --reasons"),
        (("--synthetic", "5", "--lang", "tlh"), "--lang tlh: there is"),
        (("--synthetic", "5", "--from-on", "soon"), "--from-on soon: not a day."),
        (("nowhere.toml",), "nowhere.toml: no such file"),
    ],
)
def test_bad_input_is_told_in_one_message(ask, given, problem):
    said = ask("reexamine", *SETS, *given)

    assert said.code == 2
    assert said.err.startswith(f"asylon: {problem}")


def test_an_unknown_set_is_named_with_the_option(ask):
    said = ask("reexamine", "--from", "gbx", "--to", "unhcr", "--synthetic", "5")

    assert said.code == 2
    assert "--from gbx: there is no such set. Did you mean `gbr`?" in said.err
