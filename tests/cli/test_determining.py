"""`asylon determine`: each claim of a file, as a table or as JSON."""

from datetime import date
from importlib.resources import files

import pytest

from asylon.cli.appliedlaw import narrator
from asylon.cli.resultpage import why
from tests.claims import a_claim, determined
from tests.cli.conftest import an_entry
from tests.shipped import BOOK

PUBLISHED = files("asylon.determination") / "published.toml"
CAUTION = (
    "What stands beside the definition is examined apart, and the hold on removal "
    "stands: this lifts nothing."
)
KEYS = {
    "id",
    "definition",
    "closed",
    "carried_by",
    "open",
    "decisive",
    "barred_by",
    "complementary",
    "law",
    "warnings",
}
OWED = {
    name
    for name, versions in BOOK.provisions.items()
    if versions[-1].protects == "complementary"
    and not BOOK.is_outside(name, date(2026, 12, 31))
}
TRUTHS = {"true", "false", "unknown"}
NOT_MET = an_entry("B", well_founded_fear="false")
OPEN = an_entry("C", well_founded_fear='"unknown"')


def test_each_claim_is_one_object_a_line(ask, a_file):
    said = ask("determine", a_file(an_entry("A"), NOT_MET, OPEN), "--json")

    assert said.code == 0
    assert not said.err
    assert [(row["id"], row["definition"]) for row in said.rows] == [
        ("A", "true"),
        ("B", "false"),
        ("C", "unknown"),
    ]


def test_every_object_has_the_keys_that_stay(ask):
    said = ask("determine", PUBLISHED, "--json")

    assert len(said.rows) == 43
    for row in said.rows:
        assert row.keys() >= KEYS
        assert row["definition"] in TRUTHS
        assert row["closed"]["value"] in TRUTHS
        assert isinstance(row["carried_by"], list)
        assert isinstance(row["open"], list)
        assert isinstance(row["decisive"], list)
        assert set(row["barred_by"].values()) <= {"true", "unknown"}
        assert set(row["complementary"].values()) <= TRUTHS
        assert all(isinstance(warning, str) for warning in row["warnings"])


def test_every_object_says_by_which_law_and_that_it_is_a_draft(ask, a_file):
    (row,) = ask("determine", a_file(an_entry()), "--json").rows

    assert row["law"]["provision"] == "csr51/article-1"
    assert row["law"]["set"] == "unhcr"
    assert row["law"]["on"] == "2026-12-31"
    assert row["law"]["status"] == "draft, in force nowhere"
    assert len(row["law"]["hash"]) == 64


def test_every_not_met_carries_the_caution_in_json(ask):
    rows = ask("determine", PUBLISHED, "--json").rows

    failed = [row for row in rows if "false" in {row["definition"], row["outcome"]}]
    assert len(failed) > 10
    assert {row["beside"] for row in failed} == {CAUTION}


@pytest.mark.parametrize(
    "entry", [NOT_MET, an_entry(more="[decision.facts.national_bars]\nbar = true\n")]
)
def test_every_not_met_carries_the_caution_in_the_table(ask, a_file, entry):
    said = ask("determine", a_file(entry))

    assert "✗ not met" in said.out
    assert f"✗ not met: {CAUTION}" in " ".join(said.out.split())


def test_a_table_without_a_not_met_needs_no_caution(ask, a_file):
    said = ask("determine", a_file(an_entry(), OPEN))

    assert "✓ met" in said.out
    assert "? open" in said.out
    assert CAUTION not in " ".join(said.out.split())


def test_a_table_says_that_every_set_is_a_draft(ask, a_file):
    said = ask("determine", a_file(an_entry()))

    assert "Every set is a draft, in force nowhere." in said.out


@pytest.mark.parametrize("strict", [(), ("--strict",)])
def test_all_43_published_decisions_agree(ask, strict):
    said = ask("determine", PUBLISHED, *strict)

    assert said.code == 0
    assert "43 of 43 agree" in said.out


def test_a_set_and_a_day_may_be_asked_for(ask, a_file):
    file = a_file(an_entry())

    (row,) = ask("determine", file, "--set", "gbr", "--on", "2020-01-31", "--json").rows

    assert (row["law"]["set"], row["law"]["on"]) == ("gbr", "2020-01-31")


def test_several_files_are_read_as_one(ask, a_file):
    one, other = a_file(an_entry("A")), a_file(an_entry("B"), name="more.toml")

    said = ask("determine", one, other, "--json")

    assert [row["id"] for row in said.rows] == ["A", "B"]


def test_one_bad_claim_among_many_is_named_and_the_others_determined(ask, a_file):
    file = a_file(an_entry("A"), an_entry("B", stateless='"perhaps"'), an_entry("C"))

    said = ask("determine", file, "--json")

    assert said.code == 1
    assert [row["id"] for row in said.rows] == ["A", "C"]
    assert said.err == (
        f'asylon: {file}, B, facts, stateless: a finding is true, false or "unknown", '
        "not 'perhaps'. Correct it; leave it out if nothing was found.\n"
    )


def test_the_same_id_twice_is_named_and_the_first_determined(ask, a_file):
    file = a_file(an_entry("A"), an_entry("A"))

    said = ask("determine", file, "--json")

    assert said.code == 1
    assert [row["id"] for row in said.rows] == ["A"]
    assert said.err == (
        f"asylon: {file}, A: this id stands in the file twice. Give each its own.\n"
    )


def test_what_a_file_says_is_shown_as_it_is_written(ask, a_file):
    said = ask("determine", a_file(an_entry("[/a]"), an_entry("[b]:joy:")))

    assert said.code == 0
    assert "[/a]" in said.out
    assert "[b]" in said.out


def test_a_bar_stands_beside_the_definition(ask, a_file):
    more = "[decision.facts.national_bars]\nfirm_resettlement = true\n"

    (row,) = ask("determine", a_file(an_entry(more=more)), "--json").rows

    assert row["definition"] == "true"
    assert row["outcome"] == "false"
    assert row["barred_by"] == {"firm_resettlement": "true"}


def test_complementary_protection_is_told_as_stated_and_as_examined(ask, a_file):
    more = '[decision.facts.complementary]\ntorture = "unknown"\n'

    (row,) = ask("determine", a_file(an_entry(more=more)), "--json").rows

    assert row["complementary"] == {"torture": "unknown"} | dict.fromkeys(
        OWED, "unknown"
    )


def test_what_the_law_does_not_model_is_a_warning_by_name(ask, a_file):
    more = '[decision.parameters]\npsg_tset = "both"\n'

    (row,) = ask("determine", a_file(an_entry(more=more)), "--json").rows

    assert row["warnings"] == [
        "The law book does not model `psg_tset`, and it is ignored. The nearest it has "
        "is `psg_test`."
    ]


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (a_claim(), "carried by: national (North Korea), "),
        (a_claim(like=None), "open: whether more belong to: Countries of "),
        (a_claim({"nationalities.PRK.outside": False}), "not shown: "),
        (a_claim(like="two-nationalities"), "second nationality protects: South Korea"),
        (
            a_claim({"international_crime": True, "complicit": True}),
            "established: international crime and complicit",
        ),
    ],
)
def test_the_reason_in_a_few_words(claim, words):
    found = determined(claim)

    said = why(found, narrator(BOOK, found))

    assert said.startswith(words)


def test_two_runs_print_the_same(ask_apart, a_file):
    """Also where names are hashed otherwise."""
    runs = {
        ask_apart("determine", PUBLISHED, "--json", PYTHONHASHSEED=seed).out
        for seed in ("1", "2")
    }

    assert len(runs) == 1
