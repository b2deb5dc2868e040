"""`asylon law compare`: sets beside one another, alone and on claims."""

from __future__ import annotations

from asylon.law import choose
from tests.shipped import BOOK, ON

PUBLISHED = "src/asylon/determination/published.toml"
NORTH_KOREAN = ("D02", "D04", "D06", "D08", "D10", "D12", "D14", "D16")


def test_every_parameter_has_a_row_with_every_set(ask):
    rows = ask("law", "compare", "--on", str(ON), "--json").rows

    assert [row["parameter"] for row in rows] == list(BOOK.parameters)
    for row in rows:
        for name, told in row["sets"].items():
            chosen = choose(BOOK, BOOK.sets[name], ON).chosen[row["parameter"]]
            assert (told["value"], told["by"]) == (chosen.value, chosen.by)
            assert ("source" in told) == (chosen.by == "set")


def test_the_table_shows_each_set_once_for_each_parameter(ask):
    out = ask("law", "compare", "--on", str(ON)).out

    dots = sum(line.count("●") + line.count("○") for line in out.splitlines()[3:-3])
    assert dots == len(BOOK.parameters) * len(BOOK.sets)


def test_a_value_below_the_floor_bears_a_star(ask):
    out = ask("law", "compare", "--on", str(ON)).out

    assert "reasonable_modification*" in out
    assert "forbidden*" not in out


def test_each_set_says_what_it_makes_of_a_claim(ask):
    (row,) = ask("law", "compare", PUBLISHED, "--id", "D12", "--json").rows

    assert set(row["definition"]) == set(BOOK.sets)
    assert row["definition"]["deu"] == "false"
    assert row["definition"]["chn-unhcr"] == "unknown"


def test_each_north_korean_decision_turns_on_a_setting_or_says_why_not(ask):
    """By `explain`, one setting at a time, as the field asks it."""
    for id_ in NORTH_KOREAN:
        (row,) = ask("explain", PUBLISHED, "--id", id_, "--json").rows

        assert row["turns_on"] or row["hangs_on_whatever_the_setting"], id_


def test_a_claim_that_is_not_there_is_told(ask):
    said = ask("law", "compare", PUBLISHED, "--id", "D99")

    assert said.code == 2
    assert "there is no claim `D99`" in said.err


def test_a_bad_entry_leaves_the_others(ask, tmp_path):
    file = tmp_path / "claims.toml"
    file.write_text('[[claim]]\nid = "A"\n[[claim]]\nid = "A"\n')

    said = ask("law", "compare", str(file), "--json")

    assert said.code == 1
    assert [row["id"] for row in said.rows] == ["A"]
    assert "stands in the file twice" in said.err
