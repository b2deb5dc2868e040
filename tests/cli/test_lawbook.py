"""`asylon law`: the law book listed, shown, checked, compared and written as SQL."""

import json
import shutil
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from asylon import instruments
from asylon.cli import checking, showing
from asylon.determination import read_scenarios
from tests.islands import FOLDER, island_law
from tests.shipped import BOOK

SCENARIOS = read_scenarios(BOOK)
ISLANDS = ("--law", FOLDER)


@pytest.fixture
def elsewhere(tmp_path):
    """Copy the Island Convention, so that it can be changed."""
    return shutil.copytree(FOLDER, tmp_path / "law")


def change(folder, name, old, new):
    path = folder / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_all_that_is_in_the_book_is_listed(ask):
    rows = ask("law", "list", "--json").rows

    by_kind = {}
    for row in rows:
        by_kind.setdefault(row["kind"], set()).add(row["id"])
    assert by_kind == {
        "provision": set(BOOK.provisions),
        "list": set(BOOK.lists),
        "parameter": set(BOOK.parameters),
        "set": set(BOOK.sets),
        "instrument": set(BOOK.instruments),
        "state": set(BOOK.bindings),
        "country": set(BOOK.countries),
        "declaration": set(BOOK.declarations),
    }


def test_a_list_for_people_has_every_name_and_calls_sets_drafts(ask):
    said = ask("law", "list")

    assert said.code == 0
    assert all(name in said.out for name in (*BOOK.provisions, *BOOK.parameters))
    assert said.out.count("draft") == len(BOOK.sets) + len(BOOK.country_texts)


def a_day_of(name):
    if name not in BOOK.provisions:
        return "2026-06-30"
    return BOOK.versions(name)[-1].in_force.first.isoformat()


@pytest.mark.parametrize(
    "name",
    [
        *(*BOOK.provisions, *BOOK.lists, *BOOK.parameters, *BOOK.sets),
        *(*BOOK.countries, *BOOK.declarations),
    ],
)
def test_every_text_can_be_shown(ask, name):
    said = ask("law", "show", name, "--on", a_day_of(name))

    assert said.code == 0
    assert said.out.splitlines()[1] == name


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("1A(2)", "csr51/article-1/a-2"),
        ("Article 1", "csr51/article-1"),
        ("article-1", "csr51/article-1"),
        ("art. 33(1)", "csr51/article-33/paragraph-1"),
        ("1951 Convention, Article 1F(b)", "csr51/article-1/f-b"),
        ("1B", "csr51/article-1/b"),
        ("f-b", "csr51/article-1/f-b"),
        ("serious_crime", "csr51/article-1/f-b"),
    ],
)
def test_a_text_is_found_as_readers_call_it(ask, called, name):
    said = ask("law", "show", called, "--json")

    assert [row["id"] for row in said.rows] == [name]


@pytest.mark.parametrize("name", BOOK.sets)
def test_a_set_is_headed_as_a_draft(ask, name):
    said = ask("law", "show", name)

    assert "\nDraft, in force nowhere.\n" in said.out


def test_the_version_of_the_day_is_shown(ask):
    before = ask("law", "show", "csr51/article-1/b", "--on", "1967-10-03")
    after = ask("law", "show", "csr51/article-1/b", "--on", "1967-10-04")

    assert "events_before_1951" in before.out
    assert "events_before_1951" not in after.out.partition("Not formalised")[0]


def test_without_a_day_the_law_of_today_is_shown(ask, monkeypatch):
    monkeypatch.setattr(showing, "today", lambda: date(1960, 1, 1))

    (row,) = ask("law", "show", "csr51/article-1/b", "--json").rows

    assert row["document"] == "csr51/article-1/b.1954.toml"


def test_a_text_comes_with_its_bytes_hash_and_scenarios(ask):
    (row,) = ask("law", "show", "article-5", *ISLANDS, "--json").rows

    version = island_law().versions("island/article-5")[1]
    assert row["toml"].encode() == version.document.text
    assert row["hash"] == version.document.hash
    assert {"title", "expect"} <= row["scenarios"][0].keys()


def test_a_sound_law_book_passes(ask):
    said = ask("law", "check", *ISLANDS)

    assert said.code == 0
    assert "Nothing is wrong with it." in said.out
    assert "22 scenarios" in said.out


def test_a_sound_law_book_passes_every_mutation(ask):
    said = ask("law", "check", "--mutate", *ISLANDS, "--json")

    assert said.code == 0
    (row,) = said.rows
    assert (row["check"], row["faults"], row["survivors"]) == ("summary", 0, 0)
    assert row["mutants"] > 30


def test_a_fault_is_told_and_fails_the_check(ask, elsewhere):
    change(elsewhere, "article-4.toml", '"owing to drought"\nq', '"for a flood"\nq')

    said = ask("law", "check", "--law", elsewhere)

    assert said.code == 1
    assert (
        "✗ article-4.toml: the words of `drought` are not in the statement" in said.out
    )
    assert "Nothing is wrong" not in said.out


def test_a_scenario_that_fails_is_told_and_fails_the_check(ask, elsewhere):
    change(elsewhere, "islands.scenarios.toml", "expect = false", "expect = true")

    said = ask("law", "check", "--law", elsewhere, "--json")

    assert said.code == 1
    first, *_ = said.rows
    assert first["check"] == "scenario"
    assert first["where"] == "islands.scenarios.toml"


def test_a_mutant_that_survives_is_told_and_fails_the_check(ask, elsewhere):
    pinned = '"reef 1999-03-01" = "three_dry_years"'
    change(elsewhere, "drought_test.scenarios.toml", pinned, "")

    said = ask("law", "check", "--mutate", "--law", elsewhere, "--json")

    assert said.code == 1
    assert {(row["check"], row.get("where")) for row in said.rows} == {
        ("mutant", "reef.toml"),
        ("summary", None),
    }


def test_two_law_books_are_compared_in_words(ask, elsewhere):
    change(elsewhere, "reef.toml", "2010-01-01", "2011-01-01")

    said = ask("law", "diff", FOLDER, elsewhere)

    assert said.code == 0
    assert said.out == (
        "- set reef, settings, salt_wells from 2010-01-01\n"
        "    - spared\n"
        "+ set reef, settings, salt_wells from 2011-01-01\n"
        "    + spared\n"
    )


def test_differences_are_one_object_a_line(ask, elsewhere):
    change(elsewhere, "islands.toml", "Did the person live", "Has the person lived")

    said = ask("law", "diff", FOLDER, elsewhere, "--json")

    assert said.rows == [
        {
            "where": "list islands, elements, lived_there, question",
            "kind": "changed",
            "old": "Did the person live on this island?",
            "new": "Has the person lived on this island?",
        }
    ]


def test_the_same_law_book_says_the_same(ask):
    said = ask("law", "diff", FOLDER, FOLDER)

    assert said.out == "The two law books say the same.\n"


def test_a_law_book_is_compared_with_the_one_that_ships(ask):
    rows = ask("law", "diff", FOLDER, "--json").rows

    assert {"kind": "removed"}.items() <= rows[0].items()
    assert any(row["where"].startswith("csr51/article-1") for row in rows)


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql", "duckdb"])
def test_a_provision_is_written_as_sql(ask, dialect):
    said = ask("law", "sql", "--dialect", dialect)

    assert said.code == 0
    assert "SELECT" in said.out
    assert said.out.startswith("-- csr51/article-1 as the set unhcr has it on ")


def test_the_sql_of_a_provision_finds_what_the_law_says(ask):
    (row,) = ask(
        "law",
        "sql",
        "article-5",
        "--dialect",
        "sqlite",
        "--members",
        "0",
        "--json",
        *ISLANDS,
    ).rows
    with sqlite3.connect(":memory:") as database:
        columns = "id, meant_to BOOLEAN, poisoned_well BOOLEAN, salt_before BOOLEAN"
        database.execute(f"CREATE TABLE claims ({columns})")
        database.executemany(
            "INSERT INTO claims VALUES (?, ?, ?, ?)",
            [(1, True, True, None), (2, None, True, None), (3, None, False, None)],
        )

        found = database.execute(row["sql"]).fetchall()

    database.close()
    assert row["set"] == "unhcr"
    assert sorted(found) == [(1, "true"), (2, "unknown"), (3, "false")]


def test_a_long_formula_is_laid_out_part_by_part(ask):
    said = ask("law", "show", "article-5", *ISLANDS, "--on", "2026-06-30")

    assert (
        "\nIt holds when\n"
        "      all of:\n"
        "        meant_to\n"
        "        poisoned_well\n"
        "        not (salt_wells is spared and salt_before)\n"
    ) in said.out


def test_a_short_formula_stands_on_one_line(ask):
    said = ask("law", "show", "islands", *ISLANDS)

    assert "\nAn entry counts when\n      lived_there\n" in said.out


def test_json_is_one_object_a_line_everywhere(ask):
    for words in (("list",), ("show", "gbr"), ("check", *ISLANDS), ("sql",)):
        said = ask("law", *words, "--json")

        assert [json.loads(line) for line in said.out.splitlines()]


@pytest.fixture
def edition(tmp_path, monkeypatch):
    """Copy the law that ships; that it holds is proved elsewhere."""
    monkeypatch.setattr(checking, "faults", lambda *_: [])
    ships = Path(instruments.__file__).parent
    return shutil.copytree(
        ships, tmp_path / "law", ignore=shutil.ignore_patterns("*.py*")
    )


VISA = ("Is the person outside this country?", "Did the person leave with a visa?")
A_2 = "csr51/article-1/a-2"


def test_the_check_says_what_differs_from_the_law_that_ships(ask, edition):
    change(edition, f"{A_2}.toml", *VISA)
    change(edition, "countries/PRK.toml", 'id = "prk-contact"', 'id = "contact"')

    said = ask("law", "check", "--law", edition)

    assert said.code == 0
    where = "country PRK, countries/PRK.toml, findings, finding"
    assert said.out.partition("It differs")[2].splitlines() == [
        " from the law that ships",
        f"  ! {A_2} from 1954-04-22, elements, outside: `question` changed",
        f"  - {where} prk-contact: removed",
        f"  + {where} contact: new",
        "  · What is marked ! goes below the floor: no signatures put it in force.",
        "  · None of this is a fault by itself. `asylon law diff` tells it word by word; "
        "read it.",
    ]


def test_what_differs_is_one_object_each(ask, edition):
    change(edition, f"{A_2}.toml", *VISA)
    (edition / f"{A_2}.scenarios.toml").unlink()

    *rows, summary = ask("law", "check", "--law", edition, "--json").rows

    assert rows == [
        {
            "check": "differs",
            "where": f"{A_2} from 1954-04-22, elements, outside",
            "change": "changed",
            "keys": ["question"],
            "below_floor": True,
        },
        {
            "check": "differs",
            "where": f"{A_2}.scenarios.toml",
            "change": "removed",
            "keys": [],
            "below_floor": False,
        },
    ]
    assert (summary["faults"], summary["differs"]) == (0, 2)


def test_a_copy_of_the_law_that_ships_differs_in_nothing(ask, edition):
    said = ask("law", "check", "--law", edition)

    assert "differs" not in said.out


def test_law_of_its_own_is_not_laid_beside_the_law_that_ships(ask):
    assert "differs" not in ask("law", "check", *ISLANDS).out
