"""`asylon explain`: one claim, element by element."""

import json
import re
import subprocess
from importlib.resources import files

import pytest

from tests.cli.conftest import ASYLON, an_entry

PUBLISHED = files("asylon.determination") / "published.toml"
CAUTION = (
    "What stands beside the definition is examined apart, and the hold on removal "
    "stands: this lifts nothing."
)
NOT_MET = an_entry("B", well_founded_fear="false")
OPEN = an_entry("C", well_founded_fear='"unknown"')
ELSEWHERE = an_entry("D", other_nationality_effective="true")


SOME = (0, 3, 6, 19, 34)
"""Of the published decisions, these are explained here."""


@pytest.fixture(scope="module")
def explained(tmp_path_factory):
    """Explain some published decisions once."""
    _, *entries = PUBLISHED.read_text().split("[[decision]]")
    file = tmp_path_factory.mktemp("decisions") / "some.toml"
    file.write_text("".join(f"[[decision]]{entries[each]}" for each in SOME))
    done = subprocess.run(
        [ASYLON, "explain", file, "--json"], capture_output=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def flat(text):
    return " ".join(text.split())


def leaves(reason):
    parts = reason.get("parts", [])
    return [leaf for part in parts for leaf in leaves(part)] or [reason]


def test_a_claim_is_explained_as_a_tree(ask, a_file):
    (row,) = ask("explain", a_file(an_entry()), "--json").rows

    assert row["id"] == "A"
    assert row["reasons"]["name"] == "csr51/article-1"
    assert row["reasons"]["value"] == row["definition"] == "true"
    assert all(leaf["how"] in {"fact", "constant"} for leaf in leaves(row["reasons"]))


def test_published_decisions_are_explained(explained):
    assert len(explained) == len(SOME)
    for row in explained:
        assert row["reasons"]["value"] == row["definition"]
        assert all(leaf.get("says", "x") for leaf in leaves(row["reasons"]))


def test_every_not_met_carries_the_caution_in_json(explained):
    failed = [row for row in explained if row["definition"] == "false"]

    assert failed
    assert all(row["says"].endswith(CAUTION) for row in failed)


@pytest.mark.parametrize("entry", [NOT_MET, ELSEWHERE])
def test_every_not_met_carries_the_caution_in_words(ask, a_file, entry):
    said = ask("explain", a_file(entry))

    assert f"{CAUTION} What carries it" in flat(said.out)


@pytest.mark.parametrize(
    ("bar", "told", "at_once"),
    [
        ("true", "✗ A bar of national law applies: firm resettlement.", True),
        ('"unknown"', "? A bar of national law may apply: firm resettlement.", False),
    ],
)
def test_a_bar_is_told_with_the_caution(ask, a_file, bar, told, at_once):
    more = f"[decision.facts.national_bars]\nfirm_resettlement = {bar}\n"

    said = ask("explain", a_file(an_entry(more=more)))

    before, beside = flat(said.out).split("Beside the definition")
    assert f"\n{told}\n" in said.out
    assert (f"{told} · {CAUTION}" in before) is at_once
    assert (before.count(CAUTION), beside.count(CAUTION)) == (at_once, 1)


def test_what_would_not_be_met_carries_the_caution_too(ask, a_file):
    said = ask("explain", a_file(an_entry()))

    assert "On these findings the definition is met." in said.out
    assert CAUTION in flat(said.out)


def test_a_bar_that_decides_carries_the_caution_in_json(ask, a_file):
    more = "[decision.facts.national_bars]\nfirm_resettlement = true\n"

    (row,) = ask("explain", a_file(an_entry(more=more)), "--json").rows

    assert (row["definition"], row["outcome"]) == ("true", "false")
    assert row["beside"] == CAUTION


def test_an_explanation_says_by_which_law_and_that_it_is_a_draft(explained):
    for row in explained:
        assert row["law"]["provision"] == "csr51/article-1"
        assert row["law"]["status"] == "draft, in force nowhere"


def test_protection_elsewhere_is_told_as_one_point_only(ask, a_file):
    said = ask("explain", a_file(ELSEWHERE))

    assert "one point only: protection of another country is" in flat(said.out)


@pytest.mark.parametrize("more", [(), ("--whole",)])
def test_the_set_is_headed_as_a_draft(ask, a_file, more):
    said = ask("explain", a_file(an_entry()), *more)

    first, rest = said.out.split("\n", 1)
    assert first.startswith("A  Re Bo ")
    assert flat(rest).startswith(
        "1951 Convention, Article 1, set `unhcr` (The mandate of UNHCR) as of "
        "31 December 2026. The set is a draft, in force nowhere."
    )


def test_an_open_claim_says_what_would_change_it(ask, a_file):
    said = ask("explain", a_file(OPEN))

    for heading in (
        "Open, and able to change the outcome",
        "To be met it would be enough to find (a smallest set)",
        "Not to be met it would be enough to find",
    ):
        assert f"\n{heading}\n" in said.out


def test_the_whole_tree_has_every_element(ask, a_file):
    file = a_file(an_entry())

    why, whole = ask("explain", file).out, ask("explain", file, "--whole").out

    assert "\nWhy\n" in why
    assert "\nEvery element, in the order of the law\n" in whole
    assert whole.count("Not established.") > why.count("Not established.")


def test_one_claim_of_a_file_may_be_asked_for(ask, a_file):
    (row,) = ask("explain", a_file(an_entry("A"), OPEN), "--id", "C", "--json").rows

    assert row["id"] == "C"


def test_a_claim_that_cannot_be_read_is_named_and_the_others_explained(ask, a_file):
    file = a_file(an_entry("A"), an_entry("B", sur_place="3"))

    said = ask("explain", file, "--json")

    assert said.code == 1
    assert [row["id"] for row in said.rows] == ["A"]
    assert said.err.startswith(f"asylon: {file}, B, facts, sur_place: ")


def test_a_claim_that_cannot_be_read_is_not_explained(ask, a_file):
    file = a_file(an_entry("A"), an_entry("B", sur_place="3"))

    said = ask("explain", file, "--id", "B")

    assert said.code == 2
    assert not said.out
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("entry", [NOT_MET, OPEN, ELSEWHERE])
def test_nothing_is_left_to_fill_in(ask, a_file, entry):
    said = ask("explain", a_file(entry), "--whole")

    assert not re.search(r"[{}]", said.out)


def test_what_was_not_discussed_is_shown_as_taken_for_given(ask, a_file):
    more = 'not_discussed = ["art_1f_b"]'

    said = ask("explain", a_file(an_entry(more=more)), "--whole")

    asked = "Are there serious reasons to consider that the act is a serious crime by "
    assert (
        f"{asked}international standards? Not established. (Taken as given; not discussed.)"
        in flat(said.out)
    )


def test_what_a_file_says_is_shown_as_it_is_written(ask, a_file):
    said = ask("explain", a_file(an_entry("[/a]")), "--whole")

    assert said.out.startswith("[/a]  Re Bo ")


def test_the_demo_determines_and_explains(ask):
    said = ask("law", "demo")

    assert said.code == 0
    assert "43 of 43 agree" in said.out
    assert "\nD04  Kim v Canada (MCI) " in said.out
